// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/student_t_structure.h"

#include "utilities/dense_matrix.h"

namespace dynkin
{
  std::optional<StudentTStructure>
  StudentTStructure::recognise(const ModelParameters &model, const double tolerance)
  {
    const std::optional<CommonFactor> factor = model.kind().as_common_factor();
    if (!factor)
      return {};
    const QuadraticModel  quadratic(model);
    const unsigned int    d       = quadratic.dimension();
    const Eigen::MatrixXd Sigma_H = to_eigen(factor->Sigma_H, d, "Sigma_H");
    if (!(smallest_eigenvalue(Sigma_H) > 1e-14 * Sigma_H.norm()))
      return {};

    const Eigen::MatrixXd root = symmetric_inverse_sqrt(quadratic.Sigma);
    const Eigen::MatrixXd M    = right_quotient(quadratic.H, Sigma_H);
    const Eigen::MatrixXd W = root * M * root, symmetric = 0.5 * (W + W.transpose());
    const double          k = symmetric.trace() / d, size = W.cwiseAbs().maxCoeff();
    if ((symmetric - k * Eigen::MatrixXd::Identity(d, d)).cwiseAbs().maxCoeff() > tolerance * size)
      return {};
    const bool reversible = (W - W.transpose()).cwiseAbs().maxCoeff() <= 2. * tolerance * size;
    return StudentTStructure{k, 0.5 * (M - M.transpose()), Sigma_H, reversible};
  }
} // namespace dynkin
