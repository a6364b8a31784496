# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Does ParaView see in a result folder's solution.vtu what its results.json says?

    pvbatch tests/paraview/check_vtu.py RESULT_DIR

Compares field names, cells, ranges, the decimal logarithm and, by ParaView's probe filter, the value at every
reported point. Prints one line; the exit status is 1 if anything differs. VTU files hold single precision.
"""

import json
import math
import os
import sys

from paraview import servermanager, simple

CELLS = {1: "vtkLine", 2: "vtkLagrangeQuadrilateral", 3: "vtkLagrangeHexahedron"}
PROBE_TOLERANCE = 1e-3  # relative; ParaView interpolates with the cells' own polynomials
SINGLE = 1e-6  # relative; single precision


def require(condition, message):
    if not condition:
        sys.exit(f"check_vtu: {message}")


def expectation(results):
    """Field name, reported points, and the exact minimum of the field (None: not known)."""
    if results["problem"] == "exit time":
        return "mean_exit_time", results["mean exit time"], 0.0
    density = results["stationary density"]
    return "stationary_density", density["values"], density["minimum"]


def values_of(grid, name):
    array = grid.GetPointData().GetArray(name)
    require(array is not None, f"no field {name}")
    return [array.GetTuple1(i) for i in range(array.GetNumberOfTuples())]


def probe(reader, point, name):
    """Value of a field at a point."""
    location = simple.ProbeLocation(Input=reader, ProbeType="Fixed Radius Point Source")
    location.ProbeType.Center = (list(point) + [0.0, 0.0])[:3]
    location.ProbeType.NumberOfPoints, location.ProbeType.Radius = 1, 0.0
    data = servermanager.Fetch(location).GetPointData()
    require(data.GetArray("vtkValidPointMask").GetTuple1(0) == 1.0, f"ParaView finds no cell at {point}")
    return data.GetArray(name).GetTuple1(0)


def main():
    directory = sys.argv[1]
    with open(os.path.join(directory, "results.json"), encoding="utf-8") as file:
        results = json.load(file)
    name, records, minimum = expectation(results)

    reader = simple.OpenDataFile(os.path.join(directory, "solution.vtu"))
    grid = servermanager.Fetch(reader)
    require(grid.GetNumberOfPoints() > 0, "no points")
    n_cells = grid.GetNumberOfCells()
    expected = results["cells"] * (results["degree"] if results["dimension"] == 1 else 1)  # 1-D: straight pieces
    if results["symmetry"]:
        expected *= 2 ** results["dimension"]  # one orthant with its images
    require(n_cells == expected, f"{n_cells} cells instead of {expected}")
    kinds = {grid.GetCell(i).GetClassName() for i in range(n_cells)}
    require(kinds == {CELLS[results["dimension"]]}, f"cells of type {kinds}")

    field, logarithm = values_of(grid, name), values_of(grid, "log10_" + name)
    require(all(map(math.isfinite, field)), f"{name} is not finite")
    lower, upper = min(field), max(field)
    require(abs(lower - minimum) <= PROBE_TOLERANCE * upper, f"minimum {lower} of {name} instead of {minimum}")
    for value, log10 in zip(field, logarithm):
        consistent = value <= SINGLE * upper or abs(log10 - math.log10(value)) <= 1e-5 * max(1.0, abs(log10))
        require(consistent, f"log10_{name} is {log10} where {name} is {value}")

    bounds = grid.GetBounds()
    for record in records:
        value, points = record["value"], [record["point"]]
        if results["symmetry"]:  # its images in the middle of the domain
            points.append([bounds[2 * i] + bounds[2 * i + 1] - x for i, x in enumerate(record["point"])])
        for point in points:
            seen = probe(reader, point, name)
            require(abs(seen - value) <= PROBE_TOLERANCE * abs(value), f"{name}({point}) = {seen}, not {value}")
        require(upper >= value * (1 - PROBE_TOLERANCE), f"maximum {upper} of {name} is below {value}")

    print(f"check_vtu: {name} in [{lower:.6g}, {upper:.6g}], {n_cells} cells, {len(records)} points agree")


main()
