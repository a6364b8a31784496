// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_available_memory_h
#define dynkin_utilities_available_memory_h

namespace dynkin
{
  /**
   * Bytes that all processes together can have without swapping, if each machine of
   * the run takes its share: Linux' own estimate, all if it is not known. Collective.
   */
  double
  available_memory();

  /** Bytes that the processes had at most, in all. Collective. */
  double
  peak_memory();
} // namespace dynkin

#endif
