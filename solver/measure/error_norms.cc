// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/error_norms.h"

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

  template <int dim>
  CellDifferences
  cell_differences(const Sampler<dim> &sampler,
                   const Field<dim>   &p,
                   const Field<dim>   &q,
                   const double        floor)
  {
    std::vector<double> others;
    sampler.for_each(q, [&](const Sample<dim> &sample) { others.push_back(sample.value); });
    CellDifferences result;
    result.squares.resize(p.discretization->mesh().triangulation().n_active_cells(), 0.);
    result.relative    = result.squares;
    result.largest     = result.squares;
    double      square = 0.;
    std::size_t k      = 0;
    sampler.for_each(p, [&](const Sample<dim> &sample) {
      const double difference = sample.value - others[k++];
      double      &largest    = result.largest[sample.active_cell_index];
      largest                 = std::max(largest, std::abs(difference) / p.value(sample.x, 1.));
      result.squares[sample.active_cell_index] += sample.JxW * difference * difference;
      const double relative = difference / std::max(std::abs(sample.value), floor);
      result.relative[sample.active_cell_index] += sample.JxW * relative * relative;
      square += sample.JxW * sample.value * sample.value;
    });
    result.norm = std::sqrt(Utilities::MPI::sum(square, sampler.communicator()));
    return result;
  }

#define INSTANTIATE(dim)                                                       \
  template ErrorNorms compute_errors<dim>(                                     \
    const Sampler<dim> &, const Field<dim> &, const ReferenceSolution<dim> &); \
  template CellDifferences cell_differences<dim>(                              \
    const Sampler<dim> &, const Field<dim> &, const Field<dim> &, const double);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
