// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_path_lanes_h
#define dynkin_sampling_path_lanes_h

#include "sampling/random_numbers.h"

namespace dynkin
{
  /** Entries of a symmetric matrix, row by row from the diagonal on: a_11, a_12, ..., a_22, ... */
  template <int dim>
  constexpr unsigned int n_symmetric = dim *(dim + 1) / 2;

  template <int dim>
  constexpr unsigned int
  symmetric_index(const unsigned int i, const unsigned int j)
  {
    return i <= j ? i * dim - i * (i + 1) / 2 + j : j * dim - j * (j + 1) / 2 + i;
  }

  /** Paths side by side, and what they need for a step. Whatever is counted is a double, exact to 2^53. */
  template <int dim>
  struct PathLanes
  {
    RandomNumbers::Places                       places; // path, and the step of the random numbers
    std::array<Lanes<double>, dim>              x;      // where they are, or left [length]
    std::array<Lanes<double>, dim>              b;      // drift [length/time]
    std::array<Lanes<double>, n_symmetric<dim>> a;      // diffusion [length^2/time]
    std::array<std::array<Lanes<double>, 4>, dim> normals;
    std::array<Lanes<double>, dim>                across; // chi^2 of a group's other directions
    Lanes<double>                                 batch;  // chi^2 of a mini-batch
    std::array<Lanes<double>, dim>                next;   // where the step leads to, if it is one
    Lanes<double>                                 margin; // >= 0: not yet at a wall
    Lanes<double>                                 steps;
    Lanes<double>                                 is_inside; // 1, or 0 from the exit on
    Lanes<double>                                 highest;   // score so far
    Lanes<unsigned char>                          verdict;   // of a watch: see PathEnds
  };
} // namespace dynkin

#endif
