// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/quadratic_covariance.h"

#include <cmath>
#include <sstream>

#include "model/probes.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    Tensor<2, dim>
    to_tensor(const Matrix &rows)
    {
      Tensor<2, dim> tensor;
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = 0; j < dim; ++j)
          tensor[i][j] = rows.at(i).at(j);
      return tensor;
    }

    std::string
    to_text(const Matrix &rows)
    {
      std::ostringstream out;
      out << '(';
      for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < rows[i].size(); ++j)
          out << (j > 0 ? ", " : i > 0 ? "; " : "") << rows[i][j];
      out << ')';
      return out.str();
    }
  } // namespace

  template <int dim>
  QuadraticCovarianceModel<dim>::QuadraticCovarianceModel(const ModelParameters &parameters)
    : Model<dim>(create_killing_rate<dim>(parameters))
    , eta(parameters.eta)
  {
    for (unsigned int i = 0; i < dim; ++i)
      w_star[i] = parameters.center.at(i);

    std::ostringstream coefficients;
    if (parameters.type == "coupled")
      {
        const CoupledParameters &p = parameters.coupled;
        H                          = to_tensor<dim>(p.H);
        Sigma                      = symmetrize(to_tensor<dim>(p.Sigma_g));
        A = outer_product(Tensor<2, dim>(Sigma), Tensor<2, dim>(to_tensor<dim>(p.Sigma_H)));
        coefficients
          << "dv = -H x dt + sqrt(eta Sigma_g (1 + x^T Sigma_H x)) dB  (Ito), x = v - w*\n"
          << "H = " << to_text(p.H) << ", Sigma_g = " << to_text(p.Sigma_g)
          << ", Sigma_H = " << to_text(p.Sigma_H);
      }
    else
      {
        const QuadraticCovarianceParameters &p = parameters.quadratic_covariance;
        H                                      = to_tensor<dim>(p.H);
        Sigma                                  = symmetrize(to_tensor<dim>(p.Sigma));
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = 0; j < dim; ++j)
            for (unsigned int a = 0; a < dim; ++a)
              for (unsigned int b = 0; b < dim; ++b)
                A[i][j][a][b] = p.A.at(i * dim + a).at(j * dim + b);
        coefficients << "dv = -H x dt + sqrt(eta C(v)) dB  (Ito), C_ij = Sigma_ij + x^T A^ij x, "
                        "x = v - w*\n"
                     << "H = " << to_text(p.H) << ", Sigma = " << to_text(p.Sigma)
                     << ", A = " << to_text(p.A);
      }
    coefficients << ", eta = " << eta << ", w* = (" << w_star << ")";
    text = coefficients.str();

    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = 0; j < dim; ++j)
        for (unsigned int l = 0; l < dim; ++l)
          D[i][l] += eta * (A[i][j][j][l] + A[i][j][l][j]);

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
