// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/line_end.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "utilities/log.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr int    first = 6, n_samples = 8; // distances: powers of 1/2 of the length
    constexpr int    far = 12, near = 24;      // where growth is looked for
    constexpr double as_a_logarithm = 0.7;     // growth of beta from 16 to 24, of that from 8 to 16
    constexpr double negligible     = 1e-5;    // exponent
    constexpr double of_values =
      1e-12; // of it, as rounding of the values that it is extrapolated from
    constexpr double consistent = 1e-9; // extrapolations

    struct Limit
    {
      double value, change; // by the last sample
    };

    /** f(k), a function of 2^-k, at 0: by polynomials through samples (Neville). */
    template <typename Function>
    Limit
    limit(const Function &f)
    {
      std::vector<double> row;
      double              previous = 0.;
      for (int k = 0; k < n_samples; ++k)
        {
          previous = row.empty() ? 0. : row.front();
          row.push_back(f(first + k));
          for (int j = k - 1; j >= 0; --j)
            row[j] = row[j + 1] + (row[j + 1] - row[j]) / (std::ldexp(1., k - j) - 1.);
        }
      return {row.front(), std::abs(row.front() - previous)};
    }

    /** Is a positive, and b finite, at the end itself, up to the rounding of its position? */
    bool
    is_regular(const Model<1> &model, const double position)
    {
      const double rounding = 4. * std::numeric_limits<double>::epsilon() * std::abs(position);
      const auto   ranges =
        model.coefficient_ranges(Point<1>(position - rounding), Point<1>(position + rounding));
      return !ranges.empty() && std::isfinite(ranges[0].first) && std::isfinite(ranges[0].second) &&
             ranges[1].first > 0. && std::isfinite(ranges[1].second);
    }

    /** The distance nearer than which w a is below e^-300 of its largest. */
    double
    empty_distance(const Model<1> &model, const LineEnd &end, const double length)
    {
      constexpr double as_good_as_empty = 300., ratio = 0.8;
      const double     least = std::max(
        1e-30 * length, 100. * std::numeric_limits<double>::epsilon() * std::abs(end.position));
      const QGauss<1>     gauss(10);
      std::vector<double> P = {0.}; // log(w a) at the distances ratio^k length
      for (double d = length; d > least && std::isfinite(P.back()); d *= ratio)
        {
          P.push_back(P.back());
          for (unsigned int q = 0; q < gauss.size(); ++q)
            {
              const double   distance = d * (1. + (ratio - 1.) * gauss.point(q)[0]);
              const Point<1> x(end.position + end.inward * distance);
              P.back() -= (1. - ratio) * d * gauss.weight(q) * end.inward * 2. * model.drift(x)[0] /
                          model.diffusion(x)[0][0];
            }
        }
      if (!std::isfinite(P.back()))
        P.pop_back();
      const double full = *std::max_element(P.begin(), P.end()) - as_good_as_empty;
      while (P.size() > 1 && P[P.size() - 2] < full)
        P.pop_back(); // a well behind a high barrier is not empty
      return length * std::pow(ratio, P.size() - 1.);
    }

    /** p to the next small fraction, if it is one. */
    double
    rounded(const double exponent)
    {
      const double nearest = std::round(12. * exponent) / 12.;
      return std::abs(exponent - nearest) < 1e-5 ? nearest : exponent;
    }
  } // namespace

  bool
  LineEnd::is_attracting() const
  {
    return conductance < 1.;
  }

  bool
  LineEnd::has_finite_mass() const
  {
    return weight_exponent() > -1.;
  }

  bool
  LineEnd::is_reachable() const
  {
    return is_attracting() &&
           (std::isinf(conductance) ? drift_exponent < 1. : diffusion_exponent < 2.);
  }

  bool
  LineEnd::is_enterable() const
  {
    return has_finite_mass() &&
           (std::isinf(conductance) ? drift_exponent < 1. : diffusion_exponent < 2.);
  }

  double
  LineEnd::weight_exponent() const
  {
    return conductance - diffusion_exponent;
  }

  std::string
  LineEnd::description() const
  {
    const std::string kind = is_reachable()   ? (is_enterable() ? "regular" : "exit (of no return)")
                             : is_enterable() ? "entrance (never reached)"
                                              : std::string("natural (never reached") +
                                                  (is_attracting() ? ", but approached)" : ")");
    return kind + ": with the distance d, a ~ d^" + format_number(diffusion_exponent, 6) +
           " and 2 b/a " +
           (std::isinf(conductance)
              ? "grows faster than 1/d, " + std::string(conductance > 0. ? "inwards" : "outwards")
              : "~ " + format_number(conductance, 6) + "/d inwards");
  }

  LineEnd
  find_line_end(const Model<1> &model,
                const double    position,
                const double    inward,
                const double    length)
  {
    LineEnd end;
    end.position = position;
    end.inward   = inward;
    if (is_regular(model, position))
      return end; // however near to the end the coefficients change
    const auto at = [&](const int k) {
      return Point<1>(position + inward * std::ldexp(length, -k));
    };
    const auto distance  = [&](const int k) { return std::abs(at(k)[0] - position); };
    const auto diffusion = [&](const int k) { return model.diffusion(at(k))[0][0]; };
    const auto beta      = [&](const int k) {
      return 2. * inward * model.drift(at(k))[0] / diffusion(k) * distance(k);
    };
    const auto slope = [&](const auto &f, const int k) {
      return std::log(f(k) / f(k + 1)) / std::log(distance(k) / distance(k + 1));
    };
    const Limit p          = limit([&](const int k) { return slope(diffusion, k); });
    end.diffusion_exponent = rounded(p.value);
    end.is_analytic        = p.change < consistent;
    const double beta_far = std::abs(beta(far)), beta_near = std::abs(beta(near));
    const double growth   = beta_near - std::abs(beta(2 * near / 3));
    const bool   is_power = beta_near > 16. * beta_far;
    const bool   is_log = growth > as_a_logarithm * std::abs(beta(2 * near / 3) - beta(near / 3)) &&
                        growth > 0.01 * beta_near;
    if (beta_near > 1. && (is_power || is_log))
      {
        end.conductance = beta(near) > 0. ? infinity : -infinity;
        end.drift_exponent =
          is_power ? rounded(limit([&](const int k) {
                               return slope(
                                 [&](const int l) { return std::abs(model.drift(at(l))[0]); }, k);
                             }).value)
                   : end.diffusion_exponent - 1.;
      }
    else
      {
        const Limit of_beta = limit(beta);
        end.conductance     = of_beta.value;
        end.is_analytic     = end.is_analytic && of_beta.change < consistent;
        if (!end.is_analytic) // from as near as it goes
          end.conductance = 2. * beta(near + 1) - beta(near);
      }
    if (std::abs(end.diffusion_exponent) < negligible &&
        std::abs(end.conductance) < negligible + of_values * std::abs(beta(first)))
      end.diffusion_exponent = end.conductance = 0.;
    end.is_singular = end.diffusion_exponent != 0. || end.conductance != 0. ||
                      !std::isfinite(model.drift(Point<1>(position))[0]);
    if (end.conductance == infinity)
      end.empty = empty_distance(model, end, length);
    return end;
  }
} // namespace dynkin
