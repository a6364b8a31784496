// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/expression_model.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

using namespace dealii;

// The diffusion matrix of an expression: where it is positive definite, and where not.

namespace dynkin
{
  namespace
  {
    constexpr double rounding = 1e-14; // of a determinant, relative to that of independent noise

    constexpr double smallest_product = std::numeric_limits<double>::min(); // of the diagonal

    [[noreturn]] void
    refuse_degenerate(const std::string &where)
    {
      throw InputError(
        "Model/expression/diffusion",
        "needs noise in every direction, but the matrix is singular " + where +
          ": with degenerate noise, such as that of underdamped motion, the equation is not "
          "elliptic "
          "and is not solved here; take the overdamped limit, add a small noise in the directions "
          "without any, or simulate paths");
    }
  } // namespace

  template <int dim>
  typename ExpressionModel<dim>::Matrix
  ExpressionModel<dim>::cofactors() const
  {
    Matrix cofactor;
    if constexpr (dim == 1)
      cofactor[0][0] = Formula<dim>(1.);
    else if constexpr (dim == 2)
      {
        cofactor[0][0] = a[1][1];
        cofactor[1][1] = a[0][0];
        cofactor[0][1] = cofactor[1][0] = Formula<dim>() - a[0][1];
      }
    else
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = 0; j < dim; ++j)
          {
            const unsigned int i1 = (i + 1) % dim, i2 = (i + 2) % dim, j1 = (j + 1) % dim,
                               j2 = (j + 2) % dim;
            cofactor[i][j]        = a[i1][j1] * a[i2][j2] - a[i1][j2] * a[i2][j1];
          }
    return cofactor;
  }

  template <int dim>
  Formula<dim>
  ExpressionModel<dim>::determinant_of(const Matrix &cofactor) const
  {
    Formula<dim> sum;
    for (unsigned int j = 0; j < dim; ++j)
      sum = sum + a[0][j] * cofactor[0][j];
    return sum;
  }

  template <int dim>
  void
  ExpressionModel<dim>::require_noise() const
  {
    for (unsigned int i = 0; i < dim; ++i)
      if (a[i][i].is_zero())
        refuse_degenerate(std::string("everywhere, for no noise acts on ") + "xyz"[i]);
    if (determinant_of(cofactors()).is_zero())
      refuse_degenerate("everywhere");
  }

  template <int dim>
  SymmetricTensor<2, dim>
  ExpressionModel<dim>::diffusion(const Point<dim> &x) const
  {
    SymmetricTensor<2, dim> value;
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = i; j < dim; ++j)
        value[i][j] = a[i][j].value(x);

    // Sylvester: all leading minors positive (this also refuses what is not a number)
    const double volume      = determinant(value);
    double       independent = 1., smallest = value[0][0];
    for (unsigned int i = 0; i < dim; ++i)
      {
        independent *= value[i][i];
        smallest = std::min(smallest, value[i][i]);
      }
    bool is_positive =
      smallest > 0. && independent >= smallest_product && volume > rounding * independent;
    if constexpr (dim == 3)
      is_positive = is_positive && value[0][0] * value[1][1] > value[0][1] * value[0][1];
    if (!is_positive || !std::isfinite(value.norm()))
      {
        const std::string point = point_in_words({x.begin_raw(), x.end_raw()});
        if (smallest > 0. && std::isfinite(value.norm()) && independent < smallest_product)
          throw InputError(
            "Model/expression/diffusion",
            "needs a " + std::string(dim == 1 ? "value" : "product of the diagonal") +
              " >= " + format_number(smallest_product, 2) +
              ", the smallest number of full accuracy, but has " + format_number(independent) +
              " " + point + "; other units of length and time make it larger");
        if (dim > 1 && std::abs(volume) <= rounding * std::abs(independent))
          refuse_degenerate(point);
        throw InputError("Model/expression/diffusion",
                         "needs a positive definite matrix in the whole domain, which it is not " +
                           point);
      }
    return value;
  }

#define INSTANTIATE(dim)                                                                       \
  template typename ExpressionModel<dim>::Matrix ExpressionModel<dim>::cofactors() const;      \
  template Formula<dim>            ExpressionModel<dim>::determinant_of(const Matrix &) const; \
  template void                    ExpressionModel<dim>::require_noise() const;                \
  template SymmetricTensor<2, dim> ExpressionModel<dim>::diffusion(const Point<dim> &) const;
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
