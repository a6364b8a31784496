// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_formula_parser_h
#define dynkin_model_formula_parser_h

#include "model/formula_node.h"

namespace dynkin
{
  namespace formulas
  {
    /**
     * Reads a formula in the first `dimension` of x, y, z and the constants. Throws
     * std::invalid_argument with one sentence that has the word at fault and its position
     * (from 1).
     */
    Expression
    parse(const std::string                   &text,
          const unsigned int                   dimension,
          const std::map<std::string, double> &constants);
  } // namespace formulas
} // namespace dynkin

#endif
