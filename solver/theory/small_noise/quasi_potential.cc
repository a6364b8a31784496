// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/small_noise/quasi_potential.h"

#include "theory/independent_coordinates.h"
#include "utilities/dense_matrix.h"
#include "utilities/numerics.h"

#include <boost/math/constants/constants.hpp>

#include <cmath>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    /** (h/rho) log(1 + rho z^2/sigma), smooth as rho -> 0. */
    double
    term(const IndependentCoordinates &p, const unsigned int i, const double z)
    {
      const double t = z * z / p.sigma[i];
      return p.h[i] * t * log1p_over(p.rho[i] * t);
    }
  } // namespace

  QuasiPotential::QuasiPotential(const ModelParameters &parameters)
    : model(parameters)
    , coordinates(parameters.kind().as_independent())
  {
    if (!coordinates)
      structure = StudentTStructure::recognise(parameters);
    if (coordinates)
      name = "sum_i (h_i/rho_i) log(1 + rho_i z_i^2/sigma_i)";
    else if (structure)
      name = "k log(1 + z^T Sigma_H z), H = (k Sigma_g + K) Sigma_H";
    else
      name = "characteristics of the Hamilton-Jacobi equation";
  }

  bool
  QuasiPotential::has_closed_form() const
  {
    return structure || coordinates;
  }

  double
  QuasiPotential::value(const std::vector<double> &x) const
  {
    const unsigned int d = model.dimension();
    if (!has_closed_form() || x.size() != d)
      throw std::domain_error("The quasi-potential at a point needs one of its closed forms and a "
                              "point of the model's dimension.");
    const Eigen::VectorXd z = Eigen::Map<const Eigen::VectorXd>(x.data(), d) - model.center;
    if (structure)
      return structure->k * std::log1p(z.dot(structure->Sigma_H * z));
    double sum = 0.;
    for (unsigned int i = 0; i < d; ++i)
      sum += term(*coordinates, i, z(i));
    return sum;
  }

  SphereMinimum
  QuasiPotential::minimum_over_sphere(const double radius) const
  {
    const unsigned int d = model.dimension();
    if (!(radius > 0.) || (!has_closed_form() && (d < 2 || d > 3)))
      throw std::domain_error("The quasi-potential on a sphere needs a radius > 0 and, without a "
                              "closed form, 2 or 3 dimensions.");
    if (!has_closed_form())
      return HamiltonianRays(model).minimum_over_sphere(radius);
    std::vector<double> minimiser(d, 0.);
    if (structure)
      {
        const SymmetricEigen pairs = symmetric_eigen(structure->Sigma_H);
        for (unsigned int i = 0; i < d; ++i)
          minimiser[i] = radius * pairs.vectors(i, 0);
        return {structure->k * std::log1p(pairs.values(0) * radius * radius), minimiser};
      }
    unsigned int axis = 0;
    for (unsigned int i = 1; i < d; ++i)
      if (term(*coordinates, i, radius) < term(*coordinates, axis, radius))
        axis = i;
    minimiser[axis] = radius;
    return {term(*coordinates, axis, radius), minimiser};
  }

  const std::string &
  QuasiPotential::formula() const
  {
    return name;
  }

  SmallNoiseExitTime1D::SmallNoiseExitTime1D(const ModelParameters &model,
                                             const double           radius,
                                             const bool             one_end_reflects)
    : eta(model.eta)
  {
    const IndependentCoordinates p =
      independent_coordinates(model, 1, "The sharp small-noise exit time");
    if (!(radius > 0.))
      throw std::domain_error("The small-noise exit time needs a radius > 0.");
    const double h = p.h[0], sigma = p.sigma[0], rho = p.rho[0], r2 = radius * radius;
    V = term(p, 0, radius);
    K = (one_end_reflects ? 2. : 1.) * std::sqrt(boost::math::double_constants::pi / (sigma * h)) *
        (sigma + rho * r2) / (2. * h * radius);
    c = (sigma - rho * r2) / (2. * h * r2) - rho / (8. * h);
  }

  double
  SmallNoiseExitTime1D::barrier() const
  {
    return V;
  }

  double
  SmallNoiseExitTime1D::prefactor() const
  {
    return K;
  }

  double
  SmallNoiseExitTime1D::correction() const
  {
    return c;
  }

  double
  SmallNoiseExitTime1D::log_value(const unsigned int order) const
  {
    return std::log(K) + 0.5 * std::log(eta) + V / eta + (order > 0 ? std::log1p(eta * c) : 0.);
  }
} // namespace dynkin
