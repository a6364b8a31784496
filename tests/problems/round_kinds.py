# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Random problems on balls, ellipsoids and annuli (radial, with swirls), and with solutions that are prescribed."""

import math

import numpy as np

from line_quadrature import REAL, Line, graded_breaks, uniform_breaks
from mode_kinds import box_domain
from problem_text import Problem, at, number, plain, write

ONE_SPHERE = {2: 2 * math.pi, 3: 4 * math.pi}


def direction(rng, d):
    v = np.array([rng.gauss(0, 1) for _ in range(d)])
    return v / np.linalg.norm(v)


def plus(terms):
    return "+".join("%s*(%s)" % (number(c), t) for c, t in terms if c != 0) or "0"


class Radial:
    """b = -h(r) y + swirl, a = D (1 + s r^2) I in y; v = T y with any matrix T."""

    def __init__(self, rng, d, T, ring=None):
        self.d, self.T = d, np.array(T, float)
        h, q, s, D = rng.uniform(-1, 1), rng.uniform(0, 1), rng.uniform(0, 1), 10 ** rng.uniform(-0.5, 0.5)
        inverse = np.linalg.inv(self.T)
        names = "XYZ"[:d]
        self.y = ["(" + plus([(inverse[i, j], names[j]) for j in range(d)]) + ")" for i in range(d)]
        r2 = "(" + "+".join(t + "^2" for t in self.y) + ")"
        swirl = rng.choice([0.0, rng.uniform(-5, 5)])
        kink = rng.uniform(0.3, 0.7) if ring == "kink" else None
        jump = rng.uniform(-2, 2) if kink else 0.0
        pull = "(%s*(1+%s*%s)%s)" % (number(-h), number(q), r2,
                                    "+%s*step(sqrt(%s)-%s)" % (number(jump), r2, number(kink or 0)) if kink else "")
        turned = [plus([(-swirl, self.y[1])]), plus([(swirl, self.y[0])])] + ["0"] * (d - 2)
        drift_y = ["%s*%s+(%s)*(1-%s)" % (pull, self.y[i], turned[i], r2) for i in range(d)]
        self.drift = [plus([(self.T[i, j], drift_y[j]) for j in range(d)]) for i in range(d)]
        spread = "%s*(1+%s*%s)" % (number(D), number(s), r2)
        S = self.T @ self.T.T
        self.diffusion = [["0" if S[i, j] == 0 else "%s*%s" % (number(S[i, j]), spread) for j in range(i, d)]
                          for i in range(d)]
        self.b = lambda r: r * (-h * (1 + q * r * r) + (jump * (r > kink) if kink else 0.0))
        self.a = lambda r: D * (1 + s * r * r)
        self.kinks = [kink] if kink else []

    def line(self, breaks):
        return Line(self.b, self.a, breaks, lambda r: (self.d - 1) / r)

    def point(self, rng, rho):
        return list(self.T @ (rho * direction(rng, self.d)))

    def density(self, line, rho, volume_unit):
        """The law of r, spread over spheres and the volume of T."""
        return line.density(rho) / (ONE_SPHERE[self.d] * REAL(rho) ** (self.d - 1)
                                    * REAL(abs(np.linalg.det(self.T))) * volume_unit)


def in_ball(rng, units, radial, domain, density):
    rhos = [rng.uniform(0.1, 0.9) for _ in range(2)]
    line = radial.line(graded_breaks(1.0, rhos + radial.kinks, 1e-20))
    points = [radial.point(rng, rho) for rho in rhos]
    # a centre that is that of the domain, nothing, or anything
    model = rng.choice([["set center = " + plain(units.point([0.0] * radial.d))], [],
                        ["set center = " + plain(units.point([rng.uniform(-0.3, 0.3) for _ in range(radial.d)]))]])
    if density:
        volume = REAL(units.length) ** radial.d
        values = [at("stationary density", i, radial.density(line, rho, volume), 1 / volume) for i, rho in enumerate(rhos)]
    else:
        values = [at("mean exit time", i, line.exit_time(rho, "reflecting", "absorbing") * units.time, units.time)
                  for i, rho in enumerate(rhos)]
    return Problem(write(units, "stationary density" if density else "exit time", radial.drift, radial.diffusion, domain,
                         points, model), values)


def ball(rng, units, d, ring=None):
    radial = Radial(rng, d, np.eye(d), ring)
    domain = ["set shape = ball", "set center = " + plain(units.point([0.0] * d)), "set radius = %r" % units.length]
    return in_ball(rng, units, radial, domain, rng.random() < 0.25)


def ellipsoid(rng, units, d):
    """A ball turned and sheared, so that a is full."""
    angle, shear = rng.uniform(0, math.pi), rng.uniform(-0.6, 0.6)
    T = np.diag([10 ** rng.uniform(-0.25, 0.25) for _ in range(d)])
    T[:2, :2] = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) @ (
        np.array([[1, shear], [0, 1]]) @ T[:2, :2])
    radial = Radial(rng, d, T)
    flip = np.diag(units.signs[:d]) * units.length
    inverse = np.linalg.inv(flip @ T)
    S = inverse.T @ inverse
    domain = ["set shape = ellipsoid", "set center = " + plain(units.point([0.0] * d)),
              "set matrix = " + "; ".join(plain(row) for row in S)]
    return in_ball(rng, units, radial, domain, rng.random() < 0.25)


def annulus(rng, units, d):
    radial, inner = Radial(rng, d, np.eye(d)), 10 ** rng.uniform(-1.2, -0.1)
    rhos = [inner + (1 - inner) * rng.uniform(0.05, 0.95) for _ in range(2)]
    line = radial.line(uniform_breaks(inner, 1.0, rhos, 300))
    points = [radial.point(rng, rho) for rho in rhos]
    walls = rng.choice([("absorbing", "absorbing"), ("absorbing", "reflecting"), ("reflecting", "absorbing"),
                        ("reflecting", "reflecting")])
    domain = ["set shape = annulus", "set center = " + plain(units.point([0.0] * d)),
              "set inner radius = %r" % (inner * units.length), "set outer radius = %r" % units.length,
              "set boundary = inner: %s, outer: %s" % walls]
    if walls[0] == walls[1] == "reflecting":
        problem, volume = "stationary density", REAL(units.length) ** d
        values = [at(problem, i, radial.density(line, rho, volume), 1 / volume) for i, rho in enumerate(rhos)]
    elif walls[0] == walls[1] and rng.random() < 0.4:
        problem, domain = "exit place", domain + ["set exit set = outer"]
        values = [at(problem, i, line.exit_right(rho)) for i, rho in enumerate(rhos)]
    else:
        problem = "exit time"
        values = [at("mean exit time", i, line.exit_time(rho, *walls) * units.time, units.time)
                  for i, rho in enumerate(rhos)]
    return Problem(write(units, problem, radial.drift, radial.diffusion, domain, points), values)


def prescribed(rng, units, d):
    """Rewards chosen such that the expectation is u = sum of c sin(k . X + phase); anything else is arbitrary."""
    names = "XYZ"[:d]
    waves = [(rng.uniform(-1, 1), [rng.uniform(-2, 2) for _ in range(d)], rng.uniform(0, 6)) for _ in range(2)]
    flow = [[rng.uniform(-1.5, 1.5) for _ in range(d + 2)] for _ in range(d)]
    drift = ["%s+%s+%s*sin(%s*%s)" % (number(f[d]), plus(list(zip(f, names))), number(f[d + 1]), number(2.0),
                                     names[(i + 1) % d]) for i, f in enumerate(flow)]
    root = np.array([[rng.uniform(-0.5, 0.5) for _ in range(d)] for _ in range(d)]) + np.eye(d)
    A = root @ root.T
    growth = rng.uniform(0, 0.5)
    factor = "(1+%s*(%s))" % (number(growth), "+".join("%s^2" % n for n in names))
    entries = [["%s*%s" % (number(A[i, j]), factor) for j in range(d)] for i in range(d)]
    u, g = [], []
    for c, k, phase in waves:
        argument = "(%s+%s)" % (plus(list(zip(k, names))), number(phase))
        u.append("%s*sin%s" % (number(c), argument))
        quadratic = float(np.array(k) @ A @ np.array(k))
        g.append("%s*%s*sin%s-%s*(%s)*cos%s" % (number(c * quadratic / 2), factor, argument, number(c),
                                              plus([(k[i], drift[i]) for i in range(d)]), argument))
    points = [list(rng.uniform(0.1, 0.8) * direction(rng, d)) for _ in range(2)]
    exact = [sum(c * math.sin(np.dot(k, p) + phase) for c, k, phase in waves) for p in points]
    shape = rng.choice(["ball", "box"])
    if shape == "ball":
        domain = ["set shape = ball", "set center = " + plain(units.point([0.0] * d)), "set radius = %r" % units.length]
    else:
        domain = box_domain(units, [(-1.0, 1.0)] * d, [("absorbing",) * 2] * d)
    more = ["set running reward = (%s)/%s" % (units.formula("+".join(g)), number(units.time)),
            "set terminal reward = " + units.formula("+".join(u))]
    scale = sum(abs(c) for c, _, _ in waves)
    return Problem(write(units, "exit place", drift, [row[i:] for i, row in enumerate(entries)], domain, points,
                         quantities=more), [at("expected reward", i, v, own=1e-13 * scale) for i, v in enumerate(exact)])


def turned(rng):
    """A rotation with a shear."""
    angle, shear = rng.uniform(0, math.pi), rng.uniform(-0.5, 0.5)
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) @ np.array([[1, shear], [0, 1]])


def constant(matrix):
    return [[number(matrix[i, j]) for j in range(i, len(matrix))] for i in range(len(matrix))]


def scaled_names(T, names="XYZ"):
    """The coordinates y of v = T y."""
    inverse = np.linalg.inv(T)
    return ["(" + plus(list(zip(row, names))) + ")" for row in inverse]


L_POINTS = [(-1, -1), (0, -1), (-1, 0), (0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)]
L_EDGES = [(1, 2), (2, 4), (4, 5), (5, 8), (8, 7), (7, 6), (6, 3), (3, 1)]  # the second and third meet in the corner
L_CELLS = [(1, 2, 4, 3), (3, 4, 7, 6), (4, 5, 8, 7)]


def corner(rng, units):
    """An L-shape, turned and sheared with its noise; r^alpha at the corner, legs absorbing or one reflecting."""
    T, D, reflect, c = turned(rng), 10 ** rng.uniform(-0.5, 0.5), rng.random() < 0.4, rng.uniform(-0.5, 0.5)
    flip = np.diag(units.signs[:2])
    cells = [cell if np.linalg.det(flip) > 0 else cell[::-1] for cell in L_CELLS]
    nodes = [units.point(T @ np.array(p)) for p in L_POINTS]
    lines = ["$MeshFormat", "2.2 0 8", "$EndMeshFormat", "$Nodes", "8"]
    lines += ["%d %r %r 0" % (i + 1, *p) for i, p in enumerate(nodes)] + ["$EndNodes", "$Elements", "11"]
    lines += ["%d 1 2 %d 1 %d %d" % (i + 1, 2 if i == 1 else 1, *e) for i, e in enumerate(L_EDGES)]
    lines += ["%d 3 2 3 2 %d %d %d %d" % (i + 9, *cell) for i, cell in enumerate(cells)] + ["$EndElements"]
    y = scaled_names(T)
    across, along = "(%s+%s)" % tuple(y), "(%s-%s)" % (y[1], y[0])  # psi = 0 halves the L
    psi, r2 = "atan2(-%s, %s)" % (across, along), "(%s^2+%s^2)" % tuple(y)
    power = 1 / 3 if reflect else 2 / 3
    angle = "(%s-3*pi/4)/3" % psi if reflect else "2*%s/3" % psi  # the second edge is at psi = 3 pi/4
    u = "(%s)^(1/%s)*cos(%s)+%s*(%s^2-%s^2)" % (r2, "6" if reflect else "3", angle, number(c), *y)

    def exact(p):
        psi = math.atan2(-(p[0] + p[1]), p[1] - p[0])
        angle = (psi - 0.75 * math.pi) / 3 if reflect else 2 * psi / 3
        return math.hypot(*p) ** power * math.cos(angle) + c * (p[0] ** 2 - p[1] ** 2)

    inner = [[rng.uniform(-0.9, -0.1), rng.uniform(-0.9, 0.9)], [rng.uniform(-0.9, 0.9), rng.uniform(0.1, 0.9)]]
    domain = ["set shape = mesh file", "set mesh file = mesh.msh", "set boundary = 2: %s, 1: absorbing" % (
        "reflecting" if reflect else "absorbing")]
    return Problem(write(units, "exit place", ["0", "0"], constant(D * T @ T.T), domain, [list(T @ p) for p in inner],
                         quantities=["set terminal reward = " + units.formula(u)]),
                   [at("expected reward", i, exact(p), own=1e-13) for i, p in enumerate(inner)], "\n".join(lines) + "\n")


def plane(rng, units):
    """Densities on the whole plane, turned and sheared, with swirls: power laws, or normal."""
    T, h, D, alpha = turned(rng), rng.uniform(0.3, 3), 10 ** rng.uniform(-0.5, 0.5), rng.uniform(1.5, 6)
    rho, swirl, y = rng.choice([2 * h / (D * alpha)] * 2 + [0.0]), rng.choice([0.0, rng.uniform(-3, 3)]), scaled_names(T)
    drift_y = ["%s*%s+%s*%s" % (number(-h), y[0], number(-swirl), y[1]), "%s*%s+%s*%s" % (number(-h), y[1], number(swirl), y[0])]
    drift = [plus(list(zip(row, drift_y))) for row in T]
    spread = "(1+%s*(%s^2+%s^2))" % (number(rho), *y)
    diffusion = [["%s*%s" % (t, spread) for t in row] for row in constant(D * T @ T.T)]
    inner = [np.array([rng.gauss(0, 1), rng.gauss(0, 1)]) * math.sqrt(D / h) for _ in range(2)]
    unit = 1 / units.length**2
    top = h / (math.pi * D * abs(np.linalg.det(T)))
    falls = [-(1 + h / (D * rho)) * math.log1p(rho * (p @ p)) if rho else -h / D * (p @ p) for p in inner]
    domain = ["set shape = whole space", "set length scale = %r" % (units.length * math.sqrt(D / h)),
              "set tail index = %r" % (alpha if rho else 20.0)]
    model = ["set center = " + plain(units.point([0.0, 0.0]))]
    return Problem(write(units, "stationary density", drift, diffusion, domain, [list(T @ p) for p in inner], model),
                   [at("stationary density", i, top * math.exp(f) * unit, unit) for i, f in enumerate(falls)])
