// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/markov_chain.h"

#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dynkin
{
  namespace
  {
    using Real   = MarkovChain::Real;
    using Vector = MarkovChain::Vector;

    constexpr unsigned int most_powers = 62, most_iterations = 10000;

    template <typename Number>
    using Column = Eigen::Matrix<Number, Eigen::Dynamic, 1>;

    template <typename Number>
    Column<Number>
    to_column(const Vector &u)
    {
      return Eigen::Map<const Column<Real>>(u.data(), u.size()).template cast<Number>();
    }

    template <typename Number>
    Vector
    to_vector(const Column<Number> &u)
    {
      return Vector(u.data(), u.data() + u.size());
    }

    /** Places in the order of how often the chain is there, if it is always inside. */
    template <typename Number>
    std::vector<std::size_t>
    find_order(const MarkovChain::Matrix<Number> &steps)
    {
      constexpr unsigned int                   n_steps = 100;
      const Eigen::Index                       n       = steps.rows();
      Eigen::Matrix<Number, 1, Eigen::Dynamic> law =
        Eigen::Matrix<Number, 1, Eigen::Dynamic>::Constant(n, Number(1) / n);
      for (unsigned int step = 0; step < n_steps; ++step)
        {
          const Eigen::Matrix<Number, 1, Eigen::Dynamic> next = law * steps;
          law = (next / next.sum()).cwiseMax(Number(0));
        }
      std::vector<std::size_t> order(n);
      std::iota(order.begin(), order.end(), std::size_t(0));
      std::stable_sort(
        order.begin(), order.end(), [&law](const auto i, const auto j) { return law[i] > law[j]; });
      return order;
    }

    /** Factors in place of P, from the last place to the first; `ending` are exits. */
    template <typename Number>
    std::vector<Number>
    eliminate(MarkovChain::Matrix<Number> &P, Column<Number> ending)
    {
      constexpr Eigen::Index block = 64;
      const Eigen::Index     n     = P.rows();
      std::vector<Number>    leaving(n);
      Column<Number>         shares(n);
      for (Eigen::Index end = n; end > 0;)
        {
          const Eigen::Index first = std::max<Eigen::Index>(0, end - block);
          for (Eigen::Index k = end - 1; k >= first; --k)
            {
              leaving[k] = ending[k] + P.row(k).head(k).sum();
              if (!(leaving[k] > Number(0)))
                throw ConvergenceError("exits are rarer than the range of numbers");
              shares.head(k) = P.col(k).head(k) / leaving[k];
              ending.head(k) += ending[k] * shares.head(k);
              P.block(first, 0, k - first, k).noalias() +=
                shares.segment(first, k - first) * P.row(k).head(k);
              P.block(0, first, first, k - first).noalias() +=
                shares.head(first) * P.row(k).segment(first, k - first);
            }
          MarkovChain::Matrix<Number> all_shares = P.block(0, first, first, end - first);
          for (Eigen::Index k = first; k < end; ++k)
            all_shares.col(k - first) /= leaving[k];
          P.topLeftCorner(first, first).noalias() +=
            all_shares * P.block(first, 0, end - first, first);
          end = first;
        }
      return leaving;
    }
  } // namespace

  Real
  MarkovChain::product(const Vector &row, const Vector &u)
  {
    return std::inner_product(u.begin(), u.end(), row.begin(), 0.L);
  }

  template <typename Number>
  void
  MarkovChain::set(Matrix<Number> &&steps, const Vector &exits)
  {
    n = exits.size();
    Elimination<Number> all;
    all.order = find_order(steps);
    all.factors.resize(n, n);
    Column<Number> ending(n);
    for (std::size_t i = 0; i < n; ++i)
      {
        ending[i] = static_cast<Number>(exits[all.order[i]]);
        for (std::size_t j = 0; j < n; ++j)
          all.factors(i, j) = steps(all.order[i], all.order[j]);
      }
    all.leaving = eliminate(all.factors, ending);
    all.steps   = std::move(steps);
    elimination = std::move(all);
  }

  Vector
  MarkovChain::apply(const Vector &u) const
  {
    return std::visit(
      [&u](const auto &all) {
        using Number                = typename std::decay_t<decltype(all.steps)>::Scalar;
        const Column<Number> result = all.steps * to_column<Number>(u);
        return to_vector<Number>(result);
      },
      elimination);
  }

  Vector
  MarkovChain::solve(const Vector &f) const
  {
    return std::visit(
      [this, &f](const auto &all) {
        using Number = typename std::decay_t<decltype(all.steps)>::Scalar;
        Column<Number> u(n);
        for (std::size_t k = 0; k < n; ++k)
          u[k] = static_cast<Number>(f[all.order[k]]);
        for (std::size_t i = n; i-- > 0;)
          {
            // what is eliminated before has its share, divided by what leaves it
            Number sum = 0;
            for (std::size_t k = i + 1; k < n; ++k)
              sum += all.factors(i, k) * u[k];
            u[i] = (u[i] + sum) / all.leaving[i];
          }
        for (std::size_t k = 0; k < n; ++k)
          {
            Number sum = 0;
            for (std::size_t j = 0; j < k; ++j)
              sum += all.factors(k, j) * u[j];
            u[k] += sum / all.leaving[k];
          }
        Vector result(n);
        for (std::size_t k = 0; k < n; ++k)
          result[all.order[k]] = u[k];
        return result;
      },
      elimination);
  }

  MarkovChain::Precision
  MarkovChain::precision() const
  {
    return std::holds_alternative<Elimination<double>>(elimination) ? Precision{1e-12L, 1e-11L}
                                                                    : Precision{1e-16L, 1e-13L};
  }

  const MarkovChain::Mode *
  MarkovChain::slowest_mode() const
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
        settled   = change < precision().settled ? settled + 1 : 0;
        if (!(change < 2.L)) // some function is not positive
          return nullptr;
      }
    if (settled < 3)
      return nullptr;
    mode.phi = phi;
    return &mode;
  }

  const MarkovChain::Power &
  MarkovChain::power(const unsigned int j) const
  {
    while (powers.size() <= j)
      {
        const std::size_t k = powers.size(); // the next one
        Power             next;
        next.survival = k == 0 ? apply(Vector(n, 1.L)) : apply_power(k - 1, powers.back().survival);
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
            next.is_slowest_alone = high - low <= precision().one_mode * high;
          }
        powers.push_back(std::move(next));
      }
    return powers[j];
  }

  Vector
  MarkovChain::apply_power(const unsigned int j, const Vector &u) const
  {
    const std::size_t n_steps = std::size_t(1) << j;
    if (n_steps <= std::max<std::size_t>(64, n / 8)) // cheaper than powers of the matrix
      {
        Vector v = u;
        for (std::size_t k = 0; k < n_steps; ++k)
          v = apply(v);
        return v;
      }
    power(j);
    Matrix<double> &matrix = powers[j].matrix;
    if (matrix.size() == 0)
      {
        // of the largest power that is known
        unsigned int known = j;
        while (known > 0 && powers[known].matrix.size() == 0)
          --known;
        if (powers[known].matrix.size() == 0)
          powers[0].matrix = std::visit(
            [](const auto &all) { return Matrix<double>(all.steps.template cast<double>()); },
            elimination);
        for (; known < j; ++known)
          powers[known + 1].matrix = powers[known].matrix * powers[known].matrix;
      }
    const Column<double> v = matrix * to_column<double>(u);
    return to_vector<double>(v);
  }

  Vector
  MarkovChain::survival(const unsigned long steps) const
  {
    for (unsigned int j = 0; j < most_powers && (1ul << j) <= steps; ++j)
      if (power(j).is_slowest_alone)
        {
          Vector s = power(j).survival;
          for (Real &value : s)
            value *= std::exp((steps - (1ul << j)) * std::log1p(-slowest_mode()->rate));
          return s;
        }
    Vector        s(n, 1.L);
    unsigned long rest = steps;
    for (unsigned int j = 0; rest > 0; ++j, rest >>= 1)
      if (rest & 1)
        s = apply_power(j, s);
    return s;
  }

  Real
  MarkovChain::survival_from(const Vector &row, const unsigned long steps) const
  {
    return steps == 0 ? 1.L : product(row, survival(steps - 1));
  }

  Real
  MarkovChain::quantile_from(const Vector &row, const Real p) const
  {
    const Real level = 1.L - p;
    if (product(row, Vector(n, 1.L)) <= level)
      return 1.L;
    // the first power of two after which fewer are left, or only the slowest mode
    unsigned int j = 0;
    for (;; ++j)
      {
        const Power &next = power(j);
        const Real   left = product(row, next.survival); // S_(2^j + 1)
        if (left <= level)
          break;
        if (next.is_slowest_alone || j + 1 == most_powers)
          {
            const Real more = std::ceil(std::log(level / left) / std::log1p(-slowest_mode()->rate));
            return std::ldexp(1.L, j) + 1.L + more;
          }
      }
    // S_(k + 1)(x) > level with the largest k < 2^j
    Vector        s(n, 1.L);
    unsigned long k = 0;
    while (j-- > 0)
      {
        const Vector next = apply_power(j, s);
        if (product(row, next) > level)
          {
            s = next;
            k += 1ul << j;
          }
      }
    return k + 2.L;
  }

  template void
  MarkovChain::set<double>(Matrix<double> &&, const Vector &);
  template void
  MarkovChain::set<long double>(Matrix<long double> &&, const Vector &);
} // namespace dynkin
