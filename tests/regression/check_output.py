# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a parameter file and compares its results.json with the numbers committed beside it.

    python3 check_output.py SCRATCH_DIR DYNKIN FILE.prm

FILE.output holds lines `name = number`, a name being the path in results.json, and states the
tolerance once: `tolerance = 1e-10`.
"""

import json
import os
import subprocess
import sys

import results


def read_reference(filename):
    with open(filename, encoding="utf-8") as file:
        lines = [line.split(" = ") for line in file if line.strip() and not line.startswith("#")]
    numbers = {name.strip(): json.loads(number) for name, number in lines}
    return numbers.pop("tolerance"), numbers


def main(scratch, dynkin, file):
    tolerance, reference = read_reference(os.path.splitext(file)[0] + ".output")
    subprocess.run([dynkin, file, "--quiet", "--output", scratch], check=True, timeout=300)
    found = results.flatten(results.read(scratch))
    wrong = 0
    for name, expected in reference.items():
        value = found.get(name)
        deviation = results.difference(name, value, expected)
        wrong += not deviation <= tolerance
        print(f"{'ok' if deviation <= tolerance else 'WRONG':<6}{name} = {value}, "
              f"expected {expected}, difference {deviation:.1e}")
    return wrong > 0 or not reference


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
