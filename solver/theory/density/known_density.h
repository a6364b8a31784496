// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_known_density_h
#define dynkin_theory_density_known_density_h

#include "domain/domain_parameters.h"
#include "model/model_parameters.h"
#include "theory/density/power_law_density.h"
#include "theory/density/student_t_density.h"

#include <string>
#include <variant>
#include <vector>

namespace dynkin
{
  /**
   * The stationary density of a model on a domain with reflecting walls, where it is
   * known in closed form:
   *
   *   decoupled   product power law: whole space, interval, box, ball
   *   coupled, H = k Sigma_g Sigma_H   multivariate Student t: whole space, box, ball about w*,
   *                                    ellipsoid x^T Sigma_H x <= R^2
   *   coupled, H = (k Sigma_g + K) Sigma_H, K antisymmetric   the same without box and ball
   *
   * The constructor throws std::domain_error, with the reason, for all others.
   */
  class KnownDensity
  {
  public:
    KnownDensity(const ModelParameters &model, const DomainParameters &domain);

    const std::string &
    name() const;

    /** p(x) [length^-d]. */
    double
    value(const std::vector<double> &x) const;

    /** grad p(x) [length^-d-1]. */
    std::vector<double>
    gradient(const std::vector<double> &x) const;

    /** log of the integral over the domain of the density normalised to 1 at w*. */
    double
    log_normalisation() const;

  private:
    std::string                                    formula;
    std::variant<PowerLawDensity, StudentTDensity> density;
  };
} // namespace dynkin

#endif
