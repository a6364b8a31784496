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
      /** How tightly a text holds together, as the parser reads it. */
      enum Level
      {
        either_level,
        both_level,
        negation_level,
        comparison_level,
        sum_level,
        product_level,
        power_level,
        atom_level
      };

      struct Text
      {
        std::string text;
        Level       level;

        /** In parentheses unless it holds together at least this tightly. */
        std::string
        at(const Level needed) const
        {
          return level >= needed ? text : "(" + text + ")";
        }
      };

      Text
      write(const Expression e);

      /** 0.digits * 10^exponent as 12.5 or 1.25e-7. */
      std::string
      decimal(std::string digits, int exponent)
      {
        const int n = static_cast<int>(digits.size());
        if (exponent > 0 && exponent <= 17)
          {
            if (n <= exponent)
              return digits + std::string(exponent - n, '0');
            return digits.insert(exponent, ".");
          }
        if (exponent <= 0 && exponent > -4)
          return "0." + std::string(-exponent, '0') + digits;
        if (n > 1)
          digits.insert(1, ".");
        return digits + "e" + std::to_string(exponent - 1);
      }

      Text
      write_number(const Rational &value)
      {
        if (value < 0)
          return {"-" + write_number(-value).at(product_level), sum_level};
        Integer numerator = value.get_num(), denominator = value.get_den();
        if (value == 0)
          return {"0", atom_level};
        int exponent =
          0; // value = numerator * 10^exponent, if the denominator divides a power of 10
        for (const int prime : {2, 5})
          for (; denominator % prime == 0; denominator /= prime)
            {
              numerator *= 10 / prime;
              --exponent;
            }
        if (denominator == 1)
          {
            std::string digits = numerator.get_str();
            exponent += static_cast<int>(digits.size());
            digits.erase(digits.find_last_not_of('0') + 1);
            if (digits.size() <= 17)
              return {decimal(digits, exponent), atom_level};
          }
        numerator   = value.get_num();
        denominator = value.get_den();
        if (denominator == 1)
          return {numerator.get_str(), atom_level};
        return {numerator.get_str() + "/" + denominator.get_str(), product_level};
      }

      std::string
      call(const std::string &name, const std::vector<Expression> &arguments)
      {
        std::string text = name;
        for (std::size_t k = 0; k < arguments.size(); ++k)
          text += (k == 0 ? "(" : ", ") + write(arguments[k]).text;
        return text + ")";
      }

      Text
      write_sum(const Expression e)
      {
        std::string text;
        const auto  add = [&text](const bool is_negative, const std::string &term) {
          text += is_negative ? (text.empty() ? "-" : " - ") : (text.empty() ? "" : " + ");
          text += term;
        };
        // positive terms first, so that no sum begins with a minus without need
        for (const bool is_negative : {false, true})
          {
            if (e->number != 0 && (e->number < 0) == is_negative)
              add(is_negative, write_number(abs(e->number)).at(product_level));
            for (std::size_t k = 0; k < e->arguments.size(); ++k)
              if ((e->weights[k] < 0) == is_negative)
                {
                  const Expression term = product(abs(e->weights[k]), {{e->arguments[k], 1}});
                  add(is_negative, write(term).at(product_level));
                }
          }
        return {text, sum_level};
      }

      Text
      write_power(const Expression base, const Rational &exponent)
      {
        if (exponent == 1)
          return write(base);
        if (exponent == Rational(1, 2))
          return {"sqrt(" + write(base).text + ")", atom_level};
        return {write(base).at(atom_level) + "^" + write_number(exponent).at(atom_level),
                power_level};
      }

      Text
      write_product(const Expression e)
      {
        if (e->number < 0)
          return {"-" + write(product(-1, {{e, 1}})).at(product_level), sum_level};
        std::string  above = e->number == 1 ? "" : write_number(e->number).at(product_level), below;
        unsigned int n_above = e->number == 1 ? 0 : 1, n_below = 0;
        Text         last = {above, product_level};
        for (std::size_t k = 0; k < e->arguments.size(); ++k)
          if (e->weights[k] > 0)
            {
              last = write_power(e->arguments[k], e->weights[k]);
              above += (n_above++ > 0 ? "*" : "") + last.at(power_level);
            }
          else
            below += (n_below++ > 0 ? "*" : "") +
                     write_power(e->arguments[k], -e->weights[k]).at(power_level);
        if (n_below == 0)
          return n_above == 1 ? last : Text{above, product_level};
        return {(n_above == 0 ? "1" : above) + "/" + (n_below == 1 ? below : "(" + below + ")"),
                product_level};
      }

      Text
      write_binary(const Expression e, const std::string &word, const Level level)
      {
        // the next tighter level on both sides: comparisons are not chained
        const Level inner = level == comparison_level ? sum_level : level;
        return {write(e->arguments[0]).at(inner) + word + write(e->arguments[1]).at(inner), level};
      }

      Text
      write(const Expression e)
      {
        switch (e->operation)
          {
            case Operation::number:
              return write_number(e->number);
            case Operation::pi:
              return {"pi", atom_level};
            case Operation::coordinate:
              return {e->number == 0 ? "x" : e->number == 1 ? "y" : "z", atom_level};
            case Operation::sum:
              return write_sum(e);
            case Operation::product:
              return write_product(e);
            case Operation::power:
              return {write(e->arguments[0]).at(atom_level) + "^" +
                        write(e->arguments[1]).at(atom_level),
                      power_level};
            case Operation::less:
              return write_binary(e, " < ", comparison_level);
            case Operation::less_equal:
              return write_binary(e, " <= ", comparison_level);
            case Operation::equal:
              return write_binary(e, " == ", comparison_level);
            case Operation::both:
              return write_binary(e, " && ", both_level);
            case Operation::either:
              return write_binary(e, " || ", either_level);
            case Operation::negation:
              return {"!" + write(e->arguments[0]).at(atom_level), negation_level};
            default:
              for (const FunctionName &name : function_names())
                if (name.operation == e->operation && name.name != "csgn" && name.name != "ln")
                  return {call(name.name, e->arguments), atom_level};
          }
        return {"", atom_level};
      }
    } // namespace

    std::string
    text(const Expression e)
    {
      return write(e).text;
    }
  } // namespace formulas
} // namespace dynkin
