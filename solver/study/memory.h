// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_memory_h
#define dynkin_study_memory_h

namespace dynkin
{
  /**
   * Bytes that a run with an iterative solver and its error estimate takes, over all
   * processes: of each space 150 an unknown and 300 a quadrature point, measured in
   * 3-D with degree 4. A direct solver may take more. Values that end an adaptive run are
   * confirmed by a third space.
   */
  double
  predicted_memory(const double       n_dofs,
                   const unsigned int degree,
                   const unsigned int dimension,
                   const bool         is_confirmed);

  /** Throws InputError with both numbers if that is more than this machine has to spare. */
  void
  require_memory(const double       n_dofs,
                 const unsigned int degree,
                 const unsigned int dimension,
                 const bool         is_confirmed);
} // namespace dynkin

#endif
