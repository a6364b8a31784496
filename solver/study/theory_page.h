// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_theory_page_h
#define dynkin_study_theory_page_h

#include "parameters/parameters.h"
#include "utilities/log.h"
#include "utilities/result.h"

namespace dynkin
{
  /**
   * What is known in closed form or by quadrature about the model and the domain
   * of a parameter file, in any number of dimensions and without a mesh
   * (problem = theory). The keys are those of the solved problems, so that the
   * two can be laid side by side; what has no closed form is nothing, with the
   * reason.
   *
   * Exit quantities belong to the walls as given (absorbing unless said
   * otherwise), densities to the same domain with reflecting walls.
   */
  Result
  theory_page(const Parameters &parameters, const Log &log);
} // namespace dynkin

#endif
