# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The rules of the house: include order of the rooms, file length, licence lines, format.

    python3 check_house.py SOURCE_DIR
"""

import pathlib
import re
import shutil
import subprocess
import sys

# An include points to the same room or further down this list; utilities are free to all.
ROOMS = ["app", "study", "problem", "output", "measure", "parameters", "sampling", "chain", "linear_algebra", "form", "discretization",
         "theory", "geometry", "domain", "model", "kernels", "utilities"]
MAXIMUM_LINES = 500
SPDX = ["SPDX-FileCopyrightText:", "SPDX-License-Identifier: LGPL-2.1-or-later"]
CLANG_FORMAT_VERSION = "version 14."


def sources(root, folders, suffixes):
    files = (file for folder in folders for file in (root / folder).rglob("*"))
    return sorted(file for file in files if file.suffix in suffixes)


def wrong_includes(root):
    """A file of solver/ that includes a room above its own, or no room at all."""
    for file in sources(root, ["solver"], {".h", ".cc"}):
        room, *inside = file.relative_to(root / "solver").parts
        if not inside:
            continue  # main.cc and precompiled.h stand above the rooms
        if room not in ROOMS:
            yield f"{file}: '{room}' is no room of the house"
            continue
        for included in re.findall(r'^\s*#\s*include\s*"([^"]+)"', file.read_text(encoding="utf-8"), re.MULTILINE):
            other = included.split("/")[0]
            if other not in ROOMS:
                yield f"{file}: '{included}' names no room"
            elif ROOMS.index(other) < ROOMS.index(room):
                yield f"{file}: '{room}' stands below '{other}' and must not include '{included}'"


def wrong_length(root):
    for file in sources(root, ["solver", "tests"], {".h", ".cc", ".py", ".sh"}):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > MAXIMUM_LINES:
            yield f"{file}: {lines} lines, more than {MAXIMUM_LINES}"


def wrong_licence(root):
    for file in sources(root, ["solver", "tests", "postprocess"], {".h", ".cc", ".py", ".sh", ".txt"}):
        head = [line for line in file.read_text(encoding="utf-8").splitlines()[:3] if not line.startswith("#!")]
        if not all(text in line for text, line in zip(SPDX, head)) or len(head) < len(SPDX):
            yield f"{file}: does not open with the two SPDX lines"


def clang_format():
    """The program of the pinned version, or None."""
    for name in ("clang-format-14", "clang-format"):
        program = shutil.which(name)
        if program and CLANG_FORMAT_VERSION in subprocess.run(
                [program, "--version"], capture_output=True, text=True, check=True).stdout:
            return program
    return None


def wrong_format(root):
    program = clang_format()
    if program:
        files = sources(root, ["solver", "tests"], {".h", ".cc"})
        errors = subprocess.run([program, "--dry-run", "-Werror", *files], capture_output=True, text=True, check=False)
        for file in sorted(set(re.findall(r"^(.+?):\d+:\d+: error:", errors.stderr, re.MULTILINE))):
            yield f"{file}: differs from .clang-format"


def main(root):
    rules = (wrong_includes, wrong_length, wrong_licence, wrong_format)
    complaints = [complaint for rule in rules for complaint in rule(root)]
    for complaint in complaints:
        print(complaint)
    return len(complaints) > 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
