// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_formula_models_h
#define dynkin_tests_formula_models_h

#include <string>
#include <vector>

#include "model/model_parameters.h"

namespace dynkin::tests
{
  /** Of type `expression`, in as many dimensions as the centre has. */
  inline ModelParameters
  formula_parameters(const std::string         &drift,
                     const std::string         &diffusion,
                     const std::vector<double> &center = {0.})
  {
    ModelParameters parameters;
    parameters.type                 = "expression";
    parameters.center               = center;
    parameters.expression.drift     = drift;
    parameters.expression.diffusion = diffusion;
    return parameters;
  }
} // namespace dynkin::tests

#endif
