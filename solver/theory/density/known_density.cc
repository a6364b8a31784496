// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/known_density.h"

#include "domain/ball.h"
#include "domain/box.h"
#include "domain/ellipsoid.h"

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
      if (!domain.shape->is_bounded())
        return PowerLawDensity(model);
      if (const Ball *ball = domain.shape->as<Ball>())
        return PowerLawDensity::restricted_to_ball(model, ball->center, ball->radius);
      if (const Box *box = domain.shape->as<Box>())
        return PowerLawDensity::restricted_to_box(model, box->lower, box->upper);
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
      if (!domain.shape->is_bounded())
        return StudentTDensity(model);
      if (const Box *box = domain.shape->as<Box>())
        return StudentTDensity::restricted_to_box(model, box->lower, box->upper);
      if (domain.shape->center != model.center)
        throw std::domain_error("the domain is not centred at w*");
      if (const Ball *ball = domain.shape->as<Ball>())
        return StudentTDensity::restricted_to_ball(model, ball->radius);
      if (const Ellipsoid *ellipsoid = domain.shape->as<Ellipsoid>())
        if (const double radius =
              radius_in(model.kind().as_common_factor()->Sigma_H, ellipsoid->matrix))
          return StudentTDensity::restricted_to_ellipsoid(model, radius);
      throw std::domain_error("the Student t density is known on the whole space, boxes, balls "
                              "and the ellipsoids x^T Sigma_H x <= R^2");
    }

    std::variant<PowerLawDensity, StudentTDensity>
    find_density(const ModelParameters &model, const DomainParameters &domain)
    {
      if (model.kind().as_independent())
        return power_law(model, domain);
      if (model.kind().as_common_factor())
        return student_t(model, domain);
      throw std::domain_error("no closed form for this model");
    }
  } // namespace

  KnownDensity::KnownDensity(const ModelParameters &model, const DomainParameters &domain)
    : density(find_density(model, domain))
  {
    formula = std::holds_alternative<PowerLawDensity>(density) ? "product power law"
                                                               : "multivariate Student t";
    if (domain.shape->is_bounded())
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
