// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_end_coefficients_h
#define dynkin_form_end_coefficients_h

#include "form/line_weight.h"

#include <vector>

namespace dynkin
{
  /**
   * Coefficients at the quadrature points of the cell at a singular end of an interval, from
   * left to right: those of the coordinate t, x = end + inward size t^m (see
   * LineWeight), times factors that integrate their powers of t exactly.
   */
  struct EndCoefficients
  {
    std::vector<double> mass, diffusion;

    EndCoefficients(const LineWeight            &line,
                    const LineWeight::EndCell   &cell,
                    const Model<1>              &model,
                    const dealii::Quadrature<1> &quadrature,
                    const double                 psi_one);
  };
} // namespace dynkin

#endif
