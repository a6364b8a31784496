// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/krylov_space.h"

#include <cmath>
#include <limits>

#include "utilities/dense_matrix.h"
#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double invariant = 1e-15; // a new vector this small is rounding
  }

  KrylovSpace::KrylovSpace(const Operator                      &apply,
                           const Operator                      &mass,
                           const std::function<void(Vector &)> &project,
                           const bool                           is_symmetric)
    : apply(apply)
    , mass(mass)
    , project(project)
    , is_symmetric(is_symmetric)
  {
  }

  void
  KrylovSpace::start(const Vector &b)
  {
    V.clear();
    columns.clear();
    pairs = Eigenpairs();
    Vector first(b);
    norm = orthonormalise(first).back();
    V.push_back(first);
    if (!(norm > 0.))
      throw ConvergenceError("a Krylov space began with a vector that is not positive or not a "
                             "number; refine the mesh");
  }

  std::vector<double>
  KrylovSpace::orthonormalise(Vector &v) const
  {
    const double size = v.linfty_norm();
    if (!std::isfinite(size))
      throw ConvergenceError("a vector of a Krylov space is not finite; refine the mesh");
    const unsigned int  m = V.size();
    std::vector<double> coefficients(m + 1, 0.);
    Vector              image(v);
    for (unsigned int pass = 0; pass < 2; ++pass)
      {
        project(v);
        mass(image, v);
        std::vector<double> parts(m);
        for (unsigned int j = 0; j < m; ++j)
          parts[j] = V[j] * image;
        for (unsigned int j = 0; j < m; ++j)
          {
            v.add(-parts[j], V[j]);
            coefficients[j] += parts[j];
          }
      }
    mass(image, v);
    coefficients[m] = std::sqrt(v * image);
    if (coefficients[m] > 0.)
      v *= 1. / coefficients[m];
    return coefficients;
  }

  bool
  KrylovSpace::extend()
  {
    if (size() == V.size())
      return false;
    Vector next(V.back());
    apply(next, V[size()]);
    columns.push_back(orthonormalise(next));
    double length = 0.;
    for (const double entry : columns.back())
      length = std::hypot(length, entry);
    const bool grows = columns.back().back() > invariant * length;
    if (grows)
      V.push_back(next);
    return grows;
  }

  unsigned int
  KrylovSpace::size() const
  {
    return columns.size();
  }

  const KrylovSpace::Eigenpairs &
  KrylovSpace::eigenpairs() const
  {
    const unsigned int n = size();
    if (pairs.values.size() == n)
      return pairs;
    Eigen::MatrixXd H = Eigen::MatrixXd::Zero(n, n);
    for (unsigned int j = 0; j < n; ++j)
      for (unsigned int i = 0; i < std::min<unsigned int>(columns[j].size(), n); ++i)
        H(i, j) = columns[j][i];
    Eigen::VectorXcd values, first;
    Eigen::MatrixXcd vectors;
    if (is_symmetric)
      {
        const SymmetricEigen real = symmetric_eigen(0.5 * (H + H.transpose()));
        values                    = real.values.cast<Complex>();
        vectors                   = real.vectors.cast<Complex>();
        first                     = vectors.row(0).adjoint();
      }
    else
      {
        const GeneralEigen general = eigen(H);
        values                     = general.values;
        vectors                    = general.vectors;
        first                      = solve_complex(vectors, Eigen::VectorXcd::Unit(n, 0));
      }
    pairs = Eigenpairs();
    for (unsigned int j = 0; j < n; ++j)
      {
        pairs.values.push_back(values(j));
        pairs.first.push_back(first(j));
        pairs.vectors.emplace_back(vectors.col(j).begin(), vectors.col(j).end());
      }
    return pairs;
  }

  std::vector<double>
  KrylovSpace::coefficients(const std::function<Complex(const Complex)> &F) const
  {
    const Eigenpairs   &all = eigenpairs();
    std::vector<double> y(size(), 0.);
    for (unsigned int j = 0; j < size(); ++j)
      {
        const Complex factor = norm * all.first[j] * F(all.values[j]);
        for (unsigned int i = 0; i < size(); ++i)
          y[i] += (factor * all.vectors[j][i]).real();
      }
    return y;
  }

  double
  KrylovSpace::largest(std::vector<double> &y, double &residual) const
  {
    const Eigenpairs &all  = eigenpairs();
    unsigned int      best = 0;
    for (unsigned int j = 1; j < size(); ++j)
      if (std::abs(all.values[j]) > std::abs(all.values[best]))
        best = j;
    double length = 0.;
    y.clear();
    for (const Complex entry : all.vectors[best])
      {
        y.push_back(entry.real());
        length = std::hypot(length, entry.real());
      }
    const double theta = std::abs(all.values[best]);
    residual           = columns.back().back() * std::abs(y.back()) / length / theta;
    return theta;
  }

  Vector
  KrylovSpace::combine(const std::vector<double> &y) const
  {
    Vector sum(V.front());
    sum = 0.;
    for (unsigned int j = 0; j < y.size(); ++j)
      sum.add(y[j], V[j]);
    sum.update_ghost_values();
    return sum;
  }

  const std::vector<Vector> &
  KrylovSpace::basis() const
  {
    return V;
  }
} // namespace dynkin
