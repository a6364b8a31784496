# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The last step, from a computation to its files: every quantity that results.json, the CSV tables and the VTU fields
hold is compared with a closed form that shares no code with the program, and every exit status is met once.

    python3 check_results.py PROGRAM FOLDER CASE

Meshes are coarse, so that true errors are far above rounding and the estimates can be judged from both sides.
"""

import csv
import json
import pathlib
import resource
import shutil
import subprocess
import sys

import chain_cases
import exit_cases
import group_cases
import known_cases
import density_cases
import estimate_cases
import sampling_cases
import scan_cases
import sgd_cases
import status_cases
import well_cases

CASES = {name[len("check_"):]: getattr(module, name)
         for module in (chain_cases, exit_cases, group_cases, known_cases, density_cases, estimate_cases, sampling_cases, scan_cases, sgd_cases, status_cases, well_cases)
         for name in dir(module) if name.startswith("check_")}


class Run:
    """Runs of the program in a folder of this case, and what was found wrong in them."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.complaints, self.ratios = [], {}
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def execute(self, text, status=0, name="run", largest_file=None):
        """Solves the problem of this parameter text; its results, or None if none were written. Files of more than
        `largest_file` bytes cannot be written, as on a disk that is full."""
        file, output = self.folder / (name + ".prm"), self.folder / name
        file.write_text(text, encoding="utf-8")
        done = subprocess.run([self.program, str(file), "--output", str(output)], capture_output=True, text=True,
                              check=False, restore_signals=largest_file is None,
                              preexec_fn=largest_file and (
                                  lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))))
        self.log = done.stdout + done.stderr
        if done.returncode != status:
            self.complaints.append("%s: exit status %d, not %d\n%s" % (name, done.returncode, status, self.log[-600:]))
        results = output / "results.json"
        self.output = output
        return json.loads(results.read_text(encoding="utf-8")) if results.exists() else None

    def table(self, name):
        with open(self.output / name, encoding="utf-8") as file:
            return [{key: float(value) if value else None for key, value in row.items()} for row in csv.DictReader(file)]

    def equal(self, what, value, exact, tolerance):
        """|value - exact| <= tolerance (absolute)."""
        if value is None or not abs(float(value) - float(exact)) <= tolerance:
            self.complaints.append("%s is %s, not %.12g (+- %.1g)" % (what, value, exact, tolerance))

    def judge(self, what, value, estimate, exact, rounding=1e-12):
        """The estimate holds within a factor of two; `sharp` asks later that it is not far too large."""
        error = abs(value - exact)
        if not error <= 2 * estimate + rounding * abs(exact):
            self.complaints.append("%s is %.12g +- %.1g, not %.12g" % (what, value, estimate, exact))
        self.ratios.setdefault(what.split(" at ")[0], []).append(error / estimate if estimate > 0 else 0.)

    def told(self, symbol, records):
        """Each of these records stands in the log with its estimate, which fits its relative one."""
        lines = [line.split() for line in self.log.splitlines() if line.split("at (")[0].strip() == symbol]
        self.equal("lines of " + symbol, len(lines), len(records), 0)
        for words, record in zip(lines, records):
            value, estimate = record["value"], record["error estimate"]
            self.equal(symbol + " in the log", words[-3], value, 1e-13 * abs(value))
            self.equal("estimate of %s in the log" % symbol, words[-1], estimate, 0.5 * estimate)
            self.equal("relative estimate of " + symbol, record["relative error estimate"], estimate / abs(value),
                       1e-12 * estimate / abs(value))

    def sharp(self, least=0.2):
        """Of each kind of quantity, some estimate is below 1 / least times the true error."""
        for what, ratios in self.ratios.items():
            if max(ratios) < least:
                self.complaints.append("%s: true errors are at most %.2g of their estimates" % (what, max(ratios)))


def main(program, folder, case):
    run = Run(program, folder)
    CASES[case](run)
    for complaint in run.complaints:
        print(complaint)
    for what, ratios in run.ratios.items():
        print("%s: true error/estimate %.2g to %.2g" % (what, min(ratios), max(ratios)))
    return len(run.complaints) > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
