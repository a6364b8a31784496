// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_problem_compared_degrees_h
#define dynkin_problem_compared_degrees_h

namespace dynkin
{
  /** Degree of the space for error estimates: covers quadrature and curved walls, too. */
  constexpr unsigned int
  richer_degree(const unsigned int degree, const unsigned int dimension)
  {
    return degree + (dimension == 3 ? 1 : 2);
  }

  /** Degree of a third space, that the richer solution is compared with. */
  constexpr unsigned int
  third_degree(const unsigned int degree, const unsigned int dimension)
  {
    return degree + (dimension == 3 ? 2 : 1);
  }
} // namespace dynkin

#endif
