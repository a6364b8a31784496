# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""SGD itself, step by step: least squares in mini-batches."""

import math

import numpy as np

SGD = """
%s
set problem = discrete chain
subsection Model
  set type = linear regression
  set learning rate = %r
  %s
  subsection linear regression
    set eigenvalues = %r
    set label noise variance = %r
    set batch size = %d
  end
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
  set noise = mini-batch
  set steps = 20
end
"""


def on_the_line(eta, s, sigma2, B, lower, upper, start, center=0.):
    return SGD % ("set dimension = 1", eta, "set center = %r" % center, s, sigma2, B,
                  "set shape = interval\nset lower = %r\nset upper = %r" % (lower, upper), repr(start))


def by_the_radius(d, eta, s, sigma2, B, R, start):
    return SGD % ("", eta, "set group sizes = %d" % d, s, sigma2, B,
                  "set shape = ball\nset radius = %r" % R, repr(start))


def judge(run, what, result, mean, second, survival, quantiles, rate, sides):
    """All printed numbers; sides: wall -> (probability, overshoot)."""
    entry = result["discrete chain"][0]
    run.judge(what + " mean", entry["mean steps"], entry["error estimate"], mean, 1e-10)
    run.equal(what + " log10", entry["log10"], math.log10(mean), 1e-9)
    moment = entry["moments"][1]
    run.judge(what + " second moment", moment["value"], moment["error estimate"], second, 1e-10)
    left = entry["survival"][0]
    run.judge(what + " survival", left["value"], left["error estimate"], survival, 1e-10)
    run.equal(what + " quantiles", sum(abs(q["steps"] - e) for q, e in zip(entry["quantiles"], quantiles)), 0, 0)
    law = result["discrete chain rate per step"]
    run.judge(what + " rate", law["value"], law["error estimate"], rate, 1e-9)
    for side in entry["exit place"]:
        probability, over = sides[side["wall"]]
        run.judge(what + " " + side["wall"], side["value"], side["error estimate"], probability, 1e-9)
        run.judge(what + " overshoot", side["mean overshoot"], side["error estimate of the mean overshoot"], over, 1e-9)


def check_sgd_table(run):
    """Eigenvalue 1, label noise 1, B = 1, eta = 0.1, from 0 until the loss is c/2: by another collocation (polar coordinates
    of the noise, in NumPy), whose last digits are uncertain by what stands last here; on the line by product integration of
    K_0 (SciPy, tanh-sinh rule), which agrees in 12 digits."""
    for d, c, steps, uncertain in ((1, 1.5, 784.22207717, 1e-7), (1, 2, 32209.7455292, 2e-6), (2, 2, 4726.4, 0.06), (3, 1.5, 75.579, 1e-3),
                                   (10, 3, 78.395, 1e-3)):
        R = math.sqrt(c - 1)
        text = (on_the_line(0.1, 1., 1., 1, -R, R, 0.) if d == 1 else by_the_radius(d, 0.1, 1., 1., 1, R, 0.))
        result = run.execute(text, name="d%d_c%d" % (d, 10 * c))
        entry = result["discrete chain"][0]
        run.equal("mean steps, d = %d, c = %g" % (d, c), entry["mean steps"], steps, uncertain)
        run.equal("estimate", entry["relative error estimate"], 0, 1e-8)
        tail = result["tail index"]
        exact = {1: 17.284586, 2: 16.834138, 3: 16.380015, 10: 12.830812}.get(d)
        if exact:
            run.equal("tail index, d = %d" % d, tail["chain"], exact, 1e-6)
            run.equal("SDE's tail index", tail["SDE"], 10 + (3 - d) / 2, 1e-9)
        run.equal("infinite variance", tail["infinite variance from learning rate"], 2 / (2 + d), 1e-12)
    for eta, exact in ((0.2, 8.3025941), (0.5, 2.9039662), (1., 1.0908265)):
        result = run.execute(on_the_line(eta, 1., 1., 1, -1., 1., 0.))
        run.equal("tail index, eta = %g" % eta, result["tail index"]["chain"], exact, 6e-8)
    line = next(l for l in run.log.splitlines() if l.strip().startswith("tail index"))
    run.equal("tail index in the log", float(line.split()[2]), 1.0908265, 6e-8)
    # where the variance becomes infinite the index is 2
    result = run.execute(by_the_radius(3, 4 / 6 / 0.7, 0.7, 1., 2, 1., 0.))
    run.equal("index of infinite variance", result["tail index"]["chain"], 2., 1e-8)
    run.equal("infinite variance from", result["tail index"]["infinite variance from learning rate"], 4 / 6 / 0.7, 1e-12)


def check_sgd_line(run):
    """B = 2 on the line: the density of a step from t is e^(-t (y - t)/a - kappa |y - t|/a)/(2 a kappa), and functions have
    no singularity, so that polynomials on the whole interval will do."""
    eta, s, sigma2, center, lower, upper, start, steps = 0.4, 1.3, 0.6, 0.2, -0.9, 1.2, 0.5, 20
    a, unit = eta * s / 2, math.sqrt(sigma2 / s)
    L, R = (lower - center) / unit, (upper - center) / unit
    n = 60
    x, w = np.polynomial.legendre.leggauss(n)
    V = np.polynomial.legendre.legvander(x, n - 1)
    coefficients = (np.arange(n) + 0.5)[:, None] * (V * w[:, None]).T  # values -> Legendre series
    nodes = L + (R - L) * (x + 1) / 2

    def row(t):
        kappa = math.hypot(1, t)
        total = np.zeros(n)
        for low, high in ((L, t), (t, R)):
            y = low + (high - low) * (x + 1) / 2
            density = np.exp(-t * (y - t) / a - kappa * abs(y - t) / a) / (2 * a * kappa)
            total += (w * (high - low) / 2 * density) @ (
                np.polynomial.legendre.legvander(2 * (y - L) / (R - L) - 1, n - 1) @ coefficients)
        return total

    def exits(t):
        kappa, result = np.hypot(1, t), {}
        for wall, distance, rate in (("right", R - t, kappa + t), ("left", t - L, kappa - t)):
            p = np.exp(-rate * distance / a) / (2 * kappa * rate)
            result[wall] = (p, p * unit * a / rate)
        return result

    t = (start - center) / unit
    P, first = np.array([row(t) for t in nodes]), row(t)
    A, one = np.eye(n) - P, np.ones(n)
    u = np.linalg.solve(A, one)
    second = np.linalg.solve(A, 1 + 2 * P @ u)
    left, f = [1.], one
    for _ in range(3000):
        left.append(first @ f)
        f = P @ f
    sides = {}
    for wall in ("left", "right"):
        p, distance = (exits(t)[wall][k] + first @ np.linalg.solve(A, exits(nodes)[wall][k]) for k in (0, 1))
        sides[wall] = (p, distance / p)
    judge(run, "line", run.execute(on_the_line(eta, s, sigma2, 2, lower, upper, start, center)), 1 + first @ u,
          1 + 2 * first @ u + first @ second, left[steps],
          [next(k for k, v in enumerate(left) if v <= 1 - p) for p in (0.1, 0.5, 0.9)],
          1 - max(abs(np.linalg.eigvals(P))), sides)
    # the same by the radius, and rare exits: all digits of the line's
    for eta in (0.4, 0.03):
        a = run.execute(on_the_line(eta, s, sigma2, 2, -1., 1., 0.3))["discrete chain"][0]
        b = run.execute(by_the_radius(1, eta, s, sigma2, 2, 1., 0.3))["discrete chain"][0]
        run.equal("line and radius, eta = %g" % eta, a["mean steps"] / b["mean steps"], 1., 1e-9)


def check_sgd_samples(run):
    """Gradients of samples that are drawn, in full space."""
    rng = np.random.default_rng(1)
    for d, eta, s, sigma2, B, R, start, n in ((3, 0.2, 1.3, 0.6, 2, 0.75, 0.5, 20000), (2, 0.3, 1., 1., 1, 0.6, 0., 30000),
                                              (40, 0.1, 0.8, 1.5, 4, 1.1, 0.2, 8000)):
        v, k, total, squares, late, over = np.zeros((n, d)), 0, 0, 0, 0., 0.
        v[:, 0] = start
        while len(v) > 0:
            gradient = np.zeros_like(v)
            for _ in range(B):
                inputs = math.sqrt(s) * rng.standard_normal(v.shape)
                error = (inputs * v).sum(1) - math.sqrt(sigma2) * rng.standard_normal(len(v))
                gradient += inputs * error[:, None] / B
            k += 1
            assert k < 3000
            total, squares = total + len(v), squares + (2 * k - 1) * len(v)
            v = v - eta * gradient
            r = np.sqrt((v * v).sum(1))
            over += (r - R)[r >= R].sum()
            v = v[r < R]
            late = len(v) / n if k == 20 else late
        mean = total / n
        error = math.sqrt((squares / n - mean**2) / n)
        entry = run.execute(by_the_radius(d, eta, s, sigma2, B, R, start), name="samples%d" % d)["discrete chain"][0]
        run.equal("mean steps, d = %d" % d, entry["mean steps"], mean, 3.5 * error)
        run.equal("survival, d = %d" % d, entry["survival"][0]["value"], late, 3.5 * math.sqrt(late * (1 - late) / n) + 1e-3)
        run.equal("overshoot, d = %d" % d, entry["exit place"][0]["mean overshoot"], over / n, 0.03 * over / n)
