// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_output_vtu_writer_h
#define dynkin_output_vtu_writer_h

#include "problem/field.h"

#include <string>
#include <vector>

namespace dynkin
{
  /**
   * Writes `mean_exit_time` and `log10_mean_exit_time` (on absorbing walls, where
   * the time is 0, log10 is cut off 16 decades below its maximum), the
   * `occupation_density` on the same cells, and for each cell the
   * `error_indicator`.
   */
  template <int dim>
  void
  write_exit_time(const Field<dim>            &mean_exit_time,
                  const Field<dim>            &occupation_density,
                  const dealii::Vector<float> &error_indicator,
                  const std::string           &filename);

  template <int dim>
  struct NamedField
  {
    std::string name;
    Field<dim>  field;
  };

  /** Writes fields of the same discretization, and the `error_indicator` if it is not empty. */
  template <int dim>
  void
  write_fields(const std::vector<NamedField<dim>> &fields,
               const dealii::Vector<float>        &error_indicator,
               const std::string                  &filename);

  /**
   * Writes the density as `name`, `log10_name` (not a number where p <= 0) and `probability_current` J = w (c u - 1/2 a grad u).
   * On the whole space in the coordinates of the process; window > 0: only the cells with a
   * vertex within that distance from the centre of the model. The `error_indicator` too, if it is not empty.
   */
  template <int dim>
  void
  write_density(const Field<dim>            &density,
                const Model<dim>            &model,
                const std::string           &filename,
                const double                 window          = 0.,
                const std::string           &name            = "stationary_density",
                const dealii::Vector<float> &error_indicator = dealii::Vector<float>());
} // namespace dynkin

#endif
