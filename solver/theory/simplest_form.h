// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_simplest_form_h
#define dynkin_theory_simplest_form_h

#include "model/model_parameters.h"

namespace dynkin
{
  /**
   * The same model in its simplest form: in one dimension `coupled` (sigma = Sigma_g,
   * rho = Sigma_g Sigma_H) and `quadratic covariance` (sigma = Sigma, rho = A) are
   * `decoupled`. Others are returned as they are.
   */
  inline ModelParameters
  simplest_form(const ModelParameters &model)
  {
    ModelParameters simple = model;
    if (model.center.size() != 1)
      return simple;
    if (model.type == "coupled")
      {
        const CoupledParameters &p = model.coupled;
        simple.type                = "decoupled";
        simple.decoupled = {{p.H[0][0]}, {p.Sigma_g[0][0]}, {p.Sigma_g[0][0] * p.Sigma_H[0][0]}};
      }
    else if (model.type == "quadratic covariance")
      {
        const QuadraticCovarianceParameters &p = model.quadratic_covariance;
        simple.type                            = "decoupled";
        simple.decoupled                       = {{p.H[0][0]}, {p.Sigma[0][0]}, {p.A[0][0]}};
      }
    return simple;
  }
} // namespace dynkin

#endif
