// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/expression_model.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

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
    : Model<dim>(create_killing_rate<dim>(parameters))
    , convention(parameters.expression.convention)
  {
    const ExpressionTexts texts(parameters.expression, dim);
    const auto            constants = formula_constants(parameters);
    for (unsigned int i = 0; i < dim; ++i)
      {
        w_star[i] = parameters.center.at(i);
        b[i]      = read<dim>(texts.drift[i], constants, "Model/expression/drift");
        for (unsigned int j = 0; j < dim; ++j)
          a[i][j] = read<dim>(texts.diffusion[i][j], constants, "Model/expression/diffusion");
      }
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = 0; j < dim; ++j)
        div_a[i] = div_a[i] + a[i][j].derivative(j);
    const Vector correction = ito_correction(convention);
    for (unsigned int i = 0; i < dim; ++i)
      b[i] = b[i] + correction[i];
    if (dim > 1)
      for (unsigned int i = 0; i < dim; ++i)
        for (unsigned int j = i; j < dim; ++j)
          for (const auto &place : a[i][j].switches())
            if (place.is_jump)
              throw InputError(
                "Model/expression/diffusion",
                "needs a continuous matrix for dimension > 1, but it may jump where " +
                  place.argument.text() + " = 0; jumps are solved for dimension = 1");
    require_noise();
    g          = reversible_gradient();
    reversible = is_curl_free();
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
  std::vector<std::pair<double, double>>
  ExpressionModel<dim>::coefficient_ranges(const Point<dim> &lower, const Point<dim> &upper) const
  {
    std::vector<std::pair<double, double>> ranges;
    for (unsigned int i = 0; i < dim; ++i)
      ranges.push_back(b[i].bounds(lower, upper));
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = i; j < dim; ++j)
        ranges.push_back(a[i][j].bounds(lower, upper));
    return ranges;
  }

  template <int dim>
  std::vector<CoefficientSwitch<dim>>
  ExpressionModel<dim>::switches() const
  {
    std::vector<CoefficientSwitch<dim>> places;
    for (unsigned int i = 0; i < dim; ++i)
      {
        append_switches(b[i], places);
        for (unsigned int j = i; j < dim; ++j)
          append_switches(a[i][j], places);
      }
    return places;
  }

  template <int dim>
  bool
  ExpressionModel<dim>::holds_at_jumps() const
  {
    return dim == 1 && convention == "Ito";
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
  void
  ExpressionModel<dim>::coefficients(const std::vector<Point<dim>>    &x,
                                     std::vector<std::vector<double>> &values) const
  {
    values.resize(dim + dim * (dim + 1) / 2);
    unsigned int c = 0;
    for (unsigned int i = 0; i < dim; ++i)
      b[i].values(x, values[c++]);
    for (unsigned int i = 0; i < dim; ++i)
      for (unsigned int j = i; j < dim; ++j)
        a[i][j].values(x, values[c++]);
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
