// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_node_h
#define dynkin_model_formula_node_h

#include <gmpxx.h>

#include <map>
#include <string>
#include <vector>

namespace dynkin
{
  /** What formulas are made of; see Formula for their use. */
  namespace formulas
  {
    using Integer  = mpz_class;
    using Rational = mpq_class;

    enum class Operation
    {
      number,
      pi,
      coordinate,
      sum,
      product,
      power,
      absolute,
      sign,
      step,
      exp,
      log,
      log10,
      sin,
      cos,
      tan,
      asin,
      acos,
      atan,
      sinh,
      cosh,
      tanh,
      asinh,
      acosh,
      atanh,
      erf,
      erfc,
      cbrt,
      atan2,
      minimum,
      maximum,
      less,
      less_equal,
      equal,
      both,
      either,
      negation,
      choice
    };

    struct Node;

    /**
     * Equal expressions are the same node: == of pointers is equality. Nodes live until
     * the program ends (the formulas of a run have some thousands).
     */
    using Expression = const Node *;

    /** Sum: number + sum_i weight_i argument_i. Product: number prod_i argument_i^weight_i. */
    struct Node
    {
      Operation               operation = Operation::number;
      Rational                number    = 0; // also the index of a coordinate
      std::vector<Expression> arguments = {};
      std::vector<Rational>   weights   = {};
    };

    /** A fixed order that depends on nothing but what the expressions are. */
    int
    compare(const Expression a, const Expression b);

    struct Order
    {
      bool
      operator()(const Expression a, const Expression b) const
      {
        return compare(a, b) < 0;
      }
    };

    /** The one node that equals the given one. */
    Expression
    shared(const Node &node);

    /** @name Simplifying constructors; they are exact wherever their arguments are defined. */
    /** @{ */
    Expression
    number(const Rational &value);
    Expression
    coordinate(const unsigned int i);
    Expression
    sum(const Rational &constant, const std::vector<std::pair<Expression, Rational>> &terms);
    Expression
    product(const Rational &factor, const std::vector<std::pair<Expression, Rational>> &powers);
    Expression
    power(const Expression base, const Expression exponent);
    /** Everything below `power` in Operation. */
    Expression
    function(const Operation operation, const std::vector<Expression> &arguments);

    inline Expression
    operation(const Operation operation, const Expression a)
    {
      return function(operation, {a});
    }
    inline Expression
    plus(const Expression a, const Expression b)
    {
      return sum(0, {{a, 1}, {b, 1}});
    }
    inline Expression
    minus(const Expression a, const Expression b)
    {
      return sum(0, {{a, 1}, {b, -1}});
    }
    inline Expression
    times(const Expression a, const Expression b)
    {
      return product(1, {{a, 1}, {b, 1}});
    }
    inline Expression
    over(const Expression a, const Expression b)
    {
      return product(1, {{a, 1}, {b, -1}});
    }
    inline Expression
    to_power(const Expression a, const Rational &exponent)
    {
      return product(1, {{a, exponent}});
    }
    /** @} */

    inline bool
    is_number(const Expression e, const Rational &value)
    {
      return e->operation == Operation::number && e->number == value;
    }

    inline bool
    is_integer(const Rational &value)
    {
      return value.get_den() == 1;
    }

    inline bool
    is_even(const Rational &value)
    {
      return is_integer(Rational(value / 2));
    }

    /** The shortest decimal number that is read as this one, exactly. */
    Rational
    rational(const double value);

    /** Digits with point and exponent, such as 1.5e-3. */
    Rational
    rational(const std::string &literal);

    /** The nearest one. */
    double
    to_double(const Rational &value);

    /** Not of 0 if the exponent is negative. */
    Rational
    integer_power(const Rational &base, const int exponent);

    /** d/dx_i where the expression is smooth, piece by piece. */
    Expression
    derivative(const Expression e, const unsigned int i);

    /** As it can be read again. */
    std::string
    text(const Expression e);

    /** Expressions whose zeros are kinks (false) or jumps (true) of this one. */
    std::map<Expression, bool, Order>
    switches(const Expression e);

    /** May it jump, at one of these or where atan2 does? */
    bool
    may_jump(const Expression e);

    /**
     * Proves that the expression vanishes wherever it is defined, apart perhaps from
     * zeros of its switches. False: it does not, or there is no proof.
     */
    bool
    vanishes(const Expression e);

    struct FunctionName
    {
      std::string  name;
      Operation    operation;
      unsigned int n_arguments; // min and max: at least as many
    };

    /** By their names in formulas, alphabetically; sqrt, pow, if and others included. */
    const std::vector<FunctionName> &
    function_names();
  } // namespace formulas
} // namespace dynkin

#endif
