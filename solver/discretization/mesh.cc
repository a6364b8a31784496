// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/mesh.h"

#include <deal.II/distributed/shared_tria.h>
#include <deal.II/distributed/tria.h>
#include <deal.II/grid/grid_tools.h>

#include "geometry/coarse_mesh.h"

#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    std::unique_ptr<Triangulation<dim>>
    create_triangulation(const MPI_Comm communicator)
    {
      if constexpr (dim == 1)
        return std::make_unique<parallel::shared::Triangulation<1>>(
          communicator,
          Triangulation<1>::none,
          true,
          parallel::shared::Triangulation<1>::partition_zorder);
      else
        return std::make_unique<parallel::distributed::Triangulation<dim>>(communicator);
    }
  } // namespace

  template <int dim>
  Mesh<dim>::Mesh(const DomainParameters &domain,
                  const MPI_Comm          communicator,
                  const WallLayers       &layers)
    : domain_parameters(domain)
    , coordinate_map(domain.whole_space, domain.group_sizes)
    , tria(create_triangulation<dim>(communicator))
  {
    create_coarse_mesh(domain_parameters, *tria, layers);
    if constexpr (dim > 1)
      {
        std::vector<GridTools::PeriodicFacePair<typename Triangulation<dim>::cell_iterator>> pairs;
        for (const unsigned int axis : domain.periodic_axes())
          GridTools::collect_periodic_faces(*tria, 2 * axis, 2 * axis + 1, axis, pairs);
        tria->add_periodicity(pairs);
      }
  }

  template <int dim>
  Mesh<dim>::Mesh(const DomainParameters    &domain,
                  const MPI_Comm             communicator,
                  const std::vector<double> &line_cells)
    : domain_parameters(domain)
    , coordinate_map(domain.whole_space, domain.group_sizes)
    , tria(create_triangulation<dim>(communicator))
  {
    AssertThrow(dim == 1, ExcNotImplemented());
    std::vector<Point<dim>>    vertices;
    std::vector<CellData<dim>> cells;
    for (const double x : line_cells)
      {
        if (!vertices.empty())
          {
            cells.emplace_back(2);
            cells.back().vertices = {static_cast<unsigned int>(vertices.size() - 1),
                                     static_cast<unsigned int>(vertices.size())};
          }
        vertices.emplace_back();
        vertices.back()[0] = x;
      }
    tria->create_triangulation(vertices, cells, SubCellData());
  }

  template <int dim>
  void
  Mesh<dim>::refine_uniformly(const unsigned int times)
  {
    if (times > 0)
      tria->refine_global(times);
  }

  template <int dim>
  unsigned long
  Mesh<dim>::mark(const dealii::Vector<float> &indicators, const double threshold)
  {
    constexpr int finest_level = dim == 1 ? 1000 : dim == 2 ? 28 : 17; // p4est has one more
    std::vector<unsigned int> is_marked(indicators.size(), 0);
    for (const auto &cell : tria->active_cell_iterators())
      if (cell->is_locally_owned())
        is_marked[cell->active_cell_index()] =
          cell->level() < finest_level && indicators(cell->active_cell_index()) > threshold;
    if (dim == 1) // all processes know, and must mark, all cells
      Utilities::MPI::sum(is_marked, tria->get_communicator(), is_marked);
    unsigned long n_marked = 0;
    for (const auto &cell : tria->active_cell_iterators())
      {
        cell->clear_refine_flag();
        if (is_marked[cell->active_cell_index()] != 0)
          {
            cell->set_refine_flag();
            ++n_marked;
          }
      }
    return dim == 1 ? n_marked : Utilities::MPI::sum(n_marked, tria->get_communicator());
  }

  template <int dim>
  void
  Mesh<dim>::refine_marked()
  {
    tria->execute_coarsening_and_refinement();
  }

  template <int dim>
  const Triangulation<dim> &
  Mesh<dim>::triangulation() const
  {
    return *tria;
  }

  template <int dim>
  const DomainParameters &
  Mesh<dim>::domain() const
  {
    return domain_parameters;
  }

  template <int dim>
  const CoordinateMap<dim> &
  Mesh<dim>::coordinates() const
  {
    return coordinate_map;
  }

  template <int dim>
  BoundingBox<dim>
  Mesh<dim>::bounding_box() const
  {
    std::vector<Point<dim>> vertices;
    for (const auto &cell : tria->cell_iterators_on_level(0)) // which all processes have
      for (const unsigned int v : cell->vertex_indices())
        vertices.push_back(cell->vertex(v));
    return vertices;
  }

  template <int dim>
  double
  Mesh<dim>::rounding_of_positions() const
  {
    const BoundingBox<dim> box        = bounding_box();
    const Point<dim>       origin     = coordinate_map.to_space(box.center());
    const Tensor<2, dim>   stretching = coordinate_map.inverse_jacobian(box.center());
    double                 largest    = 0.;
    for (unsigned int i = 0; i < dim; ++i)
      largest = std::max(largest,
                         std::abs(origin[i]) * std::sqrt(stretching[i] * stretching[i]) /
                           box.side_length(i));
    return std::numeric_limits<double>::epsilon() * largest;
  }

  template class Mesh<1>;
  template class Mesh<2>;
  template class Mesh<3>;
} // namespace dynkin
