// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/density_moments.h"

#include "output/density_tail.h"
#include "theory/monomials.h"

#include <limits>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  Eigen::VectorXd
  density_moments(const Parameters   &parameters,
                  const Sampler<dim> &sampler,
                  const Field<dim>   &density,
                  const unsigned int  order)
  {
    const WholeSpace &space = parameters.domain.whole_space;
    const Monomials   monomials(dim, order);
    Eigen::VectorXd   moments = Eigen::VectorXd::Zero(monomials.size());
    for (const double index : space.tail_index)
      if (!(order < index))
        return Eigen::VectorXd::Constant(monomials.size(), std::numeric_limits<double>::infinity());

    const auto values_at = [&](const Point<dim> &x) {
      Eigen::VectorXd z(dim);
      for (unsigned int i = 0; i < dim; ++i)
        z(i) = x[i] - parameters.model.center[i];
      return monomials.values(z);
    };
    sampler.for_each(density, [&](const Sample<dim> &sample) {
      moments += sample.JxW * sample.value * values_at(sample.x);
    });
    for_each_tail<dim>(density, [&](const TailSample<dim> &sample) {
      const Eigen::VectorXd values = values_at(sample.x);
      for (unsigned int k = 0; k < monomials.size(); ++k)
        moments(k) +=
          sample.probability * values(k) /
          space.decay(sample.coordinate, space.is_radial ? order : monomials[k][sample.coordinate]);
    });
    Utilities::MPI::sum(ArrayView<const double>(moments.data(), moments.size()),
                        sampler.communicator(),
                        ArrayView<double>(moments.data(), moments.size()));
    return moments;
  }

  template Eigen::VectorXd
  density_moments<1>(const Parameters &, const Sampler<1> &, const Field<1> &, const unsigned int);
  template Eigen::VectorXd
  density_moments<2>(const Parameters &, const Sampler<2> &, const Field<2> &, const unsigned int);
  template Eigen::VectorXd
  density_moments<3>(const Parameters &, const Sampler<3> &, const Field<3> &, const unsigned int);
} // namespace dynkin
