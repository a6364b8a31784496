# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Eigenpairs and survival functions on a line, by polynomials of high degree between kinks."""

import numpy as np

from line_quadrature import REAL, Line, NODES, WEIGHTS

PRECISE = 42.0  # exp(-PRECISE) is nothing


def integrated_legendre(t, degree):
    """The two linear functions and (P_k - P_(k-2))/sqrt(2 (2k - 1)), k = 2 .. degree, with derivatives."""
    t = np.asarray(t, dtype=REAL)
    P = [np.ones_like(t), t]
    for k in range(1, degree):
        P.append(((2 * k + 1) * t * P[k] - k * P[k - 1]) / (k + 1))
    values, slopes = [(1 - t) / 2, (1 + t) / 2], [0 * t - REAL(0.5), 0 * t + REAL(0.5)]
    for k in range(2, degree + 1):
        values.append((P[k] - P[k - 2]) / np.sqrt(REAL(2 * (2 * k - 1))))
        slopes.append(np.sqrt(REAL(2 * k - 1) / 2) * P[k - 1])
    return np.array(values), np.array(slopes)


class Modes:
    """lambda_k and phi_k of -A on (l, r) with walls absorbing or reflecting; kinks end the polynomials."""

    def __init__(self, b, a, l, r, left, right, kinks=(), points=(), theta=0.0, degree=120):
        self.ends = np.array([l, *sorted(k for k in kinks if l < k < r), r], dtype=REAL)
        self.degree, parts = degree, len(self.ends) - 1
        dense = (1 - np.cos(np.linspace(0, np.pi, 41))) / 2  # as the polynomials oscillate
        breaks = np.unique([e0 + (e1 - e0) * t for e0, e1 in zip(self.ends[:-1], self.ends[1:]) for t in dense])
        apart = np.array([b for b in breaks if np.min(np.abs(self.ends - b)) > 1e-9 * (r - l)])
        line = self.line = Line(b, a, [*apart, *self.ends, *points], theta=theta)
        size = parts * (degree - 1) + parts + 1
        K, M, one = np.zeros((size, size), REAL), np.zeros((size, size), REAL), np.zeros(size, REAL)
        for e in range(parts):
            here = (line.x > self.ends[e]) & (line.x < self.ends[e + 1])
            width = self.ends[e + 1] - self.ends[e]
            phi, slope = integrated_legendre(2 * (line.x[here] - self.ends[e]) / width - 1, degree)
            slope = slope * 2 / width
            dx = (line.half * WEIGHTS)[here]
            index = self.indices(e)
            K[np.ix_(index, index)] += (slope * (dx / line.scale[here])) @ slope.T
            M[np.ix_(index, index)] += (phi * (dx * line.speed[here])) @ phi.T
            one[index] += phi @ (dx * line.speed[here])
        self.free = [i for i in range(size) if not (i == 0 and left == "absorbing" or
                                                    i == parts and right == "absorbing")]
        K, M, self.one = (np.array(K[np.ix_(self.free, self.free)], float),
                          np.array(M[np.ix_(self.free, self.free)], float), np.array(one[self.free], float))
        self.K, self.M = K, M
        shift = 0.0
        if left == right == "reflecting":
            shift = np.trace(K) / np.trace(M) * 1e-4
        root = np.linalg.inv(np.linalg.cholesky(K + shift * M))
        inverse, vectors = np.linalg.eigh(root @ M @ root.T)
        order = np.argsort(-inverse)
        self.rates = 1 / inverse[order] - shift
        self.vectors = (root.T @ vectors[:, order]) / np.sqrt(inverse[order])  # M-orthonormal
        keep = len(order) * 6 // 10  # the others are not eigenfunctions
        self.rates, self.vectors = self.rates[:keep], self.vectors[:, :keep]
        self.start = PRECISE / self.rates[-1]  # the first time that these modes describe

    def indices(self, e):
        """Ends first, then the inner functions of each part."""
        inner = len(self.ends) + e * (self.degree - 1)
        return np.array([e, e + 1, *range(inner, inner + self.degree - 1)])

    def basis(self, x):
        e = min(int(np.searchsorted(self.ends, REAL(x), side="right")) - 1, len(self.ends) - 2)
        t = 2 * (REAL(x) - self.ends[e]) / (self.ends[e + 1] - self.ends[e]) - 1
        full = np.zeros(len(self.ends) + (len(self.ends) - 1) * (self.degree - 1))
        full[self.indices(e)] = np.array(integrated_legendre(t, self.degree)[0], float)
        return full[self.free]

    def parts(self, x):
        """c_k with P(tau > t) = sum_k c_k exp(-lambda_k t)."""
        return (self.basis(x) @ self.vectors) * (self.vectors.T @ self.one)

    def survival(self, x):
        """A function of times; 1 before the modes describe it."""
        c = self.parts(x)
        return lambda t: np.where(t < self.start, 1.0, np.exp(-np.multiply.outer(np.maximum(t, self.start), self.rates)) @ c)

    def known(self, x):
        """Does nothing happen before the modes describe it?"""
        return abs(np.exp(-self.start * self.rates) @ self.parts(x) - 1) < 1e-13

    def doubt(self, x, left, right):
        """The relative error of an exit time by these polynomials; x is one of the points."""
        time = float(self.line.exit_time(x, left, right))
        return abs(self.basis(x) @ np.linalg.solve(self.K, self.one) / time - 1)

    def flux(self, x):
        c = self.parts(x) * self.rates
        return lambda t: np.exp(-np.multiply.outer(t, self.rates)) @ c

    def quantile(self, x, p):
        """t with P(tau <= t) = p, or None where it is too early to be known."""
        S = self.survival(x)
        low, high = self.start, PRECISE / self.rates[0]
        if float(S(low)) <= 1 - p:
            return None
        for _ in range(200):
            t = 0.5 * (low + high)
            low, high = (t, high) if float(S(t)) > 1 - p else (low, t)
        return 0.5 * (low + high)

    def quasi_stationary(self, x):
        """x is one of the points."""
        weight = float(self.line.density(x) * self.line.M_all)
        return weight * (self.basis(x) @ self.vectors[:, 0]) / (self.one @ self.vectors[:, 0])


def product_exit_time(functions, first, last):
    """int_0^infinity of the product of survival functions, which is 1 before `first`."""
    panels = np.linspace(np.log(first), np.log(last), 121)
    half = np.diff(panels)[:, None] / 2
    s = ((panels[1:] + panels[:-1])[:, None] / 2 + half * np.array(NODES, float)).ravel()
    weight = (half * np.array(WEIGHTS, float)).ravel()
    t = np.exp(s)
    value = np.ones_like(t)
    for f in functions:
        value = value * f(t)
    return first + float(np.sum(weight * t * value))
