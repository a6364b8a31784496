// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/cell_schwarz.h"

#include <cmath>

#include "geometry/shapes.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double smallest_profile = 1e-4; // of g, relative to its largest value in a cell
    constexpr double regular          = 1.05; // keeps a cell with natural walls only regular
  }                                           // namespace

  template <int dim, typename Number>
  typename CellSchwarz<dim, Number>::Separable
  CellSchwarz<dim, Number>::separate(const unsigned int batch) const
  {
    const auto        &diffusion = cell_operator->coefficients().diffusion;
    const unsigned int n       = cell_operator->cells().get_shape_info().data.front().n_q_points_1d;
    const unsigned int n_q     = Utilities::pow(n, dim);
    const Lanes        nothing = Number(0.), tiny = std::numeric_limits<Number>::min();
    Separable          problem;
    for (auto &g : problem.g)
      g.resize(n, nothing);
    problem.c.fill(nothing);
    // means of the logarithms, for k of those of all D_kk
    Lanes mean = nothing;
    for (unsigned int q = 0; q < n_q; ++q)
      {
        Lanes sum = nothing;
        for (unsigned int k = 0; k < dim; ++k)
          {
            const Lanes entry =
              std::log(std::max(diffusion[std::size_t(batch) * n_q + q][k][k], tiny));
            problem.c[k] += entry;
            sum += entry;
          }
        mean += sum;
        for (unsigned int k = 0, rest = q; k < dim; ++k, rest /= n)
          problem.g[k][rest % n] += sum;
      }
    mean *= Number(1. / (dim * n_q));
    for (unsigned int k = 0; k < dim; ++k)
      {
        problem.c[k]  = std::exp(problem.c[k] * Number(1. / n_q));
        Lanes largest = nothing;
        for (Lanes &value : problem.g[k])
          {
            value   = std::exp(value * Number(double(n) / (dim * n_q)) - mean);
            largest = std::max(largest, value);
          }
        for (Lanes &value : problem.g[k])
          value = std::max(value, largest * Number(smallest_profile));
      }
    return problem;
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::compute_factors(const Separable &problem,
                                            Matrices        &mass,
                                            Matrices        &stiffness) const
  {
    const auto        &shape = cell_operator->cells().get_shape_info().data.front();
    const unsigned int n = shape.fe_degree + 1, n_q = shape.n_q_points_1d;
    for (unsigned int k = 0; k < dim; ++k)
      for (unsigned int i = 0; i < n; ++i)
        for (unsigned int j = 0; j <= i; ++j)
          {
            Lanes m = Number(0.), s = Number(0.);
            for (unsigned int q = 0; q < n_q; ++q)
              {
                const Lanes weight = problem.g[k][q] * Number(shape.quadrature.weight(q));
                m += weight * shape.shape_values[i * n_q + q] * shape.shape_values[j * n_q + q];
                s +=
                  weight * shape.shape_gradients[i * n_q + q] * shape.shape_gradients[j * n_q + q];
              }
            mass[k](i, j) = mass[k](j, i) = m;
            stiffness[k](i, j) = stiffness[k](j, i) = problem.c[k] * s;
          }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::local_diagonal(const Matrices &mass,
                                           const Matrices &stiffness,
                                           Lanes          *diagonal)
  {
    const unsigned int n = mass[0].n_rows();
    for (unsigned int i = 0; i < Utilities::pow(n, dim); ++i)
      {
        diagonal[i] = Number(0.);
        for (unsigned int k = 0; k < dim; ++k)
          {
            Lanes product = Number(1.);
            for (unsigned int j = 0, rest = i; j < dim; ++j, rest /= n)
              product *= (j == k ? stiffness : mass)[j](rest % n, rest % n);
            diagonal[i] += product;
          }
      }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::close_ends(const unsigned int batch,
                                       const bool         absorbing_walls,
                                       const Lanes       *diagonal,
                                       Matrices          &mass,
                                       Matrices          &stiffness) const
  {
    const auto                        &cells = cell_operator->cells();
    const std::set<types::boundary_id> absorbing =
      boundary_ids(cell_operator->discretization().mesh().domain(), dim, BoundaryKind::absorbing);
    const unsigned int   n = mass[0].n_rows();
    AlignedVector<Lanes> own(Utilities::pow(n, dim));
    local_diagonal(mass, stiffness, own.begin());
    const unsigned int n_filled = cells.n_active_entries_per_cell_batch(batch);
    for (unsigned int k = 0; k < dim; ++k)
      {
        for (unsigned int side = 0; side < 2; ++side)
          {
            // the mean over the inner nodes of the face
            const unsigned int end    = side * (n - 1);
            Lanes              ratio  = Number(0.);
            unsigned int       n_face = 0;
            for (unsigned int i = 0; i < own.size(); ++i)
              {
                bool is_inside = true;
                for (unsigned int j = 0, rest = i; j < dim; ++j, rest /= n)
                  is_inside =
                    is_inside && (j == k ? rest % n == end : n == 2 || rest % n % (n - 1) != 0);
                if (!is_inside)
                  continue;
                ratio += std::log(std::max(diagonal[i] / own[i], Lanes(Number(1.))));
                ++n_face;
              }
            ratio = std::exp(ratio * Number(1. / n_face));
            for (unsigned int lane = 0; lane < n_filled; ++lane)
              {
                const auto cell = cells.get_cell_iterator(batch, lane);
                const auto face = cell->face(2 * k + side);
                if ((!face->at_boundary() && cell->neighbor_is_coarser(2 * k + side)) ||
                    (face->at_boundary() && absorbing_walls &&
                     absorbing.count(face->boundary_id()) > 0))
                  for (unsigned int i = 0; i < n; ++i)
                    {
                      if (i != end)
                        for (Matrices *matrices : {&mass, &stiffness})
                          (*matrices)[k](i, end)[lane] = (*matrices)[k](end, i)[lane] = Number(0.);
                    }
                else if (!face->at_boundary())
                  {
                    mass[k](end, end)[lane] *= ratio[lane];
                    stiffness[k](end, end)[lane] *= ratio[lane];
                  }
                else
                  stiffness[k](end, end)[lane] *= Number(regular);
              }
          }
        // lanes without a cell
        for (unsigned int lane = n_filled; lane < Lanes::size(); ++lane)
          for (unsigned int i = 0; i < n; ++i)
            for (unsigned int j = 0; j < n; ++j)
              mass[k](i, j)[lane] = stiffness[k](i, j)[lane] = Number(i == j ? 1. : 0.);
      }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::initialize(const CellOperator<dim, Number> &cells,
                                       const bool                       absorbing_walls,
                                       const VectorType                &diagonal)
  {
    cell_operator         = &cells;
    const auto        &mf = cells.cells();
    const unsigned int n  = cells.discretization().degree() + 1;
    Matrices           mass, stiffness;
    for (unsigned int k = 0; k < dim; ++k)
      {
        mass[k].reinit(n, n);
        stiffness[k].reinit(n, n);
      }
    local         = FastDiagonalization<dim, Number>::create(n);
    hanging_nodes = std::make_unique<HangingNodes<dim, Number>>(cells);

    VectorType separable;
    for (VectorType *vector : {&share, &weighted, &separable})
      cells.initialize(*vector);
    std::vector<Separable> problems;
    CellIntegrator         cell(mf);
    for (unsigned int batch = 0; batch < mf.n_cell_batches(); ++batch)
      {
        problems.push_back(separate(batch));
        compute_factors(problems.back(), mass, stiffness);
        cell.reinit(batch);
        local_diagonal(mass, stiffness, cell.begin_dof_values());
        hanging_nodes->distribute_diagonal(cell, separable);
        std::fill_n(cell.begin_dof_values(), cell.dofs_per_cell, Lanes(Number(1.)));
        hanging_nodes->set(batch, Number(0.), cell.begin_dof_values());
        cell.distribute_local_to_global(share);
      }
    share.compress(VectorOperation::add);
    separable.compress(VectorOperation::add);
    separable.update_ghost_values();
    for (unsigned int batch = 0; batch < mf.n_cell_batches(); ++batch)
      {
        compute_factors(problems[batch], mass, stiffness);
        cell.reinit(batch);
        cell.read_dof_values(separable);
        hanging_nodes->set(batch, Number(0.), cell.begin_dof_values());
        close_ends(batch, absorbing_walls, cell.begin_dof_values(), mass, stiffness);
        local->add(mass, stiffness);
      }
    // the weights of hanging nodes have both signs
    for (unsigned int i = 0; i < share.locally_owned_size(); ++i)
      {
        const Number square = separable.local_element(i) /
                              (std::abs(diagonal.local_element(i)) * share.local_element(i));
        share.local_element(i) =
          diagonal.local_element(i) != Number(0.) ? std::sqrt(std::abs(square)) : Number(0.);
        if (!std::isfinite(share.local_element(i)))
          share.local_element(i) = Number(1.);
      }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::vmult(VectorType &dst, const VectorType &src) const
  {
    weighted = src;
    weighted.scale(share);
    cell_operator->cells().template cell_loop<VectorType, VectorType>(
      [&](const auto &data, auto &result, const auto &argument, const auto &range) {
        CellIntegrator cell(data);
        for (unsigned int batch = range.first; batch < range.second; ++batch)
          {
            cell.reinit(batch);
            cell.read_dof_values(argument);
            hanging_nodes->set(batch, Number(0.), cell.begin_dof_values());
            local->apply(batch, cell.begin_dof_values());
            hanging_nodes->set(batch, Number(0.), cell.begin_dof_values());
            cell.distribute_local_to_global(result);
          }
      },
      dst,
      weighted,
      true);
    dst.scale(share);
  }

  template class CellSchwarz<1, double>;
  template class CellSchwarz<2, double>;
  template class CellSchwarz<3, double>;
  template class CellSchwarz<1, float>;
  template class CellSchwarz<2, float>;
  template class CellSchwarz<3, float>;
} // namespace dynkin
