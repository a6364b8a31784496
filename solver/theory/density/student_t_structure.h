// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_student_t_structure_h
#define dynkin_theory_density_student_t_structure_h

#include "model/quadratic_model.h"

#include <optional>

namespace dynkin
{
  /** H = (k Sigma_g + K) Sigma_H with K antisymmetric. */
  struct StudentTStructure
  {
    double          k;
    Eigen::MatrixXd K, Sigma_H;
    bool            reversible; // K = 0 (to the tolerance), H = k Sigma_g Sigma_H

    /**
     * k and K of a model with a common factor of the noise, if it has this structure: the symmetric part
     * of Sigma_g^(-1/2) H Sigma_H^-1 Sigma_g^(-1/2) equals k I to `tolerance`, relative
     * to its largest entry. Nothing for other models and a singular Sigma_H.
     */
    static std::optional<StudentTStructure>
    recognise(const ModelParameters &model, const double tolerance = 1e-10);
  };
} // namespace dynkin

#endif
