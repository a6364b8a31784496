// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_wall_kinds_h
#define dynkin_domain_wall_kinds_h

#include "domain/domain_parameters.h"

namespace dynkin
{
  /**
   * Reads Domain/boundary into the kinds of the walls, which have these names and
   * boundary ids; walls that are not named keep their kind. Throws InputError on
   * unknown walls and kinds, and on a wall named twice.
   */
  void
  read_wall_kinds(const std::string                   &boundary,
                  const std::size_t                    n_outer,
                  const std::vector<std::string>      &names,
                  const std::vector<unsigned int>     &ids,
                  std::map<std::string, BoundaryKind> &walls);

  /** absorbing | reflecting | periodic */
  std::string
  name_of(const BoundaryKind kind);
} // namespace dynkin

#endif
