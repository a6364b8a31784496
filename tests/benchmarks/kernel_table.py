# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the kernels do in a second as a Markdown table, beside what the machine allows.

    python3 kernel_table.py kernels.json

reads what Google Benchmark wrote. The limit of an operation is the smaller one of
arithmetic / (operations a dof) and bandwidth / (bytes a dof), both measured in the same run.
"""

import json
import sys


def number(value):
    return f"{value / 1e6:.1f}"


def main(path):
    with open(path, encoding="utf-8") as file:
        rows = {row["name"]: row for row in json.load(file)["benchmarks"]}
    rate = {"double": "arithmetic<double>", "float": "arithmetic<float>"}
    rate = {name: rows[row]["flop/s"] for name, row in rate.items() if row in rows}
    bandwidth = rows["bandwidth"]["B/s"] if "bandwidth" in rows else None
    if rate and bandwidth:
        print(f"One core: {', '.join(f'{value / 1e9:.1f} Gflop/s in {name}' for name, value in rate.items())}, "
              f"{bandwidth / 1e9:.1f} GB/s.\n")
    print("| kernel | million dofs/s | limit by arithmetic | by bandwidth | share of the limit |")
    print("|---|---:|---:|---:|---:|")
    for name, row in rows.items():
        if "dofs/s" not in row:
            continue
        line = f"| {name} | {number(row['dofs/s'])} |"
        kind = next((kind for kind in rate if kind in name), None)
        if kind and bandwidth and "flop/dof" in row:
            limits = rate[kind] / row["flop/dof"], bandwidth / row["B/dof"]
            line += f" {number(limits[0])} | {number(limits[1])} | {row['dofs/s'] / min(limits):.0%} |"
        else:
            line += " | | |"
        print(line)
    solves = {name: row for name, row in rows.items() if "s/Mdof" in row}
    if solves:
        print("\n| whole solve | dofs | CPU s a million dofs | iterations | peak bytes a dof |")
        print("|---|---:|---:|---:|---:|")
        for name, row in solves.items():
            print(f"| {name.split('/iterations')[0]} | {row['dofs']:.0f} | {row['s/Mdof']:.2f} | {row['iterations']:.0f} "
                  f"| {row['peak B/dof']:.0f} |")


if __name__ == "__main__":
    main(sys.argv[1])
