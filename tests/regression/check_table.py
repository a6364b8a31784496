# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a convergence study and compares its table with the one committed beside the parameter file.

    python3 check_table.py SCRATCH_DIR DYNKIN FILE.prm            compare with FILE.csv
    python3 check_table.py SCRATCH_DIR DYNKIN FILE.prm --update   write FILE.csv

Columns of the committed table: unknowns exactly, errors to 1 %, rates to 0.02, values to 1e-10 relative.
"""

import csv
import os
import subprocess
import sys

NOT_COMMITTED = {"seconds", "error estimate"}


def read(filename):
    with open(filename, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shorten(column, cell):
    if not cell or column in ("cells", "dofs"):
        return cell
    return format(float(cell), ".2f" if column.endswith("rate") else ".13g" if column == "value" else ".3e")


def agree(column, found, committed):
    if not committed or column in ("cells", "dofs"):
        return found == committed
    a, b = float(found), float(committed)
    if column.endswith("rate"):
        return abs(a - b) <= 0.02
    return abs(a - b) <= (1e-10 if column == "value" else 0.01) * abs(b)


def update(filename, found):
    columns = [column for column in found[0] if column not in NOT_COMMITTED]
    with open(filename, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows([shorten(column, row[column]) for column in columns] for row in found)


def main(scratch, dynkin, file, option=None):
    committed_file = os.path.splitext(file)[0] + ".csv"
    subprocess.run([dynkin, file, "--quiet", "--output", scratch], check=True, timeout=300)
    found = read(os.path.join(scratch, "convergence.csv"))
    if option == "--update":
        return update(committed_file, found)
    committed = read(committed_file)
    if len(found) != len(committed):
        return f"{len(found)} meshes, committed are {len(committed)}"
    wrong = 0
    for found_row, row in zip(found, committed):
        for column, cell in row.items():
            if not agree(column, found_row[column], cell):
                wrong += 1
                print(f"WRONG {row['dofs']} unknowns, {column}: {found_row[column]}, committed is {cell}")
    print(f"{len(committed)} meshes, {wrong} entries differ")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
