// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/transient_report.h"

#include "measure/density_moments.h"
#include "theory/density/ergodicity.h"
#include "theory/moments/closed_moments.h"
#include "utilities/log.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** The moments of the start up to order 2; of a lower order if they are infinite. */
    MomentTable
    start_moments(const Parameters &parameters)
    {
      const StartParameters &start = parameters.start;
      ModelParameters        model = parameters.model;
      if (start.law == "stationary")
        {
          model.eta = start.learning_rate;
          return ClosedMoments(model, 2).stationary();
        }
      std::vector<double> mean = start.mean;
      for (std::size_t i = 0; i < mean.size(); ++i)
        mean[i] -= model.center[i];
      return MomentTable::of_gaussian(mean, start.covariance, 2);
    }
  } // namespace

  template <int dim>
  Record
  mean_and_covariance(const Parameters   &parameters,
                      const Sampler<dim> &sampler,
                      const Field<dim>   &density)
  {
    const auto                 first  = density_moments(parameters, sampler, density, 1);
    const auto                 second = density_moments(parameters, sampler, density, 2);
    const std::vector<double> &center = parameters.model.center;
    Record                     mean = Record::list(), covariance = Record::list();
    for (unsigned int i = 0; i < dim; ++i)
      {
        mean.add(center[i] + first(i));
        Record row = Record::list();
        for (unsigned int j = 0; j < dim; ++j)
          {
            Exponents both(dim, 0);
            ++both[i];
            ++both[j];
            row.add(second(Monomials::index(both)) - first(i) * first(j));
          }
        covariance.add(row);
      }
    return {{"mean", mean}, {"covariance", covariance}};
  }

  template <int dim>
  std::optional<double>
  second_moment_error(const Parameters   &parameters,
                      const Sampler<dim> &sampler,
                      const Field<dim>   &density,
                      const double        t)
  {
    if (parameters.domain.shape->is_bounded() || !parameters.model.kind().is_quadratic())
      return {};
    const Eigen::VectorXd second = density_moments(parameters, sampler, density, 2);
    if (!second.allFinite())
      return {};
    const MomentTable initial = start_moments(parameters);
    if (initial.order() < 2)
      return {};
    const MomentTable exact = ClosedMoments(parameters.model, 2).at_time(t, initial);
    double            scale = 0.;
    for (unsigned int i = 0; i < dim; ++i)
      scale += exact.second()[i][i];
    return (second - exact.degree(2)).cwiseAbs().maxCoeff() / scale;
  }

  Result
  contraction_report(const ModelParameters &model, const std::vector<TimeDistance> &distances)
  {
    Result result;
    if (!model.kind().is_quadratic() || !std::isfinite(distances.front().W2) ||
        distances.size() < 3)
      return result;
    double n = 0., t_sum = 0., l_sum = 0., tt_sum = 0., tl_sum = 0.;
    for (const auto &[t, W2] : distances)
      if (t > 0.)
        {
          const double l = std::log(W2);
          n += 1.;
          t_sum += t;
          l_sum += l;
          tt_sum += t * t;
          tl_sum += t * l;
        }
    const double     measured = (n * tl_sum - t_sum * l_sum) / (n * tt_sum - t_sum * t_sum);
    const Ergodicity theory(model);
    Record           rates = {{"measured rate", measured},
                              {"rate", theory.contraction_rate()},
                              {"rate is sharp", theory.is_sharp()},
                              {"rate of the paper", theory.paper_rate()},
                              {"paper condition (4.4)", nullptr}};
    std::string text = "W2 measured " + format_number(measured, 8) + ", by synchronous coupling " +
                       format_number(theory.contraction_rate(), 8) +
                       (theory.is_sharp() ? " (sharp)" : "") + ", paper " +
                       format_number(theory.paper_rate(), 8);
    try
      {
        rates["paper condition (4.4)"] = theory.paper_condition();
        rates["paper bound (4.4)"]     = theory.paper_bound();
        text += ", condition (4.4) eta < " + format_number(theory.paper_bound(), 6) +
                (theory.paper_condition() ? " holds" : " does not hold");
      }
    catch (const std::domain_error &)
      {
        // (4.4) says nothing about this model
      }
    result.tell("rates", text);
    result.numbers["contraction"] = rates;
    return result;
  }

  template Record
  mean_and_covariance<1>(const Parameters &, const Sampler<1> &, const Field<1> &);
  template Record
  mean_and_covariance<2>(const Parameters &, const Sampler<2> &, const Field<2> &);
  template Record
  mean_and_covariance<3>(const Parameters &, const Sampler<3> &, const Field<3> &);
  template std::optional<double>
  second_moment_error<1>(const Parameters &, const Sampler<1> &, const Field<1> &, const double);
  template std::optional<double>
  second_moment_error<2>(const Parameters &, const Sampler<2> &, const Field<2> &, const double);
  template std::optional<double>
  second_moment_error<3>(const Parameters &, const Sampler<3> &, const Field<3> &, const double);
} // namespace dynkin
