// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_unit_theory_quadratic_models_h
#define dynkin_tests_unit_theory_quadratic_models_h

#include "theory_models.h"

#include "model/quadratic_model.h"

using dynkin::Matrix;
using dynkin::ModelParameters;

/** A model `coupled` about the origin. */
inline ModelParameters
coupled_model(const double eta, const Matrix &H, const Matrix &Sigma_g, const Matrix &Sigma_H)
{
  ModelParameters model;
  model.type    = "coupled";
  model.eta     = eta;
  model.center  = std::vector<double>(H.size(), 0.);
  model.coupled = {H, Sigma_g, Sigma_H};
  return model;
}

/** A model `quadratic covariance` about the origin. */
inline ModelParameters
quadratic_model(const double eta, const Matrix &H, const Matrix &Sigma, const Matrix &A)
{
  ModelParameters model;
  model.type                 = "quadratic covariance";
  model.eta                  = eta;
  model.center               = std::vector<double>(H.size(), 0.);
  model.quadratic_covariance = {H, Sigma, A};
  return model;
}

/** The same process as a model `quadratic covariance`, whose closed forms are unknown to the library. */
inline ModelParameters
disguised(const ModelParameters &original)
{
  const dynkin::QuadraticModel model(original);
  const unsigned int           d = model.dimension();
  Matrix                       A(d * d, std::vector<double>(d * d));
  for (unsigned int i = 0; i < d; ++i)
    for (unsigned int j = 0; j < d; ++j)
      for (unsigned int a = 0; a < d; ++a)
        for (unsigned int b = 0; b < d; ++b)
          A[i * d + a][j * d + b] = model.growth(i, j)(a, b);
  ModelParameters result =
    quadratic_model(original.eta, dynkin::to_rows(model.H), dynkin::to_rows(model.Sigma), A);
  result.center = original.center;
  return result;
}

/** Matrices of the published two-dimensional cases. */
inline ModelParameters
published_coupled_model(const Matrix &H)
{
  return coupled_model(0.5, H, {{1., 0.3}, {0.3, 0.6}}, {{0.8, -0.4}, {-0.4, 1.5}});
}

/** H = (k Sigma_g + K) Sigma_H with K antisymmetric (its upper triangle row by row), d = 2 or 3. */
inline ModelParameters
student_model(const double eta, const unsigned int d, const double k, const std::vector<double> &K)
{
  Eigen::MatrixXd Sigma_g(3, 3), Sigma_H(3, 3), skew = Eigen::MatrixXd::Zero(d, d);
  Sigma_g << 1., 0.3, 0.1, 0.3, 0.6, 0., 0.1, 0., 0.8;
  Sigma_H << 0.8, -0.4, 0.1, -0.4, 1.5, 0.2, 0.1, 0.2, 1.;
  const Eigen::MatrixXd g = Sigma_g.topLeftCorner(d, d), s = Sigma_H.topLeftCorner(d, d);
  unsigned int          n = 0;
  for (unsigned int i = 0; i < d; ++i)
    for (unsigned int j = i + 1; j < d; ++j, ++n)
      {
        skew(i, j) = K[n];
        skew(j, i) = -K[n];
      }
  const Eigen::MatrixXd H = (k * g + skew) * s;
  return coupled_model(eta, dynkin::to_rows(H), dynkin::to_rows(g), dynkin::to_rows(s));
}

/** A model `coupled` without structure, d = 2 or 3. */
inline ModelParameters
general_coupled_model(const double eta, const unsigned int d)
{
  ModelParameters model = student_model(eta, d, 2., {0., 0., 0.});
  model.coupled.H       = {{2., 0.7, 0.1}, {-0.3, 1., 0.2}, {0.1, -0.4, 1.5}};
  model.coupled.H.resize(d);
  for (std::vector<double> &row : model.coupled.H)
    row.resize(d);
  return model;
}

/** A model `quadratic covariance` without structure, d = 2 or 3: A = B B^T + 0.3 identity, eigenvalues far apart. */
inline ModelParameters
general_quadratic_model(const double eta, const unsigned int d)
{
  const ModelParameters coupled = general_coupled_model(eta, d);
  Matrix                A(d * d, std::vector<double>(d * d, 0.));
  for (unsigned int i = 0; i < d * d; ++i)
    for (unsigned int j = 0; j < d * d; ++j)
      {
        A[i][j] = i == j ? 0.3 : 0.;
        for (unsigned int k = 0; k < 3; ++k)
          A[i][j] += 0.25 * std::sin(1. + 2. * i + k * k) * std::sin(1. + 2. * j + k * k);
      }
  return quadratic_model(eta, coupled.coupled.H, coupled.coupled.Sigma_g, A);
}

#endif
