// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_estimate_history_h
#define dynkin_study_estimate_history_h

#include "problem/computation.h"

namespace dynkin
{
  /**
   * Error estimates of the meshes before, in the light of the values of the present one. The
   * estimates compare with a richer space on the same cells. Where the solution has an algebraic
   * singularity (a re-entrant corner) that gains little, and they are too small, by 1/(1 - theta)
   * if the richer space leaves the part theta of the error. A finer mesh shows by how much.
   */
  class EstimateHistory
  {
  public:
    /**
     * The factor, at least 1, by which recent estimates were too small: the largest change of a
     * value since then over the largest estimate then, both relative. Keeps the values.
     */
    double
    add(const PointValues &values);

  private:
    struct Mesh
    {
      std::vector<double> log10;
      double              largest_estimate;
    };
    std::vector<Mesh> meshes;
  };
} // namespace dynkin

#endif
