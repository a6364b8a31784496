// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_output_space_data_out_h
#define dynkin_output_space_data_out_h

#include <deal.II/grid/filtered_iterator.h>
#include <deal.II/numerics/data_out.h>

#include "discretization/mesh.h"
#include "geometry/mirror.h"

namespace dynkin
{
  /**
   * Writes the cells in the coordinates of the process, those of a mesh that is one orthant
   * together with their images. The fields are even, but for a vector that begins with field
   * `first_of_vector` (none if there are not so many), whose component i changes sign with
   * x_i - c_i.
   */
  template <int dim>
  class SpaceDataOut : public dealii::DataOut<dim>
  {
  public:
    SpaceDataOut(const Mesh<dim> &mesh, const unsigned int first_of_vector)
      : coordinates(mesh.coordinates())
      , mirror(mesh.domain())
      , first_of_vector(first_of_vector)
    {
    }

    /** Only cells with a vertex within `radius` of a point. */
    void
    select_window(const dealii::Point<dim> &center, const double radius)
    {
      using Cell = typename dealii::Triangulation<dim>::cell_iterator;
      this->set_cell_selection(
        dealii::FilteredIterator<Cell>([this, center, radius](const Cell &cell) {
          bool is_near = false;
          for (const unsigned int v : cell->vertex_indices())
            is_near |= coordinates.to_space(cell->vertex(v)).distance(center) <= radius;
          return is_near && cell->is_active() && cell->is_locally_owned();
        }));
    }

    /** To be called after build_patches(). */
    void
    add_images()
    {
      std::vector<Patch> originals = dealii::DataOut<dim>::get_patches();
      if (!coordinates.is_identity())
        for (Patch &original : originals)
          to_space(original);
      patches = originals;
      for (unsigned int k = 1; k < mirror.n_images(); ++k)
        for (const Patch &original : originals)
          {
            patches.push_back(image(original, k));
            patches.back().patch_index = patches.size() - 1;
          }
    }

  protected:
    using Patch = dealii::DataOutBase::Patch<dim, dim>;

    const std::vector<Patch> &
    get_patches() const override
    {
      return patches;
    }

  private:
    /** From the coordinates of the mesh; the points come after the fields. */
    void
    to_space(Patch &patch) const
    {
      for (dealii::Point<dim> &vertex : patch.vertices)
        vertex = coordinates.to_space(vertex);
      const unsigned int first = patch.data.n_rows() - dim;
      for (unsigned int q = 0; patch.points_are_available && q < patch.data.n_cols(); ++q)
        {
          dealii::Point<dim> y;
          for (unsigned int i = 0; i < dim; ++i)
            y[i] = patch.data(first + i, q);
          const dealii::Point<dim> x = coordinates.to_space(y);
          for (unsigned int i = 0; i < dim; ++i)
            patch.data(first + i, q) = static_cast<float>(x[i]);
        }
    }

    /** Reflected an odd number of times, a cell is run through in the other direction of its first axis. */
    Patch
    image(const Patch &original, const unsigned int k) const
    {
      Patch        patch       = original;
      bool         is_reversed = false;
      unsigned int n_points    = 1;
      for (unsigned int i = 0; i < dim; ++i)
        {
          is_reversed ^= (k >> i) % 2 == 1;
          n_points *= patch.n_subdivisions + 1;
        }
      for (const unsigned int v : dealii::GeometryInfo<dim>::vertex_indices())
        patch.vertices[v] = mirror.image(original.vertices[is_reversed ? v ^ 1 : v], k);
      patch.neighbors.fill(Patch::no_neighbor);

      const unsigned int line = patch.n_subdivisions + 1, n_rows = patch.data.size(0);
      for (unsigned int q = 0; q < n_points; ++q)
        {
          const unsigned int from = is_reversed ? q / line * line + (line - 1 - q % line) : q;
          for (unsigned int row = 0; row < n_rows; ++row)
            patch.data(row, q) = original.data(row, from);
          for (unsigned int i = 0; i < dim; ++i)
            if ((k >> i) % 2 == 1 && first_of_vector + dim + dim <= n_rows)
              patch.data(first_of_vector + i, q) *= -1.f;
          if (patch.points_are_available)
            {
              dealii::Point<dim> x;
              for (unsigned int i = 0; i < dim; ++i)
                x[i] = original.data(n_rows - dim + i, from);
              x = mirror.image(x, k);
              for (unsigned int i = 0; i < dim; ++i)
                patch.data(n_rows - dim + i, q) = x[i];
            }
        }
      return patch;
    }

    const CoordinateMap<dim> &coordinates;
    const Mirror<dim>         mirror;
    const unsigned int        first_of_vector;
    std::vector<Patch>        patches;
  };
} // namespace dynkin

#endif
