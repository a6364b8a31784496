// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_unit_theory_models_h
#define dynkin_tests_unit_theory_models_h

#include "catch2.h"
#include "model/model_parameters.h"

/** A model `decoupled` about the origin. */
inline dynkin::ModelParameters
decoupled_model(const double               eta,
                const std::vector<double> &h,
                const std::vector<double> &sigma,
                const std::vector<double> &rho)
{
  dynkin::ModelParameters model;
  model.type      = "decoupled";
  model.eta       = eta;
  model.center    = std::vector<double>(h.size(), 0.);
  model.decoupled = {h, sigma, rho};
  return model;
}

/** h = sigma = 1 on the line. */
inline dynkin::ModelParameters
unit_model(const double eta, const double rho = 1.)
{
  return decoupled_model(eta, {1.}, {1.}, {rho});
}

inline dynkin::Matrix
scalar_matrix(const unsigned int n, const double c)
{
  dynkin::Matrix matrix(n, std::vector<double>(n, 0.));
  for (unsigned int i = 0; i < n; ++i)
    matrix[i][i] = c;
  return matrix;
}

/** A model `coupled` about the origin with H = h I, Sigma_g = g I, Sigma_H = s I. */
inline dynkin::ModelParameters
isotropic_coupled_model(const unsigned int d,
                        const double       h,
                        const double       g,
                        const double       s,
                        const double       eta)
{
  dynkin::ModelParameters model;
  model.type    = "coupled";
  model.eta     = eta;
  model.center  = std::vector<double>(d, 0.);
  model.coupled = {scalar_matrix(d, h), scalar_matrix(d, g), scalar_matrix(d, s)};
  return model;
}

/** Gaussian least squares: C = (1 + |x|^2) I + x x^T, H = I. */
inline dynkin::ModelParameters
least_squares_model(const unsigned int d, const double eta)
{
  dynkin::ModelParameters model;
  model.type       = "quadratic covariance";
  model.eta        = eta;
  model.center     = std::vector<double>(d, 0.);
  dynkin::Matrix A = scalar_matrix(d * d, 0.);
  for (unsigned int i = 0; i < d; ++i)
    for (unsigned int j = 0; j < d; ++j)
      {
        A[i * d + j][i * d + j] += 1.;
        A[i * d + j][j * d + i] += 1.;
      }
  model.quadratic_covariance = {scalar_matrix(d, 1.), scalar_matrix(d, 1.), A};
  return model;
}

/** Equal to a relative tolerance, and to nothing else (no absolute slack). */
inline Approx
relatively(const double value, const double tolerance)
{
  return Approx(value).epsilon(tolerance);
}

#endif
