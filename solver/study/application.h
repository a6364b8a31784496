// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_application_h
#define dynkin_study_application_h

#include <string>

namespace dynkin
{
  struct Parameters;

  /**
   * Run what the (checked) parameters ask for.
   * With `check_only` the coarse mesh is built and nothing is solved or written.
   *
   * Returns 0, or 2 if the computation did not reach its tolerance (the results
   * so far are then written and marked "converged": false). Throws InputError
   * for input that turns out wrong only with the mesh at hand.
   */
  int
  run_application(const Parameters &parameters, const bool check_only, const bool quiet);
} // namespace dynkin

#endif
