// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/log_integral.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    struct Panel
    {
      double       left, right;
      double       whole; // log of the Gauss sum over the panel
      double       halves[2];
      unsigned int depth;
    };

    double
    log_gauss_sum(const std::function<double(double)> &log_f, const double left, const double right)
    {
      using Rule            = boost::math::quadrature::gauss<double, 20>;
      const double half     = 0.5 * (right - left);
      const double midpoint = 0.5 * (left + right);

      std::vector<double> terms;
      for (unsigned int i = 0; i < Rule::abscissa().size(); ++i)
        for (const double sign : {-1., 1.})
          terms.push_back(std::log(Rule::weights()[i] * half) +
                          log_f(midpoint + sign * half * Rule::abscissa()[i]));
      return log_sum_exp(terms);
    }

    Panel
    make_panel(const std::function<double(double)> &log_f,
               const double                         left,
               const double                         right,
               const double                         whole,
               const unsigned int                   depth)
    {
      const double midpoint = 0.5 * (left + right);
      return {left,
              right,
              whole,
              {log_gauss_sum(log_f, left, midpoint), log_gauss_sum(log_f, midpoint, right)},
              depth};
    }
  } // namespace

  double
  log_sum_exp(const std::vector<double> &terms)
  {
    const double maximum = *std::max_element(terms.begin(), terms.end());
    if (maximum == -std::numeric_limits<double>::infinity())
      return maximum;
    double sum = 0.;
    for (const double term : terms)
      sum += std::exp(term - maximum);
    return maximum + std::log(sum);
  }

  double
  log_integral(const std::function<double(double)> &log_f, const std::vector<double> &breaks)
  {
    constexpr double       tolerance = 1e-12;
    constexpr unsigned int max_depth = 40;

    std::vector<Panel> panels;
    for (unsigned int i = 0; i + 1 < breaks.size(); ++i)
      panels.push_back(make_panel(
        log_f, breaks[i], breaks[i + 1], log_gauss_sum(log_f, breaks[i], breaks[i + 1]), 0));

    while (true)
      {
        std::vector<double> terms;
        for (const Panel &panel : panels)
          terms.insert(terms.end(), std::begin(panel.halves), std::end(panel.halves));
        const double total = log_sum_exp(terms);

        std::vector<Panel> refined;
        for (const Panel &panel : panels)
          {
            const double fine = log_sum_exp({panel.halves[0], panel.halves[1]});
            if (std::abs(std::exp(panel.whole - total) - std::exp(fine - total)) <= tolerance)
              {
                refined.push_back(panel);
                continue;
              }
            if (panel.depth == max_depth)
              throw std::domain_error("The integrand of a closed form is not smooth enough.");
            const double       midpoint = 0.5 * (panel.left + panel.right);
            const unsigned int depth    = panel.depth + 1;
            refined.push_back(make_panel(log_f, panel.left, midpoint, panel.halves[0], depth));
            refined.push_back(make_panel(log_f, midpoint, panel.right, panel.halves[1], depth));
          }
        if (refined.size() == panels.size())
          return total;
        panels.swap(refined);
      }
  }
} // namespace dynkin
