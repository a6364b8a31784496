// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/ellipsoid.h"

#include "domain/domain_parameters.h"
#include "model/matrix_checks.h"
#include "utilities/entry_values.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    std::shared_ptr<const Shape>
    by_semi_axes(const DomainParameters &domain, const std::vector<double> &center)
    {
      const std::size_t          d = center.size();
      const std::vector<double> &s = domain.semi_axes;
      check_numbers("Domain/semi-axes", s, Ranges::positive, d);
      if (domain.radius != 0.)
        throw InputError("Domain/radius", "has no meaning together with Domain/semi-axes");
      Matrix M(d, std::vector<double>(d, 0.));
      for (std::size_t i = 0; i < d; ++i)
        M[i][i] = 1. / (s[i] * s[i]);
      return std::make_shared<Ellipsoid>(
        center, M, "ellipsoid about (" + to_text(center) + ") with semi-axes (" + to_text(s) + ")");
    }

    std::shared_ptr<const Shape>
    by_matrix(const DomainParameters &domain, const std::vector<double> &center)
    {
      Matrix M = domain.matrix;
      check_covariance("Domain/matrix", M, center.size(), true);
      const double radius = domain.radius == 0. ? 1. : domain.radius;
      check_number("Domain/radius", radius, Ranges::positive);
      std::string text = "ellipsoid (v - c)^T S (v - c) < " + to_text(radius) + "^2, c = (" +
                         to_text(center) + "), S = ";
      for (std::vector<double> &row : M)
        {
          text += "(" + to_text(row) + ")";
          for (double &entry : row)
            entry /= radius * radius;
        }
      return std::make_shared<Ellipsoid>(center, M, text);
    }
  } // namespace

  Ellipsoid::Ellipsoid(const std::vector<double>              &center,
                       const std::vector<std::vector<double>> &matrix,
                       const std::string                      &description)
    : Shape("ellipsoid", description, {"surface"}, center)
    , matrix(matrix)
  {
  }

  std::shared_ptr<const Shape>
  Ellipsoid::create(const DomainParameters &domain, const unsigned int dimension)
  {
    const std::vector<double> center = domain.center_or_origin(dimension);
    if (domain.semi_axes.empty() == domain.matrix.empty())
      throw InputError("Domain/semi-axes",
                       "needs to be set for Domain/shape = ellipsoid, or else Domain/matrix; one "
                       "of the two");
    return domain.matrix.empty() ? by_semi_axes(domain, center) : by_matrix(domain, center);
  }

  bool
  Ellipsoid::contains(const std::vector<double> &point) const
  {
    double form = 0.;
    for (std::size_t i = 0; i < point.size(); ++i)
      for (std::size_t j = 0; j < point.size(); ++j)
        form += (point[i] - center[i]) * matrix[i][j] * (point[j] - center[j]);
    return form <= 1. + 2. * rounding;
  }

  bool
  Ellipsoid::is_even_about(const std::vector<double> &point) const
  {
    return point == center && is_diagonal(matrix);
  }
} // namespace dynkin
