// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/known_density.h"

#include "theory/simplest_form.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    PowerLawDensity
    power_law(const ModelParameters &model, const DomainParameters &domain)
    {
      if (domain.shape == "whole space")
        return PowerLawDensity(model);
      if (domain.shape == "ball")
        return PowerLawDensity::restricted_to_ball(model, domain.center, domain.radius);
      if (domain.shape == "interval" || domain.shape == "box")
        return PowerLawDensity::restricted_to_box(model, domain.lower, domain.upper);
      throw std::domain_error(
        "the normalisation of the product power law is not known on this shape");
    }

    /** R of an ellipsoid that is {z^T Sigma_H z <= R^2}; 0 for other ellipsoids. */
    double
    radius_in(const Matrix &Sigma_H, const Matrix &ellipsoid)
    {
      const double R2      = Sigma_H[0][0] / ellipsoid[0][0];
      double       largest = 0., mismatch = 0.;
      for (std::size_t i = 0; i < Sigma_H.size(); ++i)
        for (std::size_t j = 0; j < Sigma_H.size(); ++j)
          {
            largest  = std::max(largest, std::abs(Sigma_H[i][j]));
            mismatch = std::max(mismatch, std::abs(Sigma_H[i][j] - R2 * ellipsoid[i][j]));
          }
      return mismatch <= 1e-12 * largest ? std::sqrt(R2) : 0.;
    }

    StudentTDensity
    student_t(const ModelParameters &model, const DomainParameters &domain)
    {
      if (domain.shape == "whole space")
        return StudentTDensity(model);
      if (domain.shape == "interval" || domain.shape == "box")
        return StudentTDensity::restricted_to_box(model, domain.lower, domain.upper);
      if (domain.center != model.center)
        throw std::domain_error("the domain is not centred at w*");
      if (domain.shape == "ball")
        return StudentTDensity::restricted_to_ball(model, domain.radius);
      if (domain.shape == "ellipsoid")
        if (const double radius = radius_in(model.coupled.Sigma_H, domain.ellipsoid_matrix()))
          return StudentTDensity::restricted_to_ellipsoid(model, radius);
      throw std::domain_error("the Student t density is known on the whole space, boxes, balls "
                              "and the ellipsoids x^T Sigma_H x <= R^2");
    }

    std::variant<PowerLawDensity, StudentTDensity>
    find_density(const ModelParameters &model, const DomainParameters &domain)
    {
      if (model.type == "decoupled")
        return power_law(model, domain);
      if (model.type == "coupled")
        return student_t(model, domain);
      throw std::domain_error("no closed form for this model");
    }
  } // namespace

  KnownDensity::KnownDensity(const ModelParameters &model, const DomainParameters &domain)
    : density(find_density(simplest_form(model), domain))
  {
    formula = std::holds_alternative<PowerLawDensity>(density) ? "product power law"
                                                               : "multivariate Student t";
    if (domain.shape != "whole space")
      formula += ", restricted to the domain";
  }

  const std::string &
  KnownDensity::name() const
  {
    return formula;
  }

  double
  KnownDensity::value(const std::vector<double> &x) const
  {
    return std::visit([&](const auto &p) { return p.value(x); }, density);
  }

  std::vector<double>
  KnownDensity::gradient(const std::vector<double> &x) const
  {
    return std::visit([&](const auto &p) { return p.gradient(x); }, density);
  }

  double
  KnownDensity::log_normalisation() const
  {
    return std::visit([&](const auto &p) { return p.log_normalisation(); }, density);
  }
} // namespace dynkin
