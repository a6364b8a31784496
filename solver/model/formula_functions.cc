// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_node.h"

#include <algorithm>

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      bool
      is_odd(const Operation operation)
      {
        switch (operation)
          {
            case Operation::sign:
            case Operation::sin:
            case Operation::tan:
            case Operation::asin:
            case Operation::atan:
            case Operation::sinh:
            case Operation::tanh:
            case Operation::asinh:
            case Operation::atanh:
            case Operation::erf:
            case Operation::cbrt:
              return true;
            default:
              return false;
          }
      }

      int
      sign_of(const Rational &value)
      {
        return sgn(value);
      }

      /** The value where it is a rational number, else nullptr. */
      Expression
      known_value(const Operation operation, const Rational &u)
      {
        switch (operation)
          {
            case Operation::absolute:
              return number(Rational(abs(u)));
            case Operation::sign:
              return number(sign_of(u));
            case Operation::step:
              return number(Rational(1 + sign_of(u)) / 2);
            case Operation::negation:
              return number(u == 0);
            case Operation::exp:
            case Operation::cos:
            case Operation::cosh:
            case Operation::erfc:
              return u == 0 ? number(1) : nullptr;
            case Operation::log:
            case Operation::log10:
              return u == 1 ? number(0) : nullptr;
            default:
              return is_odd(operation) && u == 0 ? number(0) : nullptr;
          }
      }

      /** Of two numbers. */
      Expression
      known_value(const Operation operation, const Rational &a, const Rational &b)
      {
        switch (operation)
          {
            case Operation::minimum:
              return number(a < b ? a : b);
            case Operation::maximum:
              return number(a < b ? b : a);
            case Operation::less:
              return number(a < b);
            case Operation::less_equal:
              return number(a <= b);
            case Operation::equal:
              return number(a == b);
            default:
              return nullptr;
          }
      }

      /** Of one argument. */
      Expression
      simplified(const Operation operation, const Expression u)
      {
        if (u->operation == Operation::number)
          if (const Expression value = known_value(operation, u->number))
            return value;
        if ((operation == Operation::exp && u->operation == Operation::log) ||
            (operation == Operation::log && u->operation == Operation::exp) ||
            (operation == Operation::absolute && u->operation == Operation::absolute))
          return operation == Operation::absolute ? u : u->arguments[0];
        if ((operation == Operation::absolute || operation == Operation::sign) &&
            u->operation == Operation::product && u->number != 1)
          {
            const Expression rest = product(1 / u->number, {{u, 1}});
            return product(operation == Operation::sign ? Rational(sign_of(u->number))
                                                        : Rational(abs(u->number)),
                           {{function(operation, {rest}), 1}});
          }
        return nullptr;
      }

      /** Of and, or: numbers other than 0 are true. */
      Expression
      simplified_condition(const Operation operation, const Expression a, const Expression b)
      {
        const bool is_and = operation == Operation::both;
        for (const auto &[one, other] : {std::make_pair(a, b), std::make_pair(b, a)})
          if (one->operation == Operation::number)
            {
              if ((one->number != 0) != is_and)
                return number(is_and ? 0 : 1);
              if (other->operation >= Operation::less && other->operation <= Operation::negation)
                return other;
              return operation == Operation::both || operation == Operation::either
                       ? formulas::operation(Operation::negation,
                                             formulas::operation(Operation::negation, other))
                       : nullptr;
            }
        return nullptr;
      }
    } // namespace

    Expression
    function(const Operation operation, const std::vector<Expression> &arguments)
    {
      const Expression a     = arguments[0];
      Expression       known = nullptr;
      if (arguments.size() == 1)
        known = simplified(operation, a);
      else if (operation == Operation::choice)
        {
          if (a->operation == Operation::number)
            known = arguments[a->number != 0 ? 1 : 2];
          else if (arguments[1] == arguments[2])
            known = arguments[1];
        }
      else if (operation == Operation::both || operation == Operation::either)
        known = simplified_condition(operation, a, arguments[1]);
      else if (a->operation == Operation::number && arguments[1]->operation == Operation::number)
        known = known_value(operation, a->number, arguments[1]->number);
      else if ((operation == Operation::minimum || operation == Operation::maximum) &&
               a == arguments[1])
        known = a;
      return known != nullptr ? known : shared({operation, 0, arguments, {}});
    }

    const std::vector<FunctionName> &
    function_names()
    {
      static const std::vector<FunctionName> names = {
        {"abs", Operation::absolute, 1}, {"acos", Operation::acos, 1},
        {"acosh", Operation::acosh, 1},  {"asin", Operation::asin, 1},
        {"asinh", Operation::asinh, 1},  {"atan", Operation::atan, 1},
        {"atan2", Operation::atan2, 2},  {"atanh", Operation::atanh, 1},
        {"cbrt", Operation::cbrt, 1},    {"cos", Operation::cos, 1},
        {"cosh", Operation::cosh, 1},    {"csgn", Operation::sign, 1},
        {"erf", Operation::erf, 1},      {"erfc", Operation::erfc, 1},
        {"exp", Operation::exp, 1},      {"if", Operation::choice, 3},
        {"ln", Operation::log, 1},       {"log", Operation::log, 1},
        {"log10", Operation::log10, 1},  {"max", Operation::maximum, 2},
        {"min", Operation::minimum, 2},  {"pow", Operation::power, 2},
        {"sign", Operation::sign, 1},    {"sin", Operation::sin, 1},
        {"sinh", Operation::sinh, 1},    {"sqrt", Operation::product, 1},
        {"step", Operation::step, 1},    {"tan", Operation::tan, 1},
        {"tanh", Operation::tanh, 1}};
      return names;
    }

    namespace
    {
      void
      add_switches(const Expression                   e,
                   std::map<Expression, bool, Order> &found,
                   std::map<Expression, bool, Order> &visited)
      {
        if (!visited.emplace(e, true).second)
          return;
        for (const Expression argument : e->arguments)
          add_switches(argument, found, visited);
        Expression switching = nullptr;
        switch (e->operation)
          {
            case Operation::absolute:
            case Operation::sign:
            case Operation::step:
              switching = e->arguments[0];
              break;
            case Operation::minimum:
            case Operation::maximum:
            case Operation::less:
            case Operation::less_equal:
            case Operation::equal:
              switching = minus(e->arguments[0], e->arguments[1]);
              break;
            case Operation::both:
            case Operation::either:
            case Operation::negation:
            case Operation::choice:
              // numbers as conditions; conditions themselves have been visited
              for (std::size_t k = 0;
                   k < (e->operation == Operation::choice ? 1 : e->arguments.size());
                   ++k)
                if (e->arguments[k]->operation < Operation::less ||
                    e->arguments[k]->operation == Operation::choice)
                  found[e->arguments[k]] = true;
              break;
            default:
              break;
          }
        if (switching == nullptr || switching->operation == Operation::number)
          return;
        const bool is_jump = e->operation != Operation::absolute &&
                             e->operation != Operation::minimum &&
                             e->operation != Operation::maximum;
        const Expression negative = product(-1, {{switching, 1}});
        if (found.count(negative) > 0)
          switching = negative;
        found[switching] = found[switching] || is_jump;
      }
    } // namespace

    std::map<Expression, bool, Order>
    switches(const Expression e)
    {
      std::map<Expression, bool, Order> found, visited;
      add_switches(e, found, visited);
      return found;
    }

    namespace
    {
      bool
      contains(const Expression                   e,
               const Operation                    operation,
               std::map<Expression, bool, Order> &visited)
      {
        return visited.emplace(e, true).second &&
               (e->operation == operation ||
                std::any_of(
                  e->arguments.begin(), e->arguments.end(), [&](const Expression argument) {
                    return contains(argument, operation, visited);
                  }));
      }
    } // namespace

    bool
    may_jump(const Expression e)
    {
      const auto                        found = switches(e);
      std::map<Expression, bool, Order> visited;
      return std::any_of(
               found.begin(), found.end(), [](const auto &place) { return place.second; }) ||
             contains(e, Operation::atan2, visited);
    }
  } // namespace formulas
} // namespace dynkin
