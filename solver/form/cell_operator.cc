// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/cell_operator.h"

#include <deal.II/base/quadrature_lib.h>

#include <vector>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int cache_line = 64; // bytes

    /** Maps the unit cell onto itself, whatever the cell. */
    template <int dim>
    std::unique_ptr<MappingQCache<dim>>
    unit_cells(const Triangulation<dim> &triangulation)
    {
      std::vector<Point<dim>> vertices;
      for (const unsigned int v : GeometryInfo<dim>::vertex_indices())
        vertices.push_back(GeometryInfo<dim>::unit_cell_vertex(v));
      auto mapping = std::make_unique<MappingQCache<dim>>(1);
      mapping->initialize(triangulation, [&](const auto &) { return vertices; });
      return mapping;
    }
  } // namespace

  template <int dim, typename Number>
  CellOperator<dim, Number>::CellOperator(const Discretization<dim> &discretization,
                                          const Compute             &compute)
    : space(&discretization)
    , coarser(nullptr)
  {
    reinit(discretization.quadrature());
    compute(matrix_free, coefficient);
  }

  template <int dim, typename Number>
  CellOperator<dim, Number>::CellOperator(const CellOperator<dim, double> &other,
                                          const Discretization<dim>       &discretization,
                                          const double                     factor,
                                          const Discretization<dim>       *coarser)
    : space(&discretization)
    , coarser(coarser)
  {
    // exact for the products of two functions
    const Quadrature<1> &quadrature = other.unit_cell().line().quadrature;
    const unsigned int   n_needed   = 2 * discretization.degree() + 1;
    reinit(n_needed < quadrature.size() ? QGauss<1>(n_needed) : quadrature);
    take_coefficients(other, factor);
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::reinit(const Quadrature<1> &quadrature)
  {
    typename Cells::AdditionalData data;
    data.tasks_parallel_scheme                      = Cells::AdditionalData::none;
    data.mapping_update_flags                       = update_gradients | update_JxW_values;
    std::vector<const Discretization<dim> *> spaces = {space};
    if (coarser != nullptr)
      spaces.push_back(coarser);
    std::vector<AffineConstraints<Number>>         constraints(spaces.size());
    std::vector<const AffineConstraints<Number> *> pointers;
    std::vector<const DoFHandler<dim> *>           dof_handlers;
    for (unsigned int i = 0; i < spaces.size(); ++i)
      {
        constraints[i].copy_from(spaces[i]->constraints());
        pointers.push_back(&constraints[i]);
        dof_handlers.push_back(&spaces[i]->dof_handler());
      }
    matrix_free.reinit(
      *unit_cells(space->mesh().triangulation()), dof_handlers, pointers, quadrature, data);
    kernels = UnitCell<dim, Number>::create(LineShape(quadrature, space->degree()));
    if (coarser != nullptr)
      coarser_kernels = UnitCell<dim, Number>::create(LineShape(quadrature, coarser->degree()));
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::cell_operation(Integrator &cell, const Direction direction) const
  {
    cell.evaluate();
    at_points(cell, direction);
    cell.integrate();
  }

  template <int dim, typename Number>
  DYNKIN_FOR_ALL_PROCESSORS void
  CellOperator<dim, Number>::at_points(Integrator &cell, const Direction direction) const
  {
    const unsigned int n_q    = kernels->n_points();
    const std::size_t  first  = std::size_t(cell.pack()) * n_q;
    const bool         drifts = !coefficient.drift.empty(), dies = !coefficient.killing.empty();
    Values            *values = cell.begin_values(), *gradients = cell.begin_gradients();
    for (unsigned int q = 0; q < n_q; ++q)
      {
        const auto &D = coefficient.diffusion[first + q];
        // that of the next pack, while memory would wait
        for (unsigned int byte = 0; byte < sizeof(D); byte += cache_line)
          __builtin_prefetch(reinterpret_cast<const char *>(&D + n_q) + byte);
        const Values weight = kernels->weight(q);
        Values       f = values[q], g[dim], source = Number(0.);
        for (unsigned int k = 0; k < dim; ++k)
          g[k] = gradients[k * n_q + q];
        if (dies)
          source = coefficient.killing[first + q] * f;
        for (unsigned int k = 0; k < dim; ++k)
          {
            Values flux = D[k][0] * g[0];
            for (unsigned int l = 1; l < dim; ++l)
              flux += D[k][l] * g[l];
            if (drifts)
              {
                const Values &C = coefficient.drift[first + q][k];
                if (direction == Direction::backward)
                  source -= C * g[k];
                else
                  flux -= C * f;
              }
            gradients[k * n_q + q] = flux * weight;
          }
        values[q] = source * weight;
      }
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::initialize(VectorType &vector) const
  {
    matrix_free.initialize_dof_vector(vector);
  }

  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::apply(VectorType       &dst,
                                   const VectorType &src,
                                   const Direction   direction,
                                   const OnRange    &after) const
  {
    sum(
      dst, src, [&](Integrator &cell) { cell_operation(cell, direction); }, after);
  }

  template <int dim, typename Number>
  const typename CellOperator<dim, Number>::Cells &
  CellOperator<dim, Number>::cells() const
  {
    return matrix_free;
  }

  template <int dim, typename Number>
  typename CellOperator<dim, Number>::Integrator
  CellOperator<dim, Number>::integrator() const
  {
    return Integrator(matrix_free, *kernels);
  }

  template <int dim, typename Number>
  const Discretization<dim> &
  CellOperator<dim, Number>::coarser_space() const
  {
    AssertThrow(coarser != nullptr, ExcInternalError());
    return *coarser;
  }

  template <int dim, typename Number>
  typename CellOperator<dim, Number>::Integrator
  CellOperator<dim, Number>::coarser_integrator() const
  {
    return Integrator(matrix_free, *coarser_kernels, 1);
  }

  template <int dim, typename Number>
  typename CellOperator<dim, Number>::Integrator::Range
  CellOperator<dim, Number>::all_batches() const
  {
    return {0, matrix_free.n_cell_batches()};
  }

  template <int dim, typename Number>
  const UnitCell<dim, Number> &
  CellOperator<dim, Number>::unit_cell() const
  {
    return *kernels;
  }

  template <int dim, typename Number>
  const typename CellOperator<dim, Number>::Coefficients &
  CellOperator<dim, Number>::coefficients() const
  {
    return coefficient;
  }

  template <int dim, typename Number>
  const Discretization<dim> &
  CellOperator<dim, Number>::discretization() const
  {
    return *space;
  }

  template <int dim, typename Number>
  bool
  CellOperator<dim, Number>::is_symmetric() const
  {
    return coefficient.drift.empty();
  }

  template class CellOperator<1, double>;
  template class CellOperator<2, double>;
  template class CellOperator<3, double>;
  template class CellOperator<1, float>;
  template class CellOperator<2, float>;
  template class CellOperator<3, float>;
} // namespace dynkin
