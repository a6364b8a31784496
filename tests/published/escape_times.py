# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Published escape times from |v| = sqrt(c - 1), eta = 0.1, by `theory` and by finite elements.

usage: escape_times.py FOLDER DYNKIN PARAMS DIMENSION (theory | finite elements)

The references (escape_times.csv) have 9 digits, by nested quadrature in another program.
Quadrature has to give them all; finite elements to 1e-7 where E tau < 1e10, 1e-8 for the least-squares noise.
"""

import csv
import json
import math
import os
import subprocess
import sys


def identity(n):
    return "; ".join(", ".join(str(float(i == j)) for j in range(n)) for i in range(n))


def least_squares(d):
    """A_(i a)(j b) = delta_ij delta_ab + delta_ib delta_ja."""
    pairs = [(i, a) for i in range(d) for a in range(d)]
    return "; ".join(", ".join(str(float((i == j) * (a == b) + (i == b) * (a == j)))
                               for (j, b) in pairs) for (i, a) in pairs)


def settings(model, d, c, route):
    matrices = {"H": identity(d)}
    if model == "coupled":
        matrices.update({"Sigma_g": identity(d), "Sigma_H": identity(d)})
    else:
        matrices.update({"Sigma": identity(d), "A": least_squares(d)})
    entries = {f"Model/{model}/{name}": value for name, value in matrices.items()}
    radius = repr(math.sqrt(c - 1.0))
    entries["dimension"] = d
    if d == 1:
        entries.update({"Domain/shape": "interval", "Domain/lower": f"-{radius}",
                        "Domain/upper": radius})
    else:
        entries["Domain/radius"] = radius
    if route == "theory":
        entries["problem"] = "theory"
    else:
        entries["Discretization/degree"] = 8 if d < 3 else 6
        entries["Discretization/refinements"] = {1: 4, 2: 2, 3: 1}[d] + (c > 5 and d == 3)
        entries["Output/vtu"] = "false"
    return [word for name, value in entries.items() for word in ("--set", f"{name}={value}")]


def parameter_file(folder, params, model, d):
    """For an interval without the entry `radius`, which belongs to balls."""
    name = {"coupled": "escape_power_law.prm", "quadratic covariance": "least_squares.prm"}[model]
    with open(os.path.join(params, name), encoding="utf-8") as file:
        lines = [line for line in file if d > 1 or "set radius" not in line]
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)
    return path


def main():
    folder, dynkin, params, dimension, route = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    table = os.path.join(os.path.dirname(os.path.abspath(__file__)), "escape_times.csv")
    failures, compared = 0, 0
    with open(table, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            model, d, c = row["model"], int(row["dimension"]), float(row["c"])
            expected = float(row["exit time"])
            if d != int(dimension) or (route != "theory" and expected > 1e10):
                continue
            command = [dynkin, parameter_file(folder, params, model, d), "--quiet", "--output", folder]
            subprocess.run(command + settings(model, d, c, route), check=True)
            with open(os.path.join(folder, "results.json"), encoding="utf-8") as results:
                value = json.load(results)["mean exit time"][0]["value"]
            error = abs(value / expected - 1.0)
            tolerance = 1e-8 if route == "theory" or model == "quadratic covariance" else 1e-7
            compared += 1
            failures += not error < tolerance
            print(f"{model:22} d = {d}  c = {c:4}  {value:.12g}  {error:.1e}"
                  + ("" if error < tolerance else "  FAILED"), flush=True)
    sys.exit(failures > 0 or compared == 0)


if __name__ == "__main__":
    main()
