# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The numbers of a results.json by name, and what it means that two of them agree."""

import json
import math
import os

# What depends on the machine, the number of ranks or rounding alone.
VARYING = {"version", "ranks", "solver", "seconds", "peak memory MB", "balance of the dropped equation"}


def read(folder):
    with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
        return json.load(file)


def flatten(data, name=""):
    """{"mean exit time": [{"value": 2.5}]} becomes {"mean exit time/0/value": 2.5}."""
    if isinstance(data, (dict, list)):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        flat = {}
        for key, value in items:
            if key not in VARYING and "error estimate" not in str(key):
                flat.update(flatten(value, f"{name}/{key}" if name else str(key)))
        return flat
    return {name: data}


def is_real(number):
    return isinstance(number, float) and math.isfinite(number)


def difference(name, value, expected):
    """Relative for values and moments; norms, means and the like may be 0: relative to 1 at least."""
    if not (is_real(value) and is_real(expected)):
        return 0.0 if type(value) is type(expected) and value == expected else math.inf
    is_value = name.endswith("/value") or "/moments/" in name
    scale = abs(expected) if is_value else max(1.0, abs(expected))
    return abs(value - expected) / scale if scale > 0.0 else abs(value)
