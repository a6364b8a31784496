// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/interval_chain.h"

#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dynkin
{
  namespace
  {
    using Real = IntervalChain::Real;

    constexpr std::size_t  most_points = 3000;
    constexpr unsigned int most_powers = 62, most_iterations = 10000;
    constexpr Real         one_mode = 1e-13L; // of differences between ratios
  }                                           // namespace

  IntervalChain::IntervalChain(const Transition          &transition,
                               const std::vector<double> &faces,
                               const double               panel,
                               const std::string         &small_step)
    : transition(transition)
  {
    constexpr unsigned int samples = 500;
    const Real             l = transition.left, r = transition.right;
    Real                   spread = r - l;
    for (unsigned int i = 0; i <= samples; ++i)
      spread = std::min(spread, transition.spread(l + (r - l) * i / samples));
    if (!(spread > 0.L))
      throw InputError("Model/type",
                       "needs noise everywhere in the closed domain for discrete chains");

    std::vector<Real> ends  = {l, r};
    const auto        grade = [&](const Real first, const Real wall, const Real side) {
      if (first > 0.L)
        for (Real y = first; y < std::min<Real>(panel * spread, 0.5L * (r - l)); y *= panel)
          ends.push_back(wall + side * y);
    };
    grade(transition.singular_from_left(), l, 1.L);
    grade(transition.singular_from_right(), r, -1.L);
    for (const double face : faces)
      ends.push_back(face);
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    std::vector<Real> cuts;
    for (std::size_t k = 0; k + 1 < ends.size(); ++k)
      {
        const Real length = ends[k + 1] - ends[k];
        const Real n      = std::max(1.L, std::ceil(length / (panel * spread)));
        if ((cuts.size() + n) * Panels::n_points > most_points)
          throw InputError(
            small_step,
            "needs at most " + std::to_string(most_points) +
              " points that see the spread of a step, " +
              format_number(static_cast<double>(spread), 2) +
              " at its smallest; with steps as small as these the chain is close to the "
              "diffusion: problem = exit time");
        for (unsigned int i = 0; i < n; ++i)
          cuts.push_back(ends[k] + length / n * i);
      }
    cuts.push_back(r);
    panels = Panels(cuts);

    const std::size_t n = size();
    steps.resize(n * n);
    for (std::size_t i = 0; i < n; ++i)
      {
        exit_of.push_back(transition.exit(panels.nodes[i]));
        transition.find_row(panels.nodes[i], panels, &steps[i * n]);
      }
    eliminate();
  }

  void
  IntervalChain::find_order()
  {
    constexpr unsigned int n_steps = 100;
    const std::size_t      n       = size();
    Vector                 law(n, 1.L / n);
    for (unsigned int step = 0; step < n_steps; ++step)
      {
        Vector next(n, 0.L);
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t j = 0; j < n; ++j)
            next[j] += law[i] * steps[i * n + j];
        const Real sum = std::accumulate(next.begin(), next.end(), 0.L);
        for (std::size_t j = 0; j < n; ++j)
          law[j] = std::max(next[j] / sum, 0.L);
      }
    order.resize(n);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&law](const std::size_t i, const std::size_t j) {
      return law[i] > law[j];
    });
  }

  void
  IntervalChain::eliminate()
  {
    const std::size_t n = size();
    find_order();
    eliminated.resize(n * n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        eliminated[i * n + j] = steps[order[i] * n + order[j]];
    leaving.resize(n);
    ending.resize(n);
    for (std::size_t i = 0; i < n; ++i)
      ending[i] = exit_of[order[i]].left + exit_of[order[i]].right;
    for (std::size_t k = n; k-- > 0;)
      {
        const Real *row = &eliminated[k * n];
        leaving[k]      = ending[k];
        for (std::size_t j = 0; j < k; ++j)
          leaving[k] += row[j];
        if (!(leaving[k] > 0.L))
          throw ConvergenceError("exits are rarer than 1e-4900 a step");
        for (std::size_t i = 0; i < k; ++i)
          {
            Real      *other = &eliminated[i * n];
            const Real share = other[k] / leaving[k];
            ending[i] += share * ending[k];
            for (std::size_t j = 0; j < k; ++j)
              other[j] += share * row[j];
          }
      }
  }

  std::size_t
  IntervalChain::size() const
  {
    return panels.size();
  }

  const std::vector<Transition::Exit> &
  IntervalChain::exits() const
  {
    return exit_of;
  }

  IntervalChain::Vector
  IntervalChain::apply(const Vector &u) const
  {
    const std::size_t n = size();
    Vector            result(n, 0.L);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        result[i] += steps[i * n + j] * u[j];
    return result;
  }

  IntervalChain::Vector
  IntervalChain::solve(const Vector &f) const
  {
    const std::size_t n = size();
    Vector            u(n);
    for (std::size_t k = 0; k < n; ++k)
      u[k] = f[order[k]];
    for (std::size_t k = n; k-- > 0;)
      for (std::size_t i = 0; i < k; ++i)
        u[i] += eliminated[i * n + k] * (u[k] / leaving[k]);
    for (std::size_t k = 0; k < n; ++k)
      {
        for (std::size_t j = 0; j < k; ++j)
          u[k] += eliminated[k * n + j] * u[j];
        u[k] /= leaving[k];
      }
    Vector result(n);
    for (std::size_t k = 0; k < n; ++k)
      result[order[k]] = u[k];
    return result;
  }

  Real
  IntervalChain::apply_at(const Real x, const Vector &u) const
  {
    if (last_row.empty() || x != last_place)
      {
        last_row.resize(size());
        transition.find_row(x, panels, last_row.data());
        last_place = x;
      }
    return std::inner_product(u.begin(), u.end(), last_row.begin(), 0.L);
  }

  const IntervalChain::Mode *
  IntervalChain::slowest_mode() const
  {
    if (mode_is_known)
      return mode.phi.empty() ? nullptr : &mode;
    mode_is_known = true;
    Vector       phi(size(), 1.L);
    unsigned int settled = 0;
    for (unsigned int k = 0; k < most_iterations && settled < 3; ++k)
      {
        Vector     next    = solve(phi);
        const Real largest = *std::max_element(next.begin(), next.end());
        Real       change  = 0.L;
        for (std::size_t i = 0; i < size(); ++i)
          {
            next[i] /= largest;
            change = std::max(change, std::abs(next[i] - phi[i]));
          }
        phi       = next;
        mode.rate = 1.L / largest;
        settled   = change < 1e-16L ? settled + 1 : 0;
        if (!(change < 2.L)) // some function is not positive
          return nullptr;
      }
    if (settled < 3)
      return nullptr;
    mode.phi = phi;
    return &mode;
  }

  const IntervalChain::Power &
  IntervalChain::power(const unsigned int j) const
  {
    const std::size_t n = size();
    while (powers.size() <= j)
      {
        Power next;
        if (powers.empty())
          {
            next.matrix.resize(n, n);
            for (std::size_t i = 0; i < n; ++i)
              for (std::size_t k = 0; k < n; ++k)
                next.matrix(i, k) = static_cast<double>(steps[i * n + k]);
            next.survival = apply(Vector(n, 1.L));
          }
        else
          {
            next.matrix   = powers.back().matrix * powers.back().matrix;
            next.survival = apply_power(powers.size() - 1, powers.back().survival);
          }
        // what is left is like phi
        if (const Mode *slowest = slowest_mode())
          {
            Real low = 1.L, high = 0.L;
            for (std::size_t i = 0; i < n; ++i)
              {
                const Real ratio = next.survival[i] / slowest->phi[i];
                low              = i == 0 ? ratio : std::min(low, ratio);
                high             = std::max(high, ratio);
              }
            next.is_slowest_alone = high - low <= one_mode * high;
          }
        powers.push_back(std::move(next));
      }
    return powers[j];
  }

  IntervalChain::Vector
  IntervalChain::apply_power(const unsigned int j, const Vector &u) const
  {
    const Eigen::MatrixXd &matrix = power(j).matrix;
    Eigen::VectorXd        v(size());
    for (std::size_t i = 0; i < size(); ++i)
      v(i) = static_cast<double>(u[i]);
    v = matrix * v;
    return Vector(v.data(), v.data() + v.size());
  }

  IntervalChain::Vector
  IntervalChain::survival(const unsigned long n) const
  {
    Vector s(size(), 1.L);
    if (n <= 16 * size()) // cheaper than powers of the matrix
      {
        for (unsigned long k = 0; k < n; ++k)
          s = apply(s);
        return s;
      }
    for (unsigned int j = 0; j < most_powers && (1ul << j) <= n; ++j)
      if (power(j).is_slowest_alone)
        {
          s = power(j).survival;
          for (Real &value : s)
            value *= std::exp((n - (1ul << j)) * std::log1p(-slowest_mode()->rate));
          return s;
        }
    unsigned long rest = n;
    for (unsigned int j = 0; rest > 0; ++j, rest >>= 1)
      if (rest & 1)
        s = apply_power(j, s);
    return s;
  }

  Real
  IntervalChain::survival_at(const Real x, const unsigned long n) const
  {
    return n == 0 ? 1.L : apply_at(x, survival(n - 1));
  }

  Real
  IntervalChain::quantile(const Real x, const Real p) const
  {
    const Real level = 1.L - p;
    if (apply_at(x, Vector(size(), 1.L)) <= level)
      return 1.L;
    // the first power of two after which fewer are left, or only the slowest mode
    unsigned int j = 0;
    for (;; ++j)
      {
        const Power &next = power(j);
        const Real   left = apply_at(x, next.survival); // S_(2^j + 1)
        if (left <= level)
          break;
        if (next.is_slowest_alone || j + 1 == most_powers)
          {
            const Real more = std::ceil(std::log(level / left) / std::log1p(-slowest_mode()->rate));
            return std::ldexp(1.L, j) + 1.L + more;
          }
      }
    // S_(n + 1)(x) > level with the largest n < 2^j
    Vector        s(size(), 1.L);
    unsigned long n = 0;
    while (j-- > 0)
      {
        const Vector next = apply_power(j, s);
        if (apply_at(x, next) > level)
          {
            s = next;
            n += 1ul << j;
          }
      }
    return n + 2.L;
  }
} // namespace dynkin
