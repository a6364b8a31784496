// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_whole_space_laws_h
#define dynkin_measure_whole_space_laws_h

#include "measure/jacobi_law.h"

namespace dynkin
{
  /**
   * The marginal law of coordinate i of a density on the whole space. With the length l_i of the
   * map, t = (x_i - c_i)/l_i and the tail index alpha of the coordinate, s = t/sqrt(1 + t^2),
   * a = b = alpha/2 - 1: one term for Student's t. Gaussian laws: s = t/t_max, a = b = 0, which leaves
   * their tails an absolute accuracy only.
   */
  class MarginalLaw
  {
  public:
    template <int dim>
    MarginalLaw(const Sampler<dim> &sampler, const Field<dim> &density, const unsigned int i);

    /** p_i(x) [1/length]. */
    JacobiLaw::Value
    density(const double x) const;

    /** P(x_i > x). */
    JacobiLaw::Value
    above(const double x) const;

  private:
    JacobiLaw::Place
    place(const double x) const;

    double    center, length, largest; // t_max, infinite for power laws
    JacobiLaw law;
  };

  /**
   * The law of R = sqrt(sum_i f_i (x_i - c_i)^2), f_i >= 0, such as the distance from the centre: s + 1 = 2 R^2/(l^2 + R^2),
   * a = alpha/2 - 1, b = d/2 - 1; Gaussian laws: s + 1 = 2 (R/R_max)^2, a = 0. d is the number of
   * coordinates with f_i > 0, of radii of groups that of all of theirs.
   */
  class DistanceLaw
  {
  public:
    /** `center` c [length] may be another one than that of the mapped space, near to it. */
    template <int dim>
    DistanceLaw(const Sampler<dim>        &sampler,
                const Field<dim>          &density,
                const std::vector<double> &center,
                const std::vector<double> &factors = std::vector<double>(dim, 1.));

    /** Its density at R = distance [1/unit of R]. */
    JacobiLaw::Value
    density(const double distance) const;

    /** P(R > r). */
    JacobiLaw::Value
    above(const double r) const;

  private:
    JacobiLaw::Place
    place(const double r) const;

    double    length, largest; // R_max, infinite for power laws
    bool      is_one_dimensional;
    JacobiLaw law;
  };
} // namespace dynkin

#endif
