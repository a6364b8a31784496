// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/expression.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "model/probes.h"
#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    Formula<dim>
    read(const std::string &text, const std::map<std::string, double> &constants, const char *entry)
    {
      try
        {
          return Formula<dim>(text, constants);
        }
      catch (const std::invalid_argument &error)
        {
          throw InputError(entry, std::string("needs formulas: ") + error.what());
        }
    }
  } // namespace

  template <int dim>
  ExpressionModel<dim>::ExpressionModel(const ModelParameters &parameters)
    : convention(parameters.expression.convention)
  {
    ExpressionTexts texts(parameters.expression, dim);
    texts.constants.emplace("eta", parameters.eta);
    for (unsigned int i = 0; i < dim; ++i)
      {
        w_star[i] = parameters.center.at(i);
        b[i]      = read<dim>(texts.drift[i], texts.constants, "Model/expression/drift");
        for (unsigned int j = 0; j < dim; ++j)
          a[i][j] = read<dim>(texts.diffusion[i][j], texts.constants, "Model/expression/diffusion");
      }
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = 0; j < dim; ++j)
        div_a[i] = div_a[i] + a[i][j].derivative(j);
    const Vector correction = ito_correction(convention);
    for (unsigned int i = 0; i < dim; ++i)
      b[i] = b[i] + correction[i];
    reversible = is_gradient();
  }

  template <int dim>
  typename ExpressionModel<dim>::Vector
  ExpressionModel<dim>::ito_correction(const std::string &convention) const
  {
    Vector             correction;
    const Formula<dim> half(0.5);
    if (convention == "Haenggi-Klimontovich")
      for (unsigned int i = 0; i < dim; ++i)
        correction[i] = half * div_a[i];
    else if (convention == "Stratonovich")
      {
        Matrix s; // a = s s^T, lower triangular
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = 0; j <= i; ++j)
            {
              Formula<dim> rest = a[i][j];
              for (unsigned int k = 0; k < j; ++k)
                rest = rest - s[i][k] * s[j][k];
              s[i][j] = i == j ? rest.sqrt() : rest / s[j][j];
            }
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = 0; j < dim; ++j)
            for (unsigned int k = 0; k < dim; ++k)
              correction[i] = correction[i] + half * s[j][k] * s[i][k].derivative(j);
      }
    return correction;
  }

  template <int dim>
  bool
  ExpressionModel<dim>::is_gradient() const
  {
    if (dim == 1)
      return true;
    // curl g by central differences of fourth order, against the size of grad g
    constexpr double step = 1e-3;
    for (const Point<dim> &z : probes<dim>())
      {
        const Point<dim> x = w_star + z;
        Tensor<2, dim>   gradient;
        for (unsigned int j = 0; j < dim; ++j)
          {
            const auto at = [&](const double shift) {
              Point<dim> y = x;
              y[j] += shift * step;
              return reversible_gradient(y);
            };
            const Tensor<1, dim> slope = (8. * (at(1) - at(-1)) - (at(2) - at(-2))) / (12. * step);
            for (unsigned int i = 0; i < dim; ++i)
              gradient[i][j] = slope[i];
          }
        const Tensor<2, dim> curl = gradient - transpose(gradient);
        if (std::isfinite(gradient.norm()) && curl.norm() > 1e-7 * gradient.norm())
          return false;
      }
    return true;
  }

  template <int dim>
  Tensor<1, dim>
  ExpressionModel<dim>::drift(const Point<dim> &x) const
  {
    Tensor<1, dim> value;
    for (unsigned int i = 0; i < dim; ++i)
      value[i] = b[i].value(x);
    return value;
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
    bool is_positive = value[0][0] > 0. && determinant(value) > 0.;
    if constexpr (dim == 3)
      is_positive = is_positive && value[0][0] * value[1][1] > value[0][1] * value[0][1];
    if (!is_positive || !std::isfinite(value.norm()))
      {
        std::ostringstream point;
        point << x;
        throw InputError("Model/expression/diffusion",
                         "needs a positive definite matrix in the whole domain, which it is not "
                         "at (" +
                           point.str() + ")");
      }
    return value;
  }

  template <int dim>
  Tensor<1, dim>
  ExpressionModel<dim>::diffusion_divergence(const Point<dim> &x) const
  {
    Tensor<1, dim> value;
    for (unsigned int i = 0; i < dim; ++i)
      value[i] = div_a[i].value(x);
    return value;
  }

  template <int dim>
  Tensor<1, dim>
  ExpressionModel<dim>::reversible_gradient(const Point<dim> &x) const
  {
    SymmetricTensor<2, dim> value; // without the check: probes may lie outside of the domain
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = i; j < dim; ++j)
        value[i][j] = a[i][j].value(x);
    return invert(value) * (2. * drift(x) - diffusion_divergence(x));
  }

  template <int dim>
  double
  ExpressionModel<dim>::log_weight(const Point<dim> &x) const
  {
    if (!reversible)
      return 0.;
    const Tensor<1, dim> ray = x - w_star;
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
      [&](const double t) { return ray * reversible_gradient(w_star + t * ray); },
      0.,
      1.,
      12,
      1e-13);
  }

  template <int dim>
  Tensor<1, dim>
  ExpressionModel<dim>::log_weight_gradient(const Point<dim> &x) const
  {
    return reversible ? reversible_gradient(x) : Tensor<1, dim>();
  }

  template <int dim>
  bool
  ExpressionModel<dim>::is_reversible() const
  {
    return reversible;
  }

  template <int dim>
  bool
  ExpressionModel<dim>::knows_weight() const
  {
    return dim > 1;
  }

  template <int dim>
  Point<dim>
  ExpressionModel<dim>::center() const
  {
    return w_star;
  }

  template <int dim>
  std::string
  ExpressionModel<dim>::formula() const
  {
    std::ostringstream out;
    out << "dv = b dt + s dB, a = s s^T, given in the " << convention
        << " convention; as an Ito equation:\n";
    for (unsigned int i = 0; i < dim; ++i)
      out << "b_" << i + 1 << " = " << b[i].text() << '\n';
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = i; j < dim; ++j)
        out << "a_" << i + 1 << j + 1 << " = " << a[i][j].text() << '\n';
    out << (reversible ? "reversible: natural weight by integration of a^-1 (2 b - div a)"
                       : "not reversible: the natural weight is 1");
    return out.str();
  }

  template class ExpressionModel<1>;
  template class ExpressionModel<2>;
  template class ExpressionModel<3>;
} // namespace dynkin
