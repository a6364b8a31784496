# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Exit times, exit places and densities on a line by scale function and speed measure, in long double."""

import numpy as np

REAL = np.longdouble
ORDER = 24
np.seterr(over="ignore", invalid="ignore")  # of scale functions on the whole space, which are not needed
NODES, WEIGHTS = (v.astype(REAL) for v in np.polynomial.legendre.leggauss(ORDER))


def refined_nodes():
    """Gauss points and weights in long double (one Newton step from those in double)."""
    x = NODES.copy()
    for _ in range(3):
        p0, p1 = np.ones_like(x), x.copy()
        for k in range(1, ORDER):
            p0, p1 = p1, ((2 * k + 1) * x * p1 - k * p0) / (k + 1)
        slope = ORDER * (x * p1 - p0) / (x * x - 1)
        x = x - p1 / slope
    return x, 2 / ((1 - x * x) * slope * slope)


NODES, WEIGHTS = refined_nodes()


def integration_matrix():
    """From values at the nodes to integrals from -1 to the nodes."""
    legendre = np.ones((ORDER + 1, ORDER), dtype=REAL)
    legendre[1] = NODES
    for k in range(1, ORDER):
        legendre[k + 1] = ((2 * k + 1) * NODES * legendre[k] - k * legendre[k - 1]) / (k + 1)
    integrals = np.empty((ORDER, ORDER), dtype=REAL)
    integrals[0] = NODES + 1
    for k in range(1, ORDER):
        integrals[k] = (legendre[k + 1] - legendre[k - 1]) / (2 * k + 1)
    transform = (legendre[:ORDER] * WEIGHTS).T * (2 * np.arange(ORDER) + 1) / REAL(2)
    return transform @ integrals  # (node from, node to)


INTEGRATE = integration_matrix()


class Line:
    """Scale function and speed measure of drift b, diffusion a on panels of [l, r]."""

    def __init__(self, b, a, breaks, extra=lambda x: 0 * x, theta=0.0):
        """theta: 0 for Ito, 1/2 for Stratonovich, 1 for Haenggi-Klimontovich; a may jump."""
        breaks = np.array(sorted(set(breaks)), dtype=REAL)
        half, middle = np.diff(breaks)[:, None] / 2, (breaks[1:, None] + breaks[:-1, None]) / 2
        self.half, self.x = half, middle + half * NODES
        self.breaks, self.a, self.theta = breaks, a, theta
        self.rate = 2 * b(self.x) / a(self.x) + extra(self.x)  # extra: (d - 1)/r of radial processes
        log_weight = self.primitive(self.rate)
        self.top = log_weight.max()
        self.speed = 2 * a(self.x) ** (theta - 1) * np.exp(log_weight - self.top)
        self.scale = a(self.x) ** -theta * np.exp(self.top - log_weight)
        self.S, self.M = self.primitive(self.scale), self.primitive(self.speed)
        self.S_all, self.M_all = self.total(self.scale), self.total(self.speed)

    def pieces(self, f):
        return (f * WEIGHTS).sum(axis=1) * self.half[:, 0]

    def total(self, f):
        return self.pieces(f).sum()

    def primitive(self, f):
        start = np.concatenate([[REAL(0)], np.cumsum(self.pieces(f))[:-1]])
        return start[:, None] + (f @ INTEGRATE) * self.half

    def complement(self, f):
        """int_x^r f, summed from the right: no difference of large numbers."""
        pieces = self.pieces(f)
        end = np.concatenate([np.cumsum(pieces[::-1])[::-1][1:], [REAL(0)]])
        return end[:, None] + (f[:, ::-1] @ INTEGRATE)[:, ::-1] * self.half

    def beyond(self, f, x):
        """int_x^r f; x is one of the breaks."""
        return self.pieces(f)[int(np.searchsorted(self.breaks, REAL(x))):].sum()

    def upto(self, f, x):
        """int_l^x f; x is one of the breaks."""
        k = int(np.searchsorted(self.breaks, REAL(x)))
        return self.pieces(f)[:k].sum()

    def exit_time(self, x, left, right):
        if left == "reflecting":
            return self.beyond(self.scale * self.M, x)
        if right == "reflecting":
            return self.upto(self.scale * self.complement(self.speed), x)
        S = self.upto(self.scale, x)
        inner = self.upto(self.S * self.speed, x)
        outer = self.beyond(self.complement(self.scale) * self.speed, x)
        return self.beyond(self.scale, x) / self.S_all * inner + S / self.S_all * outer

    def exit_right(self, x):
        return self.upto(self.scale, x) / self.S_all

    def density(self, x):
        """x is one of the breaks; 0 at a jump of a."""
        return 2 * self.a(REAL(x)) ** (self.theta - 1) * np.exp(self.upto(self.rate, x) - self.top) / self.M_all

    def mean(self, f):
        """Of f(x) in the stationary law."""
        return self.total(f(self.x) * self.speed) / self.M_all

    def second_moment(self, x, left, right):
        """E tau^2: f_2 solves A f_2 = -2 f_1. With one reflecting wall."""
        if left == "reflecting":
            f = self.complement(self.scale * self.M)
            return self.beyond(self.scale * self.primitive(2 * f * self.speed), x)
        f = self.primitive(self.scale * self.complement(self.speed))
        return self.upto(self.scale * self.complement(2 * f * self.speed), x)


def uniform_breaks(l, r, points, n=400, around=(), width=1.0):
    breaks = list(np.linspace(l, r, n + 1)) + list(points)
    for c in around:
        breaks += [c + width * t for t in np.linspace(-12, 12, 97) if l < c + width * t < r]
        if l < c < r:
            breaks.append(c)
    return breaks


def graded_breaks(r, points, smallest=1e-120):
    breaks = [0.0]
    d = r
    while d > smallest * r:
        breaks.append(d)
        d *= 0.6
    return breaks + list(points)


def wide_breaks(reach, points, n=500):
    """On (-sinh reach, sinh reach)."""
    return list(np.sinh(np.linspace(-reach, reach, n + 1))) + list(points)
