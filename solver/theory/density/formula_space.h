// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_formula_space_h
#define dynkin_theory_density_formula_space_h

#include "domain/domain_parameters.h"
#include "model/model_parameters.h"

#include <vector>

namespace dynkin
{
  /** L with (cosh L)^-alpha = mass/1000, or exp(-L^2/2) = mass/1000 if alpha is infinite. */
  double
  mesh_reach(const double tail_index, const double mass);

  /** map_whole_space() for models written as formulas. */
  void
  map_formulas(DomainParameters                       &domain,
               ModelParameters                        &model,
               const std::vector<std::vector<double>> &asked);
} // namespace dynkin

#endif
