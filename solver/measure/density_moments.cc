// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/density_moments.h"

#include "measure/density_tail.h"
#include "theory/moments/group_moments.h"
#include "theory/monomials.h"
#include "utilities/log.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    const WholeSpace &
    whole_space(const Field<dim> &density)
    {
      return density.discretization->mesh().domain().whole_space;
    }

    /** Moments of one order and estimates of their errors. */
    struct Estimated
    {
      Eigen::VectorXd values, errors;
    };

    template <int dim>
    Estimated
    estimated_moments(const Parameters             &parameters,
                      const ComparedDensities<dim> &densities,
                      const unsigned int            order,
                      const double                  spread = 0.)
    {
      const WholeSpace &own = whole_space(densities.density), &other = whole_space(densities.other);
      Estimated         result;
      result.values = density_moments(parameters, densities.sampler, densities.density, order);
      result.errors = (result.values -
                       density_moments(parameters, densities.other_sampler, densities.other, order))
                        .cwiseAbs();
      const double scale = std::max(result.values.cwiseAbs().maxCoeff(), std::pow(spread, order));
      result.errors      = result.errors.array() * densities.safety / gained(own, other, order) +
                      densities.defect * scale;
      return result;
    }

    /** Position of z_i, or z_i z_j, in the numbering of Monomials. */
    unsigned int
    position(const unsigned int dimension, const std::vector<unsigned int> &factors)
    {
      Exponents alpha(dimension, 0);
      for (const unsigned int i : factors)
        ++alpha[i];
      return Monomials(dimension, factors.size()).index(alpha);
    }

    std::string
    reason(const double tail_index, const bool is_known)
    {
      const std::string order = "moments of order " + format_number(tail_index, 6);
      if (!is_known)
        return order + " (Domain/tail index) and above may not exist";
      return order + " (the tail index) and above do not exist: " +
             (tail_index > 2.   ? "the fourth moments are infinite"
              : tail_index > 1. ? "the variance is infinite"
                                : "the variance is infinite and there is no mean");
    }
  } // namespace

  template <int dim>
  Eigen::VectorXd
  density_moments(const Parameters   &parameters,
                  const Sampler<dim> &sampler,
                  const Field<dim>   &density,
                  const unsigned int  order)
  {
    const WholeSpace &space = whole_space(density);
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
      moments += static_cast<double>(sample.mass) * values_at(sample.x);
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

  namespace
  {
    /** Of orders 1, 2 and 4, as far as they are finite, and the mean loss. */
    template <int dim>
    Record
    moments_of_radii(const Parameters &parameters, const ComparedDensities<dim> &densities)
    {
      const WholeSpace &space = whole_space(densities.density);
      const double heaviest   = space.tail_index.empty() ? std::numeric_limits<double>::infinity()
                                                         : space.tail_index.front();
      Record       list = Record::list(), record = Record::named();
      for (const unsigned int order : {1U, 2U, 4U})
        {
          if (!(order < heaviest))
            {
              record["infinite moments"] =
                "those of order " + format_number(heaviest, 8) + " (the tail index) and above";
              break;
            }
          const Estimated moments = estimated_moments(parameters, densities, order);
          const Monomials monomials(dim, order);
          for (unsigned int k = 0; k < monomials.size(); ++k)
            {
              Record entry = {{"exponents", monomials[k]}};
              entry.put("value", {moments.values(k), moments.errors(k)});
              list.add(entry);
            }
          if (order == 2)
            {
              const std::vector<double> h = GroupCoefficients(parameters.model).h;
              Number                    loss;
              for (unsigned int i = 0; i < dim; ++i)
                {
                  const unsigned int k = position(dim, {i, i});
                  loss.value += 0.5 * h[i] * moments.values(k);
                  loss.error += 0.5 * h[i] * moments.errors(k);
                }
              record.put_also("mean loss", loss);
            }
        }
      record["moments of the radii"] = list;
      return record;
    }
  } // namespace

  template <int dim>
  Record
  compared_moments(const Parameters &parameters, const ComparedDensities<dim> &densities)
  {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (!parameters.model.group_sizes.empty())
      return moments_of_radii(parameters, densities);
    const WholeSpace &space    = whole_space(densities.density);
    double            heaviest = infinity, spread = 0.;
    for (const double index : space.tail_index)
      heaviest = std::min(heaviest, index);
    Record    mean = Record::list(), covariance = Record::list();
    Estimated second;
    if (heaviest > 2.)
      {
        second = estimated_moments(parameters, densities, 2);
        spread = std::sqrt(second.values.maxCoeff());
      }
    else
      for (const auto &row : space.scale)
        spread = std::max(spread, *std::max_element(row.begin(), row.end()));
    Estimated first;
    if (heaviest > 1.)
      first = estimated_moments(parameters, densities, 1, spread);
    for (unsigned int i = 0; i < dim; ++i)
      {
        const unsigned int k = position(dim, {i});
        mean.add(heaviest > 1. ? Record(parameters.model.center[i] + first.values(k)) : Record());
        Record row = Record::list();
        for (unsigned int j = 0; j < dim; ++j)
          row.add(heaviest > 2. ? Record(second.values(position(dim, {i, j})) -
                                         first.values(k) * first.values(position(dim, {j})))
                                : Record());
        covariance.add(row);
      }
    Record record = {{"mean", mean}, {"covariance", covariance}};
    if (heaviest > 1.)
      record["error estimate of the mean"] = first.errors.maxCoeff();
    if (heaviest > 2.)
      record["error estimate of the covariance"] =
        second.errors.maxCoeff() +
        2. * first.values.cwiseAbs().maxCoeff() * first.errors.maxCoeff();
    if (heaviest > 4.)
      {
        const Estimated fourth = estimated_moments(parameters, densities, 4);
        const Monomials monomials(dim, 4);
        Record          list = Record::list();
        for (unsigned int k = 0; k < monomials.size(); ++k)
          {
            Record entry = {{"exponents", monomials[k]}};
            entry.put("value", {fourth.values(k), fourth.errors(k)});
            list.add(entry);
          }
        record["fourth moments about the center"] = list;
      }
    else
      record["infinite moments"] = reason(heaviest, parameters.model.kind().is_quadratic());
    return record;
  }

  template Eigen::VectorXd
  density_moments<1>(const Parameters &, const Sampler<1> &, const Field<1> &, const unsigned int);
  template Eigen::VectorXd
  density_moments<2>(const Parameters &, const Sampler<2> &, const Field<2> &, const unsigned int);
  template Eigen::VectorXd
  density_moments<3>(const Parameters &, const Sampler<3> &, const Field<3> &, const unsigned int);
  template Record
  compared_moments<1>(const Parameters &, const ComparedDensities<1> &);
  template Record
  compared_moments<2>(const Parameters &, const ComparedDensities<2> &);
  template Record
  compared_moments<3>(const Parameters &, const ComparedDensities<3> &);
} // namespace dynkin
