// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_ellipsoid_h
#define dynkin_domain_ellipsoid_h

#include "domain/shape.h"

namespace dynkin
{
  struct DomainParameters;

  /**
   * (v - c)^T M (v - c) < 1 about the centre c: by semi-axes s [length], M_ii = 1/s_i^2, or by a
   * symmetric positive definite matrix S, M = S/R^2. Its wall is the surface.
   */
  class Ellipsoid : public Shape
  {
  public:
    Ellipsoid(const std::vector<double>              &center,
              const std::vector<std::vector<double>> &matrix,
              const std::string                      &description);

    /** By Domain/center and semi-axes, or matrix and radius. Throws InputError. */
    static std::shared_ptr<const Shape>
    create(const DomainParameters &domain, const unsigned int dimension);

    const std::vector<std::vector<double>> matrix; // M [1/length^2]

    bool
    contains(const std::vector<double> &point) const override;

    bool
    is_even_about(const std::vector<double> &point) const override;

    unsigned int
    first_refinements() const override
    {
      return 0;
    }
  };
} // namespace dynkin

#endif
