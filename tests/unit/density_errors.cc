// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "runs.h"
#include "theory/density/known_density.h"
#include "theory/moments/closed_moments.h"
#include "theory/monomials.h"

#include <algorithm>
#include <cmath>

using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  using Json = nlohmann::json;

  /** The section of a density on the whole space in results.json. */
  Json
  solved(Parameters parameters)
  {
    const Folder folder;
    parameters.output.directory = folder.path;
    CHECK(run_quietly(parameters) == 0);
    return folder.results()["stationary density"];
  }

  /** With a coarse mesh, where estimates are large, or a fine one. */
  Parameters
  whole(const std::string &text,
        const bool         coarse,
        const std::string &points,
        const std::string &lost = "1e-13")
  {
    return parse("stationary density",
                 text + domain(" set shape = whole space\n set lost mass tolerance = " + lost) +
                   "subsection Discretization\n set degree = 8\n set refinements = " +
                   (coarse                                            ? "1"
                    : text.find("dimension = 1") == std::string::npos ? "3"
                                                                      : "5") +
                   "\nend\nsubsection Quantities\n set points = " + points +
                   "\n set distances = 0.5, 1\nend\n");
  }

  /** Values that are known, with error estimates that hold and are below `largest` (relative). */
  void
  check(const Json &entry, const double exact, const double largest, const bool probability = false)
  {
    INFO(entry.dump());
    const double value = entry[probability ? "probability above" : "value"];
    const double estimate =
      entry[probability ? "error estimate of the probability above" : "error estimate"];
    CHECK(std::abs(value - exact) <= estimate);
    CHECK(estimate < largest * std::abs(exact));
  }

  void
  check_covariance(const Json &density, const Parameters &parameters, const double largest)
  {
    const MomentTable moments = ClosedMoments(parameters.model, 2).stationary();
    const unsigned    d       = moments.dimension();
    double            error = 0., size = 0.;
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        {
          Exponents alpha(d, 0);
          ++alpha[i];
          ++alpha[j];
          const double exact = moments.value(alpha), computed = density["covariance"][i][j];
          error = std::max(error, std::abs(computed - exact));
          size  = std::max(size, exact);
        }
    const double estimate = density["error estimate of the covariance"];
    CHECK(error <= estimate);
    CHECK(estimate < largest * size);
  }

  /** Points and moments. */
  void
  check_density(const Json &density, const Parameters &parameters, const double largest)
  {
    const KnownDensity exact(parameters.model, parameters.domain);
    for (const Json &entry : density["values"])
      check(entry, exact.value(entry["point"].get<std::vector<double>>()), largest);
    check_covariance(density, parameters, largest);
    for (const Json &mean : density["mean"])
      CHECK(std::abs(mean.get<double>()) <= density["error estimate of the mean"].get<double>());
    const MomentTable moments = ClosedMoments(parameters.model, 4).stationary();
    const Json       &fourth  = density["fourth moments about the center"];
    REQUIRE(fourth.size() == Monomials(moments.dimension(), 4).size());
    for (const Json &entry : fourth)
      CHECK(std::abs(entry["value"].get<double>() -
                     moments.value(entry["exponents"].get<Exponents>())) <=
            entry["error estimate"].get<double>());
  }

  const std::string noise =
    "  set Sigma_g = 1, 0.3; 0.3, 0.6\n  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";
  const std::string rotating_tail =
    model(2, "coupled", "0.711111111111111", "  set H = 0.768, 1.28; -0.64, 1.568\n" + noise);
} // namespace

TEST_CASE("error estimates on the line, also of lost mass", "[app]")
{
  // tail indices 4.33 and 41
  for (const auto &[eta, lost, tolerance] : {std::make_tuple("0.6", "1e-13", 1e-9),
                                             std::make_tuple("0.6", "1e-4", 1e-2),
                                             std::make_tuple("0.05", "1e-13", 1e-10)})
    for (const bool coarse : {true, false})
      {
        INFO("eta = " << eta << ", lost mass " << lost << ", coarse: " << coarse);
        const Parameters parameters =
          whole(decoupled(1, eta, "1", "1", "1"), coarse, "0; 0.5; 1.2", lost);
        const Json   density = solved(parameters);
        const double largest = (coarse ? 1e5 : 1.) * tolerance;
        check_density(density, parameters, largest);
        const PowerLawFactor factor = PowerLawDensity(parameters.model).factor(0);
        for (const Json &entry : density["tail probabilities"])
          check(entry, 2. * factor.cdf(-entry["distance"].get<double>()), 1e4 * largest);
      }
}

TEST_CASE("error estimates in the plane with a current", "[large]")
{
  // tail index 4.5
  for (const bool coarse : {true, false})
    {
      INFO("coarse: " << coarse);
      const Parameters parameters = whole(rotating_tail, coarse, "0, 0; 1, 0.5; 20, 0; -100, 300");
      const Json       density    = solved(parameters);
      const double     largest    = (coarse ? 1e5 : 1.) * 1e-9;
      check_density(density, parameters, largest);
      const StudentTDensity exact(parameters.model);
      for (unsigned int i = 0; i < 2; ++i)
        for (const Json &entry : density["marginals"][i]["values"])
          check(entry, exact.cdf(i, -entry["x"].get<double>()), 1e4 * largest, true);
    }
}

TEST_CASE("error estimates where a current meets the end of the mesh", "[large]")
{
  // tail index 2.53: the covariance has a long way to go
  const Parameters parameters =
    whole(model(2, "coupled", "1.2", "  set H = 2, 0.7; -0.3, 1\n" + noise), false, "0, 0");
  const Json density = solved(parameters);
  check_covariance(density, parameters, 1e-3);
}

TEST_CASE("between walls a density refines where its error is", "[app]")
{
  // with the weight 1 uniform meshes need 66049 unknowns for an error of 1.1e-8
  Parameters parameters =
    parse("stationary density",
          decoupled(2, "0.5", "1, 2", "1, 0.5", "1, 2") +
            domain(" set shape = box\n set lower = -6, -6\n set upper = 6, 6\n"
                   " set symmetry = auto") +
            "subsection Discretization\n set degree = 8\n set refinements = 1\n"
            " set tolerance = 1e-7\n set weight = none\nend\n"
            "subsection Quantities\n set points = 0, 0\nend\n");
  const Folder folder;
  parameters.output.directory = folder.path;
  CHECK(run_quietly(parameters) == 0);
  const Json   results  = folder.results();
  const double error    = results["errors"]["relative L2"];
  const double estimate = results["stationary density"]["relative L2 error estimate"];
  CHECK(error < estimate);
  CHECK(estimate <= 1e-7);
  CHECK(error < 5e-8);
  CHECK(results["dofs"].get<unsigned int>() < 66049 / 5);
}
