# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Table and picture of how a transient density comes to rest: its distances to the stationary law in time.

    python3 postprocess/plot_decay.py FILE.prm [--output DIR]
    python3 postprocess/plot_decay.py RESULT_DIR

A parameter file (problem = transient density) is run first, by ./dynkin. Writes decay.csv and decay.png into the
result folder and prints the table. In one dimension the slope of the Wasserstein distance stands beside the rate
of synchronous coupling and the rate that the paper on the power-law dynamic states.
"""

import argparse
import csv
import json
import math
import pathlib
import subprocess
import sys

try:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
except ImportError:
    pyplot = None

ROOT = pathlib.Path(__file__).resolve().parent.parent
DISTANCES = {
    "W2 distance": r"$W_2$",
    "L1 distance": r"$L^1$",
    "chi^2 distance": r"$\chi^2$",
    "relative entropy": "relative entropy",
}


def run(parameter_file, output):
    """The result folder of a run."""
    command = [str(ROOT / "dynkin"), str(parameter_file)] + (["--output", output] if output else [])
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"plot_decay: {parameter_file} failed")
    if output:
        return pathlib.Path(output)
    for line in pathlib.Path(parameter_file).read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        if words[:3] == ["set", "directory", "="]:
            return pathlib.Path(words[3])
    return pathlib.Path("results")


def local_rates(times, values):
    """Slopes of log(value) between neighbouring times; the first has none."""
    slopes = [None]
    for (t0, t1), (d0, d1) in zip(zip(times, times[1:]), zip(values, values[1:])):
        slopes.append(math.log(d1 / d0) / (t1 - t0) if d0 and d1 else None)
    return slopes


def table(density):
    """The column names and the rows, one for each time."""
    snapshots = density["times"]
    times = [snapshot["time"] for snapshot in snapshots]
    columns = {"time": times}
    for name in DISTANCES:
        if any(snapshot.get(name) is not None for snapshot in snapshots):
            columns[name] = [snapshot.get(name) for snapshot in snapshots]
            columns["rate of " + name.removesuffix(" distance")] = local_rates(times, columns[name])
    return list(columns), list(zip(*columns.values()))


def write_table(names, rows, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([["" if value is None else value for value in row] for row in rows])
    widths = [max(len(name), 12) for name in names]
    print("  ".join(name.rjust(width) for name, width in zip(names, widths)))
    for row in rows:
        cells = ["-" if value is None else f"{value:.6g}" for value in row]
        print("  ".join(cell.rjust(width) for cell, width in zip(cells, widths)))


def draw(density, names, rows, path):
    figure, axes = pyplot.subplots(figsize=(8, 5.5), dpi=150)
    times = [row[0] for row in rows]
    for name, label in DISTANCES.items():
        if name in names:
            axes.semilogy(times, [row[names.index(name)] for row in rows], "o-", markersize=4, label=label)
    rates = density.get("contraction")
    if rates:
        start = rows[0][names.index("W2 distance")]
        for key, style in (("rate", "k--"), ("rate of the paper", "k:")):
            label = {"rate": "synchronous coupling" + (", sharp" if rates["rate is sharp"] else ""),
                     "rate of the paper": "the paper, (4.3)"}[key]
            axes.semilogy(times, [start * math.exp(rates[key] * t) for t in times], style, linewidth=1,
                          label=f"{label}: $e^{{{rates[key]:g}\\,t}}$")
        condition = {True: "holds", False: "does not hold", None: "says nothing here"}[rates["paper condition (4.4)"]]
        axes.set_title(f"$W_2$ decays like $e^{{{rates['measured rate']:.4f}\\,t}}$; condition (4.4) of the paper {condition}",
                       fontsize=11)
    axes.set_xlabel("time t")
    axes.set_ylabel("distance to the stationary law")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=9)
    figure.tight_layout()
    figure.savefig(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", metavar="FILE.prm | RESULT_DIR", type=pathlib.Path)
    parser.add_argument("--output", metavar="DIR", help="result folder of the run instead of that of the file")
    arguments = parser.parse_args()

    directory = arguments.source if arguments.source.is_dir() else run(arguments.source, arguments.output)
    results = json.loads((directory / "results.json").read_text(encoding="utf-8"))
    if "transient density" not in results:
        sys.exit(f"plot_decay: {directory} holds no transient density")
    density = results["transient density"]
    names, rows = table(density)
    write_table(names, rows, directory / "decay.csv")
    for key, value in density.get("contraction", {}).items():
        print(f"{key}: {value}")
    if pyplot is None:
        sys.exit(f"plot_decay: {directory}/decay.csv; the picture needs Matplotlib (Debian: apt-get install python3-matplotlib)")
    draw(density, names, rows, directory / "decay.png")
    print(f"plot_decay: {directory}/decay.csv, {directory}/decay.png")


main()
