# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Deep wells: what is reported of them, and sweeps over learning rates."""

import json

import numpy as np

from estimate_cases import PROCESS

WELL = """
set dimension = 1
set problem = exit time
subsection Model
  set type = decoupled
  set learning rate = %s
  subsection decoupled
    set h = 1
    set sigma = 1
    set rho = 0
  end
end
subsection Domain
  set shape = interval
  set lower = -1
  set upper = 1
end
"""


def well(eta):
    """E tau from the bottom of dv = -v dt + sqrt(eta) dB, 1/lambda_1, and the mean of 1 - E tau/E_0 tau."""
    x = np.linspace(0, 1, 20001)
    integral = lambda g: np.concatenate(([0.], np.cumsum((g[1:] + g[:-1]) / 2 * (x[1] - x[0]))))
    p = np.exp(-x**2 / eta)
    u, time = np.ones_like(x), 0.
    for k in range(20):  # of the inverse generator
        slope = 2 / eta / p * integral(u * p)
        v = integral(slope)[-1] - integral(slope)
        u, time = v / v[0], v[0]
        if k == 0:
            mean_time, relaxation = time, integral(p * (1 - u))[-1] / integral(p)[-1]
    return mean_time, time, relaxation


def check_routes(run):
    """A deep well: its time by mass over capacity, its slowest mode, and the exponent between bottom and walls."""
    eta = 0.1
    mean_time, slowest, relaxation = well(eta)
    result = run.execute(WELL % eta)
    routes = result["routes"]
    for name, exact in (("field", mean_time), ("mass over capacity", mean_time), ("1/lambda_1", slowest)):
        run.equal(name, routes[name]["value"], exact, 1e-6 * exact)
        run.equal("log10 of the " + name, routes[name]["log10"], np.log10(exact), 1e-6)
    run.equal("relaxation", routes["relaxation"], relaxation, 1e-3 * relaxation)
    run.equal("predicted exponent", routes["predicted exponent"], 1 / eta, 1e-9)
    run.equal("log over exponent", routes["log over exponent"], np.log(mean_time) * eta, 1e-6)
    run.equal("agree", routes["agree"], True, 0)
    run.judge("capacity over field", routes["mass over capacity"]["value"] / routes["field"]["value"], routes["accuracy"], 1., 0)


def check_beyond_doubles(run):
    """Walls so high that the probability to reach them first underflows, on both sides or on one: log10 E tau from
    its integral in 40 digits. Where the far wall stands has no part in it."""
    for drift, diffusion, lower, exact in (("x-x^3", "0.004", "-2", 486.703153278259),
                                           ("x-x^3", "0.0034", "-2", 572.887951672989),
                                           ("x-x^3+0.1", "0.02", "-2.5", 91.9293939166064),
                                           ("x-x^3+0.1", "0.02", "-2.8", 91.9293939166064)):
        result = run.execute(PROCESS % ("exit time", drift, diffusion, lower, "2", "", "", "set points = 1", ""))
        run.equal("log10 E tau", result["routes"]["field"]["log10"], exact, 2e-11)
        run.equal("agree", result["routes"]["agree"], True, 0)


def check_small_noise(run):
    """A sweep over learning rates: its limit V = 1, its rows and how fast they come near. A row of another version is
    computed again."""
    etas = (0.05, 0.04, 0.03, 0.02)
    text = WELL % 0.1 + """
subsection Output
  set vtu = false
end
subsection Study
  set sweep = Model/learning rate: %s
end
""" % ", ".join(map(str, etas))
    limit = run.execute(text)["small-noise limit"]
    exact = {eta: eta * np.log(well(eta)[0]) for eta in etas}
    for entry in limit["values"]:
        value = exact[entry["learning rate"]]
        run.equal("eta log E tau", entry["eta log mean exit time"], value, 1e-6)
    run.judge("limit", limit["limit"], limit["error estimate"], 1.)
    run.sharp(0.02)
    run.equal("quasi-potential minimum", limit["quasi-potential minimum"], 1., 1e-9)
    rate = np.log((limit["limit"] - exact[0.03]) / (limit["limit"] - exact[0.02])) / np.log(1.5)
    run.equal("rate", limit["rate"], rate, 1e-3)
    row = run.folder / "run" / "row_001" / "results.json"
    data = json.loads(row.read_text(encoding="utf-8"))
    row.write_text(json.dumps(dict(data, version="0.0.0")), encoding="utf-8")
    run.execute(text)
    run.equal("version of a row", json.loads(row.read_text(encoding="utf-8"))["version"] == data["version"], True, 0)
