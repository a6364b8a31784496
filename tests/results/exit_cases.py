# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Exit problems: Brownian motion between two walls, on a disk and in an ellipsoid."""

import math

import numpy as np

import vtu_file

LINE = """
set dimension = 1
set problem = %s
subsection Model
  set type = expression
  subsection expression
    set drift = 0
    set diffusion = 1
  end
end
subsection Domain
  set shape = interval
  set lower = -1
  set upper = 1
  %s
end
subsection Discretization
  set degree = %d
  set refinements = 2
  set tolerance = 0
end
subsection Quantities
  %s
end
"""
POINTS = (0.1, 0.6)
K = 2 * np.arange(200) + 1


def survival(x, t):
    """P[tau > t]: the sine series of the heat equation on (-1, 1)."""
    signs = np.where(K % 4 == 1, 1., -1.)
    return np.sum(4 / (np.pi * K) * signs * np.cos(K * np.pi * x / 2) * np.exp(-(K * np.pi)**2 * t / 8))


def density(x, t):
    signs = np.where(K % 4 == 1, 1., -1.)
    return np.sum(np.pi * K / 2 * signs * np.cos(K * np.pi * x / 2) * np.exp(-(K * np.pi)**2 * t / 8))


def quantile(x, p):
    low, high = 1e-3, 20.
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - survival(x, middle) < p else (low, middle)
    return low


def moment_polynomials(n):
    """1/2 f_k'' = -k f_(k-1), 0 at both ends."""
    f = [np.poly1d([1.])]
    for k in range(1, n + 1):
        g = np.polyint(np.polyint(-2 * k * f[-1]))
        a, b = g(1.), g(-1.)
        f.append(g - np.poly1d([(a - b) / 2, (a + b) / 2]))
    return f


def check_exit_law(run):
    """Survival, density, quantiles, median, rate; moments to the sixth; each at its own point; fields."""
    times, probabilities = (0.2, 0.7), (0.1, 0.5, 0.8)
    result = run.execute(LINE % ("exit law", "", 2, "set points = %g; %g\nset times = %g, %g\nset quantiles = %s\n"
                                 "set moments = 6" % (POINTS + times + (", ".join(map(str, probabilities)),))))
    law = result["exit law"]
    run.judge("rate", law["rate"], law["error estimate of the rate"], np.pi**2 / 8)
    for entry in law["survival"]:
        x, t = entry["point"][0], entry["time"]
        run.judge("survival at %g, %g" % (x, t), entry["value"], entry["error estimate"], survival(x, t))
        run.judge("density of tau at %g, %g" % (x, t), entry["density"], entry["error estimate of the density"], density(x, t))
    for entry in law["quantiles"]:
        x, p = entry["point"][0], entry["probability"]
        run.judge("quantile at %g, %g" % (x, p), entry["time"], entry["error estimate"], quantile(x, p))
    run.equal("median", law["median"], quantile(POINTS[0], 0.5), 1e-2)
    run.equal("number of values of survival", len(law["survival"]), 4, 0)
    run.equal("number of quantiles", len(law["quantiles"]), 6, 0)
    run.equal("minimum of the survival probability", law["minimum"], 0., 1e-12)
    run.equal("maximum of the survival probability", law["maximum"], survival(0., times[0]), 5e-3)
    run.equal("monotone", law["monotone"], True, 0)
    f = moment_polynomials(6)
    for entry in result["mean exit time"]:
        x = entry["point"][0]
        run.judge("moment 1 at %g" % x, entry["value"], entry["error estimate"], f[1](x))
        run.equal("log10", entry["log10"], np.log10(entry["value"]), 1e-12)
        for n in range(6):
            run.judge("moment %d at %g" % (n + 1, x), entry["moments"][n], entry["error estimates of the moments"][n],
                      f[n + 1](x))
    run.ratios.pop("moment 1")  # a parabola is exact
    run.sharp()
    points, fields = vtu_file.read(run.output / "solution.vtu")
    for i, name in enumerate(("survival_probability", "survival_probability_2")):
        exact = np.array([survival(x, times[i]) for x in points[:, 0]])
        run.equal(name, np.max(np.abs(fields[name] - exact)), 0., 5e-3)
    run.equal("mean_exit_time", np.max(np.abs(fields["mean_exit_time"] - f[1](points[:, 0]))), 0., 1e-5)
    exact = np.pi / 4 * np.cos(np.pi * points[:, 0] / 2)
    run.equal("quasi_stationary_density", np.max(np.abs(fields["quasi_stationary_density"] - exact)), 0., 1e-2)


WRIGHT_FISHER = """
set dimension = 1
set problem = exit law
subsection Model
  set type = expression
  subsection expression
    set drift = 0
    set diffusion = x*(1-x)
  end
end
subsection Domain
  set shape = interval
  set lower = 0
  set upper = 1
end
subsection Quantities
  set points = 0.5; 0.1
  set times = %g, %g, %g
end
subsection Output
  set vtu = false
end
"""


def fixation_survival(x, t):
    """P[tau > t] of Wright-Fisher's process: a sum over the modes x (1 - x) P_m^(1,1)(1 - 2x), of rates
    (m + 1)(m + 2)/2, with Jacobi polynomials by their recurrence."""
    nodes, weights = np.polynomial.legendre.leggauss(100)
    y = np.append((nodes + 1) / 2, x)
    s, total = 1 - 2 * y, 0.
    before, P = np.zeros_like(s), np.ones_like(s)
    for m in range(60):
        q, p = y[:-1], P[:-1]
        share = np.sum(weights * p) / np.sum(weights * q * (1 - q) * p**2)
        total += share * x * (1 - x) * P[-1] * np.exp(-(m + 1) * (m + 2) / 2 * t)
        k = m + 1
        before, P = P, ((2 * k + 1) * (k + 1) * s * P - k * (k + 1) * before) / (k * (k + 2))
    return total


def check_narrow_trap(run):
    """A well of width 0.001 and depth 0.0008 that no sample shows, on an interval and on a box of dimension 1: the
    integrals of scale and speed on a fine grid."""
    text = LINE.split("subsection Discretization")[0] % ("exit time", "") + """
subsection Quantities
  set points = 0
end
subsection Output
  set vtu = false
end
"""
    x = np.linspace(-1, 1, 400001)
    psi = 400 / 5e5 * np.exp(-5e5 * (x - 0.3)**2)  # int 2 b dx
    integral = lambda g: np.concatenate(([0.], np.cumsum((g[1:] + g[:-1]) / 2 * (x[1] - x[0]))))
    scale, mass = np.exp(-psi), integral(2 * np.exp(psi))
    up, slope = integral(scale), integral(scale * mass)
    exact = (slope[-1] / up[-1] * up - slope)[len(x) // 2]
    for shape in ("interval", "box"):
        result = run.execute(text.replace("interval", shape).replace(
            "drift = 0", "drift = -400*(x-0.3)*exp(-5e5*(x-0.3)^2)"), name=shape)
        run.equal("E tau on the " + shape, result["mean exit time"][0]["value"], exact, 1e-9)


def check_wright_fisher(run):
    """The law of fixation: both ends are singular, and the natural weight has no finite mass."""
    result = run.execute(WRIGHT_FISHER % (0.05, 1, 5))
    for entry in result["exit law"]["survival"]:
        x, t = entry["point"][0], entry["time"]
        exact = fixation_survival(x, t)
        run.judge("survival at %g, %g" % (x, t), entry["value"], entry["error estimate"], exact)
        run.equal("survival at %g, %g" % (x, t), entry["value"], exact, 1e-9 * exact)


def check_exit_time_fields(run):
    """The field of E tau with its logarithm, and the occupation density of one point: Green's function."""
    x = 0.25
    result = run.execute(LINE % ("exit time", "", 3, "set points = %g" % x))
    run.equal("E tau", result["mean exit time"][0]["value"], 1 - x**2, 1e-10)
    run.told("E[tau]", result["mean exit time"])
    points, fields = vtu_file.read(run.output / "solution.vtu")
    y = points[:, 0]
    run.equal("mean_exit_time", np.max(np.abs(fields["mean_exit_time"] - (1 - y**2))), 0., 1e-6)
    inside = np.abs(y) < 0.999
    run.equal("log10_mean_exit_time",
              np.max(np.abs(fields["log10_mean_exit_time"] - np.log10(np.maximum(1 - y**2, 1e-9)))[inside]), 0., 1e-5)
    green = np.where(y > x, (1 - y) * (1 + x), (1 + y) * (1 - x))
    run.equal("occupation_density", np.max(np.abs(fields["occupation_density"] - green)), 0., 1e-5)
    indicator = fields["error_indicator"]
    run.equal("error_indicator", np.min(indicator) >= 0. and np.max(indicator) > 0., True, 0)


def check_exit_place_line(run):
    """The probability of the right end and rewards along the way and at the end: polynomials."""
    result = run.execute(LINE % ("exit place", "set exit set = right", 2, "set points = %g; %g\n"
                                 "set running reward = x^4\nset terminal reward = 3 + x" % POINTS))
    for k, x in enumerate(POINTS):
        run.equal("P(right)", result["exit place"][k]["value"], (1 + x) / 2, 1e-11)
        reward = result["expected reward"][k]
        run.judge("reward at %g" % x, reward["value"], reward["error estimate"], (1 - x**6) / 15 + 3 + x)
    run.sharp()
    run.told("P(exit)", result["exit place"])
    run.told("E[reward]", result["expected reward"])
    for entry in result["exit place density"]:
        run.equal("integral of the density", entry["integral"], 1., 1e-11)
    rows = run.table("exit_place_density.csv")
    for row in rows:
        x = POINTS[int(row["point"]) - 1]
        run.equal("weight of an end", row["weight"], 1., 1e-12)
        run.equal("density at an end", row["density"], (1 + row["x"] * x) / 2, 1e-11)
    run.equal("number of ends", len(rows), 4, 0)
    points, fields = vtu_file.read(run.output / "solution.vtu")
    y = points[:, 0]
    run.equal("exit_probability", np.max(np.abs(fields["exit_probability"] - (1 + y) / 2)), 0., 1e-6)
    run.equal("expected_reward", np.max(np.abs(fields["expected_reward"] - (1 - y**6) / 15 - 3 - y)), 0., 2e-3)


def check_convergence(run):
    """A polynomial of degree 4 by those of degree 3, on three meshes: values and estimates."""
    text = (LINE % ("exit time", "", 3, "set points = 0.3; 0.6")).replace("diffusion = 1", "diffusion = 1/(1 + x^2)")
    result = run.execute(text + "subsection Study\n  set convergence cycles = 3\nend\n")
    exact = lambda x: 7 / 6 - x**2 - x**4 / 6  # f'' = -2 (1 + x^2)
    for k, row in enumerate(result["convergence"]):
        run.equal("cells", row["cells"], 4 * 2**k, 0)
        run.equal("dofs", row["dofs"], 12 * 2**k + 1, 0)
        run.judge("E tau", row["value"], row["error estimate"], exact(0.3))
        if k > 0:
            run.equal("order of L2", row["L2 rate"], 4, 1e-6)
            run.equal("order of H1", row["H1 rate"], 3, 0.01)
    run.sharp()
    rows = run.table("convergence.csv")
    errors, x = result["errors"], np.linspace(-1, 1, 200001)
    size = np.sqrt(2 * np.mean((exact(x)**2)[:-1]))
    run.equal("L2 norm of the exact solution", errors["L2"] / errors["relative L2"], size, 1e-4)
    run.equal("largest value of it", errors["Linf"] / errors["relative Linf"], exact(0), 1e-3)
    run.equal("order in the table", rows[1]["Linf rate"], 4, 1e-6)
    run.equal("error estimate", rows[-1]["error estimate"], row["error estimate"], 1e-3 * row["error estimate"])


DISK = """
set dimension = 2
set problem = exit place
subsection Model
  set type = expression
  subsection expression
    set drift = 0; 0
    set diffusion = 1, 0; 0, 1
  end
end
subsection Domain
  set shape = ball
  set radius = 1
  set exit set = surface
  set exit direction = 1, 0
  set exit angle = 60
end
subsection Discretization
  set degree = 4
  set refinements = 2
  set tolerance = 0
end
subsection Quantities
  set points = 0.3, 0.2; -0.1, 0.4
end
"""


def poisson_kernel(x, y, angle):
    """Density of the exit place of Brownian motion on the unit circle, per length."""
    return (1 - x**2 - y**2) / (2 * np.pi * ((np.cos(angle) - x)**2 + (np.sin(angle) - y)**2))


def check_exit_place_disk(run):
    """The probability of a window, and the density on the wall against Poisson's kernel."""
    result = run.execute(DISK)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    for entry in result["exit place"]:
        x, y = entry["point"]
        exact = np.sum(weights * poisson_kernel(x, y, nodes * np.pi / 3)) * np.pi / 3
        run.judge("P(window) at %g, %g" % (x, y), entry["value"], entry["error estimate"], exact)
    run.sharp(0.05)
    rows, points = run.table("exit_place_density.csv"), [entry["point"] for entry in result["exit place"]]
    for k, (x, y) in enumerate(points):
        own = [row for row in rows if row["point"] == k + 1]
        run.equal("length of the wall", sum(row["weight"] for row in own), 2 * np.pi, 1e-6)
        worst = max(abs(row["density"] - poisson_kernel(x, y, np.arctan2(row["y"], row["x"]))) for row in own)
        run.equal("density of the exit place from point %d" % k, worst, 0., 0.02)


def check_narrow_reward(run):
    """A reward that is paid on 0.003 of the circle, between the points of any coarse mesh: paths from the centre leave
    at a uniform angle."""
    angle = np.linspace(0, 2 * np.pi, 2000001)[:-1]
    exact = np.mean(np.exp(-((np.sin(angle) - 0.3) / 1e-3)**2 / 2))
    text = DISK.split("subsection Discretization")[0].split("subsection Quantities")[0] + """
subsection Quantities
  set terminal reward = exp(-((y-0.3)/1e-3)^2/2)
end
subsection Output
  set vtu = false
end
"""
    reward = run.execute(text)["expected reward"][0]
    run.judge("reward", reward["value"], reward["error estimate"], exact)
    run.equal("reward", reward["value"], exact, 1e-6 * exact)


def check_spectrum_exit(run):
    """Decay rates n^2 pi^2/8 and the quasi-stationary density."""
    result = run.execute(LINE % ("spectrum", "", 3, "set points = %g; %g\nset eigenvalues = 4" % POINTS))
    spectrum = result["spectrum"]
    for n in range(4):
        run.judge("eigenvalue at %d" % (n + 1), spectrum["eigenvalues"][n], spectrum["error estimates"][n],
                  (n + 1)**2 * np.pi**2 / 8)
        run.equal("log10 of an eigenvalue", spectrum["log10"][n], np.log10(spectrum["eigenvalues"][n]), 1e-12)
    for entry in spectrum["quasi-stationary density"]:
        x = entry["point"][0]
        run.judge("quasi-stationary density at %g" % x, entry["value"], entry["error estimate"],
                  np.pi / 4 * np.cos(np.pi * x / 2))
    run.sharp()
    points, fields = vtu_file.read(run.output / "solution.vtu")
    run.equal("quasi_stationary_density", np.max(np.abs(
        fields["quasi_stationary_density"] - np.pi / 4 * np.cos(np.pi * points[:, 0] / 2))), 0., 1e-3)
    mode = fields["eigenfunction_2"]
    shape = np.sin(np.pi * points[:, 0])
    k = np.argmax(np.abs(shape))
    run.equal("eigenfunction_2", np.max(np.abs(mode / mode[k] * shape[k] - shape)), 0., 1e-2)


ELLIPSOID = """
set dimension = 2
set problem = exit time
subsection Model
%s
end
subsection Domain
  set shape = ellipsoid
  set matrix = 1, 0.8; 0.8, 2
end
subsection Quantities
  set points = 0, 0; 0.3, -0.2
end
"""
BUILT_IN = """  set type = coupled
  set learning rate = 0.5
  subsection coupled
    set H = %s
    set Sigma_g = %s
    set Sigma_H = %s
  end"""
FORMULAS = """  set type = expression
  subsection expression
    set drift = %s
    set diffusion = %s
  end"""


def check_mirrored_disk(run):
    """An orthant that stands for a disk: E tau and the time spent near a point, the field of Green's function."""
    text = (ELLIPSOID % (BUILT_IN % ("1e-9, 0; 0, 1e-9", "2, 0; 0, 2", "0, 0; 0, 0"))).replace(
        "ellipsoid", "ball").replace("set matrix = 1, 0.8; 0.8, 2", "set radius = 1").replace("; 0.3, -0.2", "")
    result = run.execute(text)
    run.equal("symmetry", result["symmetry"], True, 0)
    run.equal("E tau", result["mean exit time"][0]["value"], 0.5, 1e-7)
    points, fields = vtu_file.read(run.output / "solution.vtu")
    r = np.hypot(points[:, 0], points[:, 1])
    away = r > 0.4
    run.equal("occupation_density", np.max(np.abs(fields["occupation_density"] + np.log(r + 1e-9) / np.pi)[away]), 0.,
              0.02)


def check_symmetry(run):
    """What is even in no coordinate must not be solved in an orthant: tilted ellipsoids, tilted noise."""
    cases = {
        "ellipsoid": ("1, 0; 0, 2", "1, 0; 0, 1", "1, 0; 0, 1", "-x; -2*y", "0.5*(1+x^2+y^2), 0; 0, 0.5*(1+x^2+y^2)",
                      "ellipsoid"),
        "noise": ("1, 0; 0, 2", "1, 0.6; 0.6, 1", "1, 0; 0, 1", "-x; -2*y",
                  "0.5*(1+x^2+y^2), 0.3*(1+x^2+y^2); 0.3*(1+x^2+y^2), 0.5*(1+x^2+y^2)", "ball"),
        "growth": ("1, 0; 0, 2", "1, 0; 0, 1", "1, 0.5; 0.5, 1", "-x; -2*y",
                   "0.5*(1+x^2+x*y+y^2), 0; 0, 0.5*(1+x^2+x*y+y^2)", "ball"),
        "drift": ("1, 0.5; 0.5, 2", "1, 0; 0, 1", "1, 0; 0, 1", "-x-0.5*y; -0.5*x-2*y",
                  "0.5*(1+x^2+y^2), 0; 0, 0.5*(1+x^2+y^2)", "ball")}
    for name, (H, Sigma_g, Sigma_H, drift, diffusion, shape) in cases.items():
        def text(model):
            whole = ELLIPSOID % model
            return whole if shape == "ellipsoid" else whole.replace("ellipsoid", "ball").replace(
                "set matrix = 1, 0.8; 0.8, 2", "set radius = 1")
        own = run.execute(text(BUILT_IN % (H, Sigma_g, Sigma_H)), name=name)
        formulas = run.execute(text(FORMULAS % (drift, diffusion)), name=name + "_formulas")
        for a, b in zip(own["mean exit time"], formulas["mean exit time"]):
            run.equal("E tau of %s" % name, a["value"], b["value"],
                      a["error estimate"] + b["error estimate"] + 1e-11)
    # without drift the exit time of an ellipsoid is a quadratic function: (1 - v.Sv)/tr S
    result = run.execute(ELLIPSOID % (FORMULAS % ("0; 0", "1, 0; 0, 1")), name="brownian")
    for entry in result["mean exit time"]:
        x, y = entry["point"]
        run.equal("E tau", entry["value"], (1 - x**2 - 1.6 * x * y - 2 * y**2) / 3, 1e-10)


REGRESSION = """
set dimension = %d
set problem = exit time
subsection Model
  set type = %s
  set learning rate = 0.1
  subsection linear regression
    %s
  end
  subsection quadratic covariance
    %s
  end
end
subsection Domain
  set shape = %s
end
subsection Quantities
  set points = %s
end
subsection Output
  set vtu = false
end
"""


def check_linear_regression(run):
    """The ball where the loss is c times its minimum, from its centre: nested quadratures of the radial equation; and
    the same model with its matrices written out."""
    times = {1: 24.3214632, 2: 8.05102688, 3: 4.05281385}  # c = 1.5
    radius = math.sqrt(0.5)
    for d, exact in times.items():
        shape = ("interval\n  set lower = -%r\n  set upper = %r" if d == 1 else "ball\n  set radius = %r") % (
            (radius, radius)[:2 if d == 1 else 1])
        result = run.execute(REGRESSION % (d, "linear regression", "set eigenvalues = " + ", ".join(["1"] * d), "", shape,
                                           ", ".join(["0"] * d)), name="ball_%d" % d)
        run.equal("E tau in dimension %d" % d, result["mean exit time"][0]["value"], exact, 1e-8 * exact)
    S, variance, batch = np.array([[1., 0.3], [0.3, 2.]]), 0.7, 4
    growth = (np.einsum("ij,ab->iajb", S, S) + np.einsum("ia,jb->iajb", S, S)).reshape(4, 4) / batch
    matrix = lambda m: "; ".join(", ".join(repr(float(x)) for x in row) for row in m)
    values = []
    for model in ("linear regression", "quadratic covariance"):
        result = run.execute(REGRESSION % (
            2, model, "set covariance = %s\n set label noise variance = %r\n set batch size = %d" % (
                matrix(S), variance, batch),
            "set H = %s\n set Sigma = %s\n set A = %s" % (matrix(S), matrix(S * variance / batch), matrix(growth)),
            "ball\n set radius = 0.8", "0.1, 0.2"), name=model.replace(" ", "_"))
        values.append(result["mean exit time"][0]["value"])
    run.equal("E tau of the derived model", values[0], values[1], 1e-11 * values[1])
