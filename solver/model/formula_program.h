// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_program_h
#define dynkin_model_formula_program_h

#include <array>
#include <utility>

#include "model/formula_interval.h"

namespace dynkin
{
  namespace formulas
  {
    /** What one instruction does with its operands a, b, c. */
    enum class Code
    {
      function, // of the Operation with one, two or three operands
      add,
      subtract,
      multiply,
      divide,
      multiply_add, // a b + c
      square,
      cube,
      integer_power, // a^n, 2 <= n <= 16
      root,
      power // a^b
    };

    struct Instruction
    {
      Code                        code;
      Operation                   operation; // for Code::function
      unsigned int                n;         // for Code::integer_power
      std::array<unsigned int, 3> operands;
      unsigned int                target;
    };

    /**
     * Registers: constants first, then the coordinates, then what instructions compute,
     * each as soon as possible in one that is not needed any more.
     */
    struct Program
    {
      std::vector<double>      constants;
      std::vector<Interval>    exact_constants; // enclosures of what was rounded
      unsigned int             dimension   = 0;
      unsigned int             n_registers = 0;
      unsigned int             result      = 0;
      std::vector<Instruction> instructions;

      double
      value(const double *x) const;

      /** x[i][q] and values[q] for q < n. */
      void
      values(const std::array<std::vector<double>, 3> &x,
             const unsigned int                        n,
             std::vector<double>                      &values) const;

      /** See Formula::bounds. */
      std::pair<double, double>
      bounds(const double *lower, const double *upper) const;
    };

    Program
    compile(const Expression e, const unsigned int dimension);

    /** One instruction on single numbers. */
    double
    execute(const Instruction &instruction, const double a, const double b, const double c);

    Interval
    execute(const Instruction &instruction,
            const Interval    &a,
            const Interval    &b,
            const Interval    &c);
  } // namespace formulas
} // namespace dynkin

#endif
