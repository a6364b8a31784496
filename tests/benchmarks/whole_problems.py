# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whole problems, timed: the medians of the CPU seconds of several runs, and what came out.

    python3 whole_problems.py PROGRAM [NAME]... [--repeat N] [--output DIR]

runs the benchmarks whose name begins with one of the NAMEs, all without any, and writes the
table to standard output and, with every run's figures, to DIR/whole_problems.json and .md.
CPU seconds are user and system time of a process; "assembly + solve" is all from the unknowns
to the solution, without the mesh and the estimate of the error, which the whole process includes.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def disk(learning_rate, reference):
    return {"file": "b4.prm", "entries": {"Model/learning rate": learning_rate}, "reference": reference}


def cells(degree, refinements):
    return {"Discretization/degree": degree, "Discretization/refinements": refinements}


BALL = 1.97513413553564
PROBLEMS = {
    "B1": {"file": "b1.prm", "entries": {}, "reference": 2.3762548309730543},
    "B2 to 1e-8": {"file": "b2.prm", "entries": {}, "reference": BALL},
    "B2 to 1e-10": {"file": "b2.prm", "entries": {**cells(7, 1), "Solver/tolerance": 1e-13},
                    "reference": BALL},
    "B3": {"file": "b3.prm", "entries": {}},
    "B4 eta = 0.1": disk(0.1, 531.68397807008),
    "B4 eta = 0.05": disk(0.05, 385774.94464376),
    "B4 eta = 0.03": disk(0.03, 3091253023.7235),
    "B4 eta = 0.02": disk(0.02, 262987716779889.43),
    "B4 eta = 0.01": disk(0.01, 2.0975045352e29),
    "B5": {"file": "b5.prm", "entries": {}},
    "B6 small": {"file": "b6.prm", "entries": cells(4, 2), "reference": 1.112914085694},
    "B6": {"file": "b6.prm", "entries": {}, "reference": 1.112914085694, "once": True},
}


def run(program, problem, folder):
    """One run: its figures."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    sets = [word for entry, value in problem["entries"].items() for word in ("--set", f"{entry}={value}")]
    subprocess.run([program, HERE / problem["file"], "--quiet", "--output", folder, *sets], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    results = json.loads((pathlib.Path(folder) / "results.json").read_text(encoding="utf-8"))
    return {"CPU seconds of assembly and solve": results["seconds"]["CPU of assembly and solve"],
            "CPU seconds of the process":
                after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            "error": error(results, problem),
            "dofs": results["dofs"],
            "degree": results["degree"],
            "iterations": results["solver"]["iterations"],
            "systems": results["solver"]["systems"],
            "peak memory MB": results["peak memory MB"]}


def error(results, problem):
    """Relative: of the exit time at the first point, else of the density in L2."""
    if "reference" in problem:
        return abs(results["mean exit time"][0]["value"] / problem["reference"] - 1.0)
    return results["errors"]["relative L2"]


def measure(program, problem, repeat):
    with tempfile.TemporaryDirectory() as folder:
        runs = [run(program, problem, folder) for _ in range(1 if "once" in problem else repeat)]
    return {**{name: statistics.median(one[name] for one in runs) for name in runs[0]}, "runs": runs}


def markdown(results):
    lines = ["| benchmark | degree | unknowns | assembly + solve, CPU s | whole process, CPU s "
             "| relative error | systems | iterations | peak MB |", "|---|" + "---:|" * 8]
    for name, row in results.items():
        lines.append(f"| {name} | {row['degree']:.0f} | {row['dofs']:.0f} | {row['CPU seconds of assembly and solve']:.3f} "
                     f"| {row['CPU seconds of the process']:.2f} | {row['error']:.1e} | {row['systems']:.0f} "
                     f"| {row['iterations']:.0f} | {row['peak memory MB']:.0f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("results/benchmarks"))
    options = parser.parse_args()
    chosen = [name for name in PROBLEMS if not options.names or any(name.startswith(n) for n in options.names)]
    if not chosen:
        sys.exit(f"no benchmark begins with {' or '.join(options.names)}; there are: {', '.join(PROBLEMS)}, kernels")
    results = {}
    for name in chosen:
        print(f"{name} ...", file=sys.stderr, flush=True)
        results[name] = measure(options.program, PROBLEMS[name], options.repeat)
    options.output.mkdir(parents=True, exist_ok=True)
    text = markdown(results)
    (options.output / "whole_problems.md").write_text(text, encoding="utf-8")
    document = {"cores": os.cpu_count(), "repeat": options.repeat, "benchmarks": results}
    (options.output / "whole_problems.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
