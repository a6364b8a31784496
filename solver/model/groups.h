// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_groups_h
#define dynkin_model_groups_h

#include "model/model.h"

namespace dynkin
{
  /**
   * Models in R^d whose coordinates fall into K groups v_1, .., v_K of d_1, .., d_K coordinates
   * (Model/group sizes; real numbers >= 1), within which all are alike: with one number h_k,
   * m_kl per group, r_k = |v_k| and z = v - w*,
   *
   *   b = -h_k v_k,   a = direct sum of alpha_k(r) 1  +  eta m_kl v_k v_l^T.
   *
   * Then the radii r are a Markov process, and for functions of them
   *
   *   A f = sum_k [1/2 alpha_k (f_kk + (d_k - 1)/r_k f_k) - h_k r_k f_k] + 1/2 eta sum_kl m_kl r_k r_l f_kl.
   *
   * The volume element of R^d is, but for a constant, prod_k r_k^(d_k - 1) dr_k. With that factor in all integrals
   * over the orthant r_k >= 0, the bilinear form in the radii is that of R^d: for a weight exp(psi(r)) the
   * drift that is left is
   *
   *   c = b - 1/2 div a - 1/2 a grad psi,   (div a)_k = (div_r a)_k + eta r_k sum_l m_kl (d_l - 1),
   *
   * the divergence being that in R^d, without anything singular: (d_k - 1)/r_k cancels. The planes
   * r_k = 0 are no walls. So a model of K coordinates becomes one of groups by its divergence alone.
   */
  using GroupSizes = std::vector<double>;

  /** Are these more than 40 dimensions, beside the radii? Then values at r = 0 are lost in rounding. */
  bool
  are_many(const GroupSizes &sizes);

  /** log prod_k 2 pi^(d_k/2)/Gamma(d_k/2): the volume element of R^d is exp of this times the volume factor. */
  double
  log_sphere_areas(const GroupSizes &sizes);

  /** log prod_k r_k^(d_k - 1); 0 without groups. Finite at r_k = 0 for comparisons. */
  template <int dim>
  double
  log_volume_factor(const GroupSizes &sizes, const dealii::Point<dim> &radii);

  /** Its gradient, (d_k - 1)/r_k; 0 where r_k = 0. */
  template <int dim>
  dealii::Tensor<1, dim>
  log_volume_gradient(const GroupSizes &sizes, const dealii::Point<dim> &radii);

  /**
   * The density of the radii, weight times volume factor, vanishes like r_k^(d_k - 1) at r_k = 0, and in many
   * dimensions it is a shell of relative width d^(-1/2) and underflows nearly everywhere: values at r = 0 would
   * be lost in rounding, and cells would have to resolve it where nothing happens. But any weight is right as long
   * as c is formed from its own gradient. This one is the density near its maximum, and far from it falls with a
   * power of the distance, so that cells may be as large as that:
   *
   *   log w + log(volume factor) = -L log(1 + (F* - F)/L),   L = 5,
   *   F = -m log(1 + sum_k M_k r_k^2/m) + 1/2 sum_k (d_k - 1)(1 + rho_k^2/r_k*^2) log(r_k^2 + rho_k^2),
   *
   * rho_k a part of r_k* where d_k > 3, else 0, and F* = F(r*) the maximum. With h_k' = h_k + 1/2 of the slope of the
   * divergence of a(r), without what the noise along r_k adds, E_k = 1/2 eta sum_l m_kl (d_l - 1),
   *
   *   r_k*^2 = (d_k - 1)/(2 N_k),  N_k = h_k'/alpha_k(r*);     M_k = N_k/(1 - q),  m = sum_k (d_k - 1)/(2 q),
   *   q = < (N_k (alpha_k(r*) - alpha_k(0)) + E_k)/(h_k' + E_k) >,
   *
   * the average weighted with d_k - 1: then c vanishes at r*, as does its slope along r* but for what rho_k adds. For one group, F with rho = 0 is exact.
   * q <= 0.9 where the noise outgrows the drift and there is no such density.
   *
   * For a density on the whole space, whose tail index alpha is known, m = (alpha + d)/2 and, unless there are many dimensions,
   * L = infinity and rho = 0: then w is Student's form itself, which for one group is the density.
   *
   * Else, where no group has more than 3 dimensions, nor all of them 40, it is the model that it is given.
   */
  template <int dim>
  std::unique_ptr<Model<dim>>
  with_weight_in_radii(std::unique_ptr<Model<dim>> model, const ModelParameters &parameters);
} // namespace dynkin

#endif
