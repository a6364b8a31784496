// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/distances.h"

#include <algorithm>
#include <cmath>

#include "measure/density_tail.h"
#include "measure/distribution.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    std::vector<double>
    values_of(const Sampler<dim> &sampler, const Field<dim> &field)
    {
      std::vector<double> values;
      sampler.for_each(field, [&](const Sample<dim> &sample) { values.push_back(sample.value); });
      return values;
    }
  } // namespace

  template <int dim>
  Distances
  distances(const Sampler<dim> &sampler, const Field<dim> &p, const Field<dim> &q)
  {
    const std::vector<double> other = values_of(sampler, q);
    Distances                 result;
    unsigned int              k = 0;
    sampler.for_each(p, [&](const Sample<dim> &sample) {
      const double d = sample.value - other[k];
      result.L1 += sample.JxW * std::abs(d);
      if (other[k] > 0.)
        {
          result.chi_squared += sample.JxW * d * d / other[k];
          // p log(p/q) - p + q >= 0 has the same integral, without cancellation
          result.entropy -= sample.JxW * d;
          if (sample.value > 0.)
            result.entropy +=
              sample.JxW * sample.value *
              (std::abs(d) < 0.5 * other[k] ? std::log1p(d / other[k])
                                            : std::log(sample.value) - std::log(other[k]));
        }
      ++k;
    });
    const MPI_Comm communicator = sampler.communicator();
    result.L1                   = Utilities::MPI::sum(result.L1, communicator);
    result.chi_squared          = Utilities::MPI::sum(result.chi_squared, communicator);
    result.entropy              = Utilities::MPI::sum(result.entropy, communicator);
    return result;
  }

  double
  wasserstein_distance(const Sampler<1> &sampler, const Field<1> &p, const Field<1> &q)
  {
    const Distribution from(sampler, p), to(sampler, q);
    double             square = 0., ends[2] = {}; // x - T(x) where the mesh ends
    for (const Distribution::Point &point : from.points())
      if (point.probability > 0. && std::min(point.below, point.above) > 0.)
        {
          const double shift = point.x - to.quantile(point.below, point.above);
          square += point.probability * shift * shift;
          ends[1] = shift;
          if (ends[0] == 0.)
            ends[0] = shift;
        }
    const Mesh<1> &mesh   = p.discretization->mesh();
    const double   middle = mesh.coordinates().to_space(Point<1>())[0];
    double         beyond = 0.;
    for_each_tail<1>(p, [&](const TailSample<1> &sample) {
      const double shift = ends[sample.x[0] > middle ? 1 : 0];
      beyond += shift * shift * sample.probability / mesh.domain().whole_space.decay(0, 2);
    });
    square += Utilities::MPI::sum(beyond, sampler.communicator());
    return std::sqrt(square);
  }

  template Distances
  distances<1>(const Sampler<1> &, const Field<1> &, const Field<1> &);
  template Distances
  distances<2>(const Sampler<2> &, const Field<2> &, const Field<2> &);
  template Distances
  distances<3>(const Sampler<3> &, const Field<3> &, const Field<3> &);
} // namespace dynkin
