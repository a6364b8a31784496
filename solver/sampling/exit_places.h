// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_exit_places_h
#define dynkin_sampling_exit_places_h

#include "sampling/exit_statistics.h"

namespace dynkin
{
  /**
   * Where paths leave: a histogram, wall by wall, of directions from the middle of the domain. In the plane 36 equal
   * intervals of the angle, of two radii 18 from 0 to pi/2; in space 12 of the azimuth times 8 of the cosine of the polar angle
   * (of three radii only those that are not negative). On the line there are only the walls.
   */
  template <int dim>
  class ExitPlaces
  {
  public:
    ExitPlaces(const PathLaw<dim> &law, const unsigned int n_walls);

    /** Those that have left within `maximum` steps. */
    void
    add(const PathEnds &ends, const double maximum);

    struct Bin
    {
      unsigned int                           wall;
      std::vector<std::pair<double, double>> sides; // angles in radian; in space, then the cosine
      SampleMean                             part;  // of all paths
    };

    std::vector<Bin>
    bins() const;

  private:
    unsigned int
    bin_of(const double *x) const;

    std::array<double, dim>          middle;
    double                           first_angle, last_angle, first_cosine; // the last cosine is 1
    unsigned int                     n_angles, n_cosines;
    double                           n_paths = 0.;
    std::vector<std::vector<double>> counts; // by walls
  };
} // namespace dynkin

#endif
