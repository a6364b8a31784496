// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/kesten_index.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace dynkin
{
  namespace
  {
    constexpr double least_power = 0.01, greatest_power = 1e4;
    constexpr double rare    = 45.;  // log of what does not count
    constexpr double nearest = 1e-9; // panels are graded to zeros down to this distance
    constexpr double coarser = 1.3;

    /** log of the density of the root of chi^2_k at x. */
    double
    log_chi(const double k, const double x)
    {
      return (1. - 0.5 * k) * boost::math::constants::ln_two<double>() - std::lgamma(0.5 * k) +
             (k == 1. ? 0. : (k - 1.) * std::log(x)) - 0.5 * x * x;
    }

    /** Increasing ends of panels between two places: at most `width` long, graded to these zeros. */
    std::vector<double>
    graded(const double               left,
           const double               right,
           const double               width,
           const std::vector<double> &zeros,
           const double               closest)
    {
      std::vector<double> ends = {left, right};
      for (double x = left + width; x < right; x += width)
        ends.push_back(x);
      for (const double zero : zeros)
        {
          ends.push_back(zero);
          for (double distance = closest; distance < width; distance *= 4.)
            for (const double x : {zero - distance, zero + distance})
              ends.push_back(x);
        }
      std::sort(ends.begin(), ends.end());
      ends.erase(std::remove_if(
                   ends.begin(), ends.end(), [&](const double x) { return x < left || x > right; }),
                 ends.end());
      return ends;
    }

    template <typename Function>
    void
    at_panel_points(const std::vector<double> &ends, const Function &f)
    {
      using Rule = boost::math::quadrature::gauss<double, 20>;
      for (std::size_t p = 0; p + 1 < ends.size(); ++p)
        if (const double half = 0.5 * (ends[p + 1] - ends[p]); half > 0.)
          for (unsigned int i = 0; i < Rule::abscissa().size(); ++i)
            for (const double side : {-1., 1.})
              f(ends[p] + half * (1. + side * Rule::abscissa()[i]), half * Rule::weights()[i]);
    }

    /** log E (P^2 + c Y)^(s/2) for s up to a greatest one. */
    class LogMoment
    {
    public:
      LogMoment(const FarStep &step, const double greatest, const double width)
      {
        const double reach = std::sqrt(2. * greatest) + std::sqrt(step.k) + 12.;
        const auto   outer = graded(std::max(step.lower, step.middle - reach),
                                  step.middle + reach,
                                  width,
                                  step.zeros,
                                  nearest);
        at_panel_points(outer, [&](const double w, const double weight) {
          const double P = std::abs(step.P(w)), c = step.c(w);
          const double log_weight = std::log(weight) + step.log_density(w);
          const auto   add        = [&](const double log_mass, const double growth) {
            if (growth > 0. && log_mass + std::max(0., greatest * std::log(growth)) > -rare - 20.)
              {
                log_masses.push_back(log_mass);
                log_growths.push_back(std::log(growth));
              }
          };
          if (step.k == 0.)
            add(log_weight, P);
          else
            at_panel_points(graded(std::max(0., std::sqrt(step.k) - reach),
                                   std::sqrt(step.k) + reach,
                                   width,
                                   {0.},
                                   std::max(nearest, 0.25 * P / std::sqrt(c))),
                            [&](const double x, const double inner) {
                              add(log_weight + std::log(inner) + log_chi(step.k, x),
                                  std::hypot(P, std::sqrt(c) * x));
                            });
        });
      }

      double
      operator()(const double s) const
      {
        double top = -std::numeric_limits<double>::infinity(), sum = 0.;
        for (std::size_t i = 0; i < log_masses.size(); ++i)
          top = std::max(top, log_masses[i] + s * log_growths[i]);
        for (std::size_t i = 0; i < log_masses.size(); ++i)
          sum += std::exp(log_masses[i] + s * log_growths[i] - top);
        return top + std::log(sum);
      }

    private:
      std::vector<double> log_masses, log_growths;
    };

    /** The root, or 0. */
    double
    root(const FarStep &step, const double width)
    {
      for (double low = least_power, high = 4.; low < greatest_power; low = high, high *= 4.)
        {
          const LogMoment moment(step, high, width);
          if (low == least_power && moment(low) >= 0.)
            return 0.;
          if (moment(high) < 0.)
            continue;
          boost::uintmax_t iterations = 100;
          const auto       place      = boost::math::tools::toms748_solve(
            moment, low, high, boost::math::tools::eps_tolerance<double>(48), iterations);
          return 0.5 * (place.first + place.second);
        }
      return 0.;
    }
  } // namespace

  FarStep
  FarStep::of_mini_batches(const double B, const double d, const double a)
  {
    FarStep step;
    step.P           = [a](const double w) { return 1. - a * w * w; };
    step.c           = [a](const double w) { return a * a * w * w; };
    step.log_density = [B](const double w) { return log_chi(B, w); };
    step.zeros       = {1. / std::sqrt(a)};
    step.k           = d - 1.;
    step.lower       = 0.;
    step.middle      = std::sqrt(B);
    return step;
  }

  FarStep
  FarStep::of_gaussians(const double m, const double along, const double across, const double d)
  {
    FarStep step;
    step.P           = [m, along](const double w) { return m + along * w; };
    step.c           = [across](const double) { return across * across; };
    step.log_density = [](const double w) {
      return -0.5 * w * w - 0.5 * std::log(boost::math::constants::two_pi<double>());
    };
    step.zeros  = {-m / along};
    step.k      = d - 1.;
    step.lower  = -std::numeric_limits<double>::infinity();
    step.middle = 0.;
    return step;
  }

  std::optional<KestenIndex>
  kesten_index(const FarStep &step)
  {
    const double value = root(step, 1.), other = root(step, coarser);
    if (value == 0. || other == 0.)
      return {};
    return KestenIndex{value, std::abs(value - other) + 1e-13 * value};
  }
} // namespace dynkin
