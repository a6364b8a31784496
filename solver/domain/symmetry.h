// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_symmetry_h
#define dynkin_domain_symmetry_h

#include "domain/domain_parameters.h"
#include "model/model_parameters.h"

namespace dynkin
{
  /**
   * The centre c of the reflections x_i -> 2 c_i - x_i if each of them leaves model, domain
   * and walls as they are, so that exit times and densities are even in every x_i - c_i:
   * b_i changes sign with z_i alone, a_ij with z_i and with z_j. Else empty; also for
   * formulas, with a killing rate, in one dimension, and if Domain/symmetry = off. Both are checked already.
   */
  std::vector<double>
  find_mirror(const ModelParameters  &model,
              const DomainParameters &domain,
              const unsigned int      dimension);
} // namespace dynkin

#endif
