// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_program.h"

#include <algorithm>
#include <cmath>

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      constexpr unsigned int block = 64; // points: 512 bytes per register

      double
      integer_power(const double a, const unsigned int n)
      {
        double result = n % 2 == 1 ? a : 1., square = a;
        for (unsigned int rest = n / 2; rest > 0; rest /= 2)
          {
            square *= square;
            if (rest % 2 == 1)
              result *= square;
          }
        return result;
      }

      /** One instruction on `width` points of which n are asked for: cheap ones on all. */
      template <unsigned int width>
      void
      run(const Instruction &instruction, double *const registers, const unsigned int n)
      {
        const double *const a     = registers + instruction.operands[0] * width;
        const double *const b     = registers + instruction.operands[1] * width;
        const double *const c     = registers + instruction.operands[2] * width;
        double *const       r     = registers + instruction.target * width;
        const auto          cheap = [&](const auto &operation) {
#if defined(__GNUC__) && !defined(__clang__)
#  pragma GCC ivdep
#endif
          for (unsigned int q = 0; q < width; ++q)
            r[q] = operation(a[q], b[q], c[q]);
        };
        const auto costly = [&](const auto &operation) {
          for (unsigned int q = 0; q < (width == 1 ? 1 : n); ++q)
            r[q] = operation(a[q], b[q]);
        };
        using D = const double;
        switch (instruction.code)
          {
            case Code::add:
              return cheap([](D a, D b, D) { return a + b; });
            case Code::subtract:
              return cheap([](D a, D b, D) { return a - b; });
            case Code::multiply:
              return cheap([](D a, D b, D) { return a * b; });
            case Code::divide:
              return cheap([](D a, D b, D) { return a / b; });
            case Code::multiply_add:
              return cheap([](D a, D b, D c) { return a * b + c; });
            case Code::square:
              return cheap([](D a, D, D) { return a * a; });
            case Code::cube:
              return cheap([](D a, D, D) { return a * a * a; });
            case Code::integer_power:
              return costly([&](D a, D) { return integer_power(a, instruction.n); });
            case Code::root:
              return costly([](D a, D) { return std::sqrt(a); });
            case Code::power:
              return costly([](D a, D b) { return std::pow(a, b); });
            case Code::function:
              break;
          }
        switch (instruction.operation)
          {
            case Operation::absolute:
              return cheap([](D a, D, D) { return std::abs(a); });
            case Operation::sign: // NaN stays
              return cheap([](D a, D, D) { return a > 0. ? 1. : a < 0. ? -1. : a; });
            case Operation::step:
              return cheap([](D a, D, D) { return a > 0. ? 1. : a < 0. ? 0. : a + 0.5; });
            case Operation::minimum: // of a number and NaN: NaN
              return cheap([](D a, D b, D) { return a < b || a != a ? a : b; });
            case Operation::maximum:
              return cheap([](D a, D b, D) { return a > b || a != a ? a : b; });
            case Operation::less:
              return cheap([](D a, D b, D) { return a < b ? 1. : 0.; });
            case Operation::less_equal:
              return cheap([](D a, D b, D) { return a <= b ? 1. : 0.; });
            case Operation::equal:
              return cheap([](D a, D b, D) { return a == b ? 1. : 0.; });
            case Operation::both:
              return cheap([](D a, D b, D) { return a != 0. && b != 0. ? 1. : 0.; });
            case Operation::either:
              return cheap([](D a, D b, D) { return a != 0. || b != 0. ? 1. : 0.; });
            case Operation::negation:
              return cheap([](D a, D, D) { return a != 0. ? 0. : 1.; });
            case Operation::choice:
              return cheap([](D a, D b, D c) { return a != 0. ? b : c; });
            case Operation::exp:
              return costly([](D a, D) { return std::exp(a); });
            case Operation::log:
              return costly([](D a, D) { return std::log(a); });
            case Operation::log10:
              return costly([](D a, D) { return std::log10(a); });
            case Operation::sin:
              return costly([](D a, D) { return std::sin(a); });
            case Operation::cos:
              return costly([](D a, D) { return std::cos(a); });
            case Operation::tan:
              return costly([](D a, D) { return std::tan(a); });
            case Operation::asin:
              return costly([](D a, D) { return std::asin(a); });
            case Operation::acos:
              return costly([](D a, D) { return std::acos(a); });
            case Operation::atan:
              return costly([](D a, D) { return std::atan(a); });
            case Operation::sinh:
              return costly([](D a, D) { return std::sinh(a); });
            case Operation::cosh:
              return costly([](D a, D) { return std::cosh(a); });
            case Operation::tanh:
              return costly([](D a, D) { return std::tanh(a); });
            case Operation::asinh:
              return costly([](D a, D) { return std::asinh(a); });
            case Operation::acosh:
              return costly([](D a, D) { return std::acosh(a); });
            case Operation::atanh:
              return costly([](D a, D) { return std::atanh(a); });
            case Operation::erf:
              return costly([](D a, D) { return std::erf(a); });
            case Operation::erfc:
              return costly([](D a, D) { return std::erfc(a); });
            case Operation::cbrt:
              return costly([](D a, D) { return std::cbrt(a); });
            case Operation::atan2:
              return costly([](D a, D b) { return std::atan2(a, b); });
            default: // numbers, sums, products have codes of their own
              return;
          }
      }
    } // namespace

    double
    execute(const Instruction &instruction, const double a, const double b, const double c)
    {
      double      registers[4] = {a, b, c, 0.};
      Instruction here         = instruction;
      here.operands            = {{0, 1, 2}};
      here.target              = 3;
      run<1>(here, registers, 1);
      return registers[3];
    }

    double
    Program::value(const double *x) const
    {
      constexpr unsigned int  few = 128;
      std::array<double, few> small;
      std::vector<double>     large(n_registers > few ? n_registers : 0);
      double *const           registers = n_registers > few ? large.data() : small.data();
      std::copy(constants.begin(), constants.end(), registers);
      std::copy(x, x + dimension, registers + constants.size());
      for (const Instruction &instruction : instructions)
        run<1>(instruction, registers, 1);
      return registers[result];
    }

    void
    Program::values(const std::array<std::vector<double>, 3> &x,
                    const unsigned int                        n,
                    std::vector<double>                      &values) const
    {
      std::vector<double> registers(n_registers * block);
      for (std::size_t k = 0; k < constants.size(); ++k)
        std::fill_n(registers.begin() + k * block, block, constants[k]);
      for (unsigned int begin = 0; begin < n; begin += block)
        {
          const unsigned int n_here = std::min(block, n - begin);
          for (unsigned int i = 0; i < dimension; ++i)
            std::copy_n(
              x[i].begin() + begin, n_here, registers.begin() + (constants.size() + i) * block);
          for (const Instruction &instruction : instructions)
            run<block>(instruction, registers.data(), n_here);
          std::copy_n(registers.begin() + result * block, n_here, values.begin() + begin);
        }
    }
  } // namespace formulas
} // namespace dynkin
