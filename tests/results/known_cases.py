# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What results.json says under "errors" of exits: true errors, by closed forms of the Brownian motion with drift and of
the one between four walls."""

import math

import numpy as np

import exit_cases

MU, S = 0.7, 0.5  # dX = MU dt + sqrt(S) dB on (-1, 1)
K = np.arange(1, 200)


def drifted(problem, domain, quantities):
    text = exit_cases.LINE % (problem, domain, 2, quantities)
    return text.replace("set drift = 0", "set drift = %g" % MU).replace("set diffusion = 1", "set diffusion = %g" % S)


def right(x):
    """P(X leaves at 1)."""
    return math.expm1(-2 * MU * (x + 1) / S) / math.expm1(-4 * MU / S)


def mean(x):
    return (2 * right(x) - (x + 1)) / MU


def survival(x, t):
    w = K * np.pi / 2
    return np.sum(w / (w**2 + (MU / S)**2) * (1 - np.exp(2 * MU / S) * np.cos(K * np.pi)) * np.sin(w * (x + 1)) *
                  np.exp(-MU * (x + 1) / S - (MU**2 / S + S * w**2) * t / 2))


def largest(pairs):
    return max(abs(value / exact - 1) for value, exact in pairs)


def told(run, errors, name, pairs):
    """The largest relative difference from the exact numbers, which is far above rounding and in the log."""
    error = largest(pairs)
    run.equal("error of the " + name, errors["at the points"][name], error, 1e-4 * error + 1e-12)
    run.equal("size of the error of the " + name, error > 1e-8, True, 0)
    words = [line for line in run.log.splitlines() if line.split()[:1] == ["errors"]]
    run.equal("error of the %s in the log" % name, len(words) == 1 and name + " " in words[0], True, 0)


def check_known_line(run):
    """Formulas on an interval: mean and moments, survival and rate, the end where paths leave."""
    x, times = (0.1, 0.6), (0.2, 0.7)
    result = run.execute(drifted("exit time", "", "set points = %g; %g\nset moments = 2" % x))
    errors = result["errors"]
    told(run, errors, "mean exit time", [(e["value"], mean(e["point"][0])) for e in result["mean exit time"]])
    run.equal("largest error of the field", errors["Linf"] > 0.9 * max(
        abs(e["value"] - mean(e["point"][0])) for e in result["mean exit time"]), True, 0)
    run.equal("reference", errors["reference"] == "1-D exit-time integral, both ends absorbing", True, 0)

    result = run.execute(drifted("exit law", "", "set points = %g; %g\nset times = %g, %g" % (x + times)))
    law, errors = result["exit law"], result["errors"]
    told(run, errors, "survival", [(e["value"], survival(e["point"][0], e["time"])) for e in law["survival"]])
    told(run, errors, "rate", [(law["rate"], MU**2 / (2 * S) + np.pi**2 * S / 8)])

    result = run.execute(drifted("exit place", "set exit set = right", "set points = %g; %g" % x))
    told(run, result["errors"], "exit place", [(e["value"], right(e["point"][0])) for e in result["exit place"]])
    result = run.execute(drifted("exit place", "set exit set = left", "set points = %g; %g" % x))
    told(run, result["errors"], "exit place", [(e["value"], 1 - right(e["point"][0])) for e in result["exit place"]])

    for drift in ("abs(x)", "sign(x)"):  # not smooth: compared with nothing
        result = run.execute(drifted("exit time", "", "set points = 0.1").replace("drift = %g" % MU, "drift = " + drift))
        run.equal("errors of " + drift, "errors" in result, False, 0)


BOX = """
set dimension = 2
set problem = %s
subsection Model
  set type = decoupled
  set learning rate = 1
  subsection decoupled
    set h = 1e-11, 1e-11
    set sigma = 1, 0.5
    set rho = 0, 0
  end
end
subsection Domain
  set shape = box
  set lower = -1, -1
  set upper = 1, 1
end
subsection Discretization
  set degree = 2
  set refinements = 2
  set tolerance = 0
end
subsection Quantities
  set points = 0.1, 0.2; -0.5, 0.6
  %s
end
"""


def check_known_box(run):
    """Brownian motion between four walls: mean, second moment, survival and rate."""
    k = 2 * np.arange(2000) + 1.
    signs = np.where(k % 4 == 1, 1., -1.)

    def modes(x):
        return 4 / (np.pi * k) * signs * np.cos(k * np.pi * x / 2), k**2 * np.pi**2 / 8

    def moment(n, point):
        (u, p), (v, q) = modes(point[0]), modes(point[1])
        return math.factorial(n) * np.sum(np.outer(u, v) / np.add.outer(p, 0.5 * q)**n)

    def alive(point, t):
        (u, p), (v, q) = modes(point[0]), modes(point[1])
        return np.sum(u * np.exp(-p * t)) * np.sum(v * np.exp(-0.5 * q * t))

    result = run.execute(BOX % ("exit law", "set moments = 2\n  set times = 0.3, 1"))
    law, errors = result["exit law"], result["errors"]
    told(run, errors, "mean exit time", [(e["value"], moment(1, e["point"])) for e in result["mean exit time"]])
    told(run, errors, "moments", [(e["moments"][1], moment(2, e["point"])) for e in result["mean exit time"]])
    told(run, errors, "survival", [(e["value"], alive(e["point"], e["time"])) for e in law["survival"]])
    told(run, errors, "rate", [(law["rate"], 1.5 * np.pi**2 / 8)])
    result = run.execute(BOX % ("exit time", ""))
    told(run, result["errors"], "mean exit time", [(e["value"], moment(1, e["point"])) for e in result["mean exit time"]])
    run.equal("norms of a box", "L2" in result["errors"], False, 0)
