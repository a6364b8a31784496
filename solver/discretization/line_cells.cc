// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/line_cells.h"

#include <deal.II/base/quadrature_lib.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "discretization/switch_zeros.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int n_samples       = 10;   // of a cell, Gauss points
    constexpr double       nearest_to_ends = 1e-4; // of further ones, as part of the cell
    constexpr double       needed          = 1e-3; // accuracy of log(w a) and log a within a cell
    constexpr double       hidden = 1e-11; // of a feature that shows at the ends of a cell only,
    constexpr double       largest_ratio        = 10.; // by the differences there and inside
    constexpr unsigned int more_halvings        = 6;
    constexpr double       largest_change       = 12.;   // of log(w a) within a cell
    constexpr double       largest_room         = 8.;    // for it, by enclosures
    constexpr double       smallest_cell        = 1e-10; // of the interval, inside
    constexpr double       smallest_beside_ends = 1e-3;  // of the distance
    constexpr double       smooth_end = 1e-3, end_cell = 1e-13, end_cell_at_zero = 1e-30;
    constexpr double       hidden_source     = 1e-8;  // of the most that the source can add
    constexpr double       needed_of_source  = 1e-11; // likewise, of interpolation
    constexpr double       smallest_at_poles = 1e-13; // of the interval, where a source is infinite
    constexpr unsigned int most_cells        = 20000;

    using Range = std::pair<double, double>;

    /**
     * The end cell at x: the distance d at which the relative rounding of distances, eps x/d, is
     * as large as the part d/length of the coefficients that the powers of d leave out there.
     */
    double
    rounded_end(const double x, const double length)
    {
      return std::sqrt(std::numeric_limits<double>::epsilon() * std::abs(x) * length);
    }

    /** Halves cells until they resolve the coefficients. */
    class Resolution
    {
    public:
      Resolution(const Model<1>                &model,
                 const double                   left,
                 const double                   right,
                 const std::vector<Formula<1>> &sources)
        : model(model)
        , first(left)
        , last(right)
        , length(right - left)
        , sources(sources)
        , gauss(n_samples)
      {
        for (const Formula<1> &source : sources)
          {
            const Range range = source.bounds(Point<1>(left), Point<1>(right));
            sizes.push_back(std::max(std::abs(range.first), std::abs(range.second)) * length);
          }
        const QGauss<1> finer(n_samples + 5);
        for (const Point<1> &point : finer.get_points())
          further.push_back(point[0]);
        // a narrow feature in the next cell may end in this one
        for (double t = nearest_to_ends; t < 0.01; t *= 2.)
          for (const double place : {t, 1. - t})
            ends.push_back(place);
      }

      /** Appends the right ends of the cells of an interval. */
      void
      append(const double         left,
             const double         right,
             std::vector<double> &points,
             const unsigned int   n_more = more_halvings) const
      {
        const double middle = 0.5 * (left + right);
        if (is_resolved(left, right, false))
          {
            if (n_more == 0 || is_resolved(left, right, true))
              points.push_back(right);
            else
              {
                append(left, middle, points, n_more - 1);
                append(middle, right, points, n_more - 1);
              }
            return;
          }
        if (right - left <
              (has_pole(left, right) ? smallest_at_pole(left, right) : smallest(left, right)) ||
            points.size() > most_cells)
          refuse(
            left,
            right,
            is_bounded(left, right)
              ? "needs to be resolved by " + std::to_string(most_cells) +
                  " cells of the interval, none of them smaller than " +
                  format_number(smallest_cell) +
                  " of it, which it is not near x = " + format_number(middle, 10) +
                  ": it changes too often or too fast, or the drift is too large beside the "
                  "diffusion; a shorter interval needs fewer cells"
              : "needs to be finite and resolved by cells of the interval, which it is not near "
                "x = " +
                  format_number(middle, 10) +
                  "; the interval may end at a singular place, but not hold one");
        append(left, middle, points);
        append(middle, right, points);
      }

    private:
      const Model<1> &model;
      const double    first, last, length;

      const std::vector<Formula<1>> &sources;
      std::vector<double>            sizes; // most that their integrals can be
      const QGauss<1>                gauss;

      std::vector<double> further, ends; // where the interpolants are compared

      static double
      resolved_by_doubles(const double left, const double right)
      {
        return 64. * std::numeric_limits<double>::epsilon() *
               std::max(std::abs(left), std::abs(right));
      }

      /** Cells next to the ends may be as small as their distance and rounding ask for. */
      double
      smallest(const double left, const double right) const
      {
        const double distance = std::max(std::min(right - first, last - left), 1e-30 * length);
        return std::max(std::min(smallest_cell * length, smallest_beside_ends * distance),
                        resolved_by_doubles(left, right));
      }

      /** The entry at fault is the first of those that the cell does not resolve. */
      [[noreturn]] void
      refuse(const double left, const double right, const std::string &sentence) const
      {
        throw InputError(!shows_diffusion(left, right)        ? "Model/expression/diffusion"
                         : !shows_process(left, right, false) ? "Model/expression/drift"
                         : !shows_killing(left, right)        ? "Model/killing rate"
                                                              : "Quantities/running reward",
                         sentence);
      }

      bool
      is_resolved(const double left, const double right, const bool looks_for_hidden) const
      {
        return shows_process(left, right, looks_for_hidden) && shows_killing(left, right) &&
               shows_sources(left, right);
      }

      /** Are enclosures of drift and diffusion finite, and is that of the diffusion positive? */
      bool
      is_bounded(const double left, const double right) const
      {
        const auto ranges = model.coefficient_ranges(Point<1>(left), Point<1>(right));
        return ranges.empty() ||
               (ranges[1].first > 0. &&
                std::all_of(ranges.begin(), ranges.end(), [](const Range &range) {
                  return std::isfinite(range.first) && std::isfinite(range.second);
                }));
      }

      /** Does log a change smoothly? */
      bool
      shows_diffusion(const double left, const double right) const
      {
        const auto log_a = [&](const double t) {
          return std::log(model.diffusion(Point<1>(left + t * (right - left)))[0][0]);
        };
        std::vector<double> logs;
        for (const Point<1> &q : gauss.get_points())
          logs.push_back(log_a(q[0]));
        const auto of_logs = legendre(logs);
        const auto ranges  = model.coefficient_ranges(Point<1>(left), Point<1>(right));
        return std::all_of(
                 further.begin(),
                 further.end(),
                 [&](const double t) { return std::abs(log_a(t) - value(of_logs, t)) < needed; }) &&
               (ranges.empty() || std::log(ranges[1].second / ranges[1].first) <= largest_room);
      }

      bool
      shows_process(const double left, const double right, const bool looks_for_hidden) const
      {
        const double        h = right - left;
        std::vector<double> rates(n_samples), logs(n_samples); // of log(w a) across the cell; log a
        for (unsigned int q = 0; q < n_samples; ++q)
          if (!sample(left + gauss.point(q)[0] * h, h, rates[q], logs[q]))
            return false;
        const auto of_rates = legendre(rates), of_logs = legendre(logs);
        // how much log(w a) changes: total variation by samples
        double change = 0., lowest = rates[0], highest = rates[0];
        for (unsigned int q = 0; q < n_samples; ++q)
          {
            change += gauss.weight(q) * std::abs(rates[q]);
            lowest  = std::min(lowest, rates[q]);
            highest = std::max(highest, rates[q]);
          }
        if (change > largest_change)
          return false;
        const auto largest_difference = [&](const std::vector<double> &places) {
          double largest = 0.;
          for (const double t : places)
            {
              double rate, log_a;
              if (!sample(left + t * h, h, rate, log_a))
                return std::numeric_limits<double>::infinity();
              largest = std::max({largest,
                                  std::abs(rate - value(of_rates, t)),
                                  std::abs(log_a - value(of_logs, t))});
            }
          return largest;
        };
        const double inside = largest_difference(further), at_ends = largest_difference(ends);
        if (!(std::max(inside, at_ends) < needed))
          return false;
        if (looks_for_hidden && at_ends > hidden + largest_ratio * inside)
          return false;
        const auto ranges = model.coefficient_ranges(Point<1>(left), Point<1>(right));
        if (!ranges.empty())
          {
            const Range b = ranges[0], a = ranges[1];
            if (!is_bounded(left, right))
              return false;
            const double most  = 2. * h * std::max(b.second / a.first, b.second / a.second),
                         least = 2. * h * std::min(b.first / a.first, b.first / a.second);
            if (most - least > largest_room + 2. * (highest - lowest) ||
                std::log(a.second / a.first) > largest_room)
              return false;
          }
        return true;
      }

      /** From the least to the largest value of a function at the samples of a cell. */
      template <typename Function>
      Range
      samples(const Function &function, const double left, const double right) const
      {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        Range            shown(infinity, -infinity);
        for (const Point<1> &q : gauss.get_points())
          {
            const double value = function.value(Point<1>(left + q[0] * (right - left)));
            shown              = {std::min(shown.first, value), std::max(shown.second, value)};
          }
        return shown;
      }

      /** Do samples show how k h^2/a changes, up to some room? */
      bool
      shows_killing(const double left, const double right) const
      {
        const KillingRate<1> *k = model.killing_rate();
        if (k == nullptr)
          return true;
        const double smallest_a =
          model.coefficient_ranges(Point<1>(left), Point<1>(right)).at(1).first;
        const Range  range  = k->range(Point<1>(left), Point<1>(right));
        const Range  shown  = samples(*k, left, right);
        const double unseen = (range.second - range.first) - 2. * (shown.second - shown.first);
        return unseen * (right - left) * (right - left) / smallest_a <= largest_room;
      }

      /** Do samples show how the sources change, where that could add to their integrals? */
      bool
      shows_sources(const double left, const double right) const
      {
        const double h = right - left;
        for (unsigned int i = 0; i < sources.size(); ++i)
          {
            std::vector<double> values;
            for (const Point<1> &q : gauss.get_points())
              values.push_back(sources[i].value(Point<1>(left + q[0] * h)));
            if (!std::all_of(
                  values.begin(), values.end(), [](const double v) { return std::isfinite(v); }))
              continue; // refused where it is integrated
            if (has_pole(sources[i], left, right))
              {
                if (h > smallest_at_pole(left, right))
                  return false;
                require_integrable(sources[i], left, right);
                continue;
              }
            const Range  range = sources[i].bounds(Point<1>(left), Point<1>(right));
            const auto   shown = std::minmax_element(values.begin(), values.end());
            const double unseen =
              (range.second - range.first) - 3. * (*shown.second - *shown.first);
            if (unseen * h > hidden_source * sizes[i])
              return false;
            const auto of_values = legendre(values);
            for (const double t : further)
              if (std::abs(sources[i].value(Point<1>(left + t * h)) - value(of_values, t)) * h >
                  needed_of_source * sizes[i])
                return h <= smallest(left, right);
          }
        return true;
      }

      static bool
      has_pole(const Formula<1> &source, const double left, const double right)
      {
        const Range range = source.bounds(Point<1>(left), Point<1>(right));
        return !std::isfinite(range.first) || !std::isfinite(range.second);
      }

      bool
      has_pole(const double left, const double right) const
      {
        return std::any_of(sources.begin(), sources.end(), [&](const Formula<1> &source) {
          return has_pole(source, left, right);
        });
      }

      double
      smallest_at_pole(const double left, const double right) const
      {
        return std::max(smallest_at_poles * length, resolved_by_doubles(left, right));
      }

      /** Throws InputError if a source grows like 1/distance, or faster, inside of the interval. */
      void
      require_integrable(const Formula<1> &source, const double left, const double right) const
      {
        constexpr double near = 1e-8, far = 1e-5, as_one_over_distance = 0.9;
        const double     x = 0.5 * (left + right);
        if (x - first < 2. * far * length || last - x < 2. * far * length)
          return; // what an absorbing wall ends may be infinite there
        for (const double side : {1., -1.})
          {
            const auto share = [&](const double d) {
              return d * std::abs(source.value(Point<1>(x + side * d * length)));
            };
            if (share(near) > as_one_over_distance * share(far) && share(near) > 0.)
              throw InputError(
                "Quantities/running reward",
                "needs an integral, but near x = " +
                  format_number(first + std::round((x - first) / length * 1e9) * 1e-9 * length, 6) +
                  " it grows like 1/distance or faster");
          }
      }

      bool
      sample(const double x, const double h, double &rate, double &log_a) const
      {
        const double a = model.diffusion(Point<1>(x))[0][0];
        rate           = 2. * model.drift(Point<1>(x))[0] / a * h;
        log_a          = std::log(a);
        return std::isfinite(rate);
      }

      std::vector<double>
      legendre(const std::vector<double> &values) const
      {
        std::vector<double> coefficients(n_samples, 0.);
        for (unsigned int q = 0; q < n_samples; ++q)
          for (unsigned int k = 0; k < n_samples; ++k)
            coefficients[k] += (2. * k + 1.) * gauss.weight(q) * values[q] *
                               std::legendre(k, 2. * gauss.point(q)[0] - 1.);
        return coefficients;
      }

      static double
      value(const std::vector<double> &coefficients, const double t)
      {
        double sum = 0.;
        for (unsigned int k = 0; k < coefficients.size(); ++k)
          sum += coefficients[k] * std::legendre(k, 2. * t - 1.);
        return sum;
      }
    };
  } // namespace

  std::vector<LineEnd>
  find_line_ends(const Model<1> &model, const DomainParameters &domain)
  {
    const auto  &interval = *domain.shape->as<Box>();
    const double l = interval.lower[0], r = interval.upper[0];
    return {find_line_end(model, l, 1., r - l), find_line_end(model, r, -1., r - l)};
  }

  std::vector<double>
  find_line_cells(const Model<1>                &model,
                  const DomainParameters        &domain,
                  const bool                     is_natural,
                  const std::vector<Formula<1>> &sources)
  {
    const auto                &interval = *domain.shape->as<Box>();
    const double               l = interval.lower[0], r = interval.upper[0], length = r - l;
    const std::vector<LineEnd> ends = find_line_ends(model, domain);

    std::vector<double>               inner, faces = {l, r};
    std::vector<CoefficientSwitch<1>> places = model.switches();
    if (model.killing_rate() != nullptr)
      for (const CoefficientSwitch<1> &place : model.killing_rate()->switches())
        places.push_back(place);
    for (const Formula<1> &source : sources)
      append_switches(source, places);
    for (const CoefficientSwitch<1> &place : places)
      find_zeros(place, l, r, 1e-3 * length, inner);
    for (const double x : inner)
      {
        const double step   = 1e-9 * length;
        const auto   beside = [&](const double y) {
          return model.diffusion(Point<1>(std::clamp(y, l + step, r - step)))[0][0];
        };
        if (!(is_natural && model.holds_at_jumps()) &&
            std::abs(std::log(beside(x + step) / beside(x - step))) > 1e-5)
          throw InputError("Model/expression/diffusion",
                           "jumps at x = " + format_number(x, 10) +
                             ", which needs Model/expression/convention = Ito and "
                             "Discretization/weight = natural");
      }
    for (const double x : inner)
      if (x - l > smallest_cell * length && r - x > smallest_cell * length)
        faces.push_back(x);
    std::sort(faces.begin(), faces.end());
    for (unsigned int i = 0; i < 2; ++i)
      if (ends[i].is_singular)
        {
          const double size = i == 0 ? faces[1] - l : r - faces[faces.size() - 2];
          const double x    = ends[i].position;
          const bool   is_absorbing =
            domain.walls.at(i == 0 ? "left" : "right") == BoundaryKind::absorbing;
          const double end = ends[i].empty > 0.                     ? ends[i].empty
                             : !is_absorbing && ends[i].is_analytic ? smooth_end * length
                             : x == 0. && ends[i].diffusion_exponent > 1.
                               ? end_cell_at_zero * length
                               : std::max(end_cell * length, rounded_end(x, length));
          for (double d = 0.5 * size; d > end; d *= 0.5)
            faces.push_back(x + ends[i].inward * d);
          if (ends[i].empty > 0.)
            faces.push_back(x + ends[i].inward * end);
          std::sort(faces.begin(), faces.end());
        }
    std::vector<double> distinct;
    for (const double x : faces)
      if (distinct.empty() || x > distinct.back())
        distinct.push_back(x);

    std::vector<double> points = {l};
    const Resolution    resolution(model, l, r, sources);
    for (unsigned int k = 0; k + 1 < distinct.size(); ++k)
      {
        const bool is_end =
          (k == 0 && ends[0].is_singular) || (k + 2 == distinct.size() && ends[1].is_singular);
        if (is_end)
          points.push_back(distinct[k + 1]);
        else
          resolution.append(distinct[k], distinct[k + 1], points);
      }
    return points;
  }
} // namespace dynkin
