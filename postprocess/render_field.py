# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Picture of one field of a result folder: colours, contour lines, the curved cells of the mesh.

    xvfb-run -a -s "-noreset -screen 0 1280x1024x24" pvbatch postprocess/render_field.py RESULT_DIR FIELD OUT.png

Xvfb needs -noreset: else it restarts each time its last window closes, and now and then ParaView meets it then.
FIELD is a name in solution.vtu or solution.pvtu, for instance mean_exit_time. Fields in two dimensions are
seen from above; a field in three dimensions is cut open at the plane x = (middle of the domain).
"""

import argparse
import math
import os
import sys

from paraview import simple

TITLES = {
    "mean_exit_time": "mean exit time\n" r"$\mathrm{E}[\tau]$",
    "log10_mean_exit_time": "log10 of the\nmean exit time",
    "stationary_density": "stationary\ndensity p",
    "log10_stationary_density": "log10 of the\nstationary density",
}
SIZE = (1200, 960)
N_CONTOURS = 12
BLACK, WHITE = [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]


def open_solution(directory, field):
    """The reader of the solution in directory, with the field loaded."""
    for name in ("solution.pvtu", "solution.vtu"):
        path = os.path.join(directory, name)
        if os.path.exists(path):
            break
    else:
        sys.exit(f"render_field: no solution.vtu and no solution.pvtu in {directory}")
    reader = simple.OpenDataFile(path)
    reader.UpdatePipeline()
    if field not in reader.PointData.keys():
        sys.exit(f"render_field: {path} has no field {field}; it has {', '.join(reader.PointData.keys())}")
    return reader


def round_levels(lower, upper):
    """Contour values between lower and upper: multiples of 1, 2 or 5 times a power of ten."""
    raw = (upper - lower) / N_CONTOURS
    unit = 10.0 ** math.floor(math.log10(raw))
    step = unit * next(factor for factor in (1, 2, 5, 10) if factor * unit >= raw)
    first, last = math.ceil(lower / step - 1e-6), math.floor(upper / step + 1e-6)
    return [step * i for i in range(first, last + 1)]


def show_lines(source, view, colour, width, opacity):
    """Draw the lines of source in one colour, without light and shade."""
    display = simple.Show(source, view)
    display.ColorArrayName = ["POINTS", ""]
    display.AmbientColor = display.DiffuseColor = colour
    display.LineWidth, display.Opacity = width, opacity
    display.Ambient, display.Diffuse = 1.0, 0.0


def show_field(surface, field, bounds, view, is_flat):
    """Draw the field in colours, with contour lines and a colour bar."""
    levels = round_levels(*bounds)
    display = simple.Show(surface, view)
    simple.ColorBy(display, ("POINTS", field))
    colours = simple.GetColorTransferFunction(field)
    colours.ApplyPreset("Viridis (matplotlib)", True)
    colours.ColorSpace, colours.NumberOfTableValues = "RGB", 1024
    colours.RescaleTransferFunction(*bounds)
    display.Ambient, display.Diffuse = (1.0, 0.0) if is_flat else (0.7, 0.3)

    contours = simple.Contour(Input=surface, ContourBy=["POINTS", field], Isosurfaces=levels)
    show_lines(contours, view, WHITE, 2.0, 0.75)

    bar = simple.GetScalarBar(colours, view)
    bar.Title, bar.ComponentTitle = TITLES.get(field, field.replace("_", " ")), ""
    bar.TitleColor = bar.LabelColor = BLACK
    bar.TitleFontSize, bar.LabelFontSize = 24, 22
    bar.Orientation, bar.WindowLocation = "Vertical", "Any Location"
    bar.Position, bar.ScalarBarLength, bar.ScalarBarThickness = [0.815, 0.13], 0.7, 26
    bar.DrawScalarBarOutline, bar.HorizontalTitle, bar.TitleJustification = 0, 1, "Left"
    bar.UseCustomLabels, bar.CustomLabels = 1, levels[::2]
    bar.AddRangeLabels, bar.AutomaticLabelFormat, bar.LabelFormat = 0, 0, "%.3g"
    display.SetScalarBarVisibility(view, True)


def make_view(box, is_flat):
    """A white view; flat fields from above, bodies from an oblique direction."""
    view = simple.CreateView("RenderView")
    view.ViewSize = SIZE
    view.UseColorPaletteForBackground, view.BackgroundColorMode, view.Background = 0, "Single Color", WHITE
    view.OrientationAxesVisibility = 0
    centre = [(box[2 * i] + box[2 * i + 1]) / 2 for i in range(3)]
    radius = math.dist(box[0::2], box[1::2]) / 2
    direction = [0.0, 0.0, 1.0] if is_flat else [0.85, -0.45, 0.3]
    view.CameraParallelProjection = 1
    # The colour bar stands on the right: look at a point a little to the right of the domain.
    shift = 0.16 * radius
    right = [1.0, 0.0, 0.0] if is_flat else [0.47, 0.88, 0.0]
    focus = [centre[i] + shift * right[i] for i in range(3)]
    view.CameraFocalPoint = focus
    view.CameraPosition = [focus[i] + 10 * radius * direction[i] for i in range(3)]
    view.CameraViewUp = [0.0, 1.0, 0.0] if is_flat else [0.0, 0.0, 1.0]
    view.CameraParallelScale = (0.78 if is_flat else 0.68) * radius
    return view, centre


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="RESULT_DIR")
    parser.add_argument("field", metavar="FIELD")
    parser.add_argument("picture", metavar="OUT.png")
    arguments = parser.parse_args()

    reader = open_solution(arguments.directory, arguments.field)
    bounds = reader.PointData[arguments.field].GetRange()
    box = reader.GetDataInformation().GetBounds()
    is_flat = box[4] == box[5]
    if box[2] == box[3]:
        sys.exit("render_field: a field on an interval is a curve; plot solution.vtu along x instead")
    view, centre = make_view(box, is_flat)

    # Straight pieces, small enough that polynomial cells and their curved edges look smooth.
    if is_flat:
        surface = simple.ExtractSurface(Input=reader, NonlinearSubdivisionLevel=4)
    else:
        pieces = simple.Tessellate(Input=reader, OutputDimension=3, ChordError=1e-6, MaximumNumberofSubdivisions=2)
        half = simple.Clip(Input=pieces, ClipType="Plane")
        half.ClipType.Origin, half.ClipType.Normal = centre, [1.0, 0.0, 0.0]
        surface = simple.ExtractSurface(Input=half)
    show_field(surface, arguments.field, bounds, view, is_flat)
    if is_flat:
        show_lines(simple.ExtractEdges(Input=reader), view, BLACK, 1.0, 0.25)

    simple.SaveScreenshot(arguments.picture, view, ImageResolution=SIZE, CompressionLevel="9")
    print(f"render_field: {arguments.picture}, {arguments.field} in [{bounds[0]:.6g}, {bounds[1]:.6g}]")


main()
