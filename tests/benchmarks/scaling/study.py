# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How the solver scales: with the processes, and with the unknowns.

    python3 study.py SOLVE_BALL [--output DIR] [--refinements N] [--cost N] [--only PART]...

runs problem B2 in the whole ball with mpirun, and writes DIR/scaling.json and .md:

strong   the same mesh (N refinements) on 1, 2, 4, ... processes, as many as there are cores;
         on more, up to 8, only to see that the iterations stay the same
weak     about as many unknowns a process
ranks    a small mesh on 1 to 64 processes: iterations, and what they exchange
cost     CPU seconds against unknowns on one process, up to N refinements, and the slope of
         their logarithms
noise    iterations for learning rates from 0.5 to 0.01 and degrees 2 to 8, for a radial problem on
         meshes with flat cells along the wall, in which the weight falls moderately within a cell

Each refinement takes 8 times the memory: about 1 GB at 3, 8 GB at 4.
"""

import argparse
import json
import math
import os
import pathlib
import resource
import subprocess

PARTS = ("strong", "weak", "ranks", "cost", "noise")
DEGREE = 4


def cores():
    return len(os.sched_getaffinity(0))


def run(program, ranks, degree, refinements, *more):
    """What the program says of one run, and its CPU seconds."""
    environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                       OPENBLAS_NUM_THREADS="1")
    if ranks > 1:  # `./dynkin` tells a single process to go without the network
        environment = {name: value for name, value in environment.items()
                       if name not in ("OMPI_MCA_btl", "OMPI_MCA_ess_singleton_isolated",
                                       "OMPI_MCA_orte_create_session_dirs")}
    launcher = ["mpirun", "-n", str(ranks), "--oversubscribe"] if ranks > 1 else []
    if ranks > cores():
        launcher += ["--mca", "mpi_yield_when_idle", "1"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run([*launcher, program, str(degree), str(refinements), *more], env=environment, check=True,
                            stdout=subprocess.PIPE, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = json.loads(output.splitlines()[-1])
    result["CPU seconds"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    result["oversubscribed"] = ranks > cores()
    return result


def strong(program, options):
    return [run(program, ranks, DEGREE, options.refinements) for ranks in (1, 2, 4, 8, 16)
            if ranks <= max(8, cores())]


def weak(program, options):
    """The unknowns grow like degree^3: degrees 4, 5, 6 and 8 on 1, 2, 4 and 8 processes."""
    return [run(program, ranks, degree, options.refinements - 1)
            for ranks, degree in ((1, 4), (2, 5), (4, 6), (8, 8)) if ranks <= max(4, cores())]


def many(program, _):
    return [run(program, ranks, DEGREE, 2) for ranks in (1, 2, 4, 8, 16, 32, 64)]


def cost(program, options):
    return [run(program, 1, DEGREE, refinements) for refinements in range(1, options.cost + 1)]


def noise(program, _):
    """For 0.01 degrees above 4 have too many unknowns (at 4: 5.7e6)."""
    return [dict(run(program, 1, degree, 0, eta), eta=eta)
            for degree in (2, 3, 4, 6, 8) for eta in ("0.5", "0.1", "0.05", "0.02", "0.01")
            if degree <= 4 or eta != "0.01"]


def noise_table(rows):
    rates = list(dict.fromkeys(row["eta"] for row in rows))
    lines = ["## noise", "", "Iterations; the degrees against eta.", "",
             "| degree | " + " | ".join(rates) + " |", "|" + "---:|" * (len(rates) + 1)]
    for degree in dict.fromkeys(row["degree"] for row in rows):
        counts = {row["eta"]: str(row["iterations"]) for row in rows if row["degree"] == degree}
        lines.append(f"| {degree} | " + " | ".join(counts.get(eta, "-") for eta in rates) + " |")
    return lines + [""]


def slope(rows):
    """Of the least-squares line through log(CPU seconds - start) against log(dofs), from 1e4 unknowns on."""
    points = [(math.log(row["dofs"]), math.log(row["seconds of set-up"] + row["seconds of the solve"]))
              for row in rows if row["dofs"] >= 1e4]
    if len(points) < 2:
        return None
    x, y = (sum(values) / len(points) for values in zip(*points))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def markdown(results):
    lines = []
    for part, rows in results.items():
        if part not in PARTS:
            continue
        if part == "noise":
            lines += noise_table(rows)
            continue
        lines += [f"## {part}", "",
                  "| ranks | degree | unknowns | set-up, s | solve, s | iterations | unknowns a rank, largest / mean "
                  "| ghosts a rank, largest | neighbours | MB a rank | kB an unknown |", "|" + "---:|" * 11]
        for row in rows:
            own, ghosts, memory = row["dofs per rank"], row["ghosts per rank"], row["MB per rank"]
            mark = "*" if row["oversubscribed"] else ""
            lines.append(f"| {row['ranks']}{mark} | {row['degree']} | {row['dofs']} | {row['seconds of set-up']:.2f} "
                         f"| {row['seconds of the solve']:.2f} | {row['iterations']} | {own['max'] / own['mean']:.2f} "
                         f"| {ghosts['max']:.0f} | {row['neighbours per rank']['max']:.0f} | {memory['max']:.0f} "
                         f"| {1e3 * memory['mean'] * row['ranks'] / row['dofs']:.2f} |")
        lines.append("")
    lines.append(f"{results['cores']} cores; * more processes than cores: times mean nothing.")
    if results.get("slope of the cost") is not None:
        lines.append(f"Slope of log(seconds) against log(unknowns): {results['slope of the cost']:.2f}.")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("results/benchmarks"))
    parser.add_argument("--refinements", type=int, default=3, help="of the mesh of `strong` (default: 3, 1e6 unknowns)")
    parser.add_argument("--cost", type=int, default=3, help="refinements of the finest mesh of `cost` (default: 3)")
    parser.add_argument("--only", action="append", choices=PARTS)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    studies = dict(zip(PARTS, (strong, weak, many, cost, noise)))
    results = {"cores": cores()}
    for part in options.only or PARTS:
        print(f"{part} ...", flush=True)
        results[part] = studies[part](program, options)
    if "cost" in results:
        results["slope of the cost"] = slope(results["cost"])
    options.output.mkdir(parents=True, exist_ok=True)
    text = markdown(results)
    (options.output / "scaling.md").write_text(text, encoding="utf-8")
    (options.output / "scaling.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
