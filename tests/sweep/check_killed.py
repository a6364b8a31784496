# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kills a sweep 20 times at random moments: the files must be those of an uninterrupted sweep,
and no finished row may be computed again.

    python3 check_killed.py SCRATCH_DIR DYNKIN FILE.prm
"""

import pathlib
import random
import shutil
import subprocess
import sys
import time

KILLS = 20
FILES = ["sweep.csv", "sweep.json", "results.json"]


def start(program, file, folder, *options):
    return subprocess.Popen([program, file, "--quiet", "--output", folder, *options])


def finished_rows(folder):
    """Rows with results, with the times these were written."""
    return {file.parent.name: file.stat().st_mtime_ns for file in folder.glob("row_*/results.json")}


def main(scratch, program, file):
    whole, killed = (pathlib.Path(scratch) / name for name in ("whole", "killed"))
    for folder in (whole, killed):
        shutil.rmtree(folder, ignore_errors=True)
    begin = time.monotonic()
    assert start(program, file, whole).wait() == 0
    duration = time.monotonic() - begin
    random.seed(1)
    kills = interrupted = 0
    while kills < KILLS:
        rows = finished_rows(killed)
        process = start(program, file, killed)
        try:
            # rather early than late, or there would be nothing left to kill
            process.wait(timeout=duration * random.uniform(0.02, 0.25))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            interrupted += 1
        kills += 1
        now = finished_rows(killed)
        for row, written in rows.items():
            assert now.get(row) == written, f"{row} was computed again"
        if all((killed / name).exists() for name in FILES):
            compare(whole, killed)
            shutil.rmtree(killed)  # done; once more from the beginning
    assert interrupted >= KILLS / 2, f"only {interrupted} sweeps were killed"
    assert start(program, file, killed).wait() == 0
    compare(whole, killed)

    # another value of an entry that is not swept: all rows anew
    rows = finished_rows(killed)
    assert start(program, file, killed, "--set", "Quantities/moments=2").wait() == 0
    now = finished_rows(killed)
    assert all(now[row] != written for row, written in rows.items()), "a row was not computed anew"
    print(f"{interrupted} kills of a sweep of {duration:.1f} s, {len(rows)} rows")


def compare(whole, killed):
    for name in FILES:
        assert (whole / name).read_bytes() == (killed / name).read_bytes(), f"{name} differs"


if __name__ == "__main__":
    main(*sys.argv[1:])
