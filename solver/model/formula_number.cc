// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_node.h"

#include <cstdio>
#include <cstdlib>

namespace dynkin
{
  namespace formulas
  {
    Rational
    integer_power(const Rational &base, const int exponent)
    {
      const unsigned int n = std::abs(exponent);
      Rational           result;
      mpz_pow_ui(result.get_num_mpz_t(), base.get_num_mpz_t(), n);
      mpz_pow_ui(result.get_den_mpz_t(), base.get_den_mpz_t(), n);
      return exponent < 0 ? Rational(1 / result) : result;
    }

    Rational
    rational(const double value)
    {
      char digits[40];
      for (int precision = 15; precision <= 17; ++precision)
        {
          std::snprintf(digits, sizeof(digits), "%.*g", precision, value);
          if (std::strtod(digits, nullptr) == value)
            break;
        }
      const std::string literal = digits;
      return literal[0] == '-' ? Rational(-rational(literal.substr(1))) : rational(literal);
    }

    Rational
    rational(const std::string &literal)
    {
      const std::size_t e        = literal.find_first_of("eE");
      int               exponent = e == std::string::npos ? 0 : std::stoi(literal.substr(e + 1));
      bool              is_behind_point = false;
      Integer           digits          = 0;
      for (const char c : literal.substr(0, e))
        if (c == '.')
          is_behind_point = true;
        else
          {
            digits = digits * 10 + (c - '0');
            exponent -= is_behind_point;
          }
      return Rational(digits) * integer_power(10, exponent);
    }

    double
    to_double(const Rational &value)
    {
      if (value == 0)
        return 0.;
      // |value| 2^shift is a number of 64 bits or one more; its last bit says whether there are others
      const int shift = 64 - static_cast<int>(mpz_sizeinbase(value.get_num_mpz_t(), 2)) +
                        static_cast<int>(mpz_sizeinbase(value.get_den_mpz_t(), 2));
      Integer numerator = abs(value.get_num()), denominator = value.get_den();
      (shift > 0 ? numerator : denominator) <<= std::abs(shift);
      Integer quotient = numerator / denominator;
      if (quotient * denominator != numerator)
        mpz_setbit(quotient.get_mpz_t(), 0);
      // as text: it is rounded once, also where the result is subnormal
      const std::string digits = "0x" + quotient.get_str(16) + "p" + std::to_string(-shift);
      const double      size   = std::strtod(digits.c_str(), nullptr);
      return value < 0 ? -size : size;
    }
  } // namespace formulas
} // namespace dynkin
