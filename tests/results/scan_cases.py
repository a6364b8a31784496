# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Estimates on coarse meshes at many points: somewhere, two solutions that are compared cross."""

import numpy as np

import density_cases

SHEET = """
set dimension = 2
set problem = %s
subsection Model
  set type = expression
  subsection expression
    set drift = %s
    set diffusion = %g, 0; 0.3
  end
end
subsection Domain
  set shape = box
  set lower = -1, -2
  set upper = %g, 2
  set boundary = bottom: reflecting, top: reflecting
  %s
end
subsection Discretization
  set degree = %d
  set refinements = %d
  set weight = natural
  set tolerance = 0
end
subsection Quantities
  set points = %s
end
"""
HEAT = """
set dimension = 1
set problem = transient density
subsection Model
  set type = expression
  subsection expression
    set drift = 0
    set diffusion = 1
  end
end
subsection Domain
  set shape = interval
  set lower = 0
  set upper = 1
end
subsection Start
  set law = gaussian
  set mean = 0.5
  set covariance = 0.0025
end
subsection Discretization
  set degree = %d
  set refinements = %d
  set tolerance = 0
end
subsection Quantities
  set times = 0.01, 0.1, 0.3
  set points = %s
end
"""


def check_scan_exit(run):
    """Along x an Ornstein-Uhlenbeck process between two walls, whatever is done across: by quadrature in x."""
    probes = (-.6, -.3, -.1, .05, .2, .35, .5, .6, .7, .8, .9, .95)
    cases = (("-x; -y+3*x", 0.3, 1.02, ((4, 1), (8, 1))), ("-x; -y+0*x", 0.1, 1.1, ((6, 2), (8, 1))))
    for drift, a, upper, meshes in cases:
        x = np.linspace(-1, upper, 40001)

        def integral(f):
            middle = (f[:-2:2] + 4 * f[1:-1:2] + f[2::2]) * (x[1] - x[0]) / 3
            return np.concatenate(([0.], np.cumsum(middle)))
        even = slice(None, None, 2)
        scale = integral(np.exp(x**2 / a))
        hit = scale / scale[-1]
        speed = np.exp(-x[even]**2 / a) * 2 / a
        step = 2 * (x[1] - x[0])
        below = np.concatenate(([0.], np.cumsum((speed[1:] + speed[:-1]) / 2 * step)))
        slope = np.exp(x[even]**2 / a) * below
        bend = np.concatenate(([0.], np.cumsum((slope[1:] + slope[:-1]) / 2 * step)))
        time = hit * bend[-1] - bend
        for degree, refinements in meshes:
            for problem, key, entry, exact in (("exit place", "exit place", "set exit set = right", hit),
                                               ("exit time", "mean exit time", "", time)):
                result = run.execute(SHEET % (problem, drift, a, upper, entry, degree, refinements,
                                              "; ".join("%g, 0.3" % p for p in probes)),
                                     name="%s_%g_%d_%d" % (problem[5:], a, degree, refinements))
                for record in result[key]:
                    place = record["point"][0]
                    run.judge("%s at %g, degree %d" % (key, place, degree), record["value"], record["error estimate"],
                              np.interp(place, x[even], exact), 1e-7)
    run.sharp(0.5)


def check_scan_density(run):
    """Densities on the line and between walls at 181 points."""
    heavy = density_cases.HEAVY + (density_cases.COARSE % 3).replace("end", "  set weight = none\nend")
    walls = density_cases.WALLS.replace("degree = 2", "degree = 5").replace("refinements = 3", "refinements = 2")
    for text, reach, exact in ((heavy, 4., density_cases.heavy_density),
                               (walls, 0.95, lambda x: np.exp(-2 * (x - 0.5)**2) / 1.2499304447)):
        head, tail = text.split("set points = ")
        points = "; ".join("%r" % float(p) for p in np.linspace(-reach, reach, 181))
        density = run.execute(head + "set points = " + points + tail[tail.index("\n"):])["stationary density"]
        for entry in density["values"]:
            run.judge("density at %g" % entry["point"][0], entry["value"], entry["error estimate"],
                      exact(entry["point"][0]), 1e-9)
    run.sharp(0.5)


def check_scan_transient(run):
    """Heat between two walls from a narrow normal law at 200 points: by images."""
    def exact(x, t):
        mean = 0.5 * np.array([[1.], [-1.]]) + 2 * np.arange(-6, 7)
        return np.sum(np.exp(-(x - mean)**2 / 2 / (0.0025 + t))) / np.sqrt(2 * np.pi * (0.0025 + t))
    points = "; ".join("%r" % float(p) for p in np.linspace(0.003, 0.997, 200))
    for degree, refinements in ((4, 3), (6, 3), (8, 1), (3, 3)):
        result = run.execute(HEAT % (degree, refinements, points), name="heat_%d_%d" % (degree, refinements))
        for snapshot in result["transient density"]["times"]:
            for entry in snapshot["values"]:
                value = exact(entry["point"][0], snapshot["time"])
                if value > 1e-14:
                    run.judge("p at %g, %g" % (entry["point"][0], snapshot["time"]), entry["value"],
                              entry["error estimate"], value)
    run.sharp(0.5)
