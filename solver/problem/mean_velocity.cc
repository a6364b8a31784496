// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/mean_velocity.h"

#include "utilities/log.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** int b p, and int |b| p in each coordinate. */
    template <int dim>
    std::pair<Tensor<1, dim>, Tensor<1, dim>>
    mean_drift(const Model<dim> &model, const Sampler<dim> &sampler, const Field<dim> &density)
    {
      Tensor<1, dim> mean, size;
      sampler.for_each(density, [&](const Sample<dim> &sample) {
        const Tensor<1, dim> b = model.drift(sample.x);
        for (unsigned int i = 0; i < dim; ++i)
          {
            mean[i] += sample.mass * b[i];
            size[i] += sample.mass * std::abs(b[i]);
          }
      });
      return {Utilities::MPI::sum(mean, sampler.communicator()),
              Utilities::MPI::sum(size, sampler.communicator())};
    }
  } // namespace

  template <int dim>
  Result
  mean_velocity(const Parameters             &parameters,
                const Model<dim>             &model,
                const ComparedDensities<dim> &densities)
  {
    Result                          result;
    const std::vector<unsigned int> axes = parameters.domain.periodic_axes();
    if (axes.empty())
      return result;
    const auto [own, size]     = mean_drift(model, densities.sampler, densities.density);
    const auto          other  = mean_drift(model, densities.other_sampler, densities.other).first;
    std::vector<Record> values = std::vector<Record>(dim), estimates = values;
    std::string         text;
    for (const unsigned int i : axes)
      {
        const double estimate = std::abs(own[i] - other[i]) + densities.defect * size[i];
        values[i]             = own[i];
        estimates[i]          = estimate;
        text += (text.empty() ? "" : ", ") + std::string("v_") + std::to_string(i + 1) + " = " +
                format_number(own[i], 14) + " +- " + format_number(estimate, 1);
      }
    result.tell("velocity", text);
    result.numbers = {{"mean velocity", values},
                      {"error estimate of the mean velocity", estimates}};
    return result;
  }

#define INSTANTIATE(dim)              \
  template Result mean_velocity<dim>( \
    const Parameters &, const Model<dim> &, const ComparedDensities<dim> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
