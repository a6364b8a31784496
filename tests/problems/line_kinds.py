# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Random problems on a line, by scale function and speed measure integrated in long double."""

import numpy as np

from line_quadrature import REAL, Line, graded_breaks, uniform_breaks, wide_breaks
from problem_text import CONVENTIONS, Problem, Units, at, listed, number, write

EVERY = ["Ito", "Ito", "Stratonovich", "Haenggi-Klimontovich"]
WALLS = [("absorbing", "absorbing"), ("reflecting", "absorbing"), ("absorbing", "reflecting"),
         ("absorbing", "absorbing"), ("reflecting", "reflecting")]


def interval(units, l, r, walls=None):
    lower, upper = units.interval(l, r)
    domain = ["set shape = interval", "set lower = %r" % lower, "set upper = %r" % upper]
    if walls:
        domain.append("set boundary = left: %s, right: %s" % units.walls(*walls))
    return domain


def moments(line):
    """Mean and variance in the stationary law."""
    mean = line.mean(lambda x: x)
    return mean, line.mean(lambda x: (x - mean) ** 2)


def density_problem(units, line, texts, l, r, points, convention, walls=None, model=(), law=True):
    values = [at("stationary density", i, line.density(p) / REAL(units.length), 1 / units.length)
              for i, p in enumerate(points)]
    if law:
        mean, variance = moments(line)
        scale = max(abs(l), abs(r)) * units.length
        values += [listed_moment("mean", (0,), units.x(mean), units.length, 1e-14 * (scale + abs(units.origin[0]))),
                   listed_moment("covariance", (0, 0), variance * REAL(units.length) ** 2, units.length**2,
                                 1e-15 * scale**2)]
    return Problem(write(units, "stationary density", texts[:1], [texts[1:]], interval(units, l, r, walls),
                         [[p] for p in points], model, convention=convention), values)


def listed_moment(name, index, exact, unit, own=0.0):
    quantity = listed("stationary density", name, index[0], "", exact, unit, own)
    return quantity._replace(value=("stationary density", name) + index,
                             estimate=("stationary density", "error estimate of the " + name))


def on_line(rng, units, texts, b, a, l, r, breaks, walls=None, conventions=EVERY, points=None, places=True, law=True):
    """texts: drift and diffusion, in the convention that is drawn; b, a: the same for numbers."""
    points = points or sorted(l + (r - l) * rng.uniform(0.05, 0.95) for _ in range(2))
    walls = walls or rng.choice(WALLS)
    convention = rng.choice(conventions)
    place, centered = places and rng.random() < 0.3, rng.random() < 0.7
    line = Line(b, a, breaks(points), theta=CONVENTIONS[convention])
    model = ["set center = %r" % units.x((l + r) / 2)] if centered else []
    if walls == ("reflecting", "reflecting"):
        return density_problem(units, line, texts, l, r, points, convention, walls, model, law)
    domain, at_points = interval(units, l, r, walls), [[p] for p in points]
    if walls == ("absorbing", "absorbing") and place:
        domain.append("set exit set = " + units.walls("left", "right")[1])
        return Problem(write(units, "exit place", texts[:1], [texts[1:]], domain, at_points, model,
                             convention=convention),
                       [at("exit place", i, line.exit_right(p)) for i, p in enumerate(points)])
    values = [at("mean exit time", i, line.exit_time(p, *walls) * REAL(units.time), units.time)
              for i, p in enumerate(points)]
    more = []
    if "reflecting" in walls and rng.random() < 0.3:
        more = ["set moments = 2"]
        for i, p in enumerate(points):
            second = line.second_moment(p, *walls) * REAL(units.time) ** 2
            values.append(at("mean exit time", i, second, units.time**2)._replace(
                name="second moment %d" % i, value=("mean exit time", i, "moments", 1),
                estimate=("mean exit time", i, "error estimates of the moments", 1)))
    return Problem(write(units, "exit time", texts[:1], [texts[1:]], domain, at_points, model, more, convention), values)


def smooth_coefficients(rng, shift=0.0):
    c = [rng.uniform(-2, 2) for _ in range(4)]
    D, e, k = 10 ** rng.uniform(-1.2, 0.5), rng.uniform(0, 1), rng.uniform(1, 12)
    y = "(X-%s)" % number(shift)
    b = lambda x: c[0] + c[1] * (x - shift) - abs(c[2]) * (x - shift) ** 3 + c[3] * np.sin(k * x)
    a = lambda x: D * (1 + e * (x - shift) ** 2)
    texts = ("%s+%s*%s-%s*%s^3+%s*sin(%s*X)" % (number(c[0]), number(c[1]), y, number(abs(c[2])), y, number(c[3]),
                                                number(k)), "%s*(1+%s*%s^2)" % (number(D), number(e), y))
    return texts, b, a


def smooth(rng, units):
    shift = rng.uniform(-3, 3)
    texts, b, a = smooth_coefficients(rng, shift)
    l, r = shift - rng.uniform(0.3, 2), shift + rng.uniform(0.3, 2)
    return on_line(rng, units, texts, b, a, l, r, lambda p: uniform_breaks(l, r, p))


def trap(rng, units):
    w, A, x0 = 10 ** rng.uniform(-3, -1), rng.uniform(-2, 2), rng.uniform(-0.8, 0.8)
    D = 10 ** rng.uniform(-0.5, 0.5)
    l, r = -rng.uniform(1, 3), rng.uniform(1, 3)
    b = lambda x: -x - 2 * A * (x - x0) / w**2 * np.exp(-(((x - x0) / w) ** 2))
    y = "(X-%s)" % number(x0)
    texts = "-X-%s*%s*exp(-(%s/%s)^2)" % (number(2 * A / w**2), y, y, number(w)), number(D)
    return on_line(rng, units, texts, b, lambda x: D + 0 * x, l, r, lambda p: uniform_breaks(l, r, p, 200, [x0], w))


def kink(rng, units):
    """The drift jumps; the diffusion jumps elsewhere."""
    mu, x0, x1 = rng.uniform(-2, 2), rng.uniform(-0.9, 0.9), rng.uniform(-0.9, 0.9)
    D, J, K = 10 ** rng.uniform(-0.7, 0.3), rng.choice([0.0, rng.uniform(0.2, 3)]), rng.uniform(-1, 1)
    form = rng.choice(["sign(%s)", "if(%s > 0, 1, -1)", "2*step(%s)-1", "csgn(%s)"]) % ("X-%s" % number(x0))
    b = lambda x: -mu * np.sign(x - x0) + K * np.abs(x - x1)
    a = lambda x: D * (1 + J * (x > x1))
    texts = ("%s*(%s)+%s*abs(X-%s)" % (number(-mu), form, number(K), number(x1)),
             "%s*(1+%s*step(X-%s))" % (number(D), number(J), number(x1)) if J else number(D))
    return on_line(rng, units, texts, b, a, -1.0, 1.0, lambda p: uniform_breaks(-1.0, 1.0, p, 200, [x0, x1], 1e-9),
                   conventions=["Ito"] * 6 + ["Haenggi-Klimontovich"] if J else EVERY)


def piecewise(rng, units):
    """Linear pieces with jumps, by nested if(), and corners of min and max."""
    n = rng.randint(2, 5)
    cuts = sorted(rng.uniform(-0.9, 0.9) for _ in range(n))
    pieces = [(rng.uniform(-3, 3), rng.uniform(-2, 2)) for _ in range(n + 1)]
    low, high, D = rng.uniform(-0.5, 0), rng.uniform(0, 0.5), 10 ** rng.uniform(-0.7, 0.3)
    text = "%s+%s*X" % tuple(map(number, pieces[0]))
    for cut, piece in zip(cuts, pieces[1:]):
        text = "if(X < %s, %s, %s+%s*X)" % ((number(cut), text) + tuple(map(number, piece)))
    text = "(%s)+max(%s, min(%s, 2*X))" % (text, number(low), number(high))

    def b(x):
        value = pieces[0][0] + pieces[0][1] * x
        for cut, (c0, c1) in zip(cuts, pieces[1:]):
            value = np.where(x < cut, value, c0 + c1 * x)
        return value + np.maximum(low, np.minimum(high, 2 * x))

    return on_line(rng, units, (text, number(D)), b, lambda x: D + 0 * x, -1.0, 1.0,
                   lambda p: uniform_breaks(-1.0, 1.0, p, 200, [*cuts, low / 2, high / 2], 1e-9))


def singular(rng, units):
    """a ~ x^p, 2 b/a ~ beta/x at 0, with further terms."""
    p = rng.choice([0, 1, 1])
    beta = rng.uniform(-0.6, 2.5) if p == 0 else rng.uniform(0.15, 2.5)
    D, k, r = 10 ** rng.uniform(-0.7, 0.7), rng.uniform(-1, 1), rng.uniform(0.5, 2)
    can_reflect = beta - p > -1
    wall = "absorbing" if beta < 0.9 and (not can_reflect or rng.random() < 0.5) else "reflecting"
    if 0.9 < beta < 1.1:
        beta += 0.3
    if p == 0:
        b, a = lambda x: D * beta / (2 * x) + k * x, lambda x: D + 0 * x
        texts = "%s/X+%s*X" % (number(D * beta / 2), number(k)), number(D)
    else:
        b, a = lambda x: D * beta / 2 + k * x, lambda x: D * x
        texts = "%s+%s*X" % (number(D * beta / 2), number(k)), "%s*X" % number(D)
    return on_line(rng, units, texts, b, a, 0.0, r, lambda q: graded_breaks(r, q), (wall, "absorbing"), ["Ito"])


def drifting(rng, units):
    """Exit with and against a strong drift; also nearly impossible exit places."""
    peclet = 10 ** rng.uniform(0.5, 2.6)
    v, k, D = rng.choice([-1.0, 1.0]), rng.uniform(-0.8, 0.8), 2 / peclet
    b = lambda x: v * (1 + k * x * x)
    walls = rng.choice([("reflecting", "absorbing"), ("absorbing", "reflecting"), ("absorbing", "absorbing")])
    return on_line(rng, units, ("%s*(1+%s*X^2)" % (number(v), number(k)), number(D)), b, lambda x: D + 0 * x, 0.0, 1.0,
                   lambda p: uniform_breaks(0.0, 1.0, p, 2000), walls)


def well(rng, units):
    """Metastable wells, one or two, anywhere: exit times up to 1e100."""
    depth, tilt, e = rng.uniform(5, 230), rng.uniform(-0.4, 0.4), rng.choice([0.0, rng.uniform(0, 1)])
    if rng.random() < 0.6:  # two wells, at -1 and 1
        l, r = -rng.uniform(1.2, 1.8), rng.choice([rng.uniform(0, 0.3), rng.uniform(1.1, 1.5)])
        top = 2.0 * depth
        b = lambda x: -top * (x**3 - x + tilt * 0.3)
        text = "%s*(X^3-X+%s)" % (number(-top), number(tilt * 0.3))
    else:  # one, anywhere between the walls
        m = rng.uniform(-0.9, 0.9)
        l, r, k = -1.0, 1.0, depth / (1 - abs(m)) ** 2
        if rng.random() < 0.7:  # so that the far wall is within reach of double precision
            k = min(k, 600 / (1 + abs(m)) ** 2)
        b = lambda x: -k * (x - m)
        text = "%s*(X-%s)" % (number(-k), number(m))
    a = lambda x: 1 + e * x * x
    walls = rng.choice([("reflecting", "absorbing"), ("absorbing", "absorbing")])
    return on_line(rng, units, (text, "1+%s*X^2" % number(e)), b, a, l, r, lambda p: uniform_breaks(l, r, p, 2000), walls,
                   points=[rng.uniform(l + 0.1, r - 0.1) for _ in range(2)])


def tail(rng, units):
    """Densities on the whole space, with tails of powers, or thin ones."""
    m, D, h = rng.uniform(-2, 2), 10 ** rng.uniform(-0.5, 0.5), rng.uniform(0.3, 3)
    y, points, convention = "(X-%s)" % number(m), [m + rng.gauss(0, 1) for _ in range(3)], rng.choice(EVERY)
    theta, shape = CONVENTIONS[convention], rng.choice(["power", "power", "thin", "double"])
    if shape == "power":
        c, alpha = rng.uniform(-1, 1), rng.uniform(1.2, 8)
        rho = 2 * h / (D * (alpha - 1 + 2 * theta))
        b, a = lambda x: -h * (x - m) + c, lambda x: D * (1 + rho * (x - m) ** 2)
        texts, reach = ("%s*%s+%s" % (number(-h), y, number(c)), "%s*(1+%s*%s^2)" % (number(D), number(rho), y)), 60 / alpha
    else:
        q, alpha = rng.uniform(0.1, 1), rng.uniform(14, 26)  # a hint: there is no tail index
        h = -h if shape == "double" else h
        b, a = lambda x: -h * (x - m) - q * (x - m) ** 3, lambda x: D + 0 * x
        texts, reach = ("%s*%s-%s*%s^3" % (number(-h), y, number(q), y), number(D)), 3.0  # a longer way rounds
    line = Line(b, a, [m + t for t in wide_breaks(reach, [p - m for p in points], 1200)], theta=theta)
    model = ["set center = %r" % units.x(m + rng.choice([0, rng.uniform(-0.5, 0.5)]))]
    values = [at("stationary density", i, line.density(p) / REAL(units.length), 1 / units.length)
              for i, p in enumerate(points)]
    if alpha > 2.5:
        mean, variance = moments(line)
        values.append(listed_moment("mean", (0,), units.x(mean), units.length, 1e-14 * units.length))
        values.append(listed_moment("covariance", (0, 0), variance * REAL(units.length) ** 2, units.length**2))
    domain = ["set shape = whole space", "set length scale = %r" % (units.length * 10 ** rng.uniform(-0.3, 0.3)),
              "set tail index = %r" % (alpha * rng.uniform(0.8, 1))]
    return Problem(write(units, "stationary density", texts[:1], [texts[1:]], domain, [[p] for p in points], model,
                         convention=convention), values)


def fisher(rng, units):
    """Wright-Fisher processes with mutation and selection, whose ends are both singular; in u = log(x/(1 - x))."""
    units = Units(units.length, units.time, units.signs)  # the walls are where the noise vanishes, exactly
    p, q, s, D = rng.uniform(0.2, 2.5), rng.uniform(0.2, 2.5), rng.uniform(-2, 2), 10 ** rng.uniform(-1, 1)
    left = rng.choice(["reflecting", "absorbing"]) if p < 0.85 else "reflecting"
    reach = 45 / min(p, q, 1.0, 1 - p if left == "absorbing" else 1.0)
    X = lambda u: (1 / (1 + np.exp(-u)), 1 / (1 + np.exp(u)))

    def a(u):
        x, y = X(u)
        return D / (x * y)

    def b(u):
        x, y = X(u)
        return D * (p * y - q * x + s * x * y) / (2 * x * y) + D * (x - y) / (2 * x * y)

    texts = ("%s*(%s*(1-X)-%s*X+%s*X*(1-X))" % (number(D / 2), number(p), number(q), number(s)), "%s*X*(1-X)" % number(D))
    points = sorted(rng.uniform(0.05, 0.95) for _ in range(2))
    at_u = [float(np.log(t) - np.log1p(-t)) for t in points]
    line = Line(b, a, uniform_breaks(-reach, reach, at_u, 1500))
    model = ["set center = %r" % units.x(0.5)]
    if left == "reflecting":
        return Problem(write(units, "stationary density", texts[:1], [texts[1:]],
                             interval(units, 0, 1, ("reflecting", "reflecting")), [[t] for t in points], model),
                       [at("stationary density", i, line.density(u) / (t * (1 - t)) / units.length, 1 / units.length)
                        for i, (t, u) in enumerate(zip(points, at_u))])
    return Problem(write(units, "exit time", texts[:1], [texts[1:]], interval(units, 0, 1, (left, "reflecting")),
                         [[t] for t in points], model),
                   [at("mean exit time", i, line.exit_time(u, left, "reflecting") * units.time, units.time)
                    for i, u in enumerate(at_u)])


def wide(rng, units):
    """Over many decades, regular at both ends however small the noise is at the left one; in u = log(X + e)."""
    units = Units(units.length, units.time, (units.signs[0], 1, 1))  # places are exact
    m, D, decades = rng.uniform(-1.5, 1.5), 10 ** rng.uniform(-1, 1), rng.uniform(2, 13)
    l, e = (10**-decades, 0.0) if rng.random() < 0.6 else (0.0, 10**-decades)
    texts = "%s*(X+%s)" % (number(m * D), number(e)), "%s*(X+%s)^2" % (number(D), number(e))
    walls = rng.choice(WALLS[:3])
    low, high = float(np.log(l + e)), float(np.log1p(e))
    at_u = sorted(rng.uniform(low, high) for _ in range(2))
    line = Line(lambda u: (m - 0.5) * D + 0 * u, lambda u: D + 0 * u, uniform_breaks(low, high, at_u, 300))
    points, domain = [[float(np.exp(u)) - e] for u in at_u], interval(units, l, 1.0, walls)
    model = ["set center = %r" % units.x(0.5)] if rng.random() < 0.5 else []
    if walls == ("absorbing", "absorbing") and rng.random() < 0.5:
        domain.append("set exit set = " + units.walls("left", "right")[1])
        return Problem(write(units, "exit place", texts[:1], [texts[1:]], domain, points, model),
                       [at("exit place", i, line.exit_right(u)) for i, u in enumerate(at_u)])
    return Problem(write(units, "exit time", texts[:1], [texts[1:]], domain, points, model),
                   [at("mean exit time", i, line.exit_time(u, *walls) * REAL(units.time), units.time)
                    for i, u in enumerate(at_u)])
