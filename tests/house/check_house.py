# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The rules of the house: what rooms may use of each other, file length, licence lines, format.

    python3 check_house.py SOURCE_DIR [BUILD_DIR]

With the directory of a build, the compiled rooms are looked at, too: what is declared in one place and defined in another.
"""

import pathlib
import re
import shutil
import subprocess
import sys

MAXIMUM_LINES = 500
SPDX = ["SPDX-FileCopyrightText:", "SPDX-License-Identifier: LGPL-2.1-or-later"]
CLANG_FORMAT_VERSION = "version 14."


def sources(root, folders, suffixes):
    files = (file for folder in folders for file in (root / folder).rglob("*"))
    return sorted(file for file in files if file.suffix in suffixes)


def rooms(root):
    """What each room may use, from the lowest one up, as solver/CMakeLists.txt has it."""
    calls = re.findall(r"^dynkin_room\((\w+)(?: DEPENDS ([^)]*))?\)", (root / "solver/CMakeLists.txt").read_text(encoding="utf-8"), re.MULTILINE)
    return {name: names.split() for name, names in calls}


def wrong_rooms(root, _):
    """A file of solver/ that includes what its room does not name, and a room that names one above it or more than it includes."""
    used = {room: set() for room in rooms(root)}
    for file in sources(root, ["solver"], {".h", ".cc"}):
        room, *inside = file.relative_to(root / "solver").parts
        if not inside:
            continue  # main.cc and precompiled.h stand above the rooms
        if room not in used:
            yield f"{file}: '{room}' is no room of the house"
            continue
        for included in re.findall(r'^\s*#\s*include\s*"([^"]+)"', file.read_text(encoding="utf-8"), re.MULTILINE):
            other = included.split("/")[0]
            if other not in [room, *rooms(root)[room]]:
                yield f"{file}: '{room}' must not include '{included}'"
            used[room].add(other)
    below = []
    for room, named in rooms(root).items():
        for other in named:
            if other not in below:
                yield f"solver/CMakeLists.txt: '{other}' does not stand below '{room}'"
            if other not in used[room]:
                yield f"solver/CMakeLists.txt: '{room}' names '{other}', but includes nothing of it"
        below.append(room)


def symbols(build, room):
    """Two sets: what the objects of a room define, and what they use of others."""
    objects = (build / "rooms" / f"{room}.txt").read_text(encoding="utf-8").split()
    lines = subprocess.run(["nm", "--format=posix", *objects], capture_output=True, text=True, check=True).stdout.splitlines()
    entries = [words[:2] for words in map(str.split, lines) if len(words) > 1]
    defined = {name for name, kind in entries if kind not in "Uvw"}
    return defined, {name for name, kind in entries if kind == "U"} - defined


def wrong_symbols(root, build):
    """A room that uses what is defined in none that it names, but in another one."""
    if not build:
        return
    tables, reach = {room: symbols(build, room) for room in rooms(root)}, {}
    for room, named in rooms(root).items():
        reach[room] = {room}.union(*(reach[other] for other in named))
        missing = tables[room][1].difference(*(tables[other][0] for other in reach[room]))
        for other in tables:
            names = sorted(missing & tables[other][0])
            for name in subprocess.run(["c++filt"], input="\n".join(names), capture_output=True, text=True, check=True).stdout.splitlines():
                yield f"solver/{room}: must not use what is defined in solver/{other}: {name}"


def wrong_length(root, _):
    for file in sources(root, ["solver", "tests"], {".h", ".cc", ".py", ".sh"}):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > MAXIMUM_LINES:
            yield f"{file}: {lines} lines, more than {MAXIMUM_LINES}"


def wrong_licence(root, _):
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


def wrong_format(root, _):
    program = clang_format()
    if program is None:
        print("the format is not checked: there is no clang-format of " + CLANG_FORMAT_VERSION + "x")
    else:
        files = sources(root, ["solver", "tests"], {".h", ".cc"})
        errors = subprocess.run([program, "--dry-run", "-Werror", *files], capture_output=True, text=True, check=False)
        for file in sorted(set(re.findall(r"^(.+?):\d+:\d+: error:", errors.stderr, re.MULTILINE))):
            yield f"{file}: differs from .clang-format"


def main(root, build=None):
    rules = (wrong_rooms, wrong_symbols, wrong_length, wrong_licence, wrong_format)
    complaints = [complaint for rule in rules for complaint in rule(root, build)]
    for complaint in complaints:
        print(complaint)
    return len(complaints) > 0


if __name__ == "__main__":
    sys.exit(main(*(pathlib.Path(folder).resolve() for folder in sys.argv[1:])))
