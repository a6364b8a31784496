# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the kernels do in a second as a Markdown table, beside what the machine allows.

    python3 kernel_table.py kernels.json

reads what Google Benchmark wrote. The limits of an operation are bandwidth / (bytes a dof) and
arithmetic / (operations a dof), all measured in the same run: in vector registers, and one number
at a time, which is all that a deal.II built for any machine does.
"""

import json
import sys


def number(value):
    return f"{value / 1e6:.1f}"


def main(path):
    with open(path, encoding="utf-8") as file:
        rows = {row["name"]: row for row in json.load(file)["benchmarks"]}
    rates = {(kind, registers): rows[name]["flop/s"]
             for kind in ("double", "float")
             for registers, name in (("vector", f"arithmetic<{kind}>"), ("scalar", f"scalar_arithmetic<{kind}>"))
             if name in rows}
    bandwidth = rows["bandwidth"]["B/s"] if "bandwidth" in rows else None
    has_limits = len(rates) == 4 and bandwidth
    if has_limits:
        print("One core: " + ", ".join(f"{rate / 1e9:.1f} Gflop/s in {kind} ({registers} registers)"
                                       for (kind, registers), rate in rates.items())
              + f", {bandwidth / 1e9:.1f} GB/s.\n")
    print("| kernel | million dofs/s | limit by bandwidth | by arithmetic, vector | share of the lower | "
          "by arithmetic, scalar | share of that |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, row in rows.items():
        if "dofs/s" not in row:
            continue
        line = f"| {name} | {number(row['dofs/s'])} |"
        if has_limits and "flop/dof" in row:
            kind = "double" if "double" in name else "float"
            memory = bandwidth / row["B/dof"]
            vector, scalar = (rates[kind, registers] / row["flop/dof"] for registers in ("vector", "scalar"))
            line += (f" {number(memory)} | {number(vector)} | {row['dofs/s'] / min(memory, vector):.0%} "
                     f"| {number(scalar)} | {row['dofs/s'] / scalar:.0%} |")
        else:
            line += " | | | | |"
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
