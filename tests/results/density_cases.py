# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Densities: on the whole line and plane, between walls, and at given times."""

import math

import numpy as np

import vtu_file

HEAVY = """
set dimension = 1
set problem = stationary density
subsection Model
  set type = decoupled
  set learning rate = 1
  subsection decoupled
    set h = 1
    set sigma = 1
    set rho = 0.5
  end
end
subsection Domain
  set shape = whole space
end
subsection Quantities
  set points = 0; 1.5
  set distances = 2, 10
  set quantiles = 0.2, 0.975
end
"""


def heavy_density(x):
    """(1 + x^2/2)^-3, normalised: tail index 1 + 2 h/(eta rho) = 5."""
    return (1 + x**2 / 2)**-3 * 8 / (3 * np.pi * np.sqrt(2))


def heavy_above(x):
    """P(v > x) for x >= 0; far out by the series of the tail."""
    u = x / np.sqrt(2)
    if u > 1e3:
        return 8 / (3 * np.pi) * u**-5 / 5
    return 0.5 - 8 / (3 * np.pi) * (u / (4 * (1 + u**2)**2) + 3 * u / (8 * (1 + u**2)) + 3 / 8 * np.arctan(u))


def check_heavy_line(run):
    """Values, moments, quantiles, tail, lost mass and marginal of a power law on the line."""
    density = run.execute(HEAVY)["stationary density"]
    run.equal("mass", density["mass"], 1., 1e-11)
    for entry in density["values"]:
        run.judge("density at %g" % entry["point"][0], entry["value"], entry["error estimate"],
                  heavy_density(entry["point"][0]))
    run.equal("mean", density["mean"][0], 0., 1e-9)
    run.judge("variance", density["covariance"][0][0], density["error estimate of the covariance"], 2 / 3)
    run.equal("maximum", density["maximum"], heavy_density(0.), 1e-3)
    run.equal("tail index", density["tail index"][0], 5., 1e-12)
    run.equal("fitted tail index", density["fitted tail"]["tail index"], 5., 1e-3)
    for entry in density["tail probabilities"]:
        run.judge("P(|v| > R) at %g" % entry["distance"], entry["value"], entry["error estimate"],
                  2 * heavy_above(entry["distance"]))
    for entry in density["quantiles"]:
        exact = 0.2 if entry["probability"] == 0.2 else 0.975
        below = heavy_above(abs(entry["value"]))
        below = below if entry["value"] < 0 else 1 - below
        run.judge("quantile at %g" % exact, below, entry["error estimate"] * heavy_density(entry["value"]), exact)
    run.told("p", density["values"])
    points, fields = vtu_file.read(run.output / "solution.vtu")
    x = points[:, 0].astype(float)
    reach = np.max(np.abs(x))
    run.equal("log10 of the lost mass", math.log10(density["lost mass"]), math.log10(2 * heavy_above(reach)), 0.01)
    run.equal("stationary_density", np.max(np.abs(fields["stationary_density"] / heavy_density(x) - 1)), 0., 1e-3)
    run.equal("log10_stationary_density",
              np.max(np.abs(fields["log10_stationary_density"] - np.log10(heavy_density(x)))), 0., 1e-3)
    run.equal("probability_current", np.max(np.abs(fields["probability_current"])), 0., 1e-6)


COARSE = """
subsection Discretization
  set degree = 3
  set refinements = %d
  set tolerance = 0
end
"""


def check_coarse_line(run):
    """The same on a mesh so coarse that its estimates are those of errors: from both sides."""
    density = run.execute(HEAVY + COARSE % 3)["stationary density"]
    run.equal("mass by finer quadrature", density["mass by finer quadrature"], 1., 1e-6)
    run.equal("negative cells", density["negative cells"], 0, 0)
    for entry in density["values"]:
        run.judge("density at %g" % entry["point"][0], entry["value"], entry["error estimate"],
                  heavy_density(entry["point"][0]))
    run.judge("variance", density["covariance"][0][0], density["error estimate of the covariance"], 2 / 3)
    fourth = density["fourth moments about the center"][0]
    run.judge("fourth moment", fourth["value"], fourth["error estimate"], 4.)
    for entry in density["tail probabilities"]:
        run.judge("P(|v| > R) at %g" % entry["distance"], entry["value"], entry["error estimate"],
                  2 * heavy_above(entry["distance"]))
    run.sharp(0.02)


ROTATING = """
set dimension = 2
set problem = stationary density
subsection Model
  set type = coupled
  set learning rate = 0.5
  subsection coupled
    set H = 1, 0.7; -0.7, 1
    set Sigma_g = 1, 0; 0, 1
    set Sigma_H = 0, 0; 0, 0
  end
end
subsection Domain
  set shape = whole space
end
subsection Quantities
  set points = 0.2, 0.4
end
subsection Output
  set window = 1
end
"""


def check_rotating_plane(run):
    """dx = -x - w y, dy = w x - y: a normal law of variance eta/2 h with current w (-y, x) p and entropy production
    2 w^2."""
    w, variance = 0.7, 0.25
    density = run.execute(ROTATING)["stationary density"]
    run.equal("divergence of the current", 0. < density["relative divergence of the current"] < 1e-10, True, 0)

    def normal(x, y):
        return np.exp(-(x**2 + y**2) / (2 * variance)) / (2 * np.pi * variance)
    run.equal("density", density["values"][0]["value"], normal(0.2, 0.4), 1e-8)
    run.equal("entropy production", density["entropy production"], 2 * w**2, 1e-7)
    run.equal("covariance", density["covariance"][1][1], variance, 1e-8)
    for name in ("solution.vtu", "window.vtu"):
        points, fields = vtu_file.read(run.output / name)
        x, y = points[:, 0].astype(float), points[:, 1].astype(float)
        p = normal(x, y)
        run.equal(name + ", stationary_density", np.max(np.abs(fields["stationary_density"] - p)), 0., 1e-4)
        current = fields["probability_current"]
        run.equal(name + ", current along x", np.max(np.abs(current[:, 0] + w * y * p)), 0., 1e-3)
        run.equal(name + ", current along y", np.max(np.abs(current[:, 1] - w * x * p)), 0., 1e-3)
    run.equal("size of the window", np.max(np.hypot(x, y)), 1.24, 0.3)
    for row in run.table("marginals.csv"):
        exact = np.exp(-row["x"]**2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)
        run.equal("marginal", row["density"], exact, 1e-8)
        run.equal("marginal's tail", row["probability above"], 0.5 * math.erfc(row["x"] / math.sqrt(2 * variance)), 1e-8)


def check_coarse_plane(run):
    """Marginals, fourth moments and entropy production of the same law on a coarse mesh: from both sides."""
    w, variance = 0.7, 0.25
    density = run.execute(ROTATING + COARSE % 2)["stationary density"]

    def marginal(x):
        return np.exp(-x**2 / (2 * variance)) / np.sqrt(2 * np.pi * variance)

    def above(x):
        return 0.5 * math.erfc(x / math.sqrt(2 * variance))
    for axis in density["marginals"]:
        for entry in axis["values"]:
            run.judge("marginal at %g" % entry["x"], entry["value"], entry["error estimate"], marginal(entry["x"]))
            run.judge("probability above at %g" % entry["x"], entry["probability above"],
                      entry["error estimate of the probability above"], above(entry["x"]))
    for row in run.table("marginals.csv")[::5]:
        if abs(row["x"]) < 1:
            run.judge("table of marginals at %g" % row["x"], row["density"], row["error estimate"], marginal(row["x"]))
            run.judge("table of probabilities at %g" % row["x"], row["probability above"],
                      row["error estimate of the probability above"], above(row["x"]))
    moments = {(4, 0): 3 * variance**2, (2, 2): variance**2, (0, 4): 3 * variance**2}
    for entry in density["fourth moments about the center"]:
        run.judge("fourth moment at %s" % entry["exponents"], entry["value"], entry["error estimate"],
                  moments.get(tuple(entry["exponents"]), 0.))
    run.judge("entropy production", density["entropy production"],
              density["error estimate of the entropy production"], 2 * w**2)
    run.sharp(0.002)


WASHBOARD = """
set dimension = 1
set problem = stationary density
subsection Model
  set type = expression
  subsection expression
    set drift = 0.7 - sin(x)
    set diffusion = 0.6
  end
end
subsection Domain
  set shape = interval
  set lower = 0
  set upper = 2*pi
  set boundary = periodic
end
subsection Quantities
  set points = 2
end
"""


def check_washboard(run):
    """A tilted washboard on a coarse ring: velocity and current by a quadrature of its known density."""
    a = 0.6
    nodes, weights = np.polynomial.legendre.leggauss(100)
    y, weights = np.pi * (1 + nodes), np.pi * weights
    psi = lambda x: 2 / a * (0.7 * x + np.cos(x))  # int 2 b/a
    mass = 2 / a * weights @ np.exp(psi(y)[:, None] - psi(y[:, None] + y)) @ weights
    current = (1 - np.exp(-psi(2 * np.pi) + psi(0.))) / mass
    density = run.execute(WASHBOARD + COARSE % 3)["stationary density"]
    run.judge("mean velocity", density["mean velocity"][0], density["error estimate of the mean velocity"][0],
              2 * np.pi * current)
    run.equal("estimate of the mean velocity", density["error estimate of the mean velocity"][0], 0., 0.05)
    fine = run.execute(WASHBOARD, name="fine")["stationary density"]
    run.equal("entropy production", fine["entropy production"], 2 / a * 0.7 * 2 * np.pi * current, 1e-9)  # J int 2 b/a
    points, fields = vtu_file.read(run.output / "solution.vtu")
    worst = np.max(np.abs(fields["probability_current"][:, 0] / current - 1))
    run.equal("probability_current", worst, 0., 1e-5)
    # little noise in large units: rounding where the density is small, in units of the density itself
    text = WASHBOARD.replace("0.7 - sin(x)", "1e9*(0.7 - sin(x/1e9))").replace("diffusion = 0.6", "diffusion = 0.05e18")
    text = text.replace("set upper = 2*pi", "set upper = 2e9*pi")
    text = text.replace("points = 2", "points = 0.775e9; 3.9e9; 5.5e9")
    large = run.execute(text, name="large")["stationary density"]["values"]
    for entry, exact in zip(large, (2.1058311503442e-9, 2.6987623326069e-16, 2.7141400395422e-16)):
        run.judge("large units", entry["value"], entry["error estimate"], exact, 1e-11)
        run.equal("estimate in large units", entry["relative error estimate"], 0., 1e-9)


WALLS = """
set dimension = 1
set problem = stationary density
subsection Model
  set type = expression
  subsection expression
    set drift = 1 - 2*x
    set diffusion = 1
  end
end
subsection Domain
  set shape = interval
  set lower = -1
  set upper = 2
end
subsection Discretization
  set degree = 2
  set refinements = 3
  set weight = none
  set tolerance = 0
end
subsection Quantities
  set points = 0.15; 1.1
  set quantiles = 0.3, 0.9
end
"""


def check_walls(run):
    """A normal law cut at two reflecting walls, on a coarse mesh without its weight."""
    nodes, weights = np.polynomial.legendre.leggauss(80)

    def integral(f, a, b):
        return (b - a) / 2 * np.sum(weights * f((a + b) / 2 + (b - a) / 2 * nodes))

    def bell(x):
        return np.exp(-2 * (x - 0.5)**2)
    mass = integral(bell, -1., 2.)
    mean = integral(lambda x: x * bell(x), -1., 2.) / mass
    density = run.execute(WALLS)["stationary density"]
    for entry in density["values"]:
        run.judge("density at %g" % entry["point"][0], entry["value"], entry["error estimate"],
                  bell(entry["point"][0]) / mass)
    run.judge("mean", density["mean"][0], density["error estimate of the mean"], mean)
    run.judge("variance", density["covariance"][0][0], density["error estimate of the covariance"],
              integral(lambda x: (x - mean)**2 * bell(x), -1., 2.) / mass)
    for entry in density["quantiles"]:
        value = entry["value"]
        run.judge("quantile at %g" % entry["probability"], integral(bell, -1., value) / mass,
                  entry["error estimate"] * bell(value) / mass, entry["probability"])


def check_coarse_walls(run):
    """The same law cut nearer on one side: mean, moments and quantiles, from both sides."""
    nodes, weights = np.polynomial.legendre.leggauss(80)

    def integral(f, b=1.):
        x = -1 + (b + 1) * (nodes + 1) / 2
        return (b + 1) / 2 * np.sum(weights * f(x) * np.exp(-2 * (x - 0.5)**2))
    mass = integral(np.ones_like)
    mean = integral(lambda x: x) / mass
    result = run.execute(WALLS.replace("upper = 2", "upper = 1").replace("1.1", "0.9"))
    density = result["stationary density"]
    run.judge("mean", density["mean"][0], density["error estimate of the mean"], mean)
    run.judge("variance", density["covariance"][0][0], density["error estimate of the covariance"],
              integral(lambda x: (x - mean)**2) / mass)
    fourth = density["fourth moments about the center"][0]
    run.judge("fourth moment", fourth["value"], fourth["error estimate"], integral(lambda x: x**4) / mass)
    for entry in density["quantiles"]:
        value = entry["value"]
        run.judge("quantile at %g" % entry["probability"], integral(np.ones_like, value) / mass,
                  entry["error estimate"] * np.exp(-2 * (value - 0.5)**2) / mass, entry["probability"])
    for entry in density["values"]:
        x = entry["point"][0]
        run.judge("density at %g" % x, entry["value"], entry["error estimate"], np.exp(-2 * (x - 0.5)**2) / mass)
    points, fields = vtu_file.read(run.output / "solution.vtu")
    x = np.unique(points[:, 0].astype(float))
    order = np.unique(points[:, 0], return_index=True)[1]
    error = fields["stationary_density"][order] - np.exp(-2 * (x - 0.5)**2) / mass
    # at the nodes only: within a factor of three
    size = np.sqrt(np.sum(np.exp(-4 * (x - 0.5)**2))) / mass
    run.judge("field", np.sqrt(np.sum(error**2)) / size, 2 * density["relative L2 error estimate"], 0.)
    run.sharp(0.0015)


TRANSIENT = """
set dimension = 1
set problem = transient density
subsection Model
  set type = decoupled
  set learning rate = 0.5
  subsection decoupled
    set h = 1
    set sigma = 1
    set rho = 0
  end
end
subsection Domain
  set shape = whole space
end
subsection Discretization
  set degree = 6
  set refinements = 4
end
subsection Quantities
  set points = 0; 0.7
  set times = 0.25, 1
end
subsection Start
  set law = gaussian
  set mean = 1
  set covariance = 0.1
end
"""


def check_transient(run):
    """An Ornstein-Uhlenbeck process from a normal law: normal at all times."""
    report = run.execute(TRANSIENT)["transient density"]
    run.equal("accuracy in time", 0. < report["accuracy in time"] < 1e-10, True, 0)
    x = np.linspace(-6., 6., 240001)
    step = x[1] - x[0]

    def normal(y, m, v):
        return np.exp(-(y - m)**2 / (2 * v)) / np.sqrt(2 * np.pi * v)
    laws = {}
    for snapshot in report["times"]:
        t, estimates = snapshot["time"], snapshot["error estimates"]
        m, v = math.exp(-t), 0.25 - 0.15 * math.exp(-2 * t)
        laws[t] = (m, v)
        p, q = normal(x, m, v), normal(x, 0., 0.25)
        exact = {"L1 distance": np.sum(np.abs(p - q)) * step, "chi^2 distance": np.sum(p * p / q) * step - 1,
                 "relative entropy": 0.5 * (v / 0.25 + m**2 / 0.25 - 1 - math.log(v / 0.25)),
                 "W2 distance": math.sqrt(m**2 + (math.sqrt(v) - 0.5)**2)}
        for name, value in exact.items():
            run.judge("%s at %g" % (name, t), snapshot[name], estimates[name], value, 1e-9)
            run.equal("estimate of the " + name, estimates[name], 0., 2e-3 * value)
        run.equal("mean", snapshot["mean"][0], m, 1e-6)
        run.equal("variance", snapshot["covariance"][0][0], v, 1e-6)
        for entry in snapshot["values"]:
            run.judge("density at %g, %g" % (entry["point"][0], t), entry["value"], entry["error estimate"],
                      normal(entry["point"][0], m, v), 1e-9)
        run.equal("mass", snapshot["mass"], 1., 1e-9)
        run.equal("maximum", snapshot["maximum"], 1 / math.sqrt(2 * np.pi * v), 5e-3)
    run.equal("mass of the start", report["mass of the start on the mesh"], 1., 1e-6)
    run.equal("number of times", len(laws), 3, 0)
    distance = {t: math.hypot(m, math.sqrt(v) - 0.5) for t, (m, v) in laws.items()}
    run.equal("measured rate", report["contraction"]["measured rate"], math.log(distance[1.] / distance[0.25]) / 0.75,
              1e-6)
    run.equal("rate", report["contraction"]["rate"], -1., 1e-12)
    series = vtu_file.times(run.output / "solution.pvd")
    for (t, name), exact in zip(series, (0., 0.25, 1.)):
        run.equal("time of a file", t, exact, 1e-12)
        points, fields = vtu_file.read(run.output / name)
        error = np.max(np.abs(fields["density"] - normal(points[:, 0].astype(float), *laws[exact])))
        run.equal("density of " + name, error, 0., 2e-3)
    run.equal("number of files", len(series), 3, 0)


def check_coarse_transient(run):
    """The same on a coarse mesh: estimates from both sides, and the error of the second moments that is reported."""
    report = run.execute(TRANSIENT.replace("degree = 6", "degree = 4"))
    for snapshot in report["transient density"]["times"]:
        t, estimates = snapshot["time"], snapshot["error estimates"]
        m, v = math.exp(-t), 0.25 - 0.15 * math.exp(-2 * t)
        run.judge("mean at %g" % t, snapshot["mean"][0], estimates["mean"][0], m)
        run.judge("variance at %g" % t, snapshot["covariance"][0][0], estimates["covariance"][0][0], v)
        run.judge("W2 distance at %g" % t, snapshot["W2 distance"], estimates["W2 distance"],
                  math.sqrt(m**2 + (math.sqrt(v) - 0.5)**2))
        run.judge("relative entropy at %g" % t, snapshot["relative entropy"], estimates["relative entropy"],
                  0.5 * (v / 0.25 + m**2 / 0.25 - 1 - math.log(v / 0.25)))
        second = snapshot["covariance"][0][0] + snapshot["mean"][0]**2
        run.equal("error of the second moments", snapshot["error of the second moments"],
                  abs(second - v - m**2) / (v + m**2), 1e-9)
        for entry in snapshot["values"]:
            x = entry["point"][0]
            run.judge("density at %g, %g" % (x, t), entry["value"], entry["error estimate"],
                      math.exp(-(x - m)**2 / (2 * v)) / math.sqrt(2 * np.pi * v))
    run.sharp(0.002)


RING = """
set dimension = 1
set problem = spectrum
subsection Model
  set type = expression
  subsection expression
    set drift = 0.3
    set diffusion = 1
  end
end
subsection Domain
  set shape = interval
  set lower = 0
  set upper = 2*pi
  set boundary = periodic
end
subsection Discretization
  set degree = 3
  set refinements = 3
  set tolerance = 0
end
subsection Quantities
  set eigenvalues = 5
end
"""


def check_complex_spectrum(run):
    """A drift on a ring: lambda = k^2/2 +- 0.3 k i, in a space of few unknowns (it once ran on without an end)."""
    spectrum = run.execute(RING)["spectrum"]
    for n, k in enumerate((0, 1, 1, 2, 2)):
        run.judge("eigenvalue at %d" % (n + 1), spectrum["eigenvalues"][n], spectrum["error estimates"][n], k**2 / 2)
        run.equal("imaginary part", abs(spectrum["imaginary parts"][n]), 0.3 * k, 1e-3)
    run.equal("sum of imaginary parts", sum(spectrum["imaginary parts"]), 0., 1e-9)
    run.sharp(0.05)
    points, fields = vtu_file.read(run.output / "solution.vtu")
    run.equal("stationary_density", np.max(np.abs(fields["stationary_density"] - 1 / (2 * np.pi))), 0., 1e-6)
    # one of a pair alone, which once crashed
    spectrum = run.execute(RING.replace("eigenvalues = 5", "eigenvalues = 2"), name="half_a_pair")["spectrum"]
    run.equal("number of eigenvalues", len(spectrum["eigenvalues"]), 2, 0)
    run.equal("eigenvalue", spectrum["eigenvalues"][1], 0.5, 1e-3)
    run.equal("imaginary part", abs(spectrum["imaginary parts"][1]), 0.3, 1e-3)


def check_distances(run):
    """P(|x - w*| > r) of a Cauchy law about 3, and in the plane: w* is Model/center, not where the law lies."""
    text = ("set dimension = %d\nset problem = stationary density\nsubsection Model\nset type = expression\n"
            "set center = %s\nsubsection expression\nset drift = %s\nset diffusion = %s\nend\nend\n"
            "subsection Domain\nset shape = whole space\nend\nsubsection Quantities\nset distances = 1, 100\nend\n")
    cdf = lambda x: 0.5 + math.atan(x - 3) / math.pi
    for w in (0., 2.5, 3.):
        density = run.execute(text % (1, w, "-(x-3)/(1+(x-3)^2)", "1"))["stationary density"]
        for entry in density["tail probabilities"]:
            r = entry["distance"]
            run.judge("P(|x - w*| > r)", entry["value"], entry["error estimate"], 1 - cdf(w + r) + cdf(w - r))
        run.equal("mean of a Cauchy law is null", density["mean"] == [None], True, 0)
    run.execute(text % (2, "0, 0", "-2.5*(x-3)/(1+(x-3)^2+y^2); -2.5*y/(1+(x-3)^2+y^2)", "1, 0; 1"), status=1)
    run.equal("refused", "needs to be near (3, 0)" in run.log, True, 0)
