# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Estimates and objections where one term alone decides: without it, the number is stated too well, or stated at all."""

import math
import pathlib

PROCESS = """
set dimension = 1
set problem = %s
subsection Model
  set type = expression
  subsection expression
    set drift = %s
    set diffusion = %s
  end
end
subsection Domain
  set shape = interval
  set lower = %s
  set upper = %s
  %s
end
subsection Discretization
  %s
end
subsection Quantities
  %s
end
%s
"""


def check_far_end(run):
    """An end where a ~ d (1 - d), far from the origin: the distances of quadrature points are those of the end, not of
    the places that doubles leave. Values: the same problem with its end at 0."""
    result = run.execute(PROCESS % ("exit time", "(0.02*(1-(x-1000))-(x-1000))/2", "(x-1000)*(1-(x-1000))", "1000",
                                    "1000+0.7", "set boundary = left: reflecting", "", "set points = 1000.5; 1000.01", ""))
    for record, exact in zip(result["mean exit time"], (51.08256237659, 119.39224684725)):
        run.equal("E tau", record["value"], exact, 1e-8)


def check_killed_shape(run):
    """Spectra: the quasi-stationary density has to reach the tolerance, too."""
    result = run.execute(PROCESS % ("spectrum", "-x", "1+0.5*sin(5*x)", "-1", "1", "", "set degree = 3\nset tolerance = 2e-7",
                                    "set eigenvalues = 1\nset points = 0.3", ""))
    record = result["spectrum"]["quasi-stationary density"][0]
    run.equal("density", record["value"], 0.4216742052, 1e-7)
    run.equal("estimate", record["error estimate"] <= 2e-7 * record["value"], True, 0)


def check_pole(run):
    """A running reward |x - 0.3|^(-1/2): E int g from Green's function of Brownian motion on (-1, 1)."""
    result = run.execute(PROCESS % ("exit place", "0", "1", "-1", "1", "", "set degree = 8\nset tolerance = 1e-7",
                                    "set points = 0.5; -0.4\nset running reward = abs(x-0.3)^(-0.5)", ""))
    for record, exact in zip(result["expected reward"], (1.92096215463364794, 1.67358993023604974)):
        run.judge("reward", record["value"], record["error estimate"], exact)


def check_objections(run):
    """What a mesh does not hold is no result, whatever two solutions on it agree on."""
    run.execute(PROCESS % ("stationary density", "-2000*(x-0.3)", "1", "-1", "1", "",
                           "set degree = 1\nset refinements = 0\nset tolerance = 0", "set points = 0.3", ""), status=2)
    run.equal("a density between the nodes", "does not resolve the density" in run.log, True, 0)
    run.execute("""
set dimension = 1
set problem = transient density
subsection Model
  set type = decoupled
  set learning rate = 0.5
  subsection decoupled
    set h = 1
    set sigma = 1
    set rho = 1
  end
end
subsection Domain
  set shape = whole space
end
subsection Discretization
  set degree = 4
  set refinements = 2
  set tolerance = 0
end
subsection Quantities
  set times = 1
  set points = 0
end
subsection Start
  set law = gaussian
  set mean = 0
  set covariance = 1000
end
""", status=2)
    run.equal("a start beyond the mesh", "the mesh holds a mass of 0.98" in run.log, True, 0)


def check_ring(run):
    """A narrow start on a ring, from a wrapped normal law: the difference in norm counts where those at points are small."""
    result = run.execute(PROCESS % ("transient density", "0", "1", "0", "1", "set boundary = periodic",
                                    "set degree = 4\nset refinements = 9\nset tolerance = 0",
                                    "set times = 0.01, 1\nset points = 0.5; 0.3; 0.71; 0.9",
                                    "subsection Start\nset law = point\nset mean = 0.5\nset width = 0.02\nend"))
    variance = 4e-4 + 0.01
    [early] = [part for part in result["transient density"]["times"] if part["time"] == 0.01]
    for record in early["values"]:
        x = record["point"][0]
        exact = sum(math.exp(-(x - 0.5 + k)**2 / 2 / variance) for k in range(-8, 9)) / math.sqrt(2 * math.pi * variance)
        run.equal("p at %g" % x, record["value"], exact, 1.2 * record["error estimate"] + 1e-15)


def check_mesh_line(run):
    """A point on a line of the mesh: which cell it counts to is rounding, and the same in both solutions."""
    text = open(pathlib.Path(__file__).parents[2] / "params/examples/exit_law_disk.prm", encoding="utf-8").read()
    result = run.execute(text)
    for record in result["mean exit time"]:
        run.equal("estimate of E tau", record["error estimate"], 0., 1e-10)
