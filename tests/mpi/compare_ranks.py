# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The numbers do not depend on the number of ranks.

    python3 compare_ranks.py SCRATCH_DIR DYNKIN FILE.prm [dynkin options]

Runs on 1, 2 and 4 ranks and compares everything in results.json but timings, iterations and estimates
of rounding; solution.vtu must hold all cells. Prints the largest difference.
"""

import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "regression"))
import results  # noqa: E402

RANKS = (1, 2, 4)
TOLERANCE = 1e-10


def run(n_ranks, scratch, command):
    """The results on n_ranks ranks."""
    folder = os.path.join(scratch, str(n_ranks))
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                       OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    subprocess.run(["mpirun", "-n", str(n_ranks), "--oversubscribe", *command, "--quiet", "--output", folder],
                   env=environment, check=True, timeout=300)
    data = results.read(folder)
    if "cells" not in data:  # nothing is drawn
        return results.flatten(data)
    with open(os.path.join(folder, "solution.vtu"), encoding="latin-1") as file:
        cells = sum(int(n) for n in re.findall(r'NumberOfCells="(\d+)"', file.read()))
    pieces = data["degree"] if data["dimension"] == 1 else 1  # 1-D cells are written as straight pieces
    if data["symmetry"]:
        pieces = 2 ** data["dimension"]  # and those of one orthant with their images
    if data["ranks"] != n_ranks or data["converged"] is not True or cells != pieces * data["cells"]:
        sys.exit(f"{n_ranks} ranks: results.json says {data['ranks']} ranks, converged: {data['converged']}, "
                 f"{data['cells']} cells; solution.vtu holds {cells} cells")
    print(f"{n_ranks} ranks: {data['solver']['method']}, {data['dofs']} unknowns, {data['seconds']['total']:.2f} s")
    return results.flatten(data)


def main(scratch, *command):
    shutil.rmtree(scratch, ignore_errors=True)
    serial, *parallel = [run(n_ranks, scratch, command) for n_ranks in RANKS]
    largest, where = 0.0, "-"
    for numbers in parallel:
        if numbers.keys() != serial.keys():
            sys.exit(f"entries differ: {sorted(numbers.keys() ^ serial.keys())}")
        for name, value in numbers.items():
            deviation = results.difference(name, value, serial[name])
            if deviation > largest:
                largest, where = deviation, name
    print(f"{len(serial)} entries, largest difference {largest:.1e} in '{where}'")
    return largest > TOLERANCE


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
