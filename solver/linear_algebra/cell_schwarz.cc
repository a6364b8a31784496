// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/cell_schwarz.h"

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
  void
  CellSchwarz<dim, Number>::separate(const unsigned int      batch,
                                     Profile                &g,
                                     std::array<Lanes, dim> &c) const
  {
    const auto        &shape     = cell_operator->cells().get_shape_info().data.front();
    const auto        &diffusion = cell_operator->coefficients().diffusion;
    const unsigned int n = shape.n_q_points_1d, n_q = Utilities::pow(n, dim);
    Lanes              mean = Number(0.);
    for (unsigned int k = 0; k < dim; ++k)
      {
        std::fill(g[k].begin(), g[k].end(), Lanes(Number(0.)));
        c[k] = Number(0.);
      }
    for (unsigned int q = 0; q < n_q; ++q)
      {
        Lanes sum = Number(0.);
        for (unsigned int k = 0; k < dim; ++k)
          {
            const Lanes entry = std::log(std::max(diffusion[std::size_t(batch) * n_q + q][k][k],
                                                  Lanes(std::numeric_limits<Number>::min())));
            c[k] += entry;
            sum += entry;
          }
        mean += sum;
        for (unsigned int k = 0, rest = q; k < dim; ++k, rest /= n)
          g[k][rest % n] += sum;
      }
    mean *= Number(1. / (dim * n_q));
    for (unsigned int k = 0; k < dim; ++k)
      {
        c[k]          = std::exp(c[k] * Number(1. / n_q));
        Lanes largest = Number(0.);
        for (Lanes &value : g[k])
          {
            value   = std::exp(value * Number(double(n) / (dim * n_q)) - mean);
            largest = std::max(largest, value);
          }
        for (Lanes &value : g[k])
          value = std::max(value, largest * Number(smallest_profile));
      }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::initialize(const CellOperator<dim, Number> &cells,
                                       const bool                       absorbing_walls,
                                       const VectorType                &is_free)
  {
    cell_operator                            = &cells;
    const auto                        &mf    = cells.cells();
    const auto                        &shape = mf.get_shape_info().data.front();
    const unsigned int                 n = shape.fe_degree + 1, n_q = shape.n_q_points_1d;
    const std::set<types::boundary_id> absorbing =
      boundary_ids(cells.discretization().mesh().domain(), dim, BoundaryKind::absorbing);

    Profile                          g;
    std::array<Lanes, dim>           c;
    std::array<Table<2, Lanes>, dim> mass, stiffness;
    for (unsigned int k = 0; k < dim; ++k)
      {
        g[k].resize(n_q);
        mass[k].reinit(n, n);
        stiffness[k].reinit(n, n);
      }
    local.resize(mf.n_cell_batches());
    for (unsigned int batch = 0; batch < mf.n_cell_batches(); ++batch)
      {
        separate(batch, g, c);
        for (unsigned int k = 0; k < dim; ++k)
          {
            for (unsigned int i = 0; i < n; ++i)
              for (unsigned int j = 0; j < n; ++j)
                {
                  Lanes m = Number(0.), s = Number(0.);
                  for (unsigned int q = 0; q < n_q; ++q)
                    {
                      const Lanes weight = g[k][q] * Number(shape.quadrature.weight(q));
                      m +=
                        weight * shape.shape_values[i * n_q + q] * shape.shape_values[j * n_q + q];
                      s += weight * shape.shape_gradients[i * n_q + q] *
                           shape.shape_gradients[j * n_q + q];
                    }
                  mass[k](i, j)      = m;
                  stiffness[k](i, j) = c[k] * s;
                }
            for (unsigned int lane = 0; lane < mf.n_active_entries_per_cell_batch(batch); ++lane)
              for (unsigned int side = 0; side < 2; ++side)
                {
                  const auto         face = mf.get_cell_iterator(batch, lane)->face(2 * k + side);
                  const unsigned int end  = side * (n - 1);
                  if (!face->at_boundary())
                    {
                      mass[k](end, end)[lane] *= Number(2.);
                      stiffness[k](end, end)[lane] *= Number(2.);
                    }
                  else if (absorbing_walls && absorbing.count(face->boundary_id()) > 0)
                    for (unsigned int i = 0; i < n; ++i)
                      {
                        if (i != end)
                          mass[k](i, end)[lane]        = mass[k](end, i)[lane] =
                            stiffness[k](i, end)[lane] = stiffness[k](end, i)[lane] = Number(0.);
                      }
                  else
                    stiffness[k](end, end)[lane] *= Number(regular);
                }
            // lanes without a cell
            for (unsigned int lane = mf.n_active_entries_per_cell_batch(batch);
                 lane < Lanes::size();
                 ++lane)
              for (unsigned int i = 0; i < n; ++i)
                for (unsigned int j = 0; j < n; ++j)
                  mass[k](i, j)[lane] = stiffness[k](i, j)[lane] = Number(i == j ? 1. : 0.);
          }
        local[batch].reinit(mass, stiffness);
      }

    cells.initialize(share);
    cells.initialize(weighted);
    CellIntegrator cell(mf);
    for (unsigned int batch = 0; batch < mf.n_cell_batches(); ++batch)
      {
        cell.reinit(batch);
        std::fill_n(cell.begin_dof_values(), cell.dofs_per_cell, Lanes(Number(1.)));
        cell.distribute_local_to_global(share);
      }
    share.compress(VectorOperation::add);
    for (unsigned int i = 0; i < share.locally_owned_size(); ++i)
      share.local_element(i) = share.local_element(i) > Number(0.)
                                 ? is_free.local_element(i) / std::sqrt(share.local_element(i))
                                 : Number(0.);
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::vmult(VectorType &dst, const VectorType &src) const
  {
    weighted = src;
    weighted.scale(share);
    cell_operator->cells().template cell_loop<VectorType, VectorType>(
      [&](const auto &data, auto &result, const auto &argument, const auto &range) {
        CellIntegrator       cell(data);
        AlignedVector<Lanes> residual(cell.dofs_per_cell);
        for (unsigned int batch = range.first; batch < range.second; ++batch)
          {
            cell.reinit(batch);
            cell.read_dof_values(argument);
            std::copy_n(cell.begin_dof_values(), cell.dofs_per_cell, residual.begin());
            local[batch].apply_inverse(
              make_array_view(cell.begin_dof_values(),
                              cell.begin_dof_values() + cell.dofs_per_cell),
              make_array_view(std::as_const(residual).begin(), std::as_const(residual).end()));
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
