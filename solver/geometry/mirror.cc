// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/mirror.h"

#include <deal.II/grid/tria_accessor.h>
#include <deal.II/grid/tria_iterator.h>

#include <cmath>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  Mirror<dim>::Mirror(const DomainParameters &domain)
    : is_active(!domain.mirror.empty())
    , has_images(is_active && domain.group_sizes.empty())
  {
    if (is_active)
      for (unsigned int i = 0; i < dim; ++i)
        center[i] = domain.mirror[i];
    if (domain.whole_space.scale.empty())
      center_on_mesh = center;
  }

  template <int dim>
  Point<dim>
  Mirror<dim>::center_or(const Point<dim> &other) const
  {
    return is_active ? center : other;
  }

  template <int dim>
  unsigned int
  Mirror<dim>::n_images() const
  {
    return has_images ? 1 << dim : 1;
  }

  template <int dim>
  Point<dim>
  Mirror<dim>::fold(const Point<dim> &x) const
  {
    Point<dim> folded = x;
    if (is_active)
      for (unsigned int i = 0; i < dim; ++i)
        folded[i] = center[i] + std::abs(x[i] - center[i]);
    return folded;
  }

  template <int dim>
  Point<dim>
  Mirror<dim>::image(const Point<dim> &x, const unsigned int k) const
  {
    return k == 0 ? x : center + image(x - center, k);
  }

  template <int dim>
  Tensor<1, dim>
  Mirror<dim>::image(const Tensor<1, dim> &gradient, const unsigned int k) const
  {
    Tensor<1, dim> reflected = gradient;
    for (unsigned int i = 0; i < dim; ++i)
      if ((k >> i) % 2 == 1)
        reflected[i] = -gradient[i];
    return reflected;
  }

  template <int dim>
  void
  Mirror<dim>::mark_planes(Triangulation<dim> &triangulation) const
  {
    if (is_active)
      for (const auto &cell : triangulation.active_cell_iterators())
        for (const auto &face : cell->face_iterators())
          for (unsigned int i = 0; i < dim; ++i)
            if (face->at_boundary() &&
                std::abs(face->center()[i] - center_on_mesh[i]) < 1e-8 * cell->diameter())
              face->set_boundary_id(plane);
  }

  template class Mirror<1>;
  template class Mirror<2>;
  template class Mirror<3>;
} // namespace dynkin
