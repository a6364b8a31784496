// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/cell_schwarz.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double smallest_profile = 1e-4; // of D and g, relative to the largest in a cell
    constexpr double regular          = 1.05; // keeps a cell with natural walls only regular

    template <typename Number>
    Pack<Number>
    larger(const Pack<Number> &a, const Pack<Number> &b)
    {
      Pack<Number> result;
      for (unsigned int i = 0; i < a.size(); ++i)
        result[i] = std::max(a[i], b[i]);
      return result;
    }
  } // namespace

  template <int dim, typename Number>
  typename CellSchwarz<dim, Number>::Separable
  CellSchwarz<dim, Number>::separate(const unsigned int pack) const
  {
    const auto         logarithm   = [](const Number x) { return std::log(x); };
    const auto         exponential = [](const Number x) { return std::exp(x); };
    const auto        &diffusion   = cell_operator->coefficients().diffusion;
    const unsigned int n           = cell_operator->unit_cell().line().n_q;
    const unsigned int n_q         = cell_operator->unit_cell().n_points();
    const Values       nothing     = Number(0.);
    Separable          problem;
    for (auto &g : problem.g)
      g.resize(n, nothing);
    problem.c.fill(nothing);
    // projected coefficients may be negative where they are small
    std::array<Values, dim> smallest;
    smallest.fill(Values(std::numeric_limits<Number>::min()));
    for (unsigned int q = 0; q < n_q; ++q)
      for (unsigned int k = 0; k < dim; ++k)
        smallest[k] =
          larger(smallest[k],
                 diffusion[std::size_t(pack) * n_q + q][k][k] * Values(Number(smallest_profile)));
    // means of the logarithms, for k of those of all D_kk
    Values mean = nothing;
    for (unsigned int q = 0; q < n_q; ++q)
      {
        Values sum = nothing;
        for (unsigned int k = 0; k < dim; ++k)
          {
            const Values entry = larger(diffusion[std::size_t(pack) * n_q + q][k][k], smallest[k])
                                   .transformed(logarithm);
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
        problem.c[k]   = (problem.c[k] * Values(Number(1. / n_q))).transformed(exponential);
        Values largest = nothing;
        for (Values &value : problem.g[k])
          {
            value =
              (value * Values(Number(double(n) / (dim * n_q))) - mean).transformed(exponential);
            largest = larger(largest, value);
          }
        for (Values &value : problem.g[k])
          value = larger(value, largest * Values(Number(smallest_profile)));
      }
    return problem;
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::compute_factors(const Separable &problem,
                                            Matrices        &mass,
                                            Matrices        &stiffness) const
  {
    const LineShape &line  = cell_operator->unit_cell().line();
    const auto      &phi   = line.values;
    const auto      &slope = line.slopes;
    for (unsigned int k = 0; k < dim; ++k)
      for (unsigned int i = 0; i < line.n; ++i)
        for (unsigned int j = 0; j <= i; ++j)
          {
            Values m = Number(0.), s = Number(0.);
            for (unsigned int q = 0; q < line.n_q; ++q)
              {
                const double weight = line.quadrature.weight(q);
                m += problem.g[k][q] * Values(Number(weight * phi(i, q) * phi(j, q)));
                s += problem.g[k][q] * Values(Number(weight * slope(i, q) * slope(j, q)));
              }
            mass[k](i, j) = mass[k](j, i) = m;
            stiffness[k](i, j) = stiffness[k](j, i) = problem.c[k] * s;
          }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::local_diagonal(const Matrices &mass,
                                           const Matrices &stiffness,
                                           Values         *diagonal)
  {
    const unsigned int n = mass[0].n_rows();
    for (unsigned int i = 0; i < Utilities::pow(n, dim); ++i)
      {
        diagonal[i] = Number(0.);
        for (unsigned int k = 0; k < dim; ++k)
          {
            Values product = Number(1.);
            for (unsigned int j = 0, rest = i; j < dim; ++j, rest /= n)
              product *= (j == k ? stiffness : mass)[j](rest % n, rest % n);
            diagonal[i] += product;
          }
      }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::close_ends(const unsigned int                  pack,
                                       const std::set<types::boundary_id> &fixed_walls,
                                       const Values                       *diagonal,
                                       Matrices                           &mass,
                                       Matrices                           &stiffness) const
  {
    const auto           &cells = cell_operator->cells();
    const unsigned int    n     = mass[0].n_rows();
    AlignedVector<Values> own(Utilities::pow(n, dim));
    local_diagonal(mass, stiffness, own.begin());
    for (unsigned int k = 0; k < dim; ++k)
      for (unsigned int side = 0; side < 2; ++side)
        {
          // the mean over the inner nodes of the face
          const unsigned int end    = side * (n - 1);
          Values             ratio  = Number(0.);
          unsigned int       n_face = 0;
          for (unsigned int i = 0; i < own.size(); ++i)
            {
              bool is_inside = true;
              for (unsigned int j = 0, rest = i; j < dim; ++j, rest /= n)
                is_inside =
                  is_inside && (j == k ? rest % n == end : n == 2 || rest % n % (n - 1) != 0);
              if (!is_inside)
                continue;
              ratio += (diagonal[i] / own[i]).transformed([](const Number x) {
                return std::log(std::max(x, Number(1.)));
              });
              ++n_face;
            }
          ratio = ratio.transformed([&](const Number x) { return std::exp(x / n_face); });
          Integrator::for_each_cell(cells, pack, [&](const unsigned int lane, const auto &cell) {
            const auto face = cell->face(2 * k + side);
            if ((!face->at_boundary() && cell->neighbor_is_coarser(2 * k + side)) ||
                (face->at_boundary() && fixed_walls.count(face->boundary_id()) > 0))
              {
                for (unsigned int i = 0; i < n; ++i)
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
          });
        }
    // the others have no cell
    std::array<bool, Values::size()> has_cell = {};
    Integrator::for_each_cell(
      cells, pack, [&](const unsigned int lane, const auto &) { has_cell[lane] = true; });
    for (unsigned int lane = 0; lane < Values::size(); ++lane)
      for (unsigned int k = 0; k < dim && !has_cell[lane]; ++k)
        for (unsigned int i = 0; i < n; ++i)
          for (unsigned int j = 0; j < n; ++j)
            mass[k](i, j)[lane] = stiffness[k](i, j)[lane] = Number(i == j ? 1. : 0.);
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::initialize(const CellOperator<dim, Number> &cells,
                                       const bool                       absorbing_walls,
                                       const VectorType                &diagonal)
  {
    cell_operator                      = &cells;
    const Discretization<dim>   &space = cells.discretization();
    const unsigned int           n     = space.degree() + 1;
    Integrator                   cell  = cells.integrator();
    std::set<types::boundary_id> fixed_walls;
    if (absorbing_walls)
      fixed_walls = space.mesh().domain().boundary_ids(BoundaryKind::absorbing);
    Matrices mass, stiffness;
    for (unsigned int k = 0; k < dim; ++k)
      {
        mass[k].reinit(n, n);
        stiffness[k].reinit(n, n);
      }
    local         = FastDiagonalization<dim, Number>::create(n);
    hanging_nodes = std::make_unique<HangingNodes<dim, Number>>(cells);

    VectorType separable;
    for (VectorType *vector : {&share, &separable})
      cells.initialize(*vector);
    std::vector<Separable> problems;
    cell.for_each_pack(cells.all_batches(), [&]() {
      problems.push_back(separate(cell.pack()));
      compute_factors(problems.back(), mass, stiffness);
      local_diagonal(mass, stiffness, cell.begin_dof_values());
      hanging_nodes->distribute_diagonal(cell, separable);
    });
    separable.compress(VectorOperation::add);
    separable.update_ghost_values();
    cell.for_each_pack(cells.all_batches(), [&]() {
      compute_factors(problems[cell.pack()], mass, stiffness);
      cell.read_dof_values(separable);
      hanging_nodes->set(cell.pack(), Number(0.), cell.begin_dof_values());
      close_ends(cell.pack(), fixed_walls, cell.begin_dof_values(), mass, stiffness);
      local->add(mass, stiffness);
      local_diagonal(mass, stiffness, cell.begin_dof_values());
      for (unsigned int i = 0; i < cells.unit_cell().n_nodes(); ++i)
        cell.begin_dof_values()[i] = Values(Number(1.)) / cell.begin_dof_values()[i];
      hanging_nodes->set(cell.pack(), Number(0.), cell.begin_dof_values());
      cell.distribute_local_to_global(share);
    });
    share.compress(VectorOperation::add);
    for (unsigned int i = 0; i < share.locally_owned_size(); ++i)
      {
        const Number entry = std::abs(diagonal.local_element(i));
        Number      &s     = share.local_element(i);
        s                  = entry > Number(0.) ? std::sqrt(Number(1.) / (entry * s)) : Number(0.);
        if (!std::isfinite(s))
          s = Number(1.);
      }
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::vmult(VectorType &dst, const VectorType &src) const
  {
    VectorType scaled(src);
    scaled.scale(share);
    solve_cells(dst, scaled);
    dst.scale(share);
  }

  template <int dim, typename Number>
  void
  CellSchwarz<dim, Number>::solve_cells(
    VectorType                                        &dst,
    const VectorType                                  &src,
    const typename CellOperator<dim, Number>::OnRange &after) const
  {
    const auto solve = [&](Integrator &cell) {
      hanging_nodes->set(cell.pack(), Number(0.), cell.begin_dof_values());
      local->apply(cell.pack(), cell.begin_dof_values());
      hanging_nodes->set(cell.pack(), Number(0.), cell.begin_dof_values());
    };
    cell_operator->sum(dst, src, solve, after);
  }

  template <int dim, typename Number>
  const typename CellSchwarz<dim, Number>::VectorType &
  CellSchwarz<dim, Number>::scaling() const
  {
    return share;
  }

  template class CellSchwarz<1, double>;
  template class CellSchwarz<2, double>;
  template class CellSchwarz<3, double>;
  template class CellSchwarz<1, float>;
  template class CellSchwarz<2, float>;
  template class CellSchwarz<3, float>;
} // namespace dynkin
