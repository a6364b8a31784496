// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_mirror_h
#define dynkin_geometry_mirror_h

#include <deal.II/base/point.h>
#include <deal.II/grid/tria.h>

#include "domain/domain_parameters.h"

namespace dynkin
{
  /**
   * The reflections x_i -> 2 c_i - x_i of a domain of which only the orthant x >= c
   * is meshed (DomainParameters::mirror), or the identity alone. Fields are even
   * under them. All in the coordinates of the process.
   */
  template <int dim>
  class Mirror
  {
  public:
    /** Boundary id of the faces on the planes x_i = c_i: no wall, the natural condition. */
    static constexpr dealii::types::boundary_id plane = 255;

    explicit Mirror(const DomainParameters &domain);

    /** The centre c, or what is given if there are no reflections. */
    dealii::Point<dim>
    center_or(const dealii::Point<dim> &other) const;

    /** 2^dim; 1 without reflections, and for radii, which fill the orthant. */
    unsigned int
    n_images() const;

    /** The image of a point in the orthant. */
    dealii::Point<dim>
    fold(const dealii::Point<dim> &x) const;

    /** Image k of a point, k = 0 the point itself: coordinate i is reflected if bit i of k is set. */
    dealii::Point<dim>
    image(const dealii::Point<dim> &x, const unsigned int k) const;

    /** The same for the gradient of an even field. */
    dealii::Tensor<1, dim>
    image(const dealii::Tensor<1, dim> &gradient, const unsigned int k) const;

    /** Gives the faces on the planes their boundary id. */
    void
    mark_planes(dealii::Triangulation<dim> &triangulation) const;

  private:
    bool               is_active, has_images;
    dealii::Point<dim> center, center_on_mesh; // in the coordinates of the mesh
  };
} // namespace dynkin

#endif
