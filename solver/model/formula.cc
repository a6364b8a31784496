// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula.h"

#include <ginac/ginac.h>
#include <muParser.h>

#include <array>
#include <sstream>
#include <stdexcept>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** The coordinates as GiNaC knows them, shared by all formulas. */
    const std::array<GiNaC::realsymbol, 3> &
    coordinates()
    {
      static const std::array<GiNaC::realsymbol, 3> symbols = {
        {GiNaC::realsymbol("x"), GiNaC::realsymbol("y"), GiNaC::realsymbol("z")}};
      return symbols;
    }

    double
    sign(const double t)
    {
      return (t > 0.) - (t < 0.);
    }
  } // namespace

  template <int dim>
  struct Formula<dim>::Implementation
  {
    explicit Implementation(const GiNaC::ex &formula)
      : expression(formula)
    {
      std::ostringstream out;
      out << expression;
      text = out.str();
    }

    /** Compiled at the first evaluation: most intermediate formulas are never evaluated. */
    const mu::Parser &
    parser() const
    {
      if (!is_compiled)
        {
          for (unsigned int i = 0; i < dim; ++i)
            compiled.DefineVar(coordinates()[i].get_name(), &arguments[i]);
          compiled.DefineConst("Pi", numbers::PI);
          compiled.DefineFun("csgn", sign); // GiNaC's derivative of abs
          compiled.SetExpr(text);
          is_compiled = true;
        }
      return compiled;
    }

    GiNaC::ex                     expression;
    std::string                   text;
    mutable std::array<double, 3> arguments = {};
    mutable mu::Parser            compiled;
    mutable bool                  is_compiled = false;
  };

  template <int dim>
  Formula<dim>::Formula(const std::shared_ptr<const Implementation> &implementation)
    : implementation(implementation)
  {
  }

  template <int dim>
  Formula<dim>::Formula(const double number)
    : implementation(std::make_shared<Implementation>(GiNaC::ex(number)))
  {
  }

  template <int dim>
  Formula<dim>::Formula()
    : Formula(0.)
  {
  }

  template <int dim>
  Formula<dim>::Formula(const std::string &text, const Constants &constants)
  {
    GiNaC::symtab names;
    for (unsigned int i = 0; i < dim; ++i)
      names[coordinates()[i].get_name()] = coordinates()[i];
    for (const auto &[name, value] : constants)
      names[name] = GiNaC::ex(value);
    GiNaC::ex expression;
    try
      {
        GiNaC::parser read(names, true); // strict: no new names
        expression = read(text);
      }
    catch (const std::exception &error)
      {
        const std::string message = error.what();
        throw std::invalid_argument("'" + text + "' cannot be read as a formula in " +
                                    std::string("x, y, z").substr(0, 3 * dim - 2) +
                                    (constants.empty() ? "" : " and the constants") + " (" +
                                    message.substr(0, message.find('\n')) + ")");
      }
    implementation = std::make_shared<Implementation>(expression);
    try
      {
        implementation->parser().Eval();
      }
    catch (const mu::Parser::exception_type &error)
      {
        throw std::invalid_argument("'" + text + "' cannot be evaluated (" + error.GetMsg() + ")");
      }
  }

  template <int dim>
  double
  Formula<dim>::value(const Point<dim> &x) const
  {
    const mu::Parser &parser = implementation->parser();
    for (unsigned int i = 0; i < dim; ++i)
      implementation->arguments[i] = x[i];
    return parser.Eval();
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::derivative(const unsigned int i) const
  {
    return Formula(
      std::make_shared<Implementation>(implementation->expression.diff(coordinates()[i])));
  }

  template <int dim>
  std::string
  Formula<dim>::text() const
  {
    return implementation->text;
  }

  template <int dim>
  bool
  Formula<dim>::is_zero() const
  {
    return implementation->expression.is_zero();
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator+(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(implementation->expression +
                                                    other.implementation->expression));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator-(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(implementation->expression -
                                                    other.implementation->expression));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator*(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(implementation->expression *
                                                    other.implementation->expression));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::operator/(const Formula &other) const
  {
    return Formula(std::make_shared<Implementation>(implementation->expression /
                                                    other.implementation->expression));
  }

  template <int dim>
  Formula<dim>
  Formula<dim>::sqrt() const
  {
    return Formula(std::make_shared<Implementation>(GiNaC::sqrt(implementation->expression)));
  }

  template class Formula<1>;
  template class Formula<2>;
  template class Formula<3>;
} // namespace dynkin
