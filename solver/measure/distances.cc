// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/distances.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>

#include "measure/absolute_integral.h"
#include "measure/density_tail.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    std::vector<long double>
    masses_of(const Sampler<dim> &sampler, const Field<dim> &field)
    {
      std::vector<long double> masses;
      sampler.for_each(field, [&](const Sample<dim> &sample) { masses.push_back(sample.mass); });
      return masses;
    }

    template <int dim>
    std::vector<TailSample<dim>>
    tail_of(const Field<dim> &density)
    {
      std::vector<TailSample<dim>> samples;
      for_each_tail<dim>(density,
                         [&](const TailSample<dim> &sample) { samples.push_back(sample); });
      return samples;
    }

    /** int |d| by the terms of int d in the order of the sampler, cell by cell. */
    template <int dim>
    double
    absolute_integral(const std::vector<double> &terms, const unsigned int n)
    {
      const QGauss<dim>      quadrature(n);
      const AbsoluteIntegral integral(n, dim);
      std::vector<double>    g(quadrature.size()); // per unit cell
      double                 sum = 0.;
      for (std::size_t first = 0; first < terms.size(); first += g.size())
        {
          for (unsigned int q = 0; q < g.size(); ++q)
            g[q] = terms[first + q] / quadrature.weight(q);
          sum += integral(g);
        }
      return sum;
    }
  } // namespace

  template <int dim>
  Distances
  distances(const Sampler<dim>        &sampler,
            const Field<dim>          &p,
            const Field<dim>          &q,
            const Field<dim>          &far_q,
            const std::vector<double> &chi_squared_decay)
  {
    const std::vector<long double> other = masses_of(sampler, q), far = masses_of(sampler, far_q);
    std::vector<double>            terms; // of int p - q
    Distances                      result;
    unsigned int                   k = 0;
    sampler.for_each(p, [&](const Sample<dim> &sample) {
      const long double own = sample.mass, d = own - other[k];
      terms.push_back(d);
      if (far[k] > 0.)
        {
          result.chi_squared += d * (d / far[k]);
          // p log(p/q) - p + q >= 0 has the same integral, without cancellation
          result.entropy -= d;
          if (own > 0.)
            result.entropy += own * (std::abs(d) < 0.5 * far[k] ? std::log1p(d / far[k])
                                                                : std::log(own) - std::log(far[k]));
        }
      ++k;
    });
    const auto tail = tail_of(p), tail_q = tail_of(q), far_tail = tail_of(far_q);
    for (unsigned int i = 0; i < tail.size(); ++i)
      if (const double decay = chi_squared_decay[tail[i].coordinate]; std::isfinite(decay))
        {
          const long double d = tail[i].probability - tail_q[i].probability;
          result.chi_squared += d * (d / far_tail[i].probability) / decay;
        }
    const MPI_Comm communicator = sampler.communicator();
    result.L1 = Utilities::MPI::sum(absolute_integral<dim>(terms, p.discretization->degree() + 3),
                                    communicator);
    result.chi_squared = Utilities::MPI::sum(result.chi_squared, communicator);
    result.entropy     = Utilities::MPI::sum(result.entropy, communicator);
    return result;
  }

  template Distances
  distances(const Sampler<1> &,
            const Field<1> &,
            const Field<1> &,
            const Field<1> &,
            const std::vector<double> &);
  template Distances
  distances(const Sampler<2> &,
            const Field<2> &,
            const Field<2> &,
            const Field<2> &,
            const std::vector<double> &);
  template Distances
  distances(const Sampler<3> &,
            const Field<3> &,
            const Field<3> &,
            const Field<3> &,
            const std::vector<double> &);
} // namespace dynkin
