// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_whole_space_h
#define dynkin_domain_whole_space_h

#include <vector>

namespace dynkin
{
  /** How the whole space is mapped to a box or ball; see CoordinateMap. Empty: not at all. */
  struct WholeSpace
  {
    bool                             is_radial = false;
    std::vector<double>              center; // w*
    std::vector<std::vector<double>> scale;  // S, symmetric positive definite [length]

    /** Of the box |y_i| <= L_i; radial: of the ball |y| <= L. */
    std::vector<double> reach;

    bool is_tail_assumed = false; // the tail index is that of the file, or extrapolated

    /** P(|x_i| > R) ~ R^-alpha_i; infinite for Gaussian laws, which are mapped linearly. */
    std::vector<double> tail_index;

    /** d log P(beyond y)/dy at the end of the mesh for an integrand of this degree in x. */
    double
    decay(const unsigned int i, const unsigned int degree) const;
  };

  /**
   * How much of what is beyond the mesh, of an integrand of this degree in x, the same mesh with a
   * longer reach has: 1 - exp(-(alpha_i - degree)(L'_i - L_i)), the least; 1 for Gaussian laws.
   */
  double
  gained(const WholeSpace &space, const WholeSpace &longer, const unsigned int degree = 0);
} // namespace dynkin

#endif
