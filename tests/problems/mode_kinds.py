# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Random problems whose references are eigenfunctions on lines, and products of them in boxes; periodic walls."""

import numpy as np

from line_kinds import EVERY, interval, listed_moment, smooth_coefficients
from line_quadrature import REAL, Line, uniform_breaks
from problem_text import CONVENTIONS, Problem, at, listed, number, write
from spectral_line import PRECISE, Modes, product_exit_time

MIXED = [("absorbing", "absorbing"), ("reflecting", "absorbing"), ("absorbing", "reflecting")]
NAMES = [("left", "right"), ("bottom", "top"), ("back", "front")]


def mild_coefficients(rng, most=9.0):
    """On (l, r), with a density that varies by exp(most): beyond, Gram matrices lose their digits."""
    while True:
        shift = rng.uniform(-1, 1)
        texts, b, a = smooth_coefficients(rng, shift)
        l, r = shift - rng.uniform(0.3, 1.5), shift + rng.uniform(0.3, 1.5)
        line = Line(b, a, uniform_breaks(l, r, [], 40))
        if np.ptp(line.primitive(line.rate)) < most:
            return texts, b, a, l, r


def law(rng, units):
    """Survival, density, rate and quantiles of an exit time."""
    convention, walls = rng.choice(EVERY), rng.choice(MIXED)
    texts, b, a, l, r = mild_coefficients(rng)
    points = sorted(l + (r - l) * rng.uniform(0.1, 0.9) for _ in range(2))
    modes = Modes(b, a, l, r, *walls, points=points, theta=CONVENTIONS[convention])
    if any(modes.doubt(p, *walls) > 1e-13 for p in points):
        return law(rng, units)
    T, rate = units.time, modes.rates[0]
    times = [10 ** rng.uniform(-1.3, 0.7) / rate for _ in range(3)]
    values = [listed("exit law", "rate", 0, "", rate / T, 1 / T)._replace(
        value=("exit law", "rate"), estimate=("exit law", "error estimate of the rate"))]
    probabilities = (0.05, 0.5, 0.95)
    for i, p in enumerate(points):
        S, flux = modes.survival(p), modes.flux(p)
        for j, t in enumerate(times):
            if t < modes.start:
                continue
            k = 3 * i + j
            values.append(at("survival", k, S(t), own=1e-13))
            values.append(at("survival", k, flux(t) / T, 1 / T, 1e-12 * rate / T, "density", "error estimate of the density"))
        for j, q in enumerate(probabilities):
            t = modes.quantile(p, q)
            if t:
                values.append(at("quantile", 3 * i + j, t * T, T, 1e-12 * T * t, "time"))
    return Problem(write(units, "exit law", texts[:1], [texts[1:]], interval(units, l, r, walls), [[p] for p in points],
                         quantities=["set times = " + ", ".join("%r" % float(t * T) for t in times)], convention=convention),
                   values)


def spectrum(rng, units):
    """Rates of exit with the quasi-stationary density, or of relaxation; sometimes with a kink of the drift."""
    convention = rng.choice(EVERY)
    walls = rng.choice(MIXED + [("reflecting", "reflecting")])
    texts, b, a, l, r = mild_coefficients(rng)
    kinks = [(l + r) / 2 + (r - l) * rng.uniform(-0.2, 0.2)] if rng.random() < 0.5 else []
    smooth_b, mu = b, rng.uniform(-2, 2)
    if kinks:
        b = lambda x: smooth_b(x) + mu * np.abs(x - kinks[0])
        texts = ("%s+%s*abs(X-%s)" % (texts[0], number(mu), number(kinks[0])), texts[1])
    points = sorted(l + (r - l) * rng.uniform(0.1, 0.9) for _ in range(2))
    modes = Modes(b, a, l, r, *walls, kinks=kinks, points=points, theta=CONVENTIONS[convention])
    first = int("absorbing" not in walls)
    values = [listed("spectrum", "eigenvalues", k, "error estimates", modes.rates[k] / units.time, 1 / units.time,
                     1e-13 * modes.rates[k] / units.time) for k in range(first, 4)]
    if not first:
        values += [at("quasi-stationary density", i, modes.quasi_stationary(p) / units.length, 1 / units.length)
                   for i, p in enumerate(points)]
    return Problem(write(units, "spectrum", texts[:1], [texts[1:]], interval(units, l, r, walls), [[p] for p in points],
                         quantities=["set eigenvalues = 4"], convention=convention), values)


class Ring:
    """Stratonovich's p ~ a^(theta - 1) exp(phi(x)) int_x^(x + L) a^-theta exp(-phi(y)) dy, phi' = 2 b/a."""

    def __init__(self, b, a, period, points, theta):
        line = self.line = Line(b, a, uniform_breaks(0, period, points, 300), theta=theta)
        self.turn = np.exp(-line.total(line.rate))  # exp(-phi) after a period, over that before
        self.p = line.speed * (line.complement(line.scale) + self.turn * line.S)
        self.mass, self.period = line.total(self.p), period

    def density(self, x):
        at_x = self.line.density(x) * self.line.M_all  # the speed measure there
        return at_x * (self.line.beyond(self.line.scale, x) + self.turn * self.line.upto(self.line.scale, x)) / self.mass

    def velocity(self):
        """The current times the period: p solves b p - (a p)'/2 = 1 - turn for the p above."""
        return (1 - self.turn) * self.period / self.mass


def wave(rng, name, turns=1.0):
    """A function of angle, as text and for numbers."""
    k, c, phase = rng.randint(1, 2), rng.uniform(-1.5, 1.5), rng.uniform(0, 6)
    c2 = rng.choice([0.0, rng.uniform(-1, 1)])
    w = 2 * np.arccos(REAL(-1)) * k
    f = lambda x: c * np.sin(w * x + phase) + c2 * np.cos(2 * w * x)
    return "%s*sin(%d*pi*%s+%s)+%s*cos(%d*pi*%s)" % (number(c), 2 * k, name, number(phase), number(c2), 4 * k, name), f


def ring_coefficients(rng, name):
    F, strength = rng.choice([0.0, rng.uniform(-2, 2)]), 10 ** rng.uniform(-0.5, 0.9)
    text, f = wave(rng, name)
    D, e = 10 ** rng.uniform(-1, 0.5), rng.choice([0.0, rng.uniform(0.1, 0.8)])
    tau = 2 * np.arccos(REAL(-1))
    phase = rng.uniform(0, 6)
    a = lambda x: D * (1 + e * np.cos(tau * x + phase))
    b = lambda x: F + strength * f(x)
    return ("%s+%s*(%s)" % (number(F), number(strength), text),
            "%s*(1+%s*cos(2*pi*%s+%s))" % (number(D), number(e), name, number(phase)) if e else number(D), b, a, strength)


def velocity(ring, units, i, strength):
    unit = units.place(i) / units.time
    return listed("stationary density", "mean velocity", i, "error estimate of the mean velocity",
                  ring.velocity() * REAL(unit), unit, 1e-13 * strength * abs(unit))


def periodic(rng, units):
    """Tilted washboards."""
    convention, points = rng.choice(EVERY), [rng.random() for _ in range(2)]
    *texts, b, a, strength = ring_coefficients(rng, "X")
    ring = Ring(b, a, 1.0, points, CONVENTIONS[convention])
    values = [at("stationary density", i, ring.density(p) / units.length, 1 / units.length) for i, p in enumerate(points)]
    values.append(velocity(ring, units, 0, strength))
    domain = interval(units, 0, 1) + ["set boundary = periodic"]
    return Problem(write(units, "stationary density", texts[:1], [texts[1:]], domain, [[p] for p in points],
                         convention=convention), values)


def box_domain(units, ends, walls):
    lower, upper = zip(*(units.interval(l, r, i) for i, (l, r) in enumerate(ends)))
    named = []
    for i, pair in enumerate(walls):
        named += ["%s: %s" % entry for entry in zip(NAMES[i], units.walls(*pair, i))]
    return ["set shape = box", "set lower = " + ", ".join("%r" % float(v) for v in lower),
            "set upper = " + ", ".join("%r" % float(v) for v in upper), "set boundary = " + ", ".join(named)]


def diagonal(entries):
    d = len(entries)
    return [[e] + ["0"] * (d - 1 - i) for i, e in enumerate(entries)]


def torus(rng, units):
    """2-D: periodic in x and periodic or reflecting in y, independent; or out of a strip that is periodic along."""
    *along, b, a, strength = ring_coefficients(rng, "X")
    points = [[rng.random(), rng.random()] for _ in range(2)]
    if rng.random() < 0.5:
        *across, b2, a2, strength2 = ring_coefficients(rng, "Y")
        rings = [Ring(b, a, 1.0, [p[0] for p in points], 0.0), Ring(b2, a2, 1.0, [p[1] for p in points], 0.0)]
        values = [at("stationary density", i, rings[0].density(p[0]) * rings[1].density(p[1]) / REAL(units.length) ** 2,
                     units.length**-2) for i, p in enumerate(points)]
        values += [velocity(ring, units, i, s) for i, (ring, s) in enumerate(zip(rings, (strength, strength2)))]
        return Problem(write(units, "stationary density", [along[0], across[0]], diagonal([along[1], across[1]]),
                             box_domain(units, [(0, 1)] * 2, [("periodic",) * 2] * 2), points), values)
    texts, b2, a2 = smooth_coefficients(rng, 0.5)
    texts = [t.replace("X", "Y") for t in texts]
    walls, shear = rng.choice(MIXED), rng.uniform(-2, 2)  # the flow along depends on the place across
    line = Line(b2, a2, uniform_breaks(0, 1, [p[1] for p in points]))
    values = [at("mean exit time", i, line.exit_time(p[1], *walls) * units.time, units.time) for i, p in enumerate(points)]
    return Problem(write(units, "exit time", ["%s+%s*Y^2" % (along[0], number(shear)), texts[0]],
                         diagonal([along[1], texts[1]]), box_domain(units, [(0, 1)] * 2, [("periodic",) * 2, walls]),
                         points), values)


def coordinate(rng, i, kinked):
    """Formulas in the i-th coordinate, functions, ends and kinks."""
    texts, b, a, l, r = mild_coefficients(rng)
    if not kinked:
        return [t.replace("X", "XYZ"[i]) for t in texts], b, a, l, r, []
    kink, mu = (l + r) / 2 + (r - l) * rng.uniform(-0.2, 0.2), rng.uniform(-2, 2)
    texts = ("%s+%s*sign(X-%s)" % (texts[0], number(mu), number(kink)), texts[1])
    return [t.replace("X", "XYZ"[i]) for t in texts], lambda x: b(x) + mu * np.sign(x - kink), a, l, r, [kink]


def box(rng, units, d, kinked=False, problems=("exit time", "exit time", "exit time", "stationary density")):
    """Independent coordinates between walls of any kind: products of densities and of survival functions."""
    problem = rng.choice(problems)
    density = problem == "stationary density"
    texts, modes, lines, ends, walls, points = [], [], [], [], [], []
    for i in range(d):
        pair, b, a, l, r, kinks = coordinate(rng, i, kinked)
        wall = ("reflecting",) * 2 if density else rng.choice(MIXED if i == 0 else MIXED + [("reflecting",) * 2])
        inner = [l + (r - l) * rng.uniform(0.2, 0.8) for _ in range(40)]
        if not density:
            m = Modes(b, a, l, r, *wall, kinks=kinks)
            if "absorbing" in wall:  # away from walls, so that the modes describe what may happen at all
                inner = [x for x in inner if m.known(x)]
                if len(inner) < 2:
                    return box(rng, units, d, kinked, problems)
            modes.append(m)
        texts.append(pair), ends.append((l, r)), walls.append(wall), points.append(inner[:2])
        lines.append(Line(b, a, uniform_breaks(l, r, points[-1] + kinks)) if density else None)
    places, more = list(zip(*points)), []
    if density:
        unit = REAL(units.length) ** -d
        values = [at(problem, i, unit * np.prod([line.density(x) for line, x in zip(lines, p)]), unit)
                  for i, p in enumerate(places)]
    elif problem == "spectrum":
        rates = np.array([0.0])
        for m in modes:
            rates = np.sort(np.add.outer(rates, m.rates[:12]).ravel())
        more = ["set eigenvalues = 4"]
        values = [listed("spectrum", "eigenvalues", k, "error estimates", rates[k] / units.time, 1 / units.time,
                         1e-13 * rates[k] / units.time) for k in range(4)]
    else:
        functions = [[m.survival(x) for m, x in zip(modes, p) if m.rates[0] > 1e-8 * m.rates[1]] for p in places]
        rate = sum(m.rates[0] for m in modes)
        if problem == "exit law":
            times = [10 ** rng.uniform(-1, 0.5) / rate for _ in range(2)]
            more = ["set times = " + ", ".join("%r" % float(t * units.time) for t in times)]
            values = [at("survival", 2 * k + j, np.prod([f(t) for f in fs]), own=1e-13)
                      for k, fs in enumerate(functions) for j, t in enumerate(times)]
        else:
            first = min(m.start for m in modes)
            exact = [product_exit_time(fs, first, PRECISE / rate) * units.time for fs in functions]
            values = [at("mean exit time", k, t, units.time, 2e-13 * t) for k, t in enumerate(exact)]
    return Problem(write(units, problem, [t[0] for t in texts], diagonal([t[1] for t in texts]),
                         box_domain(units, ends, walls), places, quantities=more), values)


def strip(rng, units):
    """Out of a strip, periodic along, whose noise across depends on the place along: sine series and Fourier collocation."""
    *along, b, a, _ = ring_coefficients(rng, "X")
    D, e, phase = 10 ** rng.uniform(-0.5, 0.5), rng.uniform(0.2, 0.8), rng.uniform(0, 6)
    n, tau = 128, 2 * np.pi
    x, k = np.arange(n) / n, np.fft.fftfreq(n, 1 / n) * tau
    points = [[rng.randrange(n) / n, rng.uniform(0.1, 0.9)] for _ in range(2)]
    first = np.fft.ifft(1j * np.where(np.abs(k) < tau * n / 2, k, 0)[:, None] * np.fft.fft(np.eye(n), axis=0), axis=0).real
    second = np.fft.ifft(-(k**2)[:, None] * np.fft.fft(np.eye(n), axis=0), axis=0).real
    generator = np.diag(np.array(a(x), float) / 2) @ second + np.diag(np.array(b(x), float)) @ first
    across = D * (1 + e * np.cos(tau * x + phase))
    source = generator @ (1 / across)  # f = y (1 - y)/across + w, A w = -y (1 - y) source
    modes = {m: np.linalg.solve(np.diag(across * (m * np.pi) ** 2 / 2) - generator, 8 / (m * np.pi) ** 3 * source)
             for m in range(1, 400, 2)}
    values = []
    for i, (px, py) in enumerate(points):
        j = int(round(px * n))
        f = py * (1 - py) / across[j] + sum(g[j] * np.sin(m * np.pi * py) for m, g in modes.items())
        values.append(at("mean exit time", i, f * units.time, units.time, 1e-12 * f * units.time))
    text = "%s*(1+%s*cos(2*pi*X+%s))" % (number(D), number(e), number(phase))
    domain = box_domain(units, [(0, 1)] * 2, [("periodic",) * 2, ("absorbing",) * 2])
    return Problem(write(units, "exit time", [along[0], "0"], diagonal([along[1], text]), domain, points), values)
