// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_entry_uses_h
#define dynkin_parameters_entry_uses_h

#include "parameters/parameters.h"

#include <string>

namespace dynkin
{
  /**
   * Why an entry has no meaning for what the parameters ask for, "problem = theory", or empty if it
   * has one. An entry without a meaning is refused because it is set, whatever its value.
   */
  std::string
  why_without_meaning(const std::string &path, const Parameters &parameters);
} // namespace dynkin

#endif
