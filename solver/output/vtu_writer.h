// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_output_vtu_writer_h
#define dynkin_output_vtu_writer_h

#include "form/field.h"
#include "output/result_files.h"

#include <string>
#include <vector>

namespace dynkin
{
  /**
   * Writes each file as NAME.vtu: for each field its values, with the extras it asks for,
   * and the `error_indicator` of the cells if it is not empty; files with a time are listed in
   * solution.pvd. The probability current is J = w (c u - 1/2 a grad u). On the whole space in the
   * coordinates of the process.
   */
  template <int dim>
  void
  write_vtu(const std::vector<FieldFile<dim>> &field_files,
            const Model<dim>                  &model,
            const dealii::Vector<float>       &error_indicator,
            const ResultFiles                 &files);
} // namespace dynkin

#endif
