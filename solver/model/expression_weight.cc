// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/expression_model.h"
#include "model/line_integrals.h"

#include <algorithm>

using namespace dealii;

// The natural weight of a diffusion that is given by formulas.

namespace dynkin
{
  namespace
  {
    template <int dim>
    using Line = std::pair<Point<dim>, Point<dim>>;

    /**
     * The pieces of a line between places where the integrand may jump or have a kink: a jump
     * that is nearer to an end than all points of a quadrature is in no estimate of its error.
     */
    template <int dim>
    std::vector<Line<dim>>
    pieces(const Line<dim> &line, const std::vector<CoefficientSwitch<dim>> &places)
    {
      constexpr unsigned int n = 8; // looks for several zeros
      const auto at = [&](const double t) { return line.first + t * (line.second - line.first); };
      std::vector<double> cuts = {0., 1.};
      for (const CoefficientSwitch<dim> &place : places)
        {
          double before = place.value(line.first);
          for (unsigned int k = 1; k <= n; ++k)
            {
              double       l = (k - 1.) / n, r = static_cast<double>(k) / n;
              const double after = place.value(at(r));
              if (before * after < 0.)
                {
                  for (double c = 0.5 * (l + r); l < c && c < r; c = 0.5 * (l + r))
                    (place.value(at(c)) * after > 0. ? r : l) = c;
                  cuts.push_back(r);
                }
              before = after;
            }
        }
      std::sort(cuts.begin(), cuts.end());
      std::vector<Line<dim>> result;
      for (std::size_t k = 1; k < cuts.size(); ++k)
        result.emplace_back(at(cuts[k - 1]), k + 1 < cuts.size() ? at(cuts[k]) : line.second);
      return result;
    }

    template <int dim>
    std::vector<double>
    integrals(const VectorField<dim>                    &field,
              const std::vector<Line<dim>>              &lines,
              const std::vector<CoefficientSwitch<dim>> &places)
    {
      constexpr double accuracy = 1e-14;
      if (places.empty())
        return line_integrals<dim>(field, lines, accuracy);
      std::vector<Line<dim>>   all;
      std::vector<std::size_t> of_line;
      for (std::size_t k = 0; k < lines.size(); ++k)
        for (const Line<dim> &piece : pieces(lines[k], places))
          {
            all.push_back(piece);
            of_line.push_back(k);
          }
      const std::vector<double> parts = line_integrals<dim>(field, all, accuracy);
      std::vector<double>       sums(lines.size(), 0.);
      for (std::size_t p = 0; p < parts.size(); ++p)
        sums[of_line[p]] += parts[p];
      return sums;
    }
  } // namespace

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
    const auto             places = switches();
    const double           first  = integrals<dim>(gradient, {{w_star, x[0]}}, places).front();
    std::vector<Line<dim>> lines;
    for (std::size_t q = 1; q < x.size(); ++q)
      lines.emplace_back(x[0], x[q]);
    std::vector<double> psi = integrals<dim>(gradient, lines, places);
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
