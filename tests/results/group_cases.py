# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Many dimensions by the radii of groups."""

import math
import re

import numpy as np

GROUPS = """
set problem = exit time
subsection Model
  set type = %s
  set learning rate = %r
  set group sizes = %s
  subsection %s
    %s
  end
end
subsection Domain
  set shape = %s
end
subsection Quantities
  set points = %s
end
subsection Output
  set vtu = false
end
"""


def radial_exit_time(d, eta, R):
    """E tau from 0 of dv = -v dt + sqrt(eta (1 + |v|^2)) dB out of |v| < R in R^d: int_0^R int_0^y z^(d-1) w(z)
    2/(a(z)) dz / (y^(d-1) w(y)) dy, w = (1 + r^2)^(-1/eta), by Gauss panels."""
    x, weights = np.polynomial.legendre.leggauss(60)
    log_w = lambda r: (d - 1) * np.log(r) - np.log1p(r * r) / eta
    y = 0.5 * R * (x + 1)
    z = 0.5 * np.multiply.outer(y, x + 1)
    inner = np.exp(log_w(z) - log_w(y)[:, None]) * 2 / (eta * (1 + z * z))
    return 0.5 * R * weights @ (0.5 * y * (inner @ weights))


def check_groups(run):
    """Radii of groups: a spectral program in r_k^2; the radial quadrature where groups are alike; and coordinates."""
    def matrix(entries):
        return "; ".join(", ".join(repr(e) if i == j else "0" for j in range(len(entries)))
                         for i, e in enumerate(entries))

    def coupled(h, g, s):
        return "set H = %s\n set Sigma_g = %s\n set Sigma_H = %s" % (matrix(h), matrix(g), matrix(s))

    def solve(name, model, eta, sizes, entries, shape, points, tolerance=None):
        text = GROUPS % (model, eta, sizes, model, entries, shape, points)
        if tolerance:
            text += "subsection Discretization\n set tolerance = %r\nend\n" % tolerance
        result = run.execute(text, name=name)
        return result, [entry["value"] for entry in result["mean exit time"]]

    result, values = solve("unequal", "coupled", 0.2, "2, 8", coupled([1, 0.5], [1, 0.3], [1, 0.2]),
                           "ball\n set radius = 1", "0, 0; 0.5, 0.5")
    run.equal("dimension", result["dimension"], 10, 0)
    for value, exact in zip(values, (1.912700214956, 1.191268114849)):
        run.equal("E tau of two groups", value, exact, 1e-10)
    _, values = solve("regression", "linear regression", 0.1, "1, 9", "set eigenvalues = 1, 0.2",
                      "ball\n set radius = 1.5", "0, 0; 0.5, 0.5", 1e-11)
    for value, exact in zip(values, (240.60951220, 237.98093816)):
        run.equal("E tau of linear regression", value, exact, 1e-8)
    _, values = solve("shell", "coupled", 0.1, "1, 100", coupled([2, 0.5], [1, 0.05], [1, 0.1]),
                      "ball\n set radius = 1", "0, 0; 0.5, 0.5")
    for value, exact in zip(values, (116.04360, 114.26911)):
        run.equal("E tau in 101 dimensions", value, exact, 1e-5)

    for sizes in ([3], [10], [2.5], [1, 2], [3, 7], [20, 30], [1, 1, 1]):
        K, d = len(sizes), sum(sizes)
        ones = [1] * K
        _, values = solve("alike_%s" % "_".join(map(str, sizes)), "coupled", 0.2, ", ".join(map(str, sizes)),
                          coupled(ones, ones, ones), "ball\n set radius = 1", ", ".join(["0"] * K))
        exact = radial_exit_time(d, 0.2, 1.)
        run.equal("E tau of groups of %s" % sizes, values[0], exact, 1e-8 * exact)
    # by the radial equation; the density is a shell of width d^(-1/2), for two groups a spot of that size
    for sizes, R, exact in (([1e4], 0.9, 1.657661879), ([1e6], 1., 6.852282945), ([3000., 7000.], 0.9, 1.657661879),
                            ([150., 350.], 1.08, 10.4975613142)):
        ones = [1] * len(sizes)
        _, values = solve("large_%d_%g" % (len(sizes), sum(sizes)), "coupled", 1 / sum(sizes),
                          ", ".join("%d" % d for d in sizes), coupled(ones, ones, ones),
                          "ball\n set radius = %r" % R, ", ".join(["0"] * len(sizes)), 1e-9)
        run.equal("E tau in %g dimensions" % sum(sizes), values[0], exact, 2e-9 * exact)
    # ten outliers and a bulk of a million, from the minimum, and with two weights: the exit of a metastable process
    bulk = GROUPS % ("linear regression", 1e-4, "10, 999990", "linear regression", "set eigenvalues = 1, 0.01",
                     "ellipsoid\n set semi-axes = 0.4, 4", "0, 0; 0.03, 3.9")
    bulk += "subsection Discretization\n set weight = %s\nend\n"
    natural, tempered = (run.execute(bulk % weight, name=weight)["mean exit time"]
                         for weight in ("natural", "tempered"))
    for a, b in zip(natural, tempered):
        run.equal("E tau with two weights", a["value"], b["value"], a["error estimate"] + b["error estimate"])

    # groups of one coordinate are coordinates
    entries = coupled([1, 0.5], [1, 0.3], [1, 0.2])
    shape = "ellipsoid\n set semi-axes = 1, 1.3"
    text = GROUPS % ("coupled", 0.2, "1, 1", "coupled", entries, shape, "0.2, 0.3")
    groups = run.execute(text, name="ones")["mean exit time"][0]
    own = run.execute("set dimension = 2\n" + text.replace("set group sizes = 1, 1", ""), name="coordinates")
    own = own["mean exit time"][0]
    run.equal("E tau of coordinates", groups["value"], own["value"], 1e-11 * own["value"])

    # two routes: groups, and coordinates in R^3; and two of the law of isotropic groups
    text = (GROUPS % ("coupled", 0.2, "1, 2", "coupled", coupled([1, 0.5], [1, 0.3], [1, 0.2]),
                      "ball\n set radius = 1", "0.2, 0.3")).replace("set points", "set moments = 2\n set points")
    flat = text.replace("set group sizes = 1, 2", "").replace("points = 0.2, 0.3", "points = 0.2, 0.3, 0")
    for name, entries in (("H", [1, 0.5, 0.5]), ("Sigma_g", [1, 0.3, 0.3]), ("Sigma_H", [1, 0.2, 0.2])):
        flat = re.sub("set %s = .*" % name, "set %s = %s" % (name, matrix(entries)), flat)
    groups, own = (run.execute(t, name=n)["mean exit time"][0]
                   for t, n in ((text, "radii"), ("set dimension = 3\n" + flat, "space")))
    for a, b, error in zip(groups["moments"], own["moments"],
                           np.add(groups["error estimates of the moments"], own["error estimates of the moments"])):
        run.equal("a moment by two routes", a, b, 2 * error)
    laws = [run.execute((GROUPS % ("coupled", 0.2, sizes, "coupled", coupled(ones, ones, ones),
                                   "ball\n set radius = 1", ", ".join(["0"] * len(ones)))).replace("exit time", "exit law"),
                        name="law_%d" % len(ones))["exit law"]
            for sizes, ones in (("8", [1]), ("3, 5", [1, 1]))]
    run.equal("rate of groups that are alike", laws[0]["rate"], laws[1]["rate"], 1e-9)
    run.equal("median of groups that are alike", laws[0]["median"], laws[1]["median"], 1e-8)

    # all directions are alike: |v_1|^2/|v|^2 at the exit has the law Beta(d_1/2, d_2/2), here P(Beta(1, 2) > 1/2) = 1/4
    text = (GROUPS % ("coupled", 0.2, "2, 4", "coupled", coupled([1, 1], [1, 1], [1, 1]),
                      "ball\n set radius = 1\n set exit direction = 1, 0\n set exit angle = 45", "0, 0"))
    place = run.execute(text.replace("exit time", "exit place"), name="place")["exit place"][0]
    run.equal("P(|v_1| > |v_2|) at the exit", place["value"], 0.25, 1e-8)


def check_group_theory(run):
    """Closed forms in any dimension, the names in results.json and the radial formula against the solver."""
    text = GROUPS % ("linear regression", 0.1, "10", "linear regression", "set eigenvalues = 1",
                     "ball\n set radius = 1", "0.5")
    theory = run.execute(text.replace("exit time", "theory"), name="one")
    solved = run.execute(text, name="solved")["mean exit time"][0]
    run.equal("E tau", theory["mean exit time"][0]["value"], solved["value"], 2 * solved["error estimate"])
    facts = theory["theory"]
    moments = {tuple(entry["exponents"]): entry["value"] for entry in facts["moments"]["values"]}
    # E |v|^2 = d eta/(2 - eta (d + 1)), tail index B/eta + (3 - d)/2
    run.equal("E |v|^2", moments[(2,)], 1 / 0.9, 1e-13)
    run.equal("E |v|^4", moments[(4,)], moments[(2,)] * 0.1 * 12 / (2 - 0.1 * (10 + 2 + 3)), 1e-13)
    run.equal("the loss", facts["loss"]["value"], 0.5 / 0.9, 1e-13)
    run.equal("the largest learning rate", facts["largest learning rate"]["value"], 2 / 11, 1e-14)
    run.equal("the mean square rate", facts["mean square rate"]["value"], -2 + 0.1 * 11, 1e-13)
    run.equal("the tail index", facts["tail index"]["value"], 6.5, 1e-12)

    # four groups of a thousand million coordinates in all: E X_k is linear in the loss, d_k eta s_k (1 + L)/(2 s_k - eta s_k^2)
    text = GROUPS % ("linear regression", 0.1, "1, 2, 3, 1e9", "linear regression", "set eigenvalues = 1, 0.5, 0.2, 1e-10",
                     "ball\n set radius = 1", "0, 0, 0, 0")
    theory = run.execute(text.replace("exit time", "theory"), name="four")
    run.equal("dimension", theory["dimension"], 1000000006, 0)
    factors = [d * 0.1 / (2 - 0.1 * s) for d, s in ((1, 1), (2, 0.5), (3, 0.2), (1e9, 1e-10))]
    share = sum(f * s for f, s in zip(factors, (1, 0.5, 0.2, 1e-10)))
    loss = share / (1 - share)
    moments = {tuple(entry["exponents"]): entry["value"] for entry in theory["theory"]["moments"]["values"]}
    for k in range(4):
        run.equal("E |v_%d|^2" % (k + 1), moments[tuple(2 * (j == k) for j in range(4))] / factors[k], 1 + loss, 1e-12)
    run.equal("the loss of four groups", theory["theory"]["loss"]["value"], 0.5 * loss, 1e-13)
    if theory["mean exit time"] is not None:
        run.complaints.append("an exit time of four groups")

    # one number stands for a multiple of the identity: d coordinates, or one group of d
    plain = (GROUPS % ("coupled", 0.02, "100", "coupled", "set H = 1\n set Sigma_g = 0.8\n set Sigma_H = 0.5",
                       "ball\n set radius = 1.2", "0"))
    plain = plain.replace("exit time", "theory")
    group = run.execute(plain, name="group")["mean exit time"][0]
    plain = "set dimension = 100\n" + plain.replace("set group sizes = 100", "").replace("set points = 0", "")
    run.equal("E tau of 100 coordinates", run.execute(plain, name="coordinates")["mean exit time"][0]["value"],
              group["value"], 1e-11 * group["value"])


def ibeta(a, b, x):
    """P(Beta(a, b) < x), by Gauss's rule in u, t = sin^2(angle), the angle ~ u^2."""
    t, weights = np.polynomial.legendre.leggauss(400)
    u, weights = 0.5 * (t + 1), 0.5 * weights
    angle, weights = math.asin(math.sqrt(x)) * u ** 2, weights * 2 * u
    log_f = (2 * a - 1) * np.log(np.sin(angle)) + (2 * b - 1) * np.log(np.cos(angle))
    log_B = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return 2 * math.asin(math.sqrt(x)) * (weights @ np.exp(log_f - log_B))


def check_group_density(run):
    """Densities in radii: Student's law in d dimensions, coordinates, moments in all coordinates, and the routes."""
    def solve(name, sizes, eigenvalues, eta, points, shape="whole space", more=""):
        text = GROUPS % ("linear regression", eta, sizes, "linear regression",
                         "set eigenvalues = %s\n set batch size = 2" % eigenvalues, shape, points)
        text = text.replace("exit time", "stationary density") + more
        return run.execute(text, name=name)["stationary density"]

    # one group: p = (1 + 2 r^2)^-m/Z, m = (alpha + d)/2, and |v|^2/(1/2 + |v|^2) has the law Beta(d/2, alpha/2)
    # far from and near to Gaussian, too: tail indices from 1.5, to where r^38 is beyond doubles, to 2000
    for d, eta, unit in ((1, 0.3, 1), (5, 0.1, 1), (5.5, 0.1, 1), (20, 0.05, 1), (41, 0.02, 1), (40, 0.1, 1), (12, 1e-3, 0.08)):
        alpha = 1 + (2 - (d - 1) * eta / 2) / eta
        m = (alpha + d) / 2
        log_Z = 0.5 * d * math.log(math.pi / 2) + math.lgamma(alpha / 2) - math.lgamma(m)
        for weight in ("natural", "tempered"):
            density = solve("one_%g_%s" % (d, weight), repr(d), "1", eta, "; ".join(repr(unit * r) for r in (0.3, 0.5, 1)),
                            more="subsection Quantities\n set distances = %r, %r\nend\n" % (0.5 * unit, 1.5 * unit) +
                            "subsection Discretization\n set weight = %s\nend\n" % weight)
            run.equal("tail index", density["tail index"][0], alpha, 1e-12 * alpha)
            for entry in density["values"]:
                exact = math.exp(-m * math.log1p(2 * entry["point"][0] ** 2) - log_Z)
                run.judge("p, d = %g" % d, entry["value"], entry["error estimate"] + 1e-12 * exact, exact)
                run.equal("p, d = %g" % d, entry["value"], exact, 1e-8 * exact)
            for entry in density["tail probabilities"]:
                exact = ibeta(alpha / 2, d / 2, 1 / (1 + 2 * entry["distance"] ** 2))
                if entry["value"] is None:
                    run.equal("P(|v| > r), not resolved", 0, exact, min(entry["upper bound"], 1e-14))
                else:
                    run.judge("P(|v| > r), d = %g" % d, entry["value"], entry["error estimate"] + 1e-11 * exact, exact)
        for entry in density["marginals"][0]["values"]:
            r = entry["x"]
            exact = math.exp(-m * math.log1p(2 * r * r) - log_Z + math.log(2) + 0.5 * d * math.log(math.pi) -
                             math.lgamma(d / 2) + (d - 1) * math.log(r))
            run.judge("p of |v|, d = %g" % d, entry["value"], entry["error estimate"] + 1e-11 * exact, exact)
        for row in run.table("loss.csv")[::10]:
            exact = ibeta(alpha / 2, d / 2, 1 / (1 + 4 * row["loss"]))
            run.judge("P(loss > %g)" % row["loss"], row["probability above"],
                      row["error estimate of the probability above"] + 1e-11, exact)

    # groups of one coordinate are coordinates
    for shape in ("whole space", "ball\n set radius = 1.5"):
        both = [solve("ones", "1, 1", "1, 0.3", 0.3, "0, 0; 0.3, 0.2; 1, 0.5", shape)]
        text = (run.folder / "ones.prm").read_text(encoding="utf-8").replace("set group sizes = 1, 1", "")
        both.append(run.execute("set dimension = 2\n" + text, name="coordinates")["stationary density"])
        for a, b in zip(both[0]["values"], both[1]["values"]):
            run.equal("p of coordinates", a["value"], b["value"], 1e-11 * b["value"])

    # unequal groups: moments by the closed system in all coordinates, d = 6; mean loss; natural and tempered weights
    a, b = (solve("unequal_%s" % weight, "2, 4", "1, 0.3", 0.1, "0.3, 0.2; 0.3, 0.5",
                  more="subsection Discretization\n set weight = %s\nend\n" % weight) for weight in ("natural", "tempered"))
    for x, y in zip(a["values"], b["values"]):
        run.equal("p with two weights", x["value"], y["value"], x["error estimate"] + y["error estimate"])
        run.equal("its estimates", x["error estimate"] / x["value"], 0, 1e-6)
    s, d, eta, B = (1, 0.3), (2, 4), 0.1, 2
    factors = [d[k] * eta / (2 * B - eta * s[k]) for k in range(2)]  # E X_k = factor (1 + 2 loss)
    share = sum(f * x for f, x in zip(factors, s))
    for density, accuracy in ((a, 1e-12), (b, 1e-5)):
        moments = {tuple(entry["exponents"]): entry for entry in density["moments of the radii"]}
        for k in range(2):
            entry, exact = moments[(2 * (k == 0), 2 * (k == 1))], factors[k] / (1 - share)
            run.equal("E r_%d^2" % (k + 1), entry["value"], exact, accuracy * exact)
            run.judge("E r_%d^2" % (k + 1), entry["value"], entry["error estimate"], exact)
        loss = 0.5 * share / (1 - share)
        run.equal("mean loss", density["mean loss"], loss, accuracy * loss)
        run.judge("mean loss", density["mean loss"], density["error estimate of the mean loss"], loss)

    # Gaussian: the radii are independent, of chi laws
    text = (GROUPS % ("coupled", 0.2, "3, 10", "coupled", "set H = 1, 0; 0, 0.5\n set Sigma_g = 1, 0; 0, 0.3\n set Sigma_H = 0",
                      "whole space", "0.5, 1; 0.2, 0.4")).replace("exit time", "stationary density")
    for entry in run.execute(text, name="gauss")["stationary density"]["values"]:
        exact = 1.
        for r, n, variance in zip(entry["point"], (3, 10), (0.1, 0.06)):
            exact *= math.exp(-0.5 * r * r / variance) * (2 * math.pi * variance) ** (-n / 2)
        run.judge("p of a Gaussian law", entry["value"], entry["error estimate"] + 1e-11 * exact, exact)
        run.equal("p of a Gaussian law", entry["value"], exact, 1e-7 * exact)
