// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/box.h"
#include "study.h"

using namespace dynkin;
using namespace dynkin::tests;

// With the natural weight the unknown is constant and nothing would be tested: w = 1 throughout.
// The centre of the model is not that of the domain, so that no symmetry raises a rate.

namespace
{
  const std::string center = "0.1, -0.15, 0.05";

  /** Degrees 1, 2, ... on the meshes given for each. */
  template <int dim>
  void
  check_densities(const Parameters &parameters, const std::vector<Meshes> &meshes)
  {
    for (unsigned int degree = 1; degree <= meshes.size(); ++degree)
      {
        INFO("degree " << degree);
        check_optimal_rates(study<dim>(parameters, degree, meshes[degree - 1], "none"), degree);
      }
  }

  template <int dim>
  Parameters
  density(const std::string &shape)
  {
    const std::string model =
      dim < 3 ? decoupled(dim, "0.4", "1, 2", "1, 0.5", "1, 0.7", center)
              : decoupled(dim, "1", "1, 0.8, 0.5", "1, 1.2, 0.8", "0.5, 0.7, 0.4", center);
    return parse("stationary density", model + shape);
  }
} // namespace

TEST_CASE("stationary density: interval", "[stationary_density]")
{
  check_densities<1>(density<1>(box(1)), {{5, 3}, {5, 3}, {4, 3}, {4, 3}, {4, 3}, {3, 3}});
}

TEST_CASE("stationary density: rectangle", "[stationary_density]")
{
  check_densities<2>(density<2>(box(2)), {{4, 3}, {4, 3}, {4, 3}, {4, 3}, {3, 3}, {3, 3}});
}

TEST_CASE("stationary density: disk", "[stationary_density]")
{
  check_densities<2>(density<2>(ball()), {{3, 3}, {3, 3}, {2, 3}, {2, 3}, {2, 3}, {1, 3}});
}

TEST_CASE("stationary density: box", "[stationary_density]")
{
  check_densities<3>(density<3>(box(3)), {{3, 3}, {2, 3}, {2, 3}});
}

TEST_CASE("stationary density: ball", "[stationary_density]")
{
  check_densities<3>(density<3>(ball()), {{2, 2}, {2, 2}, {2, 2}});
}

TEST_CASE("stationary density: eight digits at degree 8", "[stationary_density]")
{
  for (const std::string &shape : {box(2), ball()})
    {
      const Parameters parameters = density<2>(shape);
      const Setup<2>   setup(parameters, 8, parameters.domain.shape->as<Box>() ? 4 : 2, "none");
      const ErrorNorms errors = errors_on(setup, parameters);
      std::printf("%s: relative Linf error %.1e\n\n",
                  title<2>(parameters, 8, "none").c_str(),
                  errors.relative_Linf);
      CHECK(errors.relative_Linf < 1e-8);
    }
}
