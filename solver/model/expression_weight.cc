// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/expression.h"
#include "model/line_integrals.h"

using namespace dealii;

// The natural weight of a diffusion that is given by formulas.

namespace dynkin
{
  template <int dim>
  typename ExpressionModel<dim>::Vector
  ExpressionModel<dim>::reversible_gradient() const
  {
    const Formula<dim> two(2.);
    Vector             right, gradient;
    bool               is_diagonal = true;
    for (unsigned int i = 0; i < dim; ++i)
      {
        right[i] = two * b[i] - div_a[i];
        for (unsigned int j = 0; j < i; ++j)
          is_diagonal = is_diagonal && a[i][j].is_zero();
      }
    if (is_diagonal)
      {
        for (unsigned int i = 0; i < dim; ++i)
          gradient[i] = right[i] / a[i][i];
        return gradient;
      }
    const Matrix       cofactor    = cofactors();
    const Formula<dim> determinant = determinant_of(cofactor);
    for (unsigned int i = 0; i < dim; ++i)
      {
        for (unsigned int j = 0; j < dim; ++j)
          gradient[i] = gradient[i] + cofactor[i][j] * right[j];
        gradient[i] = gradient[i] / determinant;
      }
    return gradient;
  }

  template <int dim>
  bool
  ExpressionModel<dim>::is_curl_free() const
  {
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = 0; j < i; ++j)
        if (!(g[i].derivative(j) - g[j].derivative(i)).is_zero())
          return false;
    return true;
  }

  template <int dim>
  double
  ExpressionModel<dim>::log_weight(const Point<dim> &x) const
  {
    return log_weights({x}).front();
  }

  template <int dim>
  std::vector<double>
  ExpressionModel<dim>::log_weights(const std::vector<Point<dim>> &x) const
  {
    if (!reversible || x.empty())
      return std::vector<double>(x.size(), 0.);
    const VectorField<dim> gradient = [this](const auto &points, auto &values) {
      std::vector<double> component;
      for (unsigned int i = 0; i < dim; ++i)
        {
          g[i].values(points, component);
          for (std::size_t q = 0; q < points.size(); ++q)
            values[q][i] = component[q];
        }
    };
    // to the first point along the ray, from there to the others
    constexpr double accuracy = 1e-14;
    const double     first    = line_integrals<dim>(gradient, {{w_star, x[0]}}, accuracy).front();
    std::vector<std::pair<Point<dim>, Point<dim>>> lines;
    for (std::size_t q = 1; q < x.size(); ++q)
      lines.emplace_back(x[0], x[q]);
    std::vector<double> psi = line_integrals<dim>(gradient, lines, accuracy);
    psi.insert(psi.begin(), 0.);
    for (double &value : psi)
      value += first;
    return psi;
  }

  template <int dim>
  Tensor<1, dim>
  ExpressionModel<dim>::log_weight_gradient(const Point<dim> &x) const
  {
    Tensor<1, dim> value;
    if (reversible)
      for (unsigned int i = 0; i < dim; ++i)
        value[i] = g[i].value(x);
    return value;
  }

#define INSTANTIATE(dim)                                                                          \
  template typename ExpressionModel<dim>::Vector ExpressionModel<dim>::reversible_gradient()      \
    const;                                                                                        \
  template bool                ExpressionModel<dim>::is_curl_free() const;                        \
  template double              ExpressionModel<dim>::log_weight(const Point<dim> &) const;        \
  template std::vector<double> ExpressionModel<dim>::log_weights(const std::vector<Point<dim>> &) \
    const;                                                                                        \
  template Tensor<1, dim> ExpressionModel<dim>::log_weight_gradient(const Point<dim> &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
