// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_functionals_h
#define dynkin_measure_functionals_h

#include "measure/sampler.h"

#include <vector>

namespace dynkin
{
  /**
   * Throws InputError on Quantities/points unless all points are in the mesh, up
   * to the gap between a curved wall and its polynomial approximation. Only
   * points in mesh files need this: all other shapes know what they contain.
   */
  template <int dim>
  void
  require_points_inside(const Discretization<dim>              &space,
                        const std::vector<std::vector<double>> &points);

  /**
   * A field at points of the closed domain. Between a curved wall and its
   * polynomial approximation the value at the nearest point of the cell is
   * taken. The same on every process.
   */
  template <int dim>
  std::vector<double>
  point_values(const Field<dim> &field, const std::vector<std::vector<double>> &points);

  /**
   * At each point, and then at places about it in its cell, by a fifth of the cell in each direction: where two
   * fields cross, their difference says nothing of their errors, but it does about there. None about vertices,
   * where values converge faster. Beside mesh lines the cell is the first one, in all spaces on one mesh.
   */
  template <int dim>
  std::vector<std::vector<double>>
  values_about(const Field<dim> &field, const std::vector<std::vector<double>> &points);

  /** What a difference about a point counts at the point, by measurement. */
  constexpr double share_about = 0.3;

  /** Of two fields at a point: |p - q|, or that share of the largest difference about it. */
  double
  difference_about(const std::vector<double> &p, const std::vector<double> &q);

  /** The numbers of the cells, or of the nearest ones, that points are in. The same on every process. */
  template <int dim>
  std::vector<double>
  cell_values(const Discretization<dim>              &space,
              const std::vector<double>              &of_cells,
              const std::vector<std::vector<double>> &points);

  /** J(phi_i) of the functional J(v) = sum_k weights_k v(points_k) (or the nearest points). */
  template <int dim>
  Vector
  point_functional(const GeneratorForm<dim>               &form,
                   const std::vector<std::vector<double>> &points,
                   const std::vector<double>              &weights);

  /** Integrals and signs of a density p. */
  template <int dim>
  struct DensitySummary
  {
    double                          mass = 0.; // int p
    dealii::Tensor<1, dim>          mean;      // int x p [length]
    dealii::SymmetricTensor<2, dim> covariance;
    double                          minimum = 0., maximum = 0.; // over the sampled points
    dealii::Point<dim>              place_of_minimum;
    double                          negative_mass  = 0.; // where p < 0, its absolute value
    unsigned int                    negative_cells = 0;  // with a sampled p < 0
    dealii::types::global_dof_index negative_nodes = 0;  // with a nodal p < 0
  };

  template <int dim>
  DensitySummary<dim>
  summarise_density(const Sampler<dim> &sampler, const Field<dim> &density);
} // namespace dynkin

#endif
