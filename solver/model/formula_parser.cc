// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_parser.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "model/formula_words.h"

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      /**
       * By recursive descent:
       *
       *   either     = both { (|| or) both }
       *   both       = negation { (&& and) negation }
       *   negation   = (! not) negation | comparison
       *   comparison = sum [ (< <= > >= == !=) sum ]
       *   sum        = product { (+ -) product }
       *   product    = factor { (* /) factor }
       *   factor     = (+ -) factor | atom [ (^ **) factor ]
       *   atom       = number | name | name ( either {, either} ) | ( either ) | ! atom
       */
      class Parser
      {
      public:
        Parser(const std::string                   &text,
               const unsigned int                   dimension,
               const std::map<std::string, double> &constants)
          : words(text)
          , dimension(dimension)
          , constants(constants)
        {
        }

        Expression
        read()
        {
          const Expression e = either();
          if (!words.word().empty())
            words.fail_as_unexpected();
          return e;
        }

      private:
        Expression
        either()
        {
          Expression e = both();
          while (words.is_in({"||", "or"}))
            {
              words.next();
              e = function(Operation::either, {e, both()});
            }
          return e;
        }

        Expression
        both()
        {
          Expression e = negation();
          while (words.is_in({"&&", "and"}))
            {
              words.next();
              e = function(Operation::both, {e, negation()});
            }
          return e;
        }

        Expression
        negation()
        {
          if (!words.is_in({"!", "not"}))
            return comparison();
          enter();
          words.next();
          const Expression e = operation(Operation::negation, negation());
          --depth;
          return e;
        }

        bool
        is_comparison() const
        {
          return words.is_in({"<", "<=", ">", ">=", "==", "!="});
        }

        Expression
        comparison()
        {
          const Expression a = sum();
          if (!is_comparison())
            return a;
          const std::string sign = words.word();
          words.next();
          const Expression b = sum();
          if (is_comparison())
            words.fail("follows another comparison, write a < b && b < c");
          if (sign[0] == '<' || sign[0] == '>')
            return function(sign.size() == 1 ? Operation::less : Operation::less_equal,
                            sign[0] == '<' ? std::vector<Expression>{a, b}
                                           : std::vector<Expression>{b, a});
          const Expression equal = function(Operation::equal, {a, b});
          return sign == "==" ? equal : operation(Operation::negation, equal);
        }

        Expression
        sum()
        {
          std::vector<std::pair<Expression, Rational>> terms = {{product(), 1}};
          while (words.is_in({"+", "-"}))
            {
              const int sign = words.word() == "+" ? 1 : -1;
              words.next();
              terms.emplace_back(product(), sign);
            }
          return terms.size() == 1 ? terms[0].first : formulas::sum(0, terms);
        }

        Expression
        product()
        {
          std::vector<std::pair<Expression, Rational>> factors = {{factor(), 1}};
          while (words.is_in({"*", "/"}))
            {
              const Words here        = words;
              const bool  is_division = words.word() == "/";
              words.next();
              factors.emplace_back(factor(), is_division ? -1 : 1);
              if (is_division && is_number(factors.back().first, 0))
                here.fail("divides by 0");
            }
          return factors.size() == 1 ? factors[0].first : formulas::product(1, factors);
        }

        Expression
        factor()
        {
          enter();
          Expression e;
          if (words.is_in({"+", "-"}))
            {
              const int sign = words.word() == "+" ? 1 : -1;
              words.next();
              e = formulas::product(sign, {{factor(), 1}});
            }
          else
            {
              e                = atom();
              const Words here = words;
              if (words.is_in({"^", "**"}))
                {
                  words.next();
                  e = raised(here, e, factor());
                }
            }
          --depth;
          return e;
        }

        Expression
        raised(const Words &here, const Expression base, const Expression exponent) const
        {
          if (is_number(base, 0) && exponent->operation == Operation::number &&
              exponent->number < 0)
            here.fail("divides by 0");
          return power(base, exponent);
        }

        Expression
        atom()
        {
          if (words.word().empty())
            words.fail_at_end("a number, a name or '('");
          if (words.is_name())
            return name();
          if (words.is_number())
            {
              const double value = std::strtod(words.word().c_str(), nullptr);
              if (!std::isfinite(value))
                words.fail("is too large a number");
              const Expression e = number(value == 0. ? Rational(0) : rational(words.word()));
              words.next();
              return e;
            }
          if (words.word() == "!")
            {
              enter();
              words.next();
              const Expression e = operation(Operation::negation, atom());
              --depth;
              return e;
            }
          if (words.word() != "(")
            words.fail("stands where a number, a name or '(' is needed");
          words.next();
          const Expression e = either();
          close();
          return e;
        }

        void
        close()
        {
          if (words.word().empty())
            words.fail_at_end("')'");
          if (words.word() != ")")
            words.fail_as_unexpected();
          words.next();
        }

        Expression
        name()
        {
          const Words here      = words;
          const auto &functions = function_names();
          const auto  function_name =
            std::find_if(functions.begin(), functions.end(), [&](const auto &f) {
              return f.name == here.word();
            });
          words.next();
          if (words.word() == "(" && function_name != functions.end())
            return call(here, *function_name);
          for (unsigned int i = 0; i < 3; ++i)
            if (here.word() == std::string(1, "xyz"[i]))
              {
                if (i >= dimension)
                  here.fail_as_coordinate(dimension);
                return coordinate(i);
              }
          const auto constant = constants.find(here.word());
          if (constant != constants.end())
            return number(rational(constant->second));
          if (here.is_in({"pi", "Pi"}))
            return shared({Operation::pi, 0, {}, {}});
          if (function_name != functions.end())
            here.fail("is a function and needs its arguments in parentheses");
          here.fail_as_unknown(dimension, constants);
        }

        Expression
        call(const Words &here, const FunctionName &known)
        {
          enter();
          words.next();
          std::vector<Expression> a;
          if (words.word() != ")")
            for (a.push_back(either()); words.word() == ","; a.push_back(either()))
              words.next();
          close();
          --depth;
          const bool is_any =
            known.operation == Operation::minimum || known.operation == Operation::maximum;
          if (a.size() < known.n_arguments || (a.size() > known.n_arguments && !is_any))
            here.fail("needs " + std::to_string(known.n_arguments) + " argument" +
                      (known.n_arguments == 1 ? "" : "s") + (is_any ? " or more" : "") +
                      ", but has " + std::to_string(a.size()));
          if (known.operation == Operation::product)
            return to_power(a[0], Rational(1, 2));
          if (known.operation == Operation::power)
            return raised(here, a[0], a[1]);
          for (; a.size() > 2 && is_any; a.erase(a.begin()))
            a[1] = function(known.operation, {a[0], a[1]});
          return function(known.operation, a);
        }

        void
        enter()
        {
          if (++depth > 300)
            words.fail("is nested too deeply");
        }

        Words                                words;
        unsigned int                         dimension;
        const std::map<std::string, double> &constants;
        unsigned int                         depth = 0;
      };
    } // namespace

    Expression
    parse(const std::string                   &text,
          const unsigned int                   dimension,
          const std::map<std::string, double> &constants)
    {
      return Parser(text, dimension, constants).read();
    }
  } // namespace formulas
} // namespace dynkin
