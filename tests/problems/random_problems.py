# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Random problems written as formulas, solved with default settings and compared with quadratures.

    python3 random_problems.py PROGRAM [--count 300] [--seed 1] [--limit 60] [--kinds smooth,trap] [--keep FOLDER]

1-D: exit times, exit places and stationary densities from scale function and speed measure,
integrated in long double on panels of their own. 2-D, 3-D: radial processes, by the same
formulas. Unit of length, unit of time, sign, centre and walls vary.

right    exit status 0 and every value within twice its error estimate (or 1e-11), estimate below 1e-6
vague    as right, but the estimate is larger
refused  exit status 1 or 2 with a sentence
WRONG    exit status 0 and off by more than that; slow: not finished in time; CRASH: anything else
Exit status 0 if nothing is WRONG, slow or CRASH, and 95 % are right.
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import time

import numpy as np

from line_quadrature import REAL, Line, graded_breaks, uniform_breaks

Problem = collections.namedtuple("Problem", "kind text values key")


def number(v):
    return repr(float(v))


def write(dimension, problem, drift, diffusion, domain, points, extra=""):
    return "\n".join(
        ["set dimension = %d" % dimension, "set problem = " + problem, "subsection Model", "set type = expression",
         "subsection expression", "set drift = " + drift, "set diffusion = " + diffusion, "end", extra, "end",
         "subsection Domain", domain, "end", "subsection Quantities",
         "set points = " + "; ".join(", ".join(number(c) for c in p) for p in points), "end", ""])


def on_line(rng, kind, b_text, a_text, b, a, l, r, breaks, singular_left=None, extra=""):
    """A problem on a line in random units, mirrored at random where the wall is not at 0."""
    length, duration = 10 ** rng.uniform(-3, 3), 10 ** rng.uniform(-6, 6)
    mirrored = singular_left is None and rng.random() < 0.4
    sign = -1 if mirrored else 1
    points = sorted(l + (r - l) * rng.uniform(0.05, 0.95) for _ in range(2))
    if singular_left is None:
        walls = rng.choice([("absorbing", "absorbing"), ("reflecting", "absorbing"), ("absorbing", "reflecting"),
                            ("absorbing", "absorbing"), ("reflecting", "reflecting")])
    else:
        walls = (singular_left, "absorbing")
    line = Line(b, a, breaks(points))
    place = sign * length
    x = "(x/%s)" % number(place)
    drift = "%s*(%s)" % (number(place / duration), b_text.replace("X", x))
    diffusion = "%s*(%s)" % (number(length**2 / duration), a_text.replace("X", x))
    shown = walls[::-1] if mirrored else walls
    lower, upper = sorted((l * place, r * place))
    domain = "set shape = interval\nset lower = %s\nset upper = %s\n" % (number(lower), number(upper))
    center = "set center = " + number((lower + upper) / 2)
    at = [[p * place] for p in points]
    if walls == ("reflecting", "reflecting"):
        return Problem(kind, write(1, "stationary density", drift, diffusion, domain, at, center),
                       [float(line.density(p) / REAL(length)) for p in points], "stationary density")
    domain += "set boundary = left: %s, right: %s\n" % shown
    if walls == ("absorbing", "absorbing") and rng.random() < 0.3:
        domain += "set exit set = " + ("left" if mirrored else "right") + "\n"
        return Problem(kind, write(1, "exit place", drift, diffusion, domain, at, center),
                       [float(line.exit_right(p)) for p in points], "exit place")
    return Problem(kind, write(1, "exit time", drift, diffusion, domain, at, center),
                   [float(line.exit_time(p, *walls) * REAL(duration)) for p in points], "mean exit time")


def smooth(rng):
    c = [rng.uniform(-2, 2) for _ in range(4)]
    D, e, k = 10 ** rng.uniform(-1.2, 0.5), rng.uniform(0, 1), rng.uniform(1, 12)
    shift = rng.uniform(-3, 3)
    l, r = shift - rng.uniform(0.3, 2), shift + rng.uniform(0.3, 2)
    y = "(X-%s)" % number(shift)
    b = lambda x: c[0] + c[1] * (x - shift) - abs(c[2]) * (x - shift) ** 3 + c[3] * np.sin(k * x)
    a = lambda x: D * (1 + e * (x - shift) ** 2)
    return on_line(rng, "smooth",
                   "%s+%s*%s-%s*%s^3+%s*sin(%s*X)" % (number(c[0]), number(c[1]), y, number(abs(c[2])), y, number(c[3]),
                                                      number(k)),
                   "%s*(1+%s*%s^2)" % (number(D), number(e), y), b, a, l, r, lambda p: uniform_breaks(l, r, p))


def trap(rng):
    w, A, x0 = 10 ** rng.uniform(-3, -1), rng.uniform(-2, 2), rng.uniform(-0.8, 0.8)
    D = 10 ** rng.uniform(-0.5, 0.5)
    l, r = -rng.uniform(1, 3), rng.uniform(1, 3)
    b = lambda x: -x - 2 * A * (x - x0) / w**2 * np.exp(-(((x - x0) / w) ** 2))
    a = lambda x: D + 0 * x
    y = "(X-%s)" % number(x0)
    return on_line(rng, "trap", "-X-%s*%s*exp(-(%s/%s)^2)" % (number(2 * A / w**2), y, y, number(w)), number(D), b, a, l,
                   r, lambda p: uniform_breaks(l, r, p, 200, [x0], w))


def kink(rng):
    mu, x0, x1 = rng.uniform(-2, 2), rng.uniform(-0.9, 0.9), rng.uniform(-0.9, 0.9)
    D, J, K = 10 ** rng.uniform(-0.7, 0.3), rng.choice([0.0, rng.uniform(0.2, 3)]), rng.uniform(-1, 1)
    form = rng.choice(["sign(%s)", "if(%s > 0, 1, -1)", "2*step(%s)-1", "csgn(%s)"]) % ("X-%s" % number(x0))
    b = lambda x: -mu * np.sign(x - x0) + K * np.abs(x - x1)
    a = lambda x: D * (1 + J * (x > x1))
    return on_line(rng, "kink", "-%s*(%s)+%s*abs(X-%s)" % (number(mu), form, number(K), number(x1)),
                   "%s*(1+%s*step(X-%s))" % (number(D), number(J), number(x1)) if J else number(D), b, a, -1.0, 1.0,
                   lambda p: uniform_breaks(-1.0, 1.0, p, 200, [x0, x1], 1e-9))


def singular(rng):
    """a ~ x^p, 2 b/a ~ beta/x at 0, with further terms."""
    p = rng.choice([0, 1, 1])
    beta = rng.uniform(-0.6, 2.5) if p == 0 else rng.uniform(0.15, 2.5)
    D, k, r = 10 ** rng.uniform(-0.7, 0.7), rng.uniform(-1, 1), rng.uniform(0.5, 2)
    can_reflect = beta - p > -1
    wall = "absorbing" if beta < 0.9 and (not can_reflect or rng.random() < 0.5) else "reflecting"
    if beta > 0.9 and beta < 1.1:
        beta += 0.3
    if p == 0:
        b, a = lambda x: D * beta / (2 * x) + k * x, lambda x: D + 0 * x
        texts = "%s/X+%s*X" % (number(D * beta / 2), number(k)), number(D)
    else:
        b, a = lambda x: D * beta / 2 + k * x, lambda x: D * x
        texts = "%s+%s*X" % (number(D * beta / 2), number(k)), "%s*X" % number(D)
    return on_line(rng, "singular", texts[0], texts[1], b, a, 0.0, r, lambda q: graded_breaks(r, q), wall)


def radial(rng, d):
    """b = -h x (1 + q r^2), a = D (1 + s r^2) I on a ball in d = 2, 3, centre anywhere."""
    h, q, s, D = rng.uniform(-1, 1), rng.uniform(0, 1), rng.uniform(0, 1), 10 ** rng.uniform(-0.5, 0.5)
    length, duration = 10 ** rng.uniform(-3, 3), 10 ** rng.uniform(-6, 6)
    place = [rng.uniform(-2, 2) * length for _ in range(d)]
    rho = rng.uniform(0.1, 0.9)
    line = Line(lambda r: -h * r * (1 + q * r * r), lambda r: D * (1 + s * r * r),
                graded_breaks(1.0, [rho], 1e-20), lambda r: (d - 1) / r)
    f = line.exit_time(rho, "reflecting", "absorbing") * REAL(duration)
    z = ["((%s-%s)/%s)" % (n, number(c), number(length)) for n, c in zip("xyz", place)]
    r2 = "(" + "+".join(c + "^2" for c in z) + ")"
    drift = "; ".join("%s*%s*(1+%s*%s)" % (number(-h * length / duration), c, number(q), r2) for c in z)
    entry = "%s*(1+%s*%s)" % (number(D * length**2 / duration), number(s), r2)
    diffusion = "; ".join(", ".join([entry] + ["0"] * (d - 1 - i)) for i in range(d))
    direction = np.array([rng.gauss(0, 1) for _ in range(d)])
    direction /= np.linalg.norm(direction)
    point = [c + rho * length * t for c, t in zip(place, direction)]
    domain = "set shape = ball\nset center = %s\nset radius = %s\n" % (", ".join(map(number, place)), number(length))
    return Problem("disk" if d == 2 else "ball", write(d, "exit time", drift, diffusion, domain, [point],
                                   "set center = " + ", ".join(map(number, place))), [float(f)], "mean exit time")


KINDS = {"smooth": smooth, "trap": trap, "kink": kink, "singular": singular, "disk": lambda rng: radial(rng, 2), "ball": lambda rng: radial(rng, 3)}


def judge(program, problem, limit, folder):
    with open(os.path.join(folder, "problem.prm"), "w", encoding="ascii") as file:
        file.write(problem.text)
    try:
        run = subprocess.run([program, os.path.join(folder, "problem.prm"), "--quiet", "--output",
                              os.path.join(folder, "out"), "--set", "Output/vtu=false"],
                             capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return "slow", ""
    message = (run.stderr.strip().splitlines() or [""])[-1]
    if run.returncode in (1, 2) and message:
        return "refused", message
    if run.returncode != 0:
        return "CRASH", message
    with open(os.path.join(folder, "out", "results.json"), encoding="utf-8") as file:
        part = json.load(file)[problem.key]
    if problem.key == "stationary density":
        part = part["values"]
    verdict, note = "right", ""
    for entry, exact in zip(part, problem.values):
        value, estimate = entry["value"], entry["error estimate"]
        error = abs(value - exact)
        if not error <= max(2 * estimate, 1e-11 * abs(exact)):
            verdict = "WRONG"
        elif verdict == "right" and not estimate <= 1e-6 * abs(exact):
            verdict = "vague"
        note += "%.14g +- %.1g, exact %.14g, off %.1g; " % (value, estimate, exact, error)
    return verdict, note


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keep", help="folder for the files of problems that are not right")
    options = parser.parse_args()
    kinds = options.kinds.split(",")
    counts = collections.Counter()
    for k in range(options.count):
        rng = random.Random("%d %d" % (options.seed, k))
        problem = KINDS[kinds[k % len(kinds)]](rng)
        with tempfile.TemporaryDirectory() as folder:
            start = time.time()
            verdict, note = judge(options.program, problem, options.limit, folder)
        counts[verdict] += 1
        if verdict != "right":
            print("%-8s %3d %-8s %5.1f s  %s" % (verdict, k, problem.kind, time.time() - start, note), flush=True)
            if options.keep:
                os.makedirs(options.keep, exist_ok=True)
                with open(os.path.join(options.keep, "%d.prm" % k), "w", encoding="ascii") as file:
                    file.write(problem.text)
    print("%d of %d right; %s" % (counts["right"], options.count, dict(counts)))
    bad = counts["WRONG"] + counts["slow"] + counts["CRASH"]
    sys.exit(0 if bad == 0 and counts["right"] >= 0.95 * options.count else 1)


if __name__ == "__main__":
    main()
