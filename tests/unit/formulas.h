// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_formulas_h
#define dynkin_tests_formulas_h

#include <cmath>
#include <random>
#include <stdexcept>

#include "catch2.h"
#include "model/formula.h"

namespace dynkin
{
  namespace tests
  {
    inline const std::map<std::string, double> formula_constants = {{"k", 0.1}, {"long_name2", 3.}};

    inline bool
    is_close(const double a, const double b, const double tolerance = 4e-15)
    {
      return a == b || (std::isnan(a) && std::isnan(b)) ||
             std::abs(a - b) <= tolerance * (1e-3 + std::abs(a) + std::abs(b));
    }

    /** At scattered points. */
    inline bool
    is_same_function(const Formula<2> &a, const Formula<2> &b)
    {
      std::mt19937                           random(7);
      std::uniform_real_distribution<double> uniform(-2., 2.);
      for (unsigned int k = 0; k < 20; ++k)
        {
          const dealii::Point<2> x(uniform(random), uniform(random));
          if (!is_close(a.value(x), b.value(x), 1e-12))
            return false;
        }
      return true;
    }

    /** What it says that cannot read a text. */
    template <class Read>
    std::string
    complaint(const Read &read)
    {
      try
        {
          read();
        }
      catch (const std::invalid_argument &error)
        {
          return error.what();
        }
      return "";
    }

    template <int dim>
    std::string
    formula_complaint(const std::string &text)
    {
      return complaint([&]() { Formula<dim>(text, formula_constants); });
    }

    /** In x and y, with kinks, jumps and places where it is not defined. */
    inline std::string
    random_text(std::mt19937 &random, const unsigned int depth)
    {
      const auto part = [&]() { return "(" + random_text(random, depth - 1) + ")"; };
      const auto pick = [&](const std::vector<std::string> &from) {
        return from[random() % from.size()];
      };
      if (depth == 0)
        return pick({"x", "y", "0.3", "2", "1/3", "-1.5", "pi", "x", "y"});
      switch (random() % 6)
        {
          case 0:
            return part() + pick({"+", "-", "*", "/"}) + part();
          case 1:
            return part() + pick({"+", "-", "*"}) + part();
          case 2:
            return pick({"sin",  "cos",  "tan",  "exp",   "log",  "sqrt", "abs",  "sign",
                         "step", "asin", "acos", "atan",  "sinh", "cosh", "tanh", "erf",
                         "erfc", "cbrt", "ln",   "asinh", "csgn", "log10"}) +
                   part();
          case 3:
            return part() + "^" + pick({"2", "3", "(-1)", "(-2)", "6", "0.5", "1.5", "(1/3)", "5"});
          case 4:
            return pick({"min", "max", "atan2"}) + "(" + part() + "," + part() + ")";
          default:
            return "if(" + part() + pick({"<", "<=", ">", ">=", "!="}) + part() +
                   pick({" && ", " || ", " && !"}) + "(" + part() + pick({"<", ">"}) + part() +
                   ")," + part() + "," + part() + ")";
        }
    }

    /** One that can be read: none that divides by 0 everywhere. */
    inline std::string
    random_formula(std::mt19937 &random, const unsigned int depth)
    {
      std::string text;
      do
        text = random_text(random, depth);
      while (!formula_complaint<2>(text).empty());
      return text;
    }
  } // namespace tests
} // namespace dynkin

#endif
