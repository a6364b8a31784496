// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/line_integrals.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** On (-1, 1). */
    struct KronrodRule
    {
      std::vector<double> points, weights, gauss_weights; // the latter of the 7 points, else 0

      KronrodRule()
      {
        using Kronrod       = boost::math::quadrature::gauss_kronrod<double, 15>;
        using Gauss         = boost::math::quadrature::gauss<double, 7>;
        const auto &x       = Kronrod::abscissa(); // x >= 0
        const auto &w       = Kronrod::weights();
        const auto &w_gauss = Gauss::weights();
        for (unsigned int k = 0; k < x.size(); ++k)
          for (const double side : {1., -1.})
            if (side > 0. || k > 0)
              {
                points.push_back(side * x[k]);
                weights.push_back(w[k]);
                gauss_weights.push_back(k % 2 == 0 ? w_gauss[k / 2] : 0.);
              }
      }
    };

    constexpr unsigned int most_halvings = 40;
  } // namespace

  template <int dim>
  std::vector<double>
  line_integrals(const VectorField<dim>                               &field,
                 const std::vector<std::pair<Point<dim>, Point<dim>>> &lines,
                 const double                                          accuracy)
  {
    static const KronrodRule rule;
    struct Part
    {
      std::size_t line;
      double      begin, end; // shares of the line
    };
    std::vector<Part> parts, halves;
    for (std::size_t k = 0; k < lines.size(); ++k)
      parts.push_back({k, 0., 1.});
    std::vector<double>         sums(lines.size(), 0.);
    std::vector<Point<dim>>     points;
    std::vector<Tensor<1, dim>> values;
    const std::size_t           n       = rule.points.size();
    double                      largest = 0.;
    for (unsigned int halvings = 0; !parts.empty(); ++halvings)
      {
        points.clear();
        for (const Part &part : parts)
          for (const double t : rule.points)
            {
              const double s = part.begin + 0.5 * (1. + t) * (part.end - part.begin);
              points.push_back(lines[part.line].first +
                               s * (lines[part.line].second - lines[part.line].first));
            }
        values.resize(points.size());
        field(points, values);
        halves.clear();
        std::vector<double> integrals(parts.size(), 0.), errors(parts.size(), 0.);
        for (std::size_t p = 0; p < parts.size(); ++p)
          {
            const Part          &part = parts[p];
            const Tensor<1, dim> half_step =
              0.5 * (part.end - part.begin) * (lines[part.line].second - lines[part.line].first);
            double gauss = 0., size = 0.;
            for (std::size_t k = 0; k < n; ++k)
              {
                const double value = half_step * values[p * n + k];
                integrals[p] += rule.weights[k] * value;
                size += rule.weights[k] * std::abs(value);
                gauss += rule.gauss_weights[k] * value;
              }
            // of the finer rule, as QUADPACK has it
            const double difference = std::abs(integrals[p] - gauss);
            errors[p] =
              size > 0. ? size * std::min(1., std::pow(200. * difference / size, 1.5)) : 0.;
            largest = std::max(largest, std::isfinite(integrals[p]) ? std::abs(integrals[p]) : 0.);
          }
        for (std::size_t p = 0; p < parts.size(); ++p)
          {
            const Part &part = parts[p];
            if (errors[p] <= accuracy * std::max(1., largest) || halvings == most_halvings ||
                !std::isfinite(sums[part.line]))
              sums[part.line] += integrals[p];
            else
              {
                const double middle = 0.5 * (part.begin + part.end);
                halves.push_back({part.line, part.begin, middle});
                halves.push_back({part.line, middle, part.end});
              }
          }
        // nothing is gained by ever more parts next to a place where the field is infinite
        if (halves.size() > 64 * (lines.size() + 16))
          {
            for (const Part &half : halves)
              sums[half.line] = std::numeric_limits<double>::quiet_NaN();
            halves.clear();
          }
        parts.swap(halves);
      }
    return sums;
  }

#define INSTANTIATE(dim)                                                    \
  template std::vector<double> line_integrals<dim>(                         \
    const VectorField<dim> &,                                               \
    const std::vector<std::pair<dealii::Point<dim>, dealii::Point<dim>>> &, \
    const double);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
