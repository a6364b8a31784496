// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/error_norms.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  ErrorNorms
  compute_errors(const Sampler<dim>           &sampler,
                 const Field<dim>             &field,
                 const ReferenceSolution<dim> &reference)
  {
    std::array<double, 3> integrals = {}; // of e^2, |grad e|^2, g^2
    std::array<double, 2> maxima    = {}; // of |e|, |g|
    sampler.for_each(field, [&](const Sample<dim> &sample) {
      const double exact = reference.value(sample.x);
      const double error = sample.value - exact;
      integrals[0] += error * error * sample.JxW;
      integrals[1] += (sample.gradient - reference.gradient(sample.x)).norm_square() * sample.JxW;
      integrals[2] += exact * exact * sample.JxW;
      maxima[0] = std::max(maxima[0], std::abs(error));
      maxima[1] = std::max(maxima[1], std::abs(exact));
    });
    for (double &integral : integrals)
      integral = Utilities::MPI::sum(integral, sampler.communicator());
    for (double &maximum : maxima)
      maximum = Utilities::MPI::max(maximum, sampler.communicator());

    ErrorNorms norms;
    norms.L2            = std::sqrt(integrals[0]);
    norms.H1            = std::sqrt(integrals[0] + integrals[1]);
    norms.Linf          = maxima[0];
    norms.relative_L2   = norms.L2 / std::sqrt(integrals[2]);
    norms.relative_Linf = maxima[0] / maxima[1];
    return norms;
  }

  template ErrorNorms
  compute_errors<1>(const Sampler<1> &, const Field<1> &, const ReferenceSolution<1> &);
  template ErrorNorms
  compute_errors<2>(const Sampler<2> &, const Field<2> &, const ReferenceSolution<2> &);
  template ErrorNorms
  compute_errors<3>(const Sampler<3> &, const Field<3> &, const ReferenceSolution<3> &);
} // namespace dynkin
