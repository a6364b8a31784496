// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/print_result.h"
#include "problem/transient_density_computation.h"
#include "problems.h"
#include "runs.h"
#include "utilities/exceptions.h"

#include <cmath>

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  using Json = nlohmann::ordered_json;

  const double pi = std::acos(-1.);

  template <int dim>
  Json
  solve(const Parameters &parameters)
  {
    const auto model = create_model<dim>(parameters.model);
    Mesh<dim>  mesh(parameters.domain, MPI_COMM_WORLD);
    mesh.refine_uniformly(parameters.discretization.refinements);
    TransientDensityComputation<dim> run(
      parameters, *model, mesh, parameters.discretization.degree, silent);
    run.solve();
    const PointValues values = run.evaluate();
    CHECK(run.objection().empty());
    const Result result = run.results(values, Sampler<dim>(run.discretization()));
    return to_json(*result.numbers.find("transient density"));
  }

  std::string
  whole_space(const std::string &start,
              const std::string &refinements,
              const std::string &points,
              const std::string &degree = "8")
  {
    return domain(" set shape = whole space") + "subsection Start\n" + start +
           "end\nsubsection Discretization\n set degree = " + degree +
           "\n set refinements = " + refinements +
           "\nend\nsubsection Quantities\n set times = 0.1, 0.3, 1, 2, 4\n set points = " + points +
           "\nend\n";
  }
} // namespace

TEST_CASE("an Ornstein-Uhlenbeck process on the line stays Gaussian", "[problem][app]")
{
  // h = 1, sigma = 2, eta = 0.5 about 0.3: variance 0.5 in the end
  const Parameters parameters =
    parse("transient density",
          decoupled(1, "0.5", "1", "2", "0", "0.3") +
            whole_space(" set law = gaussian\n set mean = 1.8\n set covariance = 0.3\n",
                        "5",
                        "-1; 0; 0.3; 1; 2; 3"));
  const Json json = solve<1>(parameters);
  for (const Json &at : json["times"])
    {
      const double t = at["time"], m = 1.5 * std::exp(-t), v = 0.5 - 0.2 * std::exp(-2. * t);
      INFO("t = " << t);
      CHECK(at["mass"].get<double>() == Approx(1.).epsilon(1e-12));
      for (const Json &value : at["values"])
        {
          const double z = value["point"][0].get<double>() - 0.3 - m;
          CHECK(value["value"].get<double>() ==
                Approx(std::exp(-z * z / (2. * v)) / std::sqrt(2. * pi * v))
                  .epsilon(1e-8)
                  .margin(1e-9));
        }
      CHECK(at["mean"][0].get<double>() == Approx(0.3 + m).epsilon(1e-8));
      CHECK(at["covariance"][0][0].get<double>() == Approx(v).epsilon(1e-8));
      CHECK(at["error of the second moments"].get<double>() < 1e-8);
      const double entropy     = 0.5 * (v / 0.5 - 1. - std::log(v / 0.5) + m * m / 0.5),
                   chi_squared = 0.5 / std::sqrt(v * (1. - v)) * std::exp(m * m / (1. - v)) - 1.;
      CHECK(at["W2 distance"].get<double>() ==
            Approx(std::hypot(m, std::sqrt(v) - std::sqrt(0.5))).epsilon(1e-5));
      CHECK(at["relative entropy"].get<double>() == Approx(entropy).epsilon(1e-7));
      CHECK(at["chi^2 distance"].get<double>() == Approx(chi_squared).epsilon(1e-7));
      const Json &estimates = at["error estimates"];
      CHECK(std::abs(at["mean"][0].get<double>() - 0.3 - m) <
            2. * estimates["mean"][0].get<double>());
      CHECK(std::abs(at["covariance"][0][0].get<double>() - v) <
            2. * estimates["covariance"][0][0].get<double>());
      CHECK(std::abs(at["relative entropy"].get<double>() - entropy) <
            2. * estimates["relative entropy"].get<double>());
      CHECK(std::abs(at["chi^2 distance"].get<double>() - chi_squared) <
            2. * estimates["chi^2 distance"].get<double>());
    }
}

TEST_CASE("a correlated Gaussian under Ornstein-Uhlenbeck in the plane", "[large]")
{
  const Parameters parameters = parse("transient density",
                                      decoupled(2, "0.5", "1, 2", "2, 1", "0, 0") +
                                        whole_space(" set law = gaussian\n set mean = 0.5, -0.2\n"
                                                    " set covariance = 0.3, 0.05; 0.05, 0.1\n",
                                                    "3",
                                                    "0, 0; 0.5, -0.2; 1, 0.3; -1, 0",
                                                    "10"));
  const Json       json       = solve<2>(parameters);
  for (const Json &at : json["times"])
    {
      const double t = at["time"], e1 = std::exp(-t), e2 = std::exp(-2. * t);
      const double a = 0.5 - 0.2 * e1 * e1, b = 0.05 * e1 * e2, c = 0.125 - 0.025 * e2 * e2;
      INFO("t = " << t);
      for (const Json &value : at["values"])
        {
          const double x = value["point"][0].get<double>() - 0.5 * e1,
                       y = value["point"][1].get<double>() + 0.2 * e2, det = a * c - b * b;
          const double p = std::exp(-(c * x * x - 2. * b * x * y + a * y * y) / (2. * det)) /
                           (2. * pi * std::sqrt(det));
          CHECK(value["value"].get<double>() == Approx(p).epsilon(1e-8).margin(1e-8));
        }
    }
}

TEST_CASE("a learning rate that drops: moments of the power law in time", "[problem]")
{
  // d/dt E z^2 = -(2h - eta rho) E z^2 + eta sigma, h = 1, sigma = 1, rho = 0.5; eta from 1 to 0.5
  const Parameters parameters = parse("transient density",
                                      decoupled(1, "0.5", "1", "1", "0.5") +
                                        whole_space(" set learning rate = 1\n", "7", "0; 1; 10"));
  const Json       json       = solve<1>(parameters);
  const double     start = 1. / 1.5, end = 0.5 / 1.75;
  for (const Json &at : json["times"])
    {
      const double v = end + (start - end) * std::exp(-1.75 * at["time"].get<double>());
      CHECK(at["covariance"][0][0].get<double>() == Approx(v).epsilon(1e-8));
      CHECK(at["error of the second moments"].get<double>() < 1e-8);
      CHECK(at["mass"].get<double>() == Approx(1.).epsilon(1e-12));
      CHECK(at["minimum"].get<double>() > 0.);
    }
  CHECK(json["contraction"]["rate"].get<double>() == Approx(-0.875));
}

TEST_CASE("Theorem 2: the Wasserstein distance decays with the sharp rate", "[app]")
{
  Parameters parameters =
    ParameterFile(DYNKIN_SOURCE_DIR "/params/paper/theorem2.prm", problem_kinds()).read();
  const Json all = solve<1>(parameters);
  // at the start laws with tail indices 2.01 and 4: 10^125 away densities are below 1e-308
  CHECK(all["times"][0]["W2 distance"].get<double>() == Approx(9.87945049).epsilon(1e-8));
  // int p^2/q - 1 = N(k) N(5/2)/N(1.505)^2 - 1, N(k) = int (1 + v^2)^-k, k = 0.51: most of it is where q is 1e-200
  CHECK(all["times"][0]["chi^2 distance"].get<double>() == Approx(33.00059698469661).epsilon(1e-9));
  const Json &json = all["contraction"];
  CHECK(json["rate"].get<double>() == Approx(-1.));
  CHECK(json["rate is sharp"].get<bool>());
  CHECK(json["measured rate"].get<double>() == Approx(-1.).epsilon(0.01));
}

TEST_CASE("between walls the mass stays and the restricted law is reached", "[problem]")
{
  const Parameters parameters =
    parse("transient density",
          decoupled(2, "0.5") + box(2) +
            "subsection Start\n set law = point\n set mean = 0.5, 0\n set width = 0.3\nend\n"
            "subsection Discretization\n set refinements = 3\n set degree = 8\nend\n"
            "subsection Quantities\n set times = 0.2, 20\nend\n");
  const Json json = solve<2>(parameters);
  for (const Json &at : json["times"])
    CHECK(at["mass"].get<double>() == Approx(1.).epsilon(1e-10));
  CHECK(json["times"].back()["L1 distance"].get<double>() < 1e-8);
  CHECK(json["times"].back()["time"].get<double>() == 20.);
}

TEST_CASE("tails too heavy for a distance are said to be", "[app]")
{
  // tail index 1.5 before: no variance, no W2; 9 after: chi^2 infinite
  const Parameters parameters =
    parse("transient density",
          decoupled(1, "2", "1", "1", "2") + whole_space(" set learning rate = 2\n", "6", "0"));
  CHECK(parameters.start.tail_index == Approx(1.5));
  CHECK(parameters.start.chi_squared_is_finite());
  const Json json = solve<1>(parameters);
  CHECK(json["times"][1]["W2 distance"].is_null());
  CHECK(json["times"][1]["covariance"][0][0].is_null());
  CHECK(json["times"][1]["L1 distance"].get<double>() < 1e-10);
  CHECK_FALSE(
    parse("transient density",
          decoupled(1, "0.125", "1", "1", "2") + whole_space(" set learning rate = 2\n", "6", "0"))
      .start.chi_squared_is_finite());
}

TEST_CASE("what is beyond the mesh counts in chi^2", "[app]")
{
  // tail indices 2.5 before and 4 after: p^2/q is like 1/r^2; in the plane a product
  const auto   power      = [](const double k) { return std::tgamma(k - 0.5) / std::tgamma(k); };
  const double square     = power(1.) * power(2.5) / std::pow(power(1.75), 2);
  const auto   parameters = [](const unsigned int dim) {
    return parse("transient density",
                 decoupled(dim, "1", "1.5, 1.5", "1, 1", "1, 1") +
                   whole_space(" set learning rate = 2\n",
                               dim == 1 ? "6" : "2",
                               dim == 1 ? "0" : "0, 0",
                               dim == 1 ? "8" : "6"));
  };
  CHECK(solve<1>(parameters(1))["times"][0]["chi^2 distance"].get<double>() ==
        Approx(square - 1.).epsilon(1e-9));
  CHECK(solve<2>(parameters(2))["times"][0]["chi^2 distance"].get<double>() ==
        Approx(square * square - 1.).epsilon(1e-7));
}

TEST_CASE("a point is seen by the mesh, and errors at time 0 are those of the law itself", "[app]")
{
  for (const auto &[width, mean] : {std::make_pair(0.01, 0.5), std::make_pair(1e-4, 0.3)})
    {
      const Folder folder;
      Parameters   parameters = parse(
        "transient density",
        model(1, "expression", "", "  set drift = 0\n  set diffusion = 1\n") +
          domain(" set shape = interval\n set lower = 0\n set upper = 1\n") +
          "subsection Start\n set law = point\n set mean = " + std::to_string(mean) +
          "\n set width = " + std::to_string(width) +
          "\nend\nsubsection Quantities\n set times = 0.01\n set points = " + std::to_string(mean) +
          "\nend\n");
      parameters.output.directory = folder.path;
      parameters.output.vtu       = false;
      CHECK(run_quietly(parameters) == 0);
      const auto results = folder.results();
      for (const auto &at : results["transient density"]["times"])
        {
          // images of the walls
          const double t = at["time"], variance = width * width + t;
          double       exact = 0.;
          for (int n = -5; n <= 5; ++n)
            for (const double x : {2. * n, 2. * n - 2. * mean})
              exact += std::exp(-x * x / (2. * variance)) / std::sqrt(2. * pi * variance);
          const double value    = at["values"][0]["value"],
                       estimate = at["values"][0]["error estimate"];
          INFO("width " << width << ", t " << t << ": " << value << " +- " << estimate << ", exact "
                        << exact);
          CHECK(estimate < 0.01 * value);
          CHECK(std::abs(value - exact) < estimate + 1e-9 * exact);
        }
    }
}

TEST_CASE("a start whose tails are much wider than those in the end", "[app]")
{
  // variance 0.1 in the end, 2 at the start: chi^2 is beyond 1e100
  const Folder folder;
  Parameters   parameters =
    parse("transient density",
          model(1, "expression", "", "  set drift = -x\n  set diffusion = 0.2\n") +
            domain(" set shape = interval\n set lower = -10\n set upper = 10\n") +
            "subsection Start\n set law = gaussian\n set mean = 0\n set covariance = 2\nend\n"
            "subsection Quantities\n set times = 0.1, 1\n set points = 0; 1\nend\n");
  parameters.output.directory = folder.path;
  parameters.output.vtu       = false;
  CHECK(run_quietly(parameters) == 0);
  const auto results = folder.results();
  for (const auto &at : results["transient density"]["times"])
    {
      const double t = at["time"], v = 0.1 + 1.9 * std::exp(-2. * t);
      INFO("t = " << t);
      CHECK(at["chi^2 distance"].is_null());
      for (const unsigned int k : {0, 1})
        {
          const auto  &entry = at["values"][k];
          const double exact = std::exp(-0.5 * k / v) / std::sqrt(2. * pi * v);
          CHECK(std::abs(entry["value"].get<double>() - exact) <=
                2. * entry["error estimate"].get<double>() + 1e-11);
          CHECK(entry["error estimate"].get<double>() < 1e-4);
        }
      // of two centred normal laws, which cross at +-x
      if (t == 1.)
        {
          const double x = std::sqrt(std::log(v / 0.1) / (1. / 0.1 - 1. / v));
          CHECK(at["L1 distance"].get<double>() ==
                Approx(2. * (std::erf(x / std::sqrt(0.2)) - std::erf(x / std::sqrt(2. * v))))
                  .epsilon(1e-3));
        }
    }
}

TEST_CASE("distances of two normal laws hold their estimates", "[app]")
{
  // variance 1 in the end, 4 at the start
  for (const std::string degree : {"4", "5", "8"})
    {
      const Json json = solve<1>(parse(
        "transient density",
        model(1, "expression", "", "  set drift = -x\n  set diffusion = 2\n") +
          domain(" set shape = interval\n set lower = -14\n set upper = 14\n") +
          "subsection Start\n set law = gaussian\n set mean = 0\n set covariance = 4\nend\n"
          "subsection Discretization\n set refinements = 7\n set degree = " +
          degree + "\nend\nsubsection Quantities\n set times = 0.1, 1\n set points = 0\nend\n"));
      for (const Json &at : json["times"])
        {
          const double t = at["time"], v = 1. + 3. * std::exp(-2. * t);
          const double x     = std::sqrt(std::log(v) / (1. - 1. / v)); // where they cross
          const Json   exact = {
              {"L1 distance", 2. * (std::erf(x / std::sqrt(2.)) - std::erf(x / std::sqrt(2. * v)))},
              {"relative entropy", 0.5 * (v - 1. - std::log(v))},
              {"W2 distance", std::sqrt(v) - 1.}};
          INFO("degree " << degree << ", t = " << t);
          for (const auto &[name, value] : exact.items())
            {
              const double estimate = at["error estimates"][name];
              INFO(name << " " << at[name] << " +- " << estimate);
              CHECK(std::abs(at[name].get<double>() - value.get<double>()) <= 2. * estimate + 1e-9);
              CHECK(estimate < 1e-4);
            }
        }
    }
}

TEST_CASE("distances between laws in two wells hold their estimates", "[app]")
{
  // hardly any mass between the wells: there the coupling passes from one to the other
  const auto times = [](const std::string &degree, const std::string &refinements) {
    return solve<1>(parse(
      "transient density",
      model(1, "expression", "", "  set drift = x-x^3\n  set diffusion = 0.1\n") +
        domain(" set shape = interval\n set lower = -1.8\n set upper = 1.8\n") +
        "subsection Start\n set law = gaussian\n set mean = -1\n set covariance = 0.05\nend\n"
        "subsection Discretization\n set refinements = " +
        refinements + "\n set degree = " + degree +
        "\nend\nsubsection Quantities\n set times = 0.1, 1, 100\n set points = 0\nend\n"))["times"];
  };
  const Json exact = times("10", "8");
  for (const std::string degree : {"4", "8"})
    {
      const Json coarse = times(degree, "7");
      for (unsigned int i = 0; i < exact.size(); ++i)
        for (const std::string name : {"L1 distance", "relative entropy", "W2 distance"})
          {
            const double value = coarse[i][name], estimate = coarse[i]["error estimates"][name];
            INFO("degree " << degree << ", t = " << coarse[i]["time"] << ", " << name << " "
                           << value << " +- " << estimate);
            CHECK(std::abs(value - exact[i][name].get<double>()) <= 2. * estimate + 1e-10);
            CHECK(estimate < 1e-4);
          }
    }
}

TEST_CASE("a density that the law has not reached yet counts as 0", "[app]")
{
  // p(0, 0) is about 1e-40 when the law starts in the left well
  const Folder folder;
  Parameters   parameters =
    parse("transient density",
          model(1, "expression", "", "  set drift = x-x^3\n  set diffusion = 0.1\n") +
            domain(" set shape = interval\n set lower = -2\n set upper = 2\n") +
            "subsection Start\n set law = point\n set mean = -1\n set width = 0.07\nend\n"
            "subsection Quantities\n set times = 0.1, 100\n set points = 0\nend\n");
  parameters.output.directory = folder.path;
  parameters.output.vtu       = false;
  CHECK(run_quietly(parameters) == 0);
}

TEST_CASE("a start far out in a Gaussian tail keeps its law, and the end of the mesh is not felt",
          "[app]")
{
  // Ornstein-Uhlenbeck, deviation 0.354 in the end: N(m e^(-2t), v e^(-4t) + (1 - e^(-4t))/8)
  const double mean = 3., variance = 4e-4, t = 0.01;
  const Folder folder;
  Parameters   parameters =
    parse("transient density",
          decoupled(1, "0.5", "2", "1", "0") + domain(" set shape = whole space\n") +
            "subsection Start\n set law = gaussian\n set mean = 3\n set covariance = 4e-4\nend\n"
            "subsection Quantities\n set times = 0.01\n set points = 2.9\nend\n");
  parameters.output.directory = folder.path;
  parameters.output.vtu       = false;
  CHECK(run_quietly(parameters) == 0);
  const auto   results = folder.results();
  const auto  &at      = results["transient density"]["times"][1];
  const double m       = mean * std::exp(-2. * t);
  const double v       = variance * std::exp(-4. * t) - std::expm1(-4. * t) / 8.;
  CHECK(at["mean"][0].get<double>() == Approx(m).epsilon(1e-9));
  CHECK(at["covariance"][0][0].get<double>() == Approx(v).epsilon(1e-7));
  CHECK(at["values"][0]["value"].get<double>() ==
        Approx(std::exp(-std::pow(2.9 - m, 2) / (2. * v)) / std::sqrt(2. * pi * v)).epsilon(1e-8));

  // the law is narrower than the one in the end at t = 1: p(2.9) = 1.59e-15, next to where that has no mass
  const Parameters narrow =
    parse("transient density",
          decoupled(1, "0.5", "2", "1", "0") + domain(" set shape = whole space\n") +
            "subsection Start\n set learning rate = 0.05\nend\n"
            "subsection Quantities\n set times = 1\n set points = 2.9\nend\n");
  const Json   json = solve<1>(narrow);
  const double w    = 0.0125 * std::exp(-4.) - std::expm1(-4.) / 8.;
  CHECK(json["times"][1]["values"][0]["value"].get<double>() ==
        Approx(std::exp(-2.9 * 2.9 / (2. * w)) / std::sqrt(2. * pi * w)).epsilon(1e-8));
}

TEST_CASE("a start is wrapped around a ring, wherever its seam is", "[app]")
{
  for (const double mean : {pi, 3., 0.5})
    {
      const Folder folder;
      Parameters   parameters =
        parse("transient density",
              model(1, "expression", "", "  set drift = 3\n  set diffusion = 0.2\n") +
                domain(" set shape = interval\n set lower = -pi\n set upper = pi\n set boundary = "
                       "periodic\n") +
                "subsection Start\n set law = point\n set mean = " + std::to_string(mean) +
                "\n set width = 0.05\nend\n"
                "subsection Quantities\n set times = 1\n set points = 0; 2\nend\n");
      parameters.output.directory = folder.path;
      parameters.output.vtu       = false;
      CHECK(run_quietly(parameters) == 0);
      const auto results = folder.results();
      for (const auto &entry : results["transient density"]["times"][1]["values"])
        {
          const double x = entry["point"][0], variance = 0.0025 + 0.2;
          double       exact = 0.;
          for (int n = -5; n <= 5; ++n)
            exact += std::exp(-std::pow(x - std::stod(std::to_string(mean)) - 3. + 2. * pi * n, 2) /
                              (2. * variance)) /
                     std::sqrt(2. * pi * variance);
          INFO(entry.dump() << ", exact " << exact);
          CHECK(std::abs(entry["value"].get<double>() - exact) <
                2. * entry["error estimate"].get<double>() + 1e-9 * exact);
        }
    }
}
