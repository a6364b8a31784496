// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/moments/closed_moments.h"

#include "utilities/dense_matrix.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace dynkin
{
  namespace
  {
    constexpr double max_moments = 3000.;

    /** (L_n | N_n): the generator applied to the monomials of degree n. */
    std::pair<Eigen::MatrixXd, Eigen::MatrixXd>
    generator_on_monomials(const QuadraticModel &model, const unsigned int n)
    {
      const unsigned int d = model.dimension();
      const Monomials    monomials(d, n), lower(d, n < 2 ? 0 : n - 2);
      Eigen::MatrixXd    L = linear_transport(monomials, -model.H);
      Eigen::MatrixXd    N = Eigen::MatrixXd::Zero(monomials.size(), lower.size());
      for (unsigned int row = 0; row < monomials.size(); ++row)
        for (unsigned int i = 0; i < d; ++i)
          for (unsigned int j = 0; j < d; ++j)
            {
              // 1/2 a_ij d_i d_j z^alpha = 1/2 eta C_ij(z) factor z^(alpha - e_i - e_j)
              const Exponents &alpha  = monomials[row];
              const double     factor = alpha[i] * (alpha[j] - (i == j ? 1. : 0.));
              if (factor == 0.)
                continue;
              Exponents rest = alpha;
              --rest[i];
              --rest[j];
              N(row, Monomials::index(rest)) += 0.5 * model.eta * factor * model.Sigma(i, j);
              for (unsigned int a = 0; a < d; ++a)
                for (unsigned int b = 0; b < d; ++b)
                  if (const double s = model.growth(i, j)(a, b); s != 0.)
                    {
                      Exponents image = rest;
                      ++image[a];
                      ++image[b];
                      L(row, Monomials::index(image)) += 0.5 * model.eta * factor * s;
                    }
            }
      return {L, N};
    }

    Matrix
    infinite(const unsigned int d)
    {
      return Matrix(d, std::vector<double>(d, std::numeric_limits<double>::infinity()));
    }

    /** (A:S)_ij = sum_ab A^ij_ab S_ab. */
    Eigen::MatrixXd
    growth_contraction(const QuadraticModel &model, const Eigen::MatrixXd &S)
    {
      const unsigned int d = model.dimension();
      Eigen::MatrixXd    result(d, d);
      for (unsigned int i = 0; i < d; ++i)
        for (unsigned int j = 0; j < d; ++j)
          result(i, j) = model.growth(i, j).cwiseProduct(S).sum();
      return result;
    }
  } // namespace

  ClosedMoments::ClosedMoments(const ModelParameters &parameters, const unsigned int max_order)
    : model(parameters)
  {
    if (n_monomials(model.dimension(), max_order) > max_moments)
      throw std::domain_error("Moments of order " + std::to_string(max_order) + " in " +
                              std::to_string(model.dimension()) +
                              " dimensions: the linear system is too large.");
    for (unsigned int n = 0; n <= max_order; ++n)
      {
        auto blocks = generator_on_monomials(model, n);
        L.push_back(std::move(blocks.first));
        N.push_back(std::move(blocks.second));
      }
  }

  double
  ClosedMoments::growth_rate(const unsigned int n) const
  {
    if (n % 2 == 1 || n >= L.size())
      throw std::domain_error("The growth rate of E|z|^n is known here for even n up to the order "
                              "that was asked for.");
    return eigenvalues(L[n]).real().maxCoeff();
  }

  unsigned int
  ClosedMoments::finite_order() const
  {
    unsigned int n = 0;
    while (n + 2 < L.size() &&
           growth_rate(n + 2) < -1e-13 * (n + 2) * L[n + 2].cwiseAbs().maxCoeff())
      n += 2;
    return n;
  }

  MomentTable
  ClosedMoments::stationary() const
  {
    std::vector<Eigen::VectorXd> moments = {Eigen::VectorXd::Ones(1)};
    for (unsigned int n = 1; n <= finite_order(); ++n)
      if (n % 2 == 1)
        moments.push_back(Eigen::VectorXd::Zero(L[n].rows()));
      else
        moments.push_back(-solve(L[n], N[n] * moments[n - 2]));
    return {model.dimension(), moments};
  }

  MomentTable
  ClosedMoments::at_time(const double t, const MomentTable &initial) const
  {
    if (!(t >= 0.) || initial.order() >= L.size() || initial.dimension() != model.dimension())
      throw std::domain_error("Moments at a time need t >= 0 and initial moments of the same "
                              "dimension and of no higher order than the system.");
    // where the process settles, what decays is the distance to the stationary moments: exact however large t is
    std::vector<Eigen::VectorXd> rest(initial.order() + 1), moments(initial.order() + 1);
    const bool                   settles = finite_order() >= initial.order();
    const MomentTable            limit   = stationary();
    for (unsigned int n = 0; n <= initial.order(); ++n)
      rest[n] = settles ? limit.degree(n) : Eigen::VectorXd::Zero(L[n].rows());
    for (unsigned int parity = 0; parity < 2; ++parity)
      {
        unsigned int size = 0;
        for (unsigned int n = parity; n <= initial.order(); n += 2)
          size += L[n].rows();
        if (size > max_moments)
          throw std::domain_error("Too many moments for a matrix exponential.");
        Eigen::MatrixXd generator = Eigen::MatrixXd::Zero(size, size);
        Eigen::VectorXd start(size);
        unsigned int    row = 0;
        for (unsigned int n = parity; n <= initial.order(); n += 2)
          {
            const unsigned int n_rows                 = L[n].rows();
            generator.block(row, row, n_rows, n_rows) = L[n];
            if (n >= 2)
              generator.block(row, row - N[n].cols(), n_rows, N[n].cols()) = N[n];
            start.segment(row, n_rows) = initial.degree(n) - rest[n];
            row += n_rows;
          }
        const Eigen::VectorXd end = exponential(t * generator) * start;
        row                       = 0;
        for (unsigned int n = parity; n <= initial.order(); n += 2)
          {
            moments[n] = rest[n] + end.segment(row, L[n].rows());
            row += L[n].rows();
          }
      }
    return {model.dimension(), moments};
  }

  Matrix
  stationary_covariance(const ModelParameters &parameters)
  {
    const QuadraticModel model(parameters);
    const unsigned int   d = model.dimension();
    if (parameters.kind().as_independent())
      {
        Matrix result(d, std::vector<double>(d, 0.));
        for (unsigned int i = 0; i < d; ++i)
          {
            const double gap = 2. * model.H(i, i) - model.eta * model.growth(i, i)(i, i);
            if (!(gap > 0.))
              return infinite(d);
            result[i][i] = model.eta * model.Sigma(i, i) / gap;
          }
        return result;
      }
    if (const auto factor = parameters.kind().as_common_factor())
      {
        const Eigen::MatrixXd base    = lyapunov_solution(model.H, model.Sigma);
        const Eigen::MatrixXd Sigma_H = to_eigen(factor->Sigma_H, d, "Sigma_H");
        const double          gap     = 1. - model.eta * Sigma_H.cwiseProduct(base).sum();
        return gap > 0. ? to_rows(model.eta / gap * base) : infinite(d);
      }
    Eigen::MatrixXd T(d * d, d * d);
    for (unsigned int c = 0; c < d * d; ++c)
      {
        Eigen::MatrixXd unit = Eigen::MatrixXd::Zero(d, d);
        unit(c / d, c % d)   = 1.;
        const Eigen::MatrixXd image =
          lyapunov_solution(model.H, model.eta * growth_contraction(model, unit));
        T.col(c) = Eigen::Map<const Eigen::VectorXd>(image.data(), d * d);
      }
    if (eigenvalues(T).cwiseAbs().maxCoeff() >= 1.)
      return infinite(d);
    const Eigen::MatrixXd base = lyapunov_solution(model.H, model.eta * model.Sigma);
    const Eigen::VectorXd S    = solve(Eigen::MatrixXd::Identity(d * d, d * d) - T,
                                    Eigen::Map<const Eigen::VectorXd>(base.data(), d * d));
    return to_rows(Eigen::Map<const Eigen::MatrixXd>(S.data(), d, d));
  }
} // namespace dynkin
