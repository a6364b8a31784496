# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Paths: of diffusions, of Euler's chain and of SGD. Streams of random numbers are fixed, so nothing here is by chance;
deviations are a few standard errors (and, for time steps, biases), as they are of most seeds."""

import json
import os
import subprocess
import time

import numpy as np

PATHS = """
%s
set problem = %s
subsection Model
  set type = %s
  %s
end
subsection Domain
  %s
end
%s
"""
INTERVAL = "set shape = interval\nset lower = -1\nset upper = 1"
DISK = "set shape = ball\nset radius = 1"


def section(name, text):
    return "subsection %s\n%s\nend\n" % (name, text) if text else ""


def decoupled(eta, d, rho=1., extra=""):
    ones = ", ".join(["1"] * d)
    return "set learning rate = %r\n%s\nsubsection decoupled\nset h = %s\nset sigma = %s\nset rho = %s\nend" % (
        eta, extra, ones, ones, ", ".join([repr(rho)] * d))


def regression(eta, eigenvalues, batch=1, extra="", covariance=None):
    return ("set learning rate = %r\n%s\nsubsection linear regression\nset %s = %s\nset label noise variance = 1\n"
            "set batch size = %d\nend" % (eta, extra, "covariance" if covariance else "eigenvalues",
                                          covariance or eigenvalues, batch))


def compare(run, what, entry, exact, n_errors=4., extra=0.):
    """Within some standard errors; `extra` is for the time step."""
    run.equal(what, entry["mean"], exact, n_errors * entry["standard error"] + extra)


def check_paths_sde(run):
    """Against finite elements: all models and shapes, and a start that is not the middle."""
    cases = {
        "line": ("set dimension = 1", "decoupled", decoupled(0.5, 1), INTERVAL, "0.3"),
        "disk": ("set dimension = 2", "coupled",
                 "set learning rate = 0.5\nsubsection coupled\nset H = 1, 0.5; -0.3, 1\nset Sigma_g = 1, 0.3; 0.3, 0.6\n"
                 "set Sigma_H = 1, 0.2; 0.2, 0.5\nend", DISK, "0.2, 0.1"),
        "ellipsoid": ("set dimension = 2", "linear regression", regression(0.4, None, covariance="1, 0.4; 0.4, 0.6"),
                      "set shape = ellipsoid\nset matrix = 1, 0.3; 0.3, 2", "0, 0.2"),
        "annulus": ("set dimension = 2", "expression", "subsection expression\nset drift = -x; 1-y^2\n"
                    "set diffusion = 1+x^2, 0.3; 0.3, 1+0.5*sin(y)\nend",
                    "set shape = annulus\nset inner radius = 0.5\nset outer radius = 1.5", "1, 0"),
        "box": ("set dimension = 3", "decoupled", decoupled(0.5, 3),
                "set shape = box\nset lower = -1, -1, -0.8\nset upper = 1, 0.7, 1", "0, 0, 0"),
        "groups": ("", "linear regression", regression(0.1, "1, 0.5", extra="set group sizes = 2, 7"),
                   DISK, "0.3, 0.4"),
    }
    for name, (head, model, text, domain, point) in cases.items():
        quantities = section("Quantities", "set points = " + point)
        exact = run.execute(PATHS % (head, "exit time", model, text, domain, quantities + section(
            "Discretization", "set tolerance = 1e-4")), name=name + "_fem")["mean exit time"][0]["value"]
        entry = run.execute(PATHS % (head, "monte carlo", model, text, domain, quantities + section(
            "Monte Carlo", "set paths = 10000")), name=name)["monte carlo"][0]
        bias = abs(entry["bias estimate"]) + 2 * entry["standard error of bias estimate"]
        compare(run, name, entry, exact, 3.5, bias)
        run.equal(name + " standard error", entry["standard error"] / exact, 0.009, 0.004)
        run.equal(name + " bias", bias / exact, 0, 0.03)
        run.equal(name + " paths", entry["paths"], 10000, 0)


def check_paths_law(run):
    """Survival, quantiles and sides against the law by finite elements; and what ends before all have left."""
    model = ("subsection expression\nset drift = 0.5-x+0.3*sin(3*x)\nset diffusion = 0.5+0.3*x+0.4*x^2\nend")
    domain = "set shape = interval\nset lower = -0.7\nset upper = 1.1"
    quantities = section("Quantities", "set points = 0.3\nset times = 0.2, 1, 3\nset quantiles = 0.1, 0.5, 0.9")
    text = lambda problem, more="": PATHS % ("set dimension = 1", problem, "expression", model, domain, quantities + more)
    law = run.execute(text("exit law"), name="law")["exit law"]
    result = run.execute(text("monte carlo", section("Monte Carlo", "set paths = 20000\nset time step = 0.001")))
    entry = result["monte carlo"][0]
    for time, found, known in zip((0.2, 1, 3), entry["survival"], law["survival"]):
        run.equal("time", found["time"], time, 0)
        run.equal("survival", found["value"], known["value"], 4 * found["standard error"] + 0.002)
    for found, known in zip(entry["quantiles"], law["quantiles"]):
        run.equal("quantile", found["time"], known["time"], 4 * found["standard error"] + 0.002)
    place = run.execute(PATHS % ("set dimension = 1", "exit place", "expression", model, domain + "\nset exit set = right",
                                 section("Quantities", "set points = 0.3")), name="place")["exit place"][0]["value"]
    right = entry["exit place"][1]
    run.equal("right wall", right["value"], place, 4 * right["standard error"] + 0.003)

    short = section("Monte Carlo", "set paths = 5000\nset maximum time = 3")
    entry = run.execute(text("monte carlo", short), name="short")["monte carlo"][0]
    run.equal("still inside", entry["still inside"] / 5000, entry["survival"][2]["value"], 1e-12)
    run.equal("no mean", entry["mean"] is None and entry["standard error"] is None, True, 0)
    result = run.execute(text("monte carlo", short).replace("set times = 0.2, 1, 3", ""), status=2, name="no_mean")
    run.equal("not converged", result["converged"], False, 0)
    # many are enough for a relative error, a few are not
    entry = run.execute(text("monte carlo", section("Monte Carlo", "set standard error = 0.004")))["monte carlo"][0]
    run.equal("error asked for", entry["standard error"] / entry["mean"], 0.0037, 0.0003)
    run.execute(text("monte carlo", section("Monte Carlo", "set standard error = 0.004\nset paths = 2000")), status=2)
    run.execute(text("monte carlo", section("Monte Carlo", "set time step = 0.2")), status=2, name="large_steps")
    run.equal("reason", "Monte Carlo/time step needs to be smaller" in run.log, True, 0)


def check_paths_chain(run):
    """Euler's chain against the solution of its equation, on the line, and by a radius in 2.5 dimensions (whose solution takes
    long: problem = discrete chain, mean, P(more than 10 and 30 steps), quantiles)."""
    radius = ("set learning rate = 0.3\nset group sizes = 2.5\nsubsection coupled\nset H = 0.8\nset Sigma_g = 0.5\n"
              "set Sigma_H = 0.7\nend")
    for name, head, model, text, domain, step, point in (
            ("line", "set dimension = 1", "decoupled", decoupled(0.5, 1), INTERVAL, "set step = 0.1\n", "0.2"),
            ("radius", "", "coupled", radius, "set shape = ball\nset radius = 0.9", "", "0.4")):
        more = section("Quantities", "set points = %s\nset quantiles = 0.1, 0.5, 0.9" % point) + section(
            "Discrete chain", step + "set steps = 10, 30")
        entry = run.execute(PATHS % (head, "monte carlo", model, text, domain, more + section(
            "Monte Carlo", "set process = chain")), name=name)["monte carlo"][0]
        mean, survival, quantiles, right = 26.556622877702914, (0.70039743030195, 0.31431301239589743), (4, 19, 59), 1.
        if name == "line":
            known = run.execute(PATHS % (head, "discrete chain", model, text, domain, more), name="solved")["discrete chain"][0]
            mean, survival, quantiles = known["mean steps"], [s["value"] for s in known["survival"]], [
                q["steps"] for q in known["quantiles"]]
            right = known["exit place"][1]["value"]
        compare(run, name, entry, mean)
        for found, exact in zip(entry["survival"], survival):
            run.equal(name + " survival", found["value"], exact, 4 * found["standard error"])
        for found, exact in zip(entry["quantiles"], quantiles):
            run.equal(name + " quantile", found["steps"], exact, 1 + 3.5 * found["standard error"])
        found = entry["exit place"][-1]
        run.equal(name + " right", found["value"], right, 4 * found["standard error"])


def check_paths_sgd(run):
    """SGD on a linear regression: steps until the loss is c/2, by collocation of the equation for r^2 (a prototype
    in another language); in high dimensions |v|^2 follows s' = 1 - s; and full batches in the plane."""
    for name, head, text, loss, point, exact in (
            ("d1", "set dimension = 1", regression(0.1, "1"), 1.5, "0", 784.228),
            ("d2", "set dimension = 2", regression(0.1, "1, 1"), 1.5, "0, 0", 188.475),
            ("d2_group", "", regression(0.1, "1", extra="set group sizes = 2"), 1.5, "0", 188.475),
            ("d10", "", regression(0.1, "1", extra="set group sizes = 10"), 3., "0", 78.395),
            ("d10_groups", "", regression(0.1, "1, 1, 1", extra="set group sizes = 1, 3, 6"), 3., "0, 0, 0", 78.395),
            ("d100", "", regression(0.1, "1", extra="set group sizes = 100"), 3., "0", 3.1022)):
        domain = ("set shape = interval\nset lower = %r\nset upper = %r" % (-(loss - 1) ** 0.5, (loss - 1) ** 0.5)
                  if name == "d1" else "set shape = ball\nset radius = %r" % (loss - 1) ** 0.5)
        entry = run.execute(PATHS % (head, "monte carlo", "linear regression", text, domain, section(
            "Quantities", "set points = " + point) + section("Monte Carlo", "set process = sgd\nset paths = 40000")),
                            name=name)["monte carlo"][0]
        compare(run, name, entry, exact, 4)
    d = 100000
    entry = run.execute(PATHS % ("", "monte carlo", "linear regression", regression(1 / d, "1", extra=(
        "set group sizes = %d" % d)), "set shape = ball\nset radius = sqrt(0.5)", section(
            "Monte Carlo", "set process = sgd\nset paths = 100")))["monte carlo"][0]
    run.equal("homogenised SGD", entry["mean"] / d, 0.693147, 4 * entry["standard error"] / d + 20 / d)

    # many samples: the same as all of them one by one, here in the plane with correlated inputs
    eta, batch, S, start, radius = 0.5, 3, np.array([[1., 0.4], [0.4, 0.6]]), np.array([0.3, -0.2]), 0.9
    entry = run.execute(PATHS % ("set dimension = 2", "monte carlo", "linear regression", regression(
        eta, None, batch, covariance="1, 0.4; 0.4, 0.6"), "set shape = ball\nset radius = 0.9", section(
            "Quantities", "set points = 0.3, -0.2") + section("Monte Carlo", "set process = sgd")))["monte carlo"][0]
    rng, L, z, n, steps = np.random.default_rng(1), np.linalg.cholesky(S), np.tile(start, (20000, 1)), 0, []
    while len(z) > 0:
        x = rng.standard_normal((len(z), batch, 2)) @ L.T
        e = np.einsum("nbi,ni->nb", x, z) - rng.standard_normal((len(z), batch))
        z = z - eta / batch * np.einsum("nbi,nb->ni", x, e)
        n += 1
        inside = (z * z).sum(1) < radius**2
        steps += [n] * int((~inside).sum())
        z = z[inside]
    deviation = np.std(steps) / len(steps)**0.5
    compare(run, "batches", entry, np.mean(steps), 3, 3 * deviation)


def check_paths_bits(run):
    """The same numbers, bit by bit, for any number of threads and processes."""
    text = PATHS % ("", "monte carlo", "linear regression", regression(0.2, "1, 0.5", 2, "set group sizes = 2, 3.5"), DISK,
                    section("Quantities", "set points = 0, 0.5; 0.1, 0.2\nset times = 1, 2") + section(
                        "Monte Carlo", "set paths = 2500\nset seed = 9007199254740991"))
    results = {}
    for name, command, threads in (("one", [], "1"), ("three", [], "3"), ("ranks", ["mpirun", "-n", "2"], "2")):
        file, output = run.folder / (name + ".prm"), run.folder / name
        file.write_text(text, encoding="utf-8")
        environment = dict(os.environ, DEAL_II_NUM_THREADS=threads, OMPI_ALLOW_RUN_AS_ROOT="1",
                           OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_rmaps_base_oversubscribe="1",
                           OPENBLAS_NUM_THREADS="1")
        subprocess.run([*command, run.program, str(file), "--quiet", "--output", str(output)], env=environment, check=True)
        result = json.loads((output / "results.json").read_text(encoding="utf-8"))
        del result["seconds"]
        results[name] = json.dumps(result)
    other = run.execute(text.replace("seed = 9007199254740991", "seed = 1"), name="seed")
    run.equal("another seed", other["monte carlo"][0]["mean"] != json.loads(results["one"])["monte carlo"][0]["mean"], True, 0)
    run.equal("threads", results["one"] == results["three"], True, 0)
    run.equal("processes", results["one"] == results["ranks"], True, 0)


def check_brownian(run):
    """Brownian motion on (-1, 1): E tau = 1. Plain walls would make it 1 + 2 0.5826 sqrt(h), a shift of 0.5 still 1.017."""
    text = PATHS % ("set dimension = 1", "monte carlo", "expression",
                    section("expression", "set drift = 0\nset diffusion = 1"), INTERVAL,
                    section("Quantities", "set points = 0\nset times = 1") +
                    section("Monte Carlo", "set time step = 0.01\nset paths = 200000"))
    report = run.execute(text)
    run.equal("time step", report["time step"], 0.01, 0)
    [result] = report["monte carlo"]
    run.equal("E tau", result["mean"], 1., 4 * result["standard error"])
    run.equal("log10", result["log10"], np.log10(result["mean"]), 1e-12)
    run.equal("standard error", result["standard error"], np.sqrt(2 / 3 / 200000), 1e-4)
    # paths of both steps share their noise
    run.equal("standard error of the bias", result["standard error of bias estimate"], 0.00122, 4e-4)
    run.equal("bias of survival", result["survival"][0]["bias estimate"], -0.00134, 2e-5)


def check_paths_splitting(run):
    """Rare exits, 1 in 1e6 steps and less: against solved chains and finite elements, from the middle and from a wall."""
    split = section("Monte Carlo", "set process = chain\nset method = splitting\nset paths = 40000")
    line = ("set dimension = 1", "%s", "decoupled", decoupled(0.1, 1), "set shape = interval\nset lower = -1.5\nset upper = 1.3",
            section("Quantities", "set points = 0; 1.28"))
    exact = run.execute((PATHS % line) % "discrete chain", name="line")["discrete chain"]
    report = run.execute((PATHS % line) % "monte carlo" + split, name="split_line")
    for of_paths, of_chain in zip(report["monte carlo"], exact):
        run.equal("mean is large", of_chain["mean steps"] > 1e5, True, 0)
        compare(run, "splitting, line", of_paths, of_chain["mean steps"])
        run.equal("splitting, deviation", of_paths["standard error"] < 0.06 * of_paths["mean"], True, 0)
        run.equal("splitting, log10", of_paths["log10"], np.log10(of_paths["mean"]), 1e-12)
    loop = report["splitting"]
    run.equal("loop over exits", loop["loop"]["mean"] / loop["exits of a loop"]["value"], report["monte carlo"][0]["mean"], 1e-6 *
              report["monte carlo"][0]["mean"])
    run.equal("replicas", loop["replicas"], 157, 0)
    plane = ("set dimension = 2", "%s", "decoupled", decoupled(0.12, 2, 0.6), "set shape = ellipsoid\nset semi-axes = 1.5, 1.8",
             section("Quantities", "set points = 0, 0; 0, 1.7"))
    exact = run.execute((PATHS % plane) % "exit time", name="plane")["mean exit time"]
    of_sde = section("Monte Carlo", "set method = splitting\nset standard error = 0.06")
    for of_paths, of_cells in zip(run.execute((PATHS % plane) % "monte carlo" + of_sde, name="split_plane")["monte carlo"], exact):
        run.equal("time is large", of_cells["value"] > 2e4, True, 0)
        compare(run, "splitting, plane", of_paths, of_cells["value"], extra=0.05 * of_cells["value"])
        both = of_paths["extrapolated mean"]
        run.equal("extrapolated", both["value"], of_paths["mean"] - of_paths["bias estimate"], 1e-9 * both["value"])
        run.equal("extrapolated, deviation", both["standard error"], np.hypot(
            of_paths["standard error"], of_paths["standard error of bias estimate"]), 1e-9 * both["value"])
    text = PATHS % ("set dimension = 1", "monte carlo", "linear regression", regression(0.1, "1"), INTERVAL, split.replace("chain", "sgd"))
    compare(run, "splitting, SGD", run.execute(text, name="sgd")["monte carlo"][0], 32210.3)
    # two wells, of which the second is lower, and has the way out: paths spend most of their time there
    wells = ("set dimension = 1", "%s", "expression", section("expression", "set drift = 4*x*(1-x^2)+0.2\nset diffusion = 1"),
             "set shape = interval\nset lower = -1.9\nset upper = 1.9", section("Quantities", "set points = -1"))
    exact = run.execute((PATHS % wells) % "exit time", name="wells")["mean exit time"][0]["value"]
    of_wells = run.execute((PATHS % wells) % "monte carlo" + section("Monte Carlo", "set method = splitting\nset time step = 0.002"),
                           name="split_wells", status=2)["monte carlo"][0]
    compare(run, "splitting, two wells", of_wells, exact, extra=0.03 * exact)
    run.equal("it is said that this is not to be trusted", "replicas scatter by" in run.log, True, 0)
    run.execute(PATHS % ("set dimension = 1", "monte carlo", "decoupled", decoupled(0.8, 1), INTERVAL, split), status=2, name="often")
    run.equal("exits are not rare", "not rare" in run.log, True, 0)


def check_paths_resumed(run):
    """Killed, and run again with another number of threads: the same bits; with another seed nothing is taken over."""
    text = PATHS % ("set dimension = 2", "monte carlo", "decoupled", decoupled(0.2, 2), "set shape = ball\nset radius = 0.5",
                    section("Quantities", "set points = 0, 0; 0.2, 0") +
                    section("Monte Carlo", "set paths = 60000\nset time step = 0.0005"))
    file, output = run.folder / "killed.prm", run.folder / "killed"
    file.write_text(text, encoding="utf-8")
    whole = run.execute(text, name="whole")
    command = [run.program, str(file), "--output", str(output)]
    journal = output / "paths.0.part"

    def interrupt():
        with subprocess.Popen(command + ["--quiet"], env=dict(os.environ, DEAL_II_NUM_THREADS="1")) as process:
            for _ in range(1200):
                if journal.exists() and journal.stat().st_size > 100000:
                    break
                time.sleep(0.05)
            process.kill()

    interrupt()
    run.equal("no results yet", (output / "results.json").exists(), False, 0)
    with open(journal, "ab") as torn:
        torn.write(b"a block that was not finished")
    finished = subprocess.run(command, env=dict(os.environ, DEAL_II_NUM_THREADS="2"), check=True, capture_output=True, text=True)
    run.equal("resumed", "paths are known" in finished.stdout, True, 0)
    result = json.loads((output / "results.json").read_text(encoding="utf-8"))
    for each in (whole, result):
        del each["seconds"]
    run.equal("same numbers", json.dumps(whole) == json.dumps(result), True, 0)
    run.equal("same curve", (output / "survival.csv").read_bytes() == (run.folder / "whole" / "survival.csv").read_bytes(), True, 0)
    run.equal("no journal is left", journal.exists(), False, 0)
    interrupt()
    other = subprocess.run(command + ["--set", "Monte Carlo/paths=2000"], check=True, capture_output=True, text=True)
    run.equal("another run", "paths are known" in other.stdout, False, 0)
    run.equal("its journal", journal.exists(), False, 0)


def check_paths_places(run):
    """Brownian motion: Poisson's kernel on the circle, uniform on the sphere, and the survival on the line in its band."""
    brownian = "subsection expression\nset drift = %s\nset diffusion = %s\nend"
    sampling = section("Monte Carlo", "set paths = 40000\nset time step = 0.0005")
    run.execute(PATHS % ("set dimension = 2", "monte carlo", "expression", brownian % ("0; 0", "1, 0; 0, 1"), DISK,
                         section("Quantities", "set points = 0.5, 0") + sampling))
    rows = run.table("exit_place.csv")
    run.equal("angles", len(rows), 36, 0)
    angle = lambda t: 2 * np.arctan(3 * np.tan(t / 2)) / (2 * np.pi)  # of the kernel at r = 1/2
    for row in rows:
        exact = angle(min(row["angle to"], np.pi - 1e-9)) - angle(max(row["angle from"], 1e-9 - np.pi))
        run.equal("part of the circle", row["part"], exact, 4.5 * row["standard error"] + 0.01 * exact)
    run.equal("all of the circle", sum(row["part"] for row in rows), 1, 1e-12)
    run.execute(PATHS % ("set dimension = 3", "monte carlo", "expression", brownian % (
        "0; 0; 0", "1, 0, 0; 0, 1, 0; 0, 0, 1"), DISK, sampling))
    rows = run.table("exit_place.csv")
    run.equal("parts of the sphere", len(rows), 96, 0)
    for row in rows:
        run.equal("part of the sphere", row["part"], 1 / 96, 4.5 * row["standard error"])
    run.execute(PATHS % ("set dimension = 1", "monte carlo", "expression", brownian % ("0", "1"), INTERVAL, sampling))
    rows = run.table("survival.csv")
    k = np.arange(40)
    run.equal("times", len(rows) > 150, True, 0)
    for row in rows:
        t, survival, lower, upper = (row[name] for name in ("time", "survival", "lower 95 %", "upper 95 %"))
        exact = np.sum(4 / np.pi * (-1.)**k / (2 * k + 1) * np.exp(-(2 * k + 1)**2 * np.pi**2 * t / 8))
        run.equal("in the band", lower - 0.002 < exact < upper + 0.002, True, 0)
        run.equal("the band", 2 * np.sqrt(np.log(40) / 80000), upper - lower, 1e-12 if 0.01 < survival < 0.99 else 0.02)


def check_paths_walls(run):
    """Reflecting walls, with noise that is not the same in all directions: finite elements, and the mirror of a chain."""
    model = ("set learning rate = 0.5\nsubsection coupled\nset H = 1, 0.5; -0.3, 1\nset Sigma_g = 1, 0.6; 0.6, 0.8\n"
             "set Sigma_H = 1, 0.2; 0.2, 0.5\nend")
    annulus = "set shape = annulus\nset inner radius = 0.4\nset outer radius = 1\nset boundary = "
    cases = {"corner": ("set shape = box\nset lower = -1, -1\nset upper = 1, 1\nset boundary = left: reflecting, bottom: reflecting",
                        ("right", "top")),
             "outer": (annulus + "outer: reflecting", ("inner",)), "inner": (annulus + "inner: reflecting", ("outer",))}
    for name, (domain, ways_out) in cases.items():
        text = lambda problem, more="": PATHS % ("set dimension = 2", problem, "coupled", model, domain, section(
            "Quantities", "set points = 0.2, -0.5; 0.5, 0.5") + more)
        exact = run.execute(text("exit time"), name=name)["mean exit time"]
        sampled = run.execute(text("monte carlo", section("Monte Carlo", "set paths = 40000\nset time step = 0.001")), name=name + "_paths")
        for known, found in zip(exact, sampled["monte carlo"]):
            compare(run, name, found, known["value"], extra=0.005 * known["value"])
            sides = {side["wall"]: side["value"] for side in found["exit place"]}
            run.equal(name + ", ways out", tuple(sides) == ways_out, True, 0)
            run.equal(name + ", all leave", sum(sides.values()), 1, 1e-12)
    place = run.execute(PATHS % ("set dimension = 2", "exit place", "coupled", model, cases["corner"][0] + "\nset exit set = top", section(
        "Quantities", "set points = 0.5, 0.5")), name="place")["exit place"][0]["value"]
    run.execute(PATHS % ("set dimension = 2", "monte carlo", "coupled", model, cases["corner"][0], section(
        "Quantities", "set points = 0.5, 0.5") + section("Monte Carlo", "set paths = 40000\nset time step = 0.001")), name="top")
    rows = run.table("exit_place.csv")
    run.equal("walls of the table", sorted({row["wall"] for row in rows}) == [1, 3], True, 0)
    run.equal("part of the top", sum(row["part"] for row in rows if row["wall"] == 3), place, 0.012)
    line = ("set dimension = 1", "%s", "decoupled", decoupled(0.5, 1), "set shape = interval\nset lower = -0.3\nset upper = 1\n"
            "set boundary = left: reflecting", section("Discrete chain", "set step = 0.1"))
    exact = run.execute((PATHS % line) % "discrete chain", name="line")["discrete chain"][0]["mean steps"]
    chain = section("Monte Carlo", "set process = chain\nset paths = 40000")
    compare(run, "mirror of a chain", run.execute((PATHS % line) % "monte carlo" + chain, name="line_paths")["monte carlo"][0], exact)
