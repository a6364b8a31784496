// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/quadratic_covariance_model.h"

#include <cmath>
#include <sstream>

#include "model/probes.h"
#include "model/quadratic_model.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  QuadraticCovarianceModel<dim>::QuadraticCovarianceModel(const ModelParameters &parameters,
                                                          const std::string     &equation)
    : Model<dim>(create_killing_rate<dim>(parameters))
    , eta(parameters.eta)
  {
    const QuadraticCoefficients coefficients = *parameters.kind().as_quadratic(dim);
    Tensor<2, dim>              noise;
    for (unsigned int i = 0; i < dim; ++i)
      {
        w_star[i] = parameters.center.at(i);
        for (unsigned int j = 0; j < dim; ++j)
          {
            H[i][j]     = coefficients.H(i, j);
            noise[i][j] = coefficients.Sigma(i, j);
            for (unsigned int a = 0; a < dim; ++a)
              for (unsigned int b = 0; b < dim; ++b)
                A[i][j][a][b] = coefficients.S[i * dim + j](a, b);
          }
      }
    Sigma = symmetrize(noise);
    std::ostringstream numbers;
    numbers << equation << ", eta = " << eta << ", w* = (" << w_star << ")";
    text = numbers.str();

    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = 0; j < dim; ++j)
        for (unsigned int l = 0; l < dim; ++l)
          D[i][l] += eta * (A[i][j][j][l] + A[i][j][l][j]);
    if (!parameters.group_sizes.empty()) // of R^d, see model/groups.h
      {
        const Matrix m = parameters.kind().radial_growth().value();
        for (unsigned int k = 0; k < dim; ++k)
          for (unsigned int l = 0; l < dim; ++l)
            D[k][k] += eta * m[k][l] * (parameters.group_sizes[l] - 1.);
      }

    const double ratio = parameters.weight_eta > 0. ? parameters.weight_eta / eta : 1.;
    weight.emplace(
      H,
      ratio * eta * Sigma,
      ratio * D,
      [this, ratio](const Tensor<1, dim> &x) { return ratio * quadratic_part(x); },
      parameters.weight_tail_index);
    reversible = true;
    for (const Point<dim> &z : probes<dim>())
      {
        const Tensor<1, dim> b = drift(w_star + z);
        const Tensor<1, dim> c =
          b - 0.5 * (D * z) - 0.5 * (diffusion(w_star + z) * weight->log_gradient(z));
        reversible = reversible && c.norm() < 1e-12 * (b.norm() + (D * z).norm());
      }
  }

  template <int dim>
  SymmetricTensor<2, dim>
  QuadraticCovarianceModel<dim>::quadratic_part(const Tensor<1, dim> &x) const
  {
    SymmetricTensor<2, dim> a;
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = i; j < dim; ++j)
        a[i][j] = eta * (x * (A[i][j] * x));
    return a;
  }

  template <int dim>
  Tensor<1, dim>
  QuadraticCovarianceModel<dim>::drift(const Point<dim> &x) const
  {
    return -(H * (x - w_star));
  }

  template <int dim>
  SymmetricTensor<2, dim>
  QuadraticCovarianceModel<dim>::diffusion(const Point<dim> &x) const
  {
    return eta * Sigma + quadratic_part(x - w_star);
  }

  template <int dim>
  Tensor<1, dim>
  QuadraticCovarianceModel<dim>::diffusion_divergence(const Point<dim> &x) const
  {
    return D * (x - w_star);
  }

  template <int dim>
  double
  QuadraticCovarianceModel<dim>::log_weight(const Point<dim> &x) const
  {
    return weight->log_value(x - w_star);
  }

  template <int dim>
  Tensor<1, dim>
  QuadraticCovarianceModel<dim>::log_weight_gradient(const Point<dim> &x) const
  {
    return weight->log_gradient(x - w_star);
  }

  template <int dim>
  bool
  QuadraticCovarianceModel<dim>::is_reversible() const
  {
    return reversible;
  }

  template <int dim>
  Point<dim>
  QuadraticCovarianceModel<dim>::center() const
  {
    return w_star;
  }

  template <int dim>
  std::string
  QuadraticCovarianceModel<dim>::formula() const
  {
    return text;
  }

  template class QuadraticCovarianceModel<1>;
  template class QuadraticCovarianceModel<2>;
  template class QuadraticCovarianceModel<3>;
} // namespace dynkin
