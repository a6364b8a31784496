# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Discrete time: exits of Euler's chain."""

import math

import numpy as np

CHAIN = """
%s
set problem = discrete chain
subsection Model
  set type = %s
  %s
end
subsection Domain
  %s
end
subsection Quantities
  set points = %s
  set quantiles = 0.1, 0.5, 0.9
  set moments = 2
end
subsection Discrete chain
  %s
end
"""
# Average run lengths of control charts, as tabulated in the documentation of the R package spc (Crowder 1987; Lucas
# and Saccucci 1990; Steiner 1999; Rigdon 1995; Molnau 2001), with more digits by collocation: d, lambda, limit.
RUN_LENGTHS = [(1, 0.5, 2, 26.4519415894), (1, 0.05, 2, 127.527562467), (1, 0.5, 3.071, 499.906013911),
               (1, 0.03, 2.437, 499.859156632), (1, 0.05, 3, 1379.34819577), (2, 0.25, 8.37, 99.9495237),
               (2, 0.25, 14.82, 2000.60575), (4, 0.1, 12.73, 200.500032)]


def decoupled(eta, rho=0., extra=""):
    return "set learning rate = %r\n%s\nsubsection decoupled\nset h = 1\nset sigma = 1\nset rho = %r\nend" % (
        eta, extra, rho)


def check_run_lengths(run):
    """EWMA and MEWMA charts; beside them the diffusion whose one-step moments are those of the chain."""
    for k, (d, step, limit, exact) in enumerate(RUN_LENGTHS):
        variance = step / (2 - step)
        radius = limit * math.sqrt(variance) if d == 1 else math.sqrt(limit * variance)
        domain = ("set shape = interval\nset lower = %r\nset upper = %r" % (-radius, radius) if d == 1 else
                  "set shape = ball\nset radius = %r" % radius)
        result = run.execute(CHAIN % ("", "decoupled", decoupled(step, extra="set group sizes = %d" % d if d > 1 else ""),
                                      domain, "0", "") if d > 1 else
                             CHAIN % ("set dimension = 1", "decoupled", decoupled(step), domain, "0", ""), name="a%d" % k)
        entry = result["discrete chain"][0]
        run.equal("run length %d" % k, entry["mean steps"], exact, 1e-8 * exact if d > 1 else 1e-11 * exact)
        run.judge("run length", entry["mean steps"], entry["error estimate"], exact, 3e-9 if d > 1 else 5e-12)
    run.equal("matched and shifted", run.execute(
        CHAIN % ("set dimension = 1", "decoupled", decoupled(0.03),
                 "set shape = interval\nset lower = -0.30074\nset upper = 0.30074", "0", ""))
        ["discrete chain"][0]["continuous"]["matched and shifted"], 499.9, 0.2)


def check_chain_table(run):
    """h = sigma = rho = 1, |z| < 1: 13 digits by another collocation; then eps -> 0 at eta = 0.1."""
    domain = "set shape = interval\nset lower = -1\nset upper = 1"
    entry = run.execute(CHAIN % ("set dimension = 1", "decoupled", decoupled(0.5, 1.), domain, "0",
                                 "set step = 0.01\nset steps = 300"))["discrete chain"][0]
    run.equal("mean steps", entry["mean steps"], 362.9845277255, 2e-10)
    run.equal("survival", entry["survival"][0]["value"], 0.4451715399532, 1e-12)
    for step, exact, plain, shifted in ((0.1, 10551.7, -46, 23), (0.05, 18459.7, -38, 11), (0.02, 39697.4, -28, 4.1),
                                        (0.01, 72805.3, -21, 2.0)):
        entry = run.execute(CHAIN % ("set dimension = 1", "decoupled", decoupled(0.1, 1.), domain, "0",
                                     "set step = %r" % step))["discrete chain"][0]
        run.equal("mean steps, eps %g" % step, entry["mean steps"], exact, 0.06)
        run.equal("plain, eps %g" % step, 100 * (entry["continuous"]["plain"] / exact - 1), plain, 0.6)
        run.equal("shifted, eps %g" % step, 100 * (entry["continuous"]["shifted"] / exact - 1), shifted, 0.6)
    # rare exits: the variance of constant noise is eta/(2 - eps), so that log E ~ (1 - eps/2)/eta - 1/2 log eta
    logs = []
    for eta in (0.01, 0.005):
        result = run.execute(CHAIN % ("set dimension = 1", "decoupled", decoupled(eta), domain, "0", "set step = 0.1"))
        entry = result["discrete chain"][0]
        logs.append(math.log(10) * entry["log10"] + 0.5 * math.log(eta))
        run.equal("rate of rare exits", entry["mean steps"] * result["discrete chain rate per step"]["value"], 1, 1e-10)
        run.equal("median of rare exits", entry["quantiles"][1]["steps"] / entry["mean steps"], math.log(2), 1e-9)
    run.equal("exponent", (logs[1] - logs[0]) / 100, 1 - 0.1 / 2, 1e-3)


def nystroem(nodes, weights, density, exits, start, steps, n_power=2000):
    """Mean, second moment, survival, quantiles and sides from a start by dense linear algebra."""
    P = density(nodes[:, None], nodes[None, :]) * weights
    row = density(np.array([start])[:, None], nodes[None, :])[0] * weights
    A = np.eye(len(nodes)) - P
    one = np.ones(len(nodes))
    u = np.linalg.solve(A, one)
    second = np.linalg.solve(A, 1 + 2 * P @ u)
    out = {"mean": 1 + row @ u, "second": 1 + 2 * row @ u + row @ second, "rate": 1 - max(abs(np.linalg.eigvals(P)))}
    for side, f in exits.items():
        out[side] = f(np.array([start]))[0] + row @ np.linalg.solve(A, f(nodes))
    left, s = [1.0], one.copy()
    for _ in range(n_power):
        left.append(row @ s)
        s = P @ s
    out["survival"] = left[steps]
    out["quantiles"] = [next(n for n, v in enumerate(left) if v <= 1 - p) for p in (0.1, 0.5, 0.9)]
    return out


def compare(run, what, result, exact):
    entry = result["discrete chain"][0]
    run.judge(what + " mean", entry["mean steps"], entry["error estimate"], exact["mean"], 1e-11)
    second = entry["moments"][1]
    run.judge(what + " second moment", second["value"], second["error estimate"], exact["second"], 1e-11)
    survival = entry["survival"][0]
    run.judge(what + " survival", survival["value"], survival["error estimate"], exact["survival"], 1e-11)
    rate = result["discrete chain rate per step"]
    run.judge(what + " rate", rate["value"], rate["error estimate"], exact["rate"], 1e-10)
    run.equal(what + " quantiles", sum(abs(q["steps"] - e) for q, e in zip(entry["quantiles"], exact["quantiles"])), 0, 0)
    for side in entry["exit place"]:
        run.judge(what + " " + side["wall"], side["value"], side["error estimate"], exact[side["wall"]], 1e-11)
        over = exact[side["wall"] + " distance"] / exact[side["wall"]]
        run.judge(what + " overshoot", side["mean overshoot"], side["error estimate of the mean overshoot"], over, 1e-10)


def check_chain_line(run):
    """Coefficients by formulas, between two absorbing walls, and with a mirror at the left one."""
    eps, start, steps, l, r = 0.04, 0.3, 20, -0.7, 1.1
    b = lambda x: 0.5 - x + 0.3 * np.sin(3 * x)
    s = lambda x: np.sqrt(eps * (0.5 + 0.3 * x + 0.4 * x * x))
    m = lambda x: x + eps * b(x)
    normal = lambda t: np.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    tail = np.vectorize(lambda t: 0.5 * math.erfc(t / math.sqrt(2)))
    excess = lambda t: normal(t) - t * tail(t)
    x, w = np.polynomial.legendre.leggauss(240)
    nodes, weights = l + (r - l) * (x + 1) / 2, w * (r - l) / 2
    density = lambda x, y: normal((y - m(x)) / s(x)) / s(x)
    mirrored = lambda x, y: density(x, y) + density(x, 2 * l - y)
    exits = {"right": lambda x: tail((r - m(x)) / s(x)), "right distance": lambda x: s(x) * excess((r - m(x)) / s(x)),
             "left": lambda x: tail((m(x) - l) / s(x)), "left distance": lambda x: s(x) * excess((m(x) - l) / s(x))}
    image = 2 * l - r
    beyond = {"right": lambda x: exits["right"](x) + tail((m(x) - image) / s(x)),
              "right distance": lambda x: exits["right distance"](x) + s(x) * excess((m(x) - image) / s(x))}
    text = ("subsection expression\nset drift = 0.5-x+0.3*sin(3*x)\nset diffusion = 0.5+0.3*x+0.4*x^2\nend")
    domain = "set shape = interval\nset lower = %r\nset upper = %r\n" % (l, r)
    chain = "set step = %r\nset steps = %d" % (eps, steps)
    result = run.execute(CHAIN % ("set dimension = 1", "expression", text, domain, repr(start), chain))
    compare(run, "line", result, nystroem(nodes, weights, density, exits, start, steps))
    run.equal("step", result["step"], eps, 0)
    page = (run.output / "chain.txt").read_text(encoding="utf-8").split()
    run.equal("chain.txt says what the log says", all(word in run.log for word in page), True, 0)
    run.equal("chain.txt has lines", "E[steps]" in page, True, 0)
    run.equal("parameters.prm", "Discrete chain" in (run.output / "parameters.prm").read_text(encoding="utf-8"), True, 0)
    entry = result["discrete chain"][0]
    for symbol, value in (("E[steps]", entry["mean steps"]), ("P[steps > 20]", entry["survival"][0]["value"]),
                          ("rate per step", result["discrete chain rate per step"]["value"])):
        line = next((l for l in run.log.splitlines() if symbol + " " in l), "  0   +- 0")
        run.equal(symbol + " in the log", float(line.split("+-")[0].split()[-1]), value, 1e-12 * value)
    run.execute(CHAIN % ("set dimension = 1", "expression", text, domain, repr(start), chain) +
                "subsection Discretization\nset tolerance = 1e-18\nend\n", status=2, name="tolerance")
    run.equal("why is said", "the largest relative error estimate is" in run.log, True, 0)
    result = run.execute(CHAIN % ("set dimension = 1", "expression", text, domain + "set boundary = left: reflecting",
                                  repr(start), chain))
    compare(run, "mirror", result, nystroem(nodes, weights, mirrored, beyond, start, steps))
    # steps as long as the interval, so that the image of the other wall counts
    eps, steps, chain = 1.0, 3, "set step = 1\nset steps = 3"
    result = run.execute(CHAIN % ("set dimension = 1", "expression", text, domain + "set boundary = left: reflecting",
                                  repr(start), chain), name="long_left")
    compare(run, "long steps, mirror at the left", result, nystroem(nodes, weights, mirrored, beyond, start, steps))
    farther = 2 * r - l
    beyond = {"left": lambda x: exits["left"](x) + tail((farther - m(x)) / s(x)),
              "left distance": lambda x: exits["left distance"](x) + s(x) * excess((farther - m(x)) / s(x))}
    result = run.execute(CHAIN % ("set dimension = 1", "expression", text, domain + "set boundary = right: reflecting",
                                  repr(start), chain), name="long_right")
    compare(run, "long steps, mirror at the right", result, nystroem(
        nodes, weights, lambda x, y: density(x, y) + density(x, 2 * r - y), beyond, start, steps))
    eps, steps, chain = 0.04, 20, "set step = 0.04\nset steps = 20"
    # a kink of the drift and a jump of the noise where the panels are cut
    text = "subsection expression\nset drift = -sign(x-0.2)\nset diffusion = 0.5+0.5*step(x-0.2)\nset convention = Ito\nend"
    b = lambda x: -np.sign(x - 0.2)
    s = lambda x: np.sqrt(eps * (0.5 + 0.5 * (x > 0.2)))
    nodes = np.concatenate([l + (0.2 - l) * (x + 1) / 2, 0.2 + (r - 0.2) * (x + 1) / 2])
    weights = np.concatenate([w * (0.2 - l) / 2, w * (r - 0.2) / 2])
    result = run.execute(CHAIN % ("set dimension = 1", "expression", text, domain, repr(start), chain))
    compare(run, "kink", result, nystroem(nodes, weights, density, exits, start, steps))


def check_chain_radius(run):
    """2.5 dimensions, by a Poisson mixture of chi squared laws; linear regression in 3 by simulation in full."""
    d, eta, R, start, steps = 2.5, 0.3, 1.2, 0.4, 10
    a = lambda r: eta * (0.5 + 0.35 * r * r)  # coupled: Sigma_g (1 + r^2 Sigma_H)
    lgamma = np.vectorize(math.lgamma)
    j = np.arange(400)

    def density(r, y):
        s2, m = eta * a(r), r * (1 - 0.8 * eta)
        half, z = (m * m / s2 / 2)[..., None], (y * y / s2 / 2)[..., None]
        with np.errstate(divide="ignore"):
            terms = (-half + j * np.log(half) - lgamma(j + 1.) - z + (d / 2 + j - 1) * np.log(z) - lgamma(d / 2 + j))
        return np.exp(terms).sum(-1) * y / s2

    x, w = np.polynomial.legendre.leggauss(90)
    t, half = (x + 1) / 2, w / 2
    nodes, weights = R * t * t, 2 * R * t * half  # y^(d-1) is smooth in the root
    y = R + 2 * t
    out = lambda x, f: (density(x[:, None], y[None, :]) * f * 2 * half).sum(-1)
    exits = {"right": lambda x: out(x, 1.), "right distance": lambda x: out(x, y - R)}
    text = ("set learning rate = %r\nset group sizes = %r\nsubsection coupled\nset H = 0.8\nset Sigma_g = 0.5\n"
            "set Sigma_H = 0.7\nend" % (eta, d))
    result = run.execute(CHAIN % ("", "coupled", text, "set shape = ball\nset radius = %r" % R, repr(start),
                                  "set steps = %d" % steps))
    compare(run, "radius", result, nystroem(nodes, weights, lambda r, y: density(*np.broadcast_arrays(r, y)), exits,
                                            start, steps))

    d, eta, S, sigma2, B, R = 3, 0.2, 1.3, 0.6, 2, 0.75
    text = ("set learning rate = %r\nset group sizes = %r\nsubsection linear regression\nset eigenvalues = %r\n"
            "set label noise variance = %r\nset batch size = %r\nend" % (eta, d, S, sigma2, B))
    result = run.execute(CHAIN % ("", "linear regression", text, "set shape = ball\nset radius = %r" % R, "0.5",
                                  "set steps = %d" % steps))
    rng, n = np.random.default_rng(1), 100000
    z, total, k, late = np.zeros((n, d)), 0, 0, 0.
    z[:, 0] = 0.5
    squares = 0
    while len(z) > 0:
        xi, zeta = rng.standard_normal(z.shape), rng.standard_normal(len(z))
        across = np.sqrt(S * (sigma2 + S * (z * z).sum(1)) / B)  # C = across^2 + S^2 z z^T/B
        z = z - eta * S * z + eta * (across[:, None] * xi + S / math.sqrt(B) * z * zeta[:, None])
        k += 1
        total, squares = total + len(z), squares + (2 * k - 1) * len(z)
        z = z[(z * z).sum(1) < R * R]
        late = len(z) / n if k == steps else late
    mean = total / n
    error = math.sqrt((squares / n - mean**2) / n)
    entry = result["discrete chain"][0]
    run.equal("mean steps of linear regression", entry["mean steps"], mean, 3.5 * error)
    run.equal("survival of linear regression", entry["survival"][0]["value"], late, 3.5 * math.sqrt(late * (1 - late) / n))


PLANE = """set learning rate = %r
set center = 0.1, -0.1
subsection coupled
set H = 1, 0.6; -0.5, 1.2
set Sigma_g = 1, 0.3; 0.3, 0.7
set Sigma_H = 0.5, 0.1; 0.1, 0.4
end"""


def polar(first, last, n_radii, n_angles, matrix=None):
    """Gauss points in the radius times equal angles, where rho^2 = z^T matrix z is between the squares of both."""
    x, w = np.polynomial.legendre.leggauss(n_radii)
    rho, weight = first + (last - first) * (x + 1) / 2, w * (last - first) / 2
    phi = 2 * np.pi * np.arange(n_angles) / n_angles
    root = np.eye(2) if matrix is None else np.linalg.inv(np.linalg.cholesky(np.array(matrix)).T)
    points = rho[:, None, None] * np.stack([np.cos(phi), np.sin(phi)], -1)[None] @ root.T
    weights = np.broadcast_to((rho * weight)[:, None] * 2 * np.pi / n_angles, points.shape[:2]) * np.linalg.det(root)
    return points.reshape(-1, 2), weights.reshape(-1)


def check_chain_space(run):
    """The plane and space: by the radius, by independent coordinates, and by polar coordinates."""
    for d, radius in ((2, 1.1), (3, 0.5)):
        ones = ", ".join(["1"] * d)
        text = "set learning rate = 0.25\n%ssubsection decoupled\nset h = %s\nset sigma = %s\nset rho = %s\nend"
        domain, chain = "set shape = ball\nset radius = %r" % radius, "set steps = 0, 1, 20\nset step = 0.2"
        cells = run.execute(CHAIN % ("set dimension = %d" % d, "decoupled", text % ("", ones, ones, ones.replace("1", "0")), domain,
                                     ", ".join(["0"] * d) + "; 0.4, -0.2" + ", 0" * (d - 2), chain), name="cells%d" % d)
        radii = run.execute(CHAIN % ("", "decoupled", text % ("set group sizes = %d\n" % d, "1", "1", "0"), domain, "0; 0.44721359549995793", chain),
                            name="radii%d" % d)
        rate, exact = cells["discrete chain rate per step"], radii["discrete chain rate per step"]
        run.judge("rate by cells", rate["value"], rate["error estimate"], exact["value"], 1e-12)
        for by_cells, by_radii in zip(cells["discrete chain"], radii["discrete chain"]):
            run.judge("mean by cells", by_cells["mean steps"], by_cells["error estimate"], by_radii["mean steps"], 1e-11)
            for name, part in (("moments", "value"), ("survival", "value"), ("quantiles", "steps"), ("exit place", "value")):
                for found, known in zip(by_cells[name], by_radii[name]):
                    run.judge(name + " by cells", found[part], found["error estimate"], known[part], 1e-11 * abs(known[part]))
            for name in ("plain", "shifted"):
                run.equal(name + " diffusion by cells", by_cells["continuous"][name], by_radii["continuous"][name],
                          1e-6 * by_radii["continuous"][name])
            run.equal("matched diffusion by cells", by_cells["continuous"]["matched and shifted"] is None, True, 0)
            if d == 2:
                over, known = by_cells["exit place"][0], by_radii["exit place"][0]
                run.judge("overshoot by cells", over["mean overshoot"], over["error estimate of the mean overshoot"],
                          known["mean overshoot"], 1e-11)

    # coordinates of a decoupled chain are independent until one of them leaves
    ends, steps = ((-1, 0.9), (-0.8, 1.1)), 400
    line = lambda i: run.execute(CHAIN % (
        "set dimension = 1", "decoupled", "set learning rate = 0.4\nsubsection decoupled\nset h = %s\nset sigma = %s\nset rho = %s\nend" % (
            ("1", "1.2")[i], ("1", "0.7")[i], ("0.5", "0.4")[i]), "set shape = interval\nset lower = %r\nset upper = %r" % ends[i],
        ("0.3", "-0.2")[i], "set step = 0.2\nset steps = " + ", ".join(str(n) for n in range(steps))))["discrete chain"][0]
    of_lines = [np.array([row["value"] for row in line(i)["survival"]]) for i in (0, 1)]
    box = run.execute(CHAIN % (
        "set dimension = 2", "decoupled", "set learning rate = 0.4\nsubsection decoupled\nset h = 1, 1.2\nset sigma = 1, 0.7\nset rho = 0.5, 0.4\nend",
        "set shape = box\nset lower = -1, -0.8\nset upper = 0.9, 1.1", "0.3, -0.2", "set step = 0.2\nset steps = 7, 31"), name="box")
    entry = box["discrete chain"][0]
    both = of_lines[0] * of_lines[1]
    run.equal("no shift where noise varies along a wall", entry["continuous"]["shifted"] is None and
              0.3 < entry["continuous"]["plain"] / entry["mean steps"] < 0.9, True, 0)
    run.judge("mean of a box", entry["mean steps"], entry["error estimate"],
              both.sum() + both[-1] / (both[-2] / both[-1] - 1), 1e-10)
    run.judge("survival of a box", entry["survival"][1]["value"], entry["survival"][1]["error estimate"], both[31], 1e-11)
    run.equal("walls of a box", sum(side["value"] for side in entry["exit place"]), 1, 1e-10)
    # E[left first] by mirror images of the box
    other = run.execute(CHAIN % (
        "set dimension = 2", "decoupled", "set learning rate = 0.4\nsubsection decoupled\nset h = 1.2, 1\nset sigma = 0.7, 1\nset rho = 0.4, 0.5\nend",
        "set shape = box\nset lower = -1.1, -1\nset upper = 0.8, 0.9", "0.2, 0.3", "set step = 0.2"), name="turned")["discrete chain"][0]
    for side, turned in ((0, 2), (1, 3), (2, 1), (3, 0)):
        for key in ("value", "mean overshoot"):
            run.equal("side of a box, " + key, entry["exit place"][side][key], other["exit place"][turned][key], 1e-10)

    # steps that are not symmetric, from another centre, by polar coordinates
    eta, eps, start = 0.3, 0.15, np.array([[0.3, 0.4]])
    H, G, S, c = np.array([[1, 0.6], [-0.5, 1.2]]), np.array([[1, 0.3], [0.3, 0.7]]), np.array([[0.5, 0.1], [0.1, 0.4]]), (0.1, -0.1)

    def density(x, y):
        z = x - c
        a = eps * eta * G * (1 + np.einsum("ni,ij,nj->n", z, S, z))[:, None, None]
        m = x - eps * z @ H.T
        inverse = np.linalg.inv(a)
        step = y[None] - m[:, None]
        return np.exp(-0.5 * np.einsum("nmi,nij,nmj->nm", step, inverse, step)) / (
            2 * np.pi * np.sqrt(np.linalg.det(a)))[:, None]

    matrix = [[1, 0.3], [0.3, 2]]
    cases = {"disk": ("set shape = ball\nset radius = 1", polar(0, 1, 24, 60), None),
             "ellipse": ("set shape = ellipsoid\nset matrix = 1, 0.3; 0.3, 2", polar(0, 1, 24, 60, matrix), None),
             "annulus": ("set shape = annulus\nset inner radius = 0.2\nset outer radius = 1.1", polar(0.2, 1.1, 24, 70), polar(0, 0.2, 10, 40))}
    for name, (domain, (nodes, weights), hole) in cases.items():
        P, row = density(nodes, nodes) * weights, density(start, nodes) * weights
        A = np.eye(len(nodes)) - P
        solve = lambda f: np.linalg.solve(A, f)
        u = solve(np.ones(len(nodes)))
        entry = run.execute(CHAIN % ("set dimension = 2", "coupled", PLANE % eta, domain, "0.3, 0.4", "set step = 0.15\nset steps = 12"),
                            name=name)["discrete chain"][0]
        run.judge(name + " mean", entry["mean steps"], entry["error estimate"], 1 + (row @ u)[0], 1e-10)
        second = entry["moments"][1]
        run.judge(name + " second moment", second["value"], second["error estimate"],
                  1 + 2 * (row @ u)[0] + (row @ solve(1 + 2 * P @ u))[0], 1e-8)
        s = np.ones(len(nodes))
        for _ in range(11):
            s = P @ s
        run.judge(name + " survival", entry["survival"][0]["value"], entry["survival"][0]["error estimate"], (row @ s)[0], 1e-10)
        if hole is not None:
            into = lambda x: density(x, hole[0]) @ hole[1]
            depth = lambda x: density(x, hole[0]) @ (hole[1] * (0.2 - np.linalg.norm(hole[0], axis=1)))
            inner, p = entry["exit place"][0], (into(start) + row @ solve(into(nodes)))[0]
            run.judge(name + " inner wall", inner["value"], inner["error estimate"], p, 1e-10)
            run.judge(name + " inner overshoot", inner["mean overshoot"], inner["error estimate of the mean overshoot"],
                      (depth(start) + row @ solve(depth(nodes)))[0] / p, 1e-9)

    # rare exits: the product of rate and mean
    rare = run.execute(CHAIN % (
        "set dimension = 2", "decoupled", "set learning rate = 0.03\nsubsection decoupled\nset h = 1, 1.5\nset sigma = 1, 1\nset rho = 0, 0\nend",
        "set shape = ball\nset radius = 1.4", "0, 0", "set step = 0.3"), name="rare")
    entry, rate = rare["discrete chain"][0], rare["discrete chain rate per step"]["value"]
    run.equal("rare", 20 < entry["log10"] < 60, True, 0)
    run.equal("rate times mean", rate * entry["mean steps"], 1, 1e-10)
    run.equal("estimate of rare", entry["relative error estimate"] < 1e-9, True, 0)
