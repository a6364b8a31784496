// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/numbers.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <unordered_map>

#include "model/formula_program.h"

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      class Compiler
      {
      public:
        explicit Compiler(const unsigned int dimension)
          : dimension(dimension)
        {
          for (unsigned int i = 0; i < dimension; ++i)
            values.push_back({Kind::coordinate, 0., {}});
        }

        Program
        program(const Expression e)
        {
          return with_registers(value_of(e));
        }

      private:
        enum class Kind
        {
          constant,
          coordinate,
          computed
        };

        /** What one register holds at some time. */
        struct Value
        {
          Kind     kind;
          double   constant;
          Interval exact;
        };

        unsigned int
        constant(const double number, const Interval &exact)
        {
          const auto key = std::make_pair(number, std::signbit(number));
          const auto at  = constants.find(key);
          if (at == constants.end())
            {
              values.push_back({Kind::constant, number, exact});
              return constants.emplace(key, values.size() - 1).first->second;
            }
          Interval &known  = values[at->second].exact;
          known.lower      = std::min(known.lower, exact.lower);
          known.upper      = std::max(known.upper, exact.upper);
          known.is_defined = known.is_defined && exact.is_defined;
          return at->second;
        }

        unsigned int
        constant(const Rational &number)
        {
          const double nearest = to_double(number);
          Interval     exact   = {nearest, nearest, true};
          if (!std::isfinite(nearest) || Rational(nearest) != number)
            exact = {std::nextafter(nearest, -INFINITY), std::nextafter(nearest, INFINITY), true};
          return constant(nearest, exact);
        }

        /** Numbers are computed at once, and nothing twice. */
        unsigned int
        emit(const Code         code,
             const unsigned int a,
             const unsigned int b,
             const unsigned int c,
             const Operation    operation = Operation::number,
             const unsigned int n         = 0)
        {
          const Instruction instruction = {code, operation, n, {{a, b, c}}, 0};
          bool              is_constant = true;
          for (const unsigned int operand : instruction.operands)
            is_constant = is_constant && values[operand].kind == Kind::constant;
          if (is_constant)
            {
              const double number =
                execute(instruction, values[a].constant, values[b].constant, values[c].constant);
              if (!std::isnan(number)) // which has no place in an ordered table
                return constant(
                  number, execute(instruction, values[a].exact, values[b].exact, values[c].exact));
            }
          const auto key = std::make_tuple(code, operation, n, instruction.operands);
          const auto at  = known.find(key);
          if (at != known.end())
            return at->second;
          instructions.push_back(instruction);
          instructions.back().target = values.size();
          values.push_back({Kind::computed, 0., {}});
          return known.emplace(key, values.size() - 1).first->second;
        }

        unsigned int
        emit(const Code code, const unsigned int a, const unsigned int b)
        {
          return emit(code, a, b, b);
        }

        unsigned int
        emit(const Code code, const unsigned int a)
        {
          return emit(code, a, a, a);
        }

        unsigned int
        value_of(const Expression e)
        {
          const auto at = compiled.find(e);
          if (at != compiled.end())
            return at->second;
          const unsigned int value = compute(e);
          compiled.emplace(e, value);
          return value;
        }

        unsigned int
        compute(const Expression e)
        {
          switch (e->operation)
            {
              case Operation::number:
                return constant(e->number);
              case Operation::pi:
                return constant(
                  dealii::numbers::PI,
                  {dealii::numbers::PI, std::nextafter(dealii::numbers::PI, 4.), true});
              case Operation::coordinate:
                return e->number.get_num().get_ui();
              case Operation::sum:
                return sum(e);
              case Operation::product:
                return product(e);
                case Operation::power: {
                  const unsigned int a = value_of(e->arguments[0]);
                  return emit(Code::power, a, value_of(e->arguments[1]));
                }
                default: {
                  std::array<unsigned int, 3> a{};
                  for (std::size_t k = 0; k < 3; ++k)
                    a[k] = k < e->arguments.size() ? value_of(e->arguments[k]) : a[k - 1];
                  return emit(Code::function, a[0], a[1], a[2], e->operation);
                }
            }
        }

        unsigned int
        sum(const Expression e)
        {
          bool         is_begun = e->number != 0;
          unsigned int total    = is_begun ? constant(e->number) : 0;
          // a term that is added comes first, so that nothing needs to be negated
          for (const bool is_negative : {false, true})
            for (std::size_t k = 0; k < e->arguments.size(); ++k)
              {
                const Rational &weight = e->weights[k];
                if ((weight < 0) != is_negative)
                  continue;
                const unsigned int term = value_of(e->arguments[k]);
                if (abs(weight) == 1 && is_begun)
                  total = emit(is_negative ? Code::subtract : Code::add, total, term);
                else if (weight == 1)
                  total = term;
                else if (is_begun)
                  total = emit(Code::multiply_add, constant(weight), term, total);
                else
                  total = emit(Code::multiply, constant(weight), term);
                is_begun = true;
              }
          return total;
        }

        /** u^r, r > 0. */
        unsigned int
        raised(const unsigned int u, const Rational &r)
        {
          if (r == 1)
            return u;
          if (r == 2)
            return emit(Code::square, u);
          if (r == 3)
            return emit(Code::cube, u);
          if (is_integer(r) && r <= 16)
            return emit(Code::integer_power, u, u, u, Operation::number, r.get_num().get_ui());
          if (r == Rational(1, 2))
            return emit(Code::root, u);
          if (is_integer(Rational(2 * r)) && r <= 3)
            return emit(Code::multiply, raised(u, r - Rational(1, 2)), emit(Code::root, u));
          return emit(Code::power, u, constant(r));
        }

        unsigned int
        product(const Expression e)
        {
          bool         is_begun = e->number != 1, is_divided = false;
          unsigned int above = is_begun ? constant(e->number) : 0, below = 0;
          for (std::size_t k = 0; k < e->arguments.size(); ++k)
            {
              const bool         is_below = e->weights[k] < 0;
              const unsigned int factor   = raised(value_of(e->arguments[k]), abs(e->weights[k]));
              if (is_below)
                below = is_divided ? emit(Code::multiply, below, factor) : factor;
              else
                above = is_begun ? emit(Code::multiply, above, factor) : factor;
              (is_below ? is_divided : is_begun) = true;
            }
          if (!is_divided)
            return above;
          return emit(Code::divide, is_begun ? above : constant(Rational(1)), below);
        }

        /** Values become registers: one that has been used for the last time is free again. */
        Program
        with_registers(const unsigned int result) const
        {
          Program program;
          program.dimension              = dimension;
          constexpr unsigned int    none = std::numeric_limits<unsigned int>::max();
          std::vector<unsigned int> last_use(values.size(), none), at(values.size(), none);
          std::vector<bool>         is_needed(values.size(), false);
          is_needed[result] = true;
          for (unsigned int k = instructions.size(); k-- > 0;)
            if (is_needed[instructions[k].target])
              for (const unsigned int operand : instructions[k].operands)
                {
                  is_needed[operand] = true;
                  last_use[operand]  = last_use[operand] == none ? k : last_use[operand];
                }
          for (unsigned int v = 0; v < values.size(); ++v)
            if (values[v].kind == Kind::constant && is_needed[v])
              {
                at[v] = program.constants.size();
                program.constants.push_back(values[v].constant);
                program.exact_constants.push_back(values[v].exact);
              }
          for (unsigned int i = 0; i < dimension; ++i)
            at[i] = program.constants.size() + i;
          program.n_registers = program.constants.size() + dimension;

          std::vector<unsigned int> free;
          for (unsigned int k = 0; k < instructions.size(); ++k)
            {
              if (!is_needed[instructions[k].target])
                continue;
              Instruction instruction = instructions[k];
              for (unsigned int &operand : instruction.operands)
                {
                  const unsigned int v = operand;
                  operand              = at[v];
                  if (values[v].kind == Kind::computed && last_use[v] == k)
                    {
                      free.push_back(at[v]);
                      last_use[v] = none; // it may be an operand once more
                    }
                }
              if (free.empty())
                free.push_back(program.n_registers++);
              at[instruction.target] = free.back();
              instruction.target     = free.back();
              free.pop_back();
              program.instructions.push_back(instruction);
            }
          program.result = at[result];
          return program;
        }

        using Key = std::tuple<Code, Operation, unsigned int, std::array<unsigned int, 3>>;

        unsigned int                                    dimension;
        std::vector<Value>                              values;
        std::vector<Instruction>                        instructions;
        std::map<std::pair<double, bool>, unsigned int> constants;
        std::map<Key, unsigned int>                     known;
        std::unordered_map<Expression, unsigned int>    compiled;
      };
    } // namespace

    Program
    compile(const Expression e, const unsigned int dimension)
    {
      return Compiler(dimension).program(e);
    }
  } // namespace formulas
} // namespace dynkin
