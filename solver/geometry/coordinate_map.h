// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_coordinate_map_h
#define dynkin_geometry_coordinate_map_h

#include <deal.II/base/point.h>
#include <deal.II/base/tensor.h>

#include "domain/whole_space.h"

namespace dynkin
{
  /**
   * Coordinates x(y) of the process on a mesh in y. Bounded domains: x = y. The whole space,
   * with T = c + S t (S: WholeSpace::scale, c: its centre):
   *
   *   coordinate-wise   t_i = sinh y_i       |y_i| <= L_i,   y_i where the law is Gaussian
   *   radial            t = sinh(|y|) y/|y|   |y| <= L,      y where the law is Gaussian
   *
   * so that power laws become exponentials and coefficients that grow quadratically stay
   * bounded. Where x are the radii of groups of coordinates, the volume element is that of all
   * of them (model/groups.h).
   */
  template <int dim>
  class CoordinateMap
  {
  public:
    /** `space` without a scale: x = y. */
    explicit CoordinateMap(const WholeSpace &space, const std::vector<double> &group_sizes = {});

    /** Are x the radii of groups? */
    bool
    has_groups() const;

    /** The logarithm of the volume element of R^d per dx, but for a constant; 0 without groups. */
    double
    log_volume_factor(const dealii::Point<dim> &x) const;

    /** Its gradient [1/length]. */
    dealii::Tensor<1, dim>
    log_volume_gradient(const dealii::Point<dim> &x) const;

    bool
    is_identity() const;

    /** x(y). */
    dealii::Point<dim>
    to_space(const dealii::Point<dim> &y) const;

    /** y(x). */
    dealii::Point<dim>
    to_mesh(const dealii::Point<dim> &x) const;

    /** (dx/dy)^-1. */
    dealii::Tensor<2, dim>
    inverse_jacobian(const dealii::Point<dim> &y) const;

    /** log det dx/dy, and of the volume factor: of the volume element of R^d per dy, of many dimensions but for a constant. */
    double
    log_determinant(const dealii::Point<dim> &y) const;

  private:
    enum class Kind
    {
      identity,
      coordinate_wise,
      radial
    };

    Kind                   kind;
    std::vector<double>    group_sizes;
    std::array<bool, dim>  is_linear = {}; // radial: all or none
    dealii::Point<dim>     center;
    dealii::Tensor<2, dim> scale, inverse_scale;
    double                 log_scale = 0.; // log det S
    double                 log_areas = 0.; // of the spheres of groups
  };
} // namespace dynkin

#endif
