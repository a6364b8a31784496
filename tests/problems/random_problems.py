# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Random problems written as formulas, solved with default settings and compared with independent references.

    python3 random_problems.py PROGRAM [--count 300] [--seed 1] [--limit 60] [--kinds smooth,trap] [--keep FOLDER]
                               [--only NUMBER] [--all] [--print] [--units | --weights]

Lines (line_kinds.py): scale function and speed measure, integrated in long double on panels of their own.
Laws, spectra, boxes, periodic walls (mode_kinds.py): polynomials of high degree, products, Stratonovich's formula.
Balls, ellipsoids, annuli (round_kinds.py): radial processes, turned, sheared and stirred; prescribed solutions.
Units of length and time, signs, centres, walls and conventions vary.

right    exit status 0 and every value within twice its error estimate (or 1e-11), estimate below 1e-6
vague    as right, but an estimate is larger
refused  exit status 1 or 2 with a sentence
WRONG    exit status 0 and off by more than that; slow: not finished in time; CRASH: anything else
Exit status 0 if nothing is WRONG, slow or CRASH, and 95 % (or --least) are right.

--units    each problem in its own and in other units: values scale to 1e-9
--weights  each problem with natural, tempered and no weight: values agree within the sum of their estimates (vague: twice that)
"""

import argparse
import collections
import math
import os
import random
import sys
import time

import line_kinds as line
import mode_kinds as mode
import round_kinds as round_
from judge import Statistics, judge, read, run
from problem_text import Units

KINDS = {
    "smooth": line.smooth, "trap": line.trap, "kink": line.kink, "piecewise": line.piecewise,
    "singular": line.singular, "fisher": line.fisher, "drifting": line.drifting, "well": line.well, "tail": line.tail,
    "wide": line.wide,
    "law": mode.law, "spectrum": mode.spectrum, "periodic": mode.periodic, "torus": mode.torus,
    "strip": mode.strip,
    "box2": lambda rng, units: mode.box(rng, units, 2), "box3": lambda rng, units: mode.box(rng, units, 3),
    "kink2": lambda rng, units: mode.box(rng, units, 2, True),
    "modes2": lambda rng, units: mode.box(rng, units, 2, False, ("exit law", "spectrum")),
    "disk": lambda rng, units: round_.ball(rng, units, 2), "ball": lambda rng, units: round_.ball(rng, units, 3),
    "ring_kink": lambda rng, units: round_.ball(rng, units, 2, "kink"),
    "ellipse": lambda rng, units: round_.ellipsoid(rng, units, 2),
    "ellipsoid": lambda rng, units: round_.ellipsoid(rng, units, 3),
    "annulus": lambda rng, units: round_.annulus(rng, units, 2), "shell": lambda rng, units: round_.annulus(rng, units, 3),
    "corner": round_.corner, "plane": round_.plane,
    "given2": lambda rng, units: round_.prescribed(rng, units, 2),
    "given3": lambda rng, units: round_.prescribed(rng, units, 3),
}


def random_for(options, k, what):
    return random.Random("%d %d %s" % (options.seed, k, what))


def pose(options, kinds, k, units=None):
    """The k-th problem: its coefficients do not depend on the units."""
    kind = kinds[k % len(kinds)]
    units = units or Units.random(random_for(options, k, "units"))
    return kind, KINDS[kind](random_for(options, k, "problem"), units)


def keep(options, name, problem, note=""):
    if options.keep:
        folder = os.path.join(options.keep, name) if problem.mesh else options.keep
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name + ".prm"), "w", encoding="ascii") as file:
            file.write("# %s\n%s" % (note, problem.text))
        if problem.mesh:
            with open(os.path.join(folder, "mesh.msh"), "w", encoding="ascii") as file:
                file.write(problem.mesh)


def compare(options, kinds, k, statistics):
    kind, problem = pose(options, kinds, k)
    verdict, note, ratios = judge(options.program, problem, options.limit)
    statistics.add(kind, ratios)
    if verdict != "right":
        keep(options, "%s_%d_%d" % (kind, options.seed, k), problem, verdict + ": " + note)
    return kind, verdict, note


def in_other_units(options, kinds, k, _):
    rng = random_for(options, k, "other units")
    own, other = Units.random(rng), Units.random(rng)
    own.length = own.time = 1.0
    other.signs, other.origin = own.signs, own.origin
    found = []
    for units in (own, other):
        kind, problem = pose(options, kinds, k, units)
        done = run(options.program, problem, options.limit)
        if done.results is None:
            return kind, done.verdict, done.message
        found.append([read(done.results, q)[0] for q in problem.quantities])
        found[-1] = [None if v is None and not math.isfinite(q.exact) else v / q.unit  # beyond the range of a double
                     for v, q in zip(found[-1], problem.quantities)]
    pairs = [(a, b) for a, b in zip(*found) if None not in (a, b)]
    largest = max((abs(a) for a, _ in pairs), default=0.0)
    worst = max((abs(a - b) / max(abs(a), 1e-4 * largest) for a, b in pairs), default=0.0)
    if worst > 1e-9:
        keep(options, "units_%s_%d_%d" % (kind, options.seed, k), problem)
    return kind, "right" if worst <= 1e-9 else "WRONG", "%.1g, length %g, time %g" % (worst, other.length, other.time)


def with_other_weights(options, kinds, k, _):
    kind, problem = pose(options, kinds, k)
    found, notes = {}, []
    for weight in ("natural", "tempered", "none"):
        done = run(options.program, problem, options.limit, ["Discretization/weight=" + weight])
        if done.results is not None:
            found[weight] = [read(done.results, q) for q in problem.quantities]
        elif done.verdict != "refused":
            return kind, done.verdict, weight + ": " + done.message
        else:
            notes.append(weight + " refused: " + done.message)
    verdict = "right" if len(found) > 1 else "refused"
    for i, q in enumerate(problem.quantities):
        for a in found:
            for b in found:
                off, allowed = abs(found[a][i][0] - found[b][i][0]), found[a][i][1] + found[b][i][1]
                if a < b and off > max(allowed, 1e-11 * abs(q.exact), q.own):
                    # errors are within twice their estimates
                    verdict = "WRONG" if verdict == "WRONG" or off > max(2 * allowed, q.own) else "vague"
                    notes.append("%s: %s %.14g +- %.1g, %s %.14g +- %.1g, exact %.14g" % (
                        q.name, a, *found[a][i], b, *found[b][i], q.exact))
    if verdict == "WRONG":
        keep(options, "weights_%s_%d_%d" % (kind, options.seed, k), problem)
    return kind, verdict, "; ".join(notes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keep", help="folder for the files of problems that are not right")
    parser.add_argument("--only", type=int, help="this problem alone")
    parser.add_argument("--print", action="store_true", help="the parameter files instead of solving them")
    parser.add_argument("--all", action="store_true", help="a line for the problems that are right, too")
    parser.add_argument("--least", type=float, default=95, help="share that has to be right [%%]")
    parser.add_argument("--units", action="store_true")
    parser.add_argument("--weights", action="store_true")
    options = parser.parse_args()
    kinds = options.kinds.split(",")
    numbers = range(options.count) if options.only is None else [options.only]
    if options.print:
        for k in numbers:
            print(pose(options, kinds, k)[1].text)
        return 0
    judged = in_other_units if options.units else with_other_weights if options.weights else compare
    counts, statistics = collections.defaultdict(collections.Counter), Statistics()
    for k in numbers:
        start = time.time()
        kind, verdict, note = judged(options, kinds, k, statistics)
        counts[kind][verdict] += 1
        counts["all"][verdict] += 1
        if verdict != "right" or options.all or options.units:
            print("%-8s %3d %-9s %5.1f s  %s" % (verdict, k, kind, time.time() - start, note), flush=True)
    for kind in counts:
        print("%-10s %s" % (kind, dict(counts[kind])))
    if statistics.ratios:
        statistics.report()
    total = counts["all"]
    print("%d of %d right; %s" % (total["right"], len(numbers), dict(total)))
    bad = total["WRONG"] + total["slow"] + total["CRASH"]
    return 0 if bad == 0 and 100 * total["right"] >= options.least * len(numbers) else 1


if __name__ == "__main__":
    sys.exit(main())
