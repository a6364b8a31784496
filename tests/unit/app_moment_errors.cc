// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/error_norms.h"
#include "measure/functionals.h"
#include "output/print_result.h"
#include "problem/moment_errors.h"
#include "problem/stationary_density.h"
#include "problems.h"
#include "study/reference.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  std::string
  plane_model(const std::string &type, const std::string &eta, const std::string &entries)
  {
    return "set dimension = 2\nsubsection Model\n set type = " + type +
           "\n set learning rate = " + eta + "\n subsection " + type + "\n" + entries +
           " end\nend\n";
  }

  std::string
  disk(const std::string &radius)
  {
    return domain(" set shape = ball\n set radius = " + radius + "\n");
  }

  /** Moments of the density of `solved` against the closed system of `compared`. */
  nlohmann::ordered_json
  errors(const std::string &solved, const std::string &compared)
  {
    const Parameters     parameters = parse("stationary density", solved);
    const Setup<2>       setup(parameters, 8, 3);
    StationaryDensity<2> problem(setup.form, parameters.solver, silent);
    problem.solve();
    return to_json(moment_errors(
      parse("stationary density", compared), Sampler<2>(setup.space), problem.density()));
  }

  const std::string rotating_noise = " set H = 2, 0.7; -0.3, 1\n set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                                     " set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";
  // H does not commute with the noise, whose covariance mixes the coordinates
  const std::string least_squares = " set H = 1, 0.4; -0.2, 1.5\n set Sigma = 1, 0.2; 0.2, 0.8\n"
                                    " set A = 2, 0, 0, 0.5; 0, 1, 1, 0; 0, 1, 1, 0; 0.5, 0, 0, 2\n";
  const std::string student = " set H = 1.36, 0.1; 0.0, 1.56\n set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                              " set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";
} // namespace

TEST_CASE("moments of non-reversible states are those of the closed system", "[large]")
{
  for (const std::string &text : {plane_model("coupled", "0.2", rotating_noise),
                                  plane_model("quadratic covariance", "0.1", least_squares)})
    {
      const auto result = errors(text + disk("10"), text + disk("10"));
      CAPTURE(result.dump(1));
      CHECK(result["mass outside at most"].get<double>() < 1e-9);
      for (const auto &order : result["orders"])
        CHECK(order["error"].get<double>() < 1e-7 + order["outside at most"].get<double>());
      CHECK(result["orders"][0]["error"].get<double>() < 1e-7);
    }
  // a learning rate that differs by 1e-4 is seen
  const auto wrong = errors(plane_model("coupled", "0.2", rotating_noise) + disk("10"),
                            plane_model("coupled", "0.20002", rotating_noise) + disk("10"));
  CHECK(wrong["orders"][0]["error"].get<double>() > 3e-5);
}

TEST_CASE("no comparison with moments where there is nothing to compare", "[large]")
{
  const std::string text = plane_model("coupled", "0.2", rotating_noise);
  CHECK(errors(text + disk("10"), text + disk("0.3")).is_null()); // cuts off too much
  CHECK(
    errors(text + disk("10"), plane_model("coupled", "2", rotating_noise) + disk("10")).is_null());
}

// Values to 22 digits by independent high-precision programs.
TEST_CASE("the multivariate Student t by finite elements", "[large]")
{
  // on a ball so large that it cuts off less than 1e-10 of the covariance
  const Parameters large =
    parse("stationary density", plane_model("coupled", "0.5", student) + disk("50"));
  const Setup<2>       setup(large, 8, 5);
  StationaryDensity<2> problem(setup.form, large.solver, silent);
  problem.solve();
  const auto summary = summarise_density(Sampler<2>(setup.space), problem.density());
  CHECK(summary.covariance[0][1] == Approx(0.06410256410256410256410).epsilon(1e-9));
  CHECK(1. / point_values(problem.density(), {{0., 0.}}).front() ==
        Approx(0.7701462617506775811410).epsilon(1e-9));

  // with w = 1 nothing of it is put in
  for (const std::string &shape :
       {std::string(" set shape = ball\n set radius = 1\n"),
        std::string(" set shape = ellipsoid\n set matrix = 0.8, -0.4; -0.4, 1.5\n"),
        std::string(" set shape = box\n set lower = -1, -1\n set upper = 1, 0.5\n")})
    {
      const Parameters parameters =
        parse("stationary density", plane_model("coupled", "0.5", student) + domain(shape));
      const Setup<2>       plain(parameters, 8, 3, "none");
      StationaryDensity<2> density(plain.form, parameters.solver, silent);
      density.solve();
      const auto reference = find_reference<2>(parameters).field;
      REQUIRE(reference);
      CHECK(compute_errors(Sampler<2>(plain.space), density.density(), *reference).relative_Linf <
            1e-8);
    }
}
