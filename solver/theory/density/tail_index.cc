// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/tail_index.h"

#include "theory/density/sphere_operator.h"
#include "theory/density/student_t_structure.h"
#include "theory/moments/closed_moments.h"
#include "utilities/dense_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace dynkin
{
  namespace
  {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double nan      = std::numeric_limits<double>::quiet_NaN();

    std::vector<unsigned int>
    degrees(const unsigned int d)
    {
      if (d == 2)
        return {32, 48, 64, 96, 128, 256, 512};
      return {8, 12, 16, 20, 24, 28, 34, 40};
    }

    /** In coordinates with the covariance of the linearised process a multiple of 1: g is flatter there. */
    QuadraticModel
    whitened(const QuadraticModel &model)
    {
      const Eigen::MatrixXd P = lyapunov_solution(model.H, model.Sigma);
      return model.transformed(symmetric_inverse_sqrt(P));
    }

    /** Up to this degree all eigenvalues are computed. */
    unsigned int
    max_full_degree(const unsigned int d)
    {
      return d == 2 ? 128 : 16;
    }

    /** alpha > 0 with Lambda(alpha) = 0 roughly, from all eigenvalues; Lambda'(0) < 0. */
    std::optional<SphereOperator::Pair>
    rough_root(const SphereOperator &sphere)
    {
      double above = 1.;
      while (sphere.growth_rate(above) < 0.)
        if ((above *= 2.) > 1e5)
          return {};
      double below = 0.5 * above;
      while (sphere.growth_rate(below) > 0.)
        if ((below *= 0.5) < 1e-8)
          return {};
      for (unsigned int step = 0; step < 12; ++step)
        {
          const double middle                               = 0.5 * (below + above);
          (sphere.growth_rate(middle) < 0. ? below : above) = middle;
        }
      SphereOperator::Pair pair = sphere.rightmost(0.5 * (below + above));
      pair.rate                 = 0.;
      return pair;
    }

    /**
     * The principal pair at the degree where it has settled, by `start` at a
     * low degree and Newton's method at the higher ones; `unknown` picks
     * the number that must settle.
     */
    template <typename Start>
    std::optional<SphereOperator::Pair>
    settled_pair(const QuadraticModel &model,
                 const bool            keep_rate,
                 const Start          &start,
                 double               &change)
    {
      std::optional<SphereOperator::Pair> pair;
      for (const unsigned int degree : degrees(model.dimension()))
        {
          if (!pair && degree > max_full_degree(model.dimension()))
            break;
          const SphereOperator sphere(model, degree);
          const double         previous = pair ? (keep_rate ? pair->exponent : pair->rate) : nan;
          if (pair)
            pair = sphere.refine(*pair, keep_rate);
          if (!pair)
            if (const auto rough = start(sphere))
              pair = sphere.refine(*rough, keep_rate);
          if (!pair)
            continue;
          const double scale = keep_rate ? pair->exponent : std::max(1., std::abs(pair->rate));
          change             = std::abs((keep_rate ? pair->exponent : pair->rate) - previous);
          if (change <= 1e-10 * scale)
            return pair;
        }
      return {};
    }
  } // namespace

  TailIndex::TailIndex(const ModelParameters &parameters)
    : existence(Existence::unknown)
    , low(0.)
    , high(infinity)
    , lyapunov(nan)
    , error(0.)
  {
    const QuadraticModel model(parameters);
    if (!closed_form(parameters, model) && !eigenproblem(parameters, whitened(model)))
      bracket(parameters, model);
  }

  TailIndex::Existence
  TailIndex::stationary_law() const
  {
    return existence;
  }

  double
  TailIndex::value() const
  {
    return existence == Existence::yes && low == high ? low : nan;
  }

  double
  TailIndex::lower() const
  {
    return low;
  }

  double
  TailIndex::upper() const
  {
    return high;
  }

  double
  TailIndex::lyapunov_exponent() const
  {
    return lyapunov;
  }

  double
  TailIndex::error_estimate() const
  {
    return error;
  }

  const std::string &
  TailIndex::formula() const
  {
    return name;
  }

  bool
  TailIndex::closed_form(const ModelParameters &parameters, const QuadraticModel &model)
  {
    const unsigned int d = model.dimension();
    if (model.constant_noise())
      {
        lyapunov = -eigenvalues(model.H).real().minCoeff();
        set(infinity, 0., "constant noise: a Gaussian law, all moments are finite");
      }
    else if (parameters.kind().as_independent())
      {
        double smallest = infinity;
        lyapunov        = -infinity;
        for (unsigned int i = 0; i < d; ++i)
          {
            const double noise = model.eta * model.growth(i, i)(i, i);
            smallest           = std::min(smallest, 1. + 2. * model.H(i, i) / noise);
            lyapunov           = std::max(lyapunov, -model.H(i, i) - 0.5 * noise);
          }
        set(smallest, 0., "min_i (1 + 2 h_i/(eta rho_i))");
      }
    else if (const auto structure = StudentTStructure::recognise(parameters))
      set(2. * (1. + structure->k / model.eta) - d,
          0.,
          "2 (1 + k/eta) - d, H = (k Sigma_g + K) Sigma_H");
    else
      return false;
    return true;
  }

  bool
  TailIndex::eigenproblem(const ModelParameters &parameters, const QuadraticModel &model)
  {
    const unsigned int d = model.dimension();
    if (d > 3)
      return false;
    if (const auto factor = parameters.kind().as_common_factor())
      {
        const Eigen::MatrixXd Sigma_H = to_eigen(factor->Sigma_H, d, "Sigma_H");
        if (smallest_eigenvalue(Sigma_H) <= 1e-10 * Sigma_H.cwiseAbs().maxCoeff())
          return false;
      }
    const std::string method   = "Lambda(alpha*) = 0, principal eigenvalue on the unit sphere";
    double            previous = nan;
    for (const unsigned int degree : degrees(d))
      {
        const double exponent = SphereOperator(model, degree).lyapunov_exponent();
        const bool   settled  = std::abs(exponent - previous) <= 1e-10 * model.H.norm();
        previous              = exponent;
        if (settled)
          break;
        if (degree == degrees(d).back())
          return false;
      }
    lyapunov = previous;
    if (lyapunov >= 0.)
      {
        set(0., 0., method);
        return true;
      }
    double     change = nan;
    const auto pair   = settled_pair(model, true, rough_root, change);
    if (pair)
      set(pair->exponent, change, method);
    else
      lyapunov = nan;
    return pair.has_value();
  }

  void
  TailIndex::bracket(const ModelParameters &parameters, const QuadraticModel &model)
  {
    name =
      "bracket: E|z|^n is finite for even n iff the moments of order n have a negative growth rate";
    unsigned int order = 2;
    while (order < 40 && n_monomials(model.dimension(), order + 2) <= 400.)
      order += 2;
    low = ClosedMoments(parameters, order).finite_order();
    if (low < order)
      high = low + 2.;
    if (low > 0.)
      existence = Existence::yes;
  }

  void
  TailIndex::set(const double alpha, const double estimate, const std::string &formula)
  {
    existence = alpha > 0. ? Existence::yes : Existence::no;
    low = high = std::max(alpha, 0.);
    error      = estimate;
    name       = formula;
  }

  double
  moment_growth_rate(const ModelParameters &parameters, const double alpha)
  {
    const QuadraticModel model(parameters);
    if (model.dimension() < 2 || model.dimension() > 3)
      throw std::domain_error("The growth rate of moments is computed in 2 and 3 dimensions.");
    double     change;
    const auto pair = settled_pair(
      whitened(model),
      false,
      [&](const SphereOperator &sphere) { return std::make_optional(sphere.rightmost(alpha)); },
      change);
    if (!pair)
      throw std::domain_error("The growth rate of moments is not resolved: does the noise grow "
                              "quadratically in every direction?");
    return pair->rate;
  }
} // namespace dynkin
