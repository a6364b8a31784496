# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs the program on a problem and compares its results with the references."""

import collections
import json
import math
import os
import resource
import signal
import subprocess
import tempfile

from problem_text import follow

Run = collections.namedtuple("Run", "verdict message results")
SHARES = (0, 1e-3, 1e-2, 0.1, 0.5, 1, 2, float("inf"))


def run(program, problem, limit, settings=()):
    """limit: seconds of CPU; a busy machine is given eight times as long."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "problem.prm"), "w", encoding="ascii") as file:
            file.write(problem.text)
        if problem.mesh:
            with open(os.path.join(folder, "mesh.msh"), "w", encoding="ascii") as file:
                file.write(problem.mesh)
        command = [program, os.path.join(folder, "problem.prm"), "--quiet", "--output", os.path.join(folder, "out"),
                   "--set", "Output/vtu=false"] + [word for s in settings for word in ("--set", s)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=8 * limit, check=False,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5)))
        except subprocess.TimeoutExpired:
            return Run("slow", "", None)
        message = (done.stderr.strip().splitlines() or [""])[-1]
        if done.returncode in (1, 2) and message:
            return Run("refused", message, None)
        if done.returncode == -signal.SIGXCPU:
            return Run("slow", "", None)
        if done.returncode != 0:
            return Run("CRASH", message, None)
        with open(os.path.join(folder, "out", "results.json"), encoding="utf-8") as file:
            return Run("right", "", json.load(file))


def read(results, quantity):
    value, estimate = follow(results, quantity.value), follow(results, quantity.estimate)
    if "eigenvalues" in quantity.value:
        value = abs(value)
    return value, estimate


def judge(program, problem, limit):
    """Verdict, what was compared, and the ratios of true error to estimate."""
    done = run(program, problem, limit)
    if done.results is None:
        return done.verdict, done.message, []
    verdict, note, ratios = "right", "", []
    for q in problem.quantities:
        value, estimate = read(done.results, q)
        if value is None and not math.isfinite(q.exact):
            continue  # beyond the range of a double
        if value is None or estimate is None:
            verdict, note = "WRONG", note + "%s is null, exact %.14g; " % (q.name, q.exact)
            continue
        error = abs(value - q.exact)
        if not error <= max(2 * estimate, 1e-11 * abs(q.exact), q.own):
            verdict = "WRONG"
        elif verdict == "right" and not estimate <= max(1e-6 * abs(q.exact), q.own):
            verdict = "vague"
        floor = max(1e-13 * abs(q.exact), q.own)  # below, neither the reference nor the estimate means much
        ratio = error / estimate if estimate > 0 else 0.0
        ratios.append((ratio, error > floor and (estimate > floor or error > max(1e-11 * abs(q.exact), q.own))))
        note += "%s%s: %.14g +- %.1g, exact %.14g, off %.1g; " % ("(!) " if ratio > 2 and ratios[-1][1] else "", q.name,
                                                                 value, estimate, q.exact, error)
    return verdict, note, ratios


class Statistics:
    """Of true errors over estimates."""

    def __init__(self):
        self.ratios = collections.defaultdict(list)

    def add(self, kind, ratios):
        self.ratios[kind] += ratios

    def counts(self, pairs):
        seen = [ratio for ratio, above in pairs if above]
        return [sum(low <= s < high for s in seen) for low, high in zip(SHARES[:-1], SHARES[1:])], len(seen)

    def report(self):
        print("true error / estimate of %d values; above the floor of rounding and references:"
              % sum(map(len, self.ratios.values())))
        print("%-13s %6s" % ("", "values") + "".join("%8s" % ("< %g" % s) for s in SHARES[1:-1]) + "%8s" % ">= 2")
        rows = sorted(self.ratios.items()) + [("all", sum(self.ratios.values(), []))]
        for kind, pairs in rows:
            counts, seen = self.counts(pairs)
            print("%-13s %6d" % (kind, seen) + "".join("%8d" % c for c in counts))
        counts, seen = self.counts(rows[-1][1])
        if seen:
            print("at most 2: %.1f %%; at least 0.5: %.1f %%; at least 0.1: %.1f %%" % (
                100 - 100 * counts[-1] / seen, 100 * sum(counts[4:]) / seen, 100 * sum(counts[3:]) / seen))
