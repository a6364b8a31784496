# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Problems as people pose them, with default settings, against known values (posed_problems.json).

    python3 posed_problems.py PROGRAM [PART OF A NAME]
"""

import json
import os
import subprocess
import sys
import tempfile


def reported(results, key, index):
    """Value and error estimate."""
    if key == "mean velocity":
        density = results["stationary density"]
        return density[key][index], density["error estimate of the mean velocity"][index]
    if key == "quantile":
        entry = results["stationary density"]["quantiles"][index]
        return entry["value"], entry["error estimate"]
    part = results[key]
    if key == "spectrum":
        return abs(part["eigenvalues"][index]), part["error estimates"][index]
    entry = (part["values"] if key == "stationary density" else part)[index]
    return entry["value"], entry["error estimate"]


def judge(program, problem, folder):
    """Empty if right, else what is wrong."""
    with open(os.path.join(folder, "problem.prm"), "w", encoding="ascii") as file:
        file.write(problem["file"])
    run = subprocess.run([program, os.path.join(folder, "problem.prm"), "--quiet", "--output", folder + "/out"],
                         capture_output=True, text=True, timeout=120, check=False)
    if run.returncode == 1 and problem.get("may be refused") and run.stderr.startswith("dynkin: error: "):
        return ""
    if run.returncode != 0:
        return "exit status %d: %s" % (run.returncode, run.stderr.strip())
    with open(folder + "/out/results.json", encoding="utf-8") as file:
        results = json.load(file)
    for index, text in zip(problem["index"], problem["values"]):
        value, estimate = reported(results, problem["key"], index)
        exact = float(text)
        known = max(abs(exact) * 10.0 ** (1 - problem["digits"]), 1e-12 * abs(exact), 1e-14 if exact == 0 else 0)
        if not abs(value - exact) <= max(2 * estimate, known):
            return "%.15g +- %.1g instead of %s" % (value, estimate, text)
        if not estimate <= 1e-6 * abs(exact) + 1e-14:
            return "%.15g +- %.1g: too vague" % (value, estimate)
    return ""


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "posed_problems.json"), encoding="utf-8") as file:
        problems = json.load(file)
    failed = 0
    for problem in problems:
        if len(sys.argv) > 2 and sys.argv[2] not in problem["name"]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            fault = judge(sys.argv[1], problem, folder)
        print("%-6s %s%s" % ("FAILED" if fault else "right", problem["name"], ": " + fault if fault else ""))
        failed += bool(fault)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
