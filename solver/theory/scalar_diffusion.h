// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_scalar_diffusion_h
#define dynkin_theory_scalar_diffusion_h

#include "model/model_parameters.h"

#include <functional>
#include <vector>

namespace dynkin
{
  /**
   * A diffusion on an interval, or the radial part r = |x| of an isotropic one in
   * R^d, by its scale density S' and speed density m:
   *
   *   A f = (f'/S')' / m,   S' = x^(1-d) e^phi,   m = 2 x^(d-1) e^-phi / a.
   *
   * d = 1: A f = 1/2 a f'' + b f' with phi' = -2b/a. In R^d, for the drift -h x
   * and the diffusion matrix alpha(r) I + gamma(r) x x^T,
   *
   *   A f = 1/2 (alpha + gamma r^2) f'' + (1/2 alpha (d-1)/r - h r) f',
   *   a = alpha + gamma r^2,   phi' = (2h + (d-1) gamma) r / a,
   *
   * so that phi and a are smooth and even, and the centre is in x^(d-1) alone.
   * Source: Karlin and Taylor, A Second Course in Stochastic Processes (1981),
   * chapter 15. long double for its range: e^phi spans hundreds of decades.
   */
  struct ScalarDiffusion
  {
    using Function = std::function<long double(long double)>;

    unsigned int dimension = 1;  // d; if > 1, the coordinate is the radius
    Function     phi;            // up to a constant
    Function     phi_derivative; // [1/length]; only spectra need it
    Function     a;              // > 0 [length^2/time]

    /** Where the functions may change: panels of quadratures end there. Empty: nowhere. */
    std::vector<long double> breakpoints = {};

    /** log S'(x). */
    long double
    log_scale_density(const long double x) const;
  };

  /** Coordinate i of the model `decoupled`, in any d: b = -h_i z, a = eta (sigma_i + rho_i z^2). */
  ScalarDiffusion
  coordinate_diffusion(const ModelParameters &model, const unsigned int i);

  /** Radial part in R^d for general smooth, even alpha(r) > 0, gamma(r) >= 0; phi by quadrature. */
  ScalarDiffusion
  radial_diffusion(const unsigned int               dimension,
                   const double                     h,
                   const ScalarDiffusion::Function &alpha,
                   const ScalarDiffusion::Function &gamma);

  /**
   * |x - w*| of an isotropic model, alpha = alpha_0 + alpha_2 r^2, with constant
   * gamma and phi in closed form:
   *
   *   coupled: Sigma_g = g I, Sigma_H = s I:  alpha = eta g (1 + s r^2), gamma = 0;
   *   quadratic covariance, C = (p + q r^2) I + gamma x x^T; the gradient noise of
   *     Gaussian least squares is alpha = eta (1 + r^2), gamma = eta;
   *   decoupled with rho = 0 and equal h, equal sigma (Ornstein-Uhlenbeck), or d = 1;
   *   Model/group sizes with one group of any of them, an integer number of coordinates.
   *
   * H = h I plus any antisymmetric matrix, which only rotates. Throws
   * std::domain_error for every other model.
   */
  ScalarDiffusion
  radial_diffusion(const ModelParameters &model);
} // namespace dynkin

#endif
