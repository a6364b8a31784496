// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/line_diffusion.h"

#include "model/line_end.h"
#include "theory/exit/panel_interpolant.h"
#include "utilities/exceptions.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       same_integral = 1e-13;
    constexpr double       narrow = 5e-3; // of enclosures; 1e-4 took 3 s for 20 periods of a cosine
    constexpr unsigned int most_halvings = 40, most_line_panels = 400; // a second

    [[noreturn]] void
    refuse_at(const std::string &what, const double x)
    {
      throw std::domain_error("drift and diffusion " + what + " near x = " + std::to_string(x));
    }

    /** b, a and 2b/a in long double; std::domain_error where a is no diffusion. */
    struct Coefficients
    {
      std::shared_ptr<const Model<1>> model;

      long double
      b(const long double x) const
      {
        return model->drift(Point<1>(static_cast<double>(x)))[0];
      }

      long double
      a(const long double x) const
      {
        try
          {
            return model->diffusion(Point<1>(static_cast<double>(x)))[0][0];
          }
        catch (const InputError &error)
          {
            throw std::domain_error(error.what());
          }
      }

      long double
      slope(const long double x) const
      {
        return 2.L * b(x) / a(x);
      }
    };

    /** May a switch be thrown in [left, right]? Enclosures of ever smaller parts say where not. */
    void
    require_no_switch(const CoefficientSwitch<1> &place, const double left, const double right)
    {
      std::vector<std::pair<double, double>> parts = {{left, right}};
      for (unsigned int halvings = 0; !parts.empty(); ++halvings)
        {
          std::vector<std::pair<double, double>> halves;
          for (const auto &[l, r] : parts)
            {
              const auto [lowest, highest] = place.range(Point<1>(l), Point<1>(r));
              if (lowest > 0. || highest < 0.)
                continue;
              const double middle = 0.5 * (l + r);
              if (halvings == 12 || halves.size() > 64)
                refuse_at("may jump or have a kink", middle);
              halves.insert(halves.end(), {{l, middle}, {middle, r}});
            }
          parts = halves;
        }
    }

    template <unsigned int n_points>
    class LinePanels
    {
    public:
      using Rule = boost::math::quadrature::gauss<long double, n_points>;

      LinePanels(const Coefficients &coefficients, const double left, const double right)
        : coefficients(coefficients)
        , nodes({left})
        , values({0.L})
      {
        const auto ranges = coefficients.model->coefficient_ranges(Point<1>(left), Point<1>(right));
        if (!ranges.empty())
          largest_drift = std::max(std::abs(ranges[0].first), std::abs(ranges[0].second));
        append(left, right, 0);
      }

      long double
      value(const long double x) const
      {
        const auto right = std::upper_bound(nodes.begin() + 1, nodes.end() - 1, x);
        const auto k     = std::distance(nodes.begin(), right) - 1;
        return values[k] + integral(nodes[k], x);
      }

      const std::vector<long double> &
      breakpoints() const
      {
        return nodes;
      }

      double
      total_variation() const
      {
        return variation;
      }

    private:
      long double
      integral(const long double l, const long double r, long double *size = nullptr) const
      {
        return Rule::integrate(
          [&](const long double x) { return coefficients.slope(x); }, l, r, size);
      }

      /** Appends the ends of panels that resolve [l, r]. */
      void
      append(const long double l, const long double r, const unsigned int halvings)
      {
        const long double middle    = 0.5L * (l + r);
        long double       left_size = 0.L, right_size = 0.L;
        const long double lefts  = integral(l, middle, &left_size);
        const long double rights = integral(middle, r, &right_size);
        const long double size   = left_size + right_size;
        if (std::abs(integral(l, r) - lefts - rights) <= same_integral * (size + 0.01L) &&
            shows_all(l, r)) // false for NaN
          {
            nodes.insert(nodes.end(), {middle, r});
            values.push_back(values.back() + lefts);
            values.push_back(values.back() + rights);
            variation += size;
            return;
          }
        if (halvings == most_halvings || nodes.size() > most_line_panels)
          refuse_at("are not resolved", middle);
        append(l, middle, halvings + 1);
        append(middle, r, halvings + 1);
      }

      /** Are enclosures of b and a where their polynomials are? */
      bool
      shows_all(const long double l, const long double r) const
      {
        if (!coefficients.model->has_enclosures())
          return true;
        const PanelInterpolant b([&](const long double x) { return coefficients.b(x); }, {l, r});
        const PanelInterpolant a([&](const long double x) { return coefficients.a(x); }, {l, r});
        std::vector<std::pair<double, double>> parts = {{l, r}};
        for (unsigned int halvings = 0; !parts.empty(); ++halvings)
          {
            std::vector<std::pair<double, double>> halves;
            for (const auto &[s, t] : parts)
              {
                const double middle = 0.5 * (s + t);
                const auto   ranges =
                  coefficients.model->coefficient_ranges(Point<1>(s), Point<1>(t));
                const auto encloses = [](const auto &range, const double x, const double needed) {
                  return range.second - range.first <= needed &&
                         std::abs(x - range.first) <= 2. * needed;
                };
                const double of_a = a(middle);
                if (encloses(ranges[0], b(middle), narrow * largest_drift) &&
                    encloses(ranges[1], of_a, narrow * of_a))
                  continue;
                if (halvings == 20 || halves.size() > 1000)
                  return false;
                halves.insert(halves.end(), {{s, middle}, {middle, t}});
              }
            parts = halves;
          }
        return true;
      }

      const Coefficients       coefficients;
      double                   largest_drift = 0., variation = 0.;
      std::vector<long double> nodes, values;
    };

    template <unsigned int n_points>
    ScalarDiffusion
    integrated(const Coefficients &coefficients,
               const double        left,
               const double        right,
               double             &variation)
    {
      const LinePanels<n_points> panels(coefficients, left, right);
      variation = panels.total_variation();
      // a polynomial, as what was integrated is one
      const PanelInterpolant phi([&](const long double x) { return -panels.value(x); },
                                 panels.breakpoints());
      return {1,
              phi,
              [=](const long double x) { return -coefficients.slope(x); },
              [=](const long double x) { return coefficients.a(x); },
              panels.breakpoints()};
    }
  } // namespace

  LineDiffusion::LineDiffusion(const std::shared_ptr<const Model<1>> &model,
                               const double                           left,
                               const double                           right,
                               const Quadrature                       quadrature)
  {
    if (!(left < right))
      throw std::domain_error("an interval needs left < right");
    for (const CoefficientSwitch<1> &place : model->switches())
      require_no_switch(place, left, right);
    if (model->has_enclosures())
      for (const double inward : {1., -1.})
        if (find_line_end(*model, inward > 0. ? left : right, inward, right - left).is_singular)
          refuse_at("are singular at the end", inward > 0. ? left : right);
    const Coefficients coefficients = {model};
    result = quadrature == Quadrature::fine ? integrated<20>(coefficients, left, right, variation)
                                            : integrated<15>(coefficients, left, right, variation);
  }

  const ScalarDiffusion &
  LineDiffusion::diffusion() const
  {
    return result;
  }

  double
  LineDiffusion::total_variation() const
  {
    return variation;
  }
} // namespace dynkin
