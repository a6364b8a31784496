// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/line_solver.h"

#include <algorithm>
#include <cmath>

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double as_good_as_nothing = 1e-280; // below it a value has few digits, or none
  }

  bool
  LineSolver::applies(const GeneratorForm<1> &form)
  {
    return form.sums_positive_terms() &&
           form.discretization().mesh().domain().periodic_axes().empty();
  }

  LineSolver::LineSolver(const GeneratorForm<1> &form, const FixedUnknowns<1> &fixed)
    : form(form)
  {
    const Discretization<1> &space = form.discretization();
    const MPI_Comm           comm  = space.communicator();
    std::vector<double>      lefts;
    form.cell_operator().for_each_cell_matrix(
      Direction::backward,
      [&](const auto &iterator, const FullMatrix<double> &K, const auto &dofs) {
        Cell               cell;
        const unsigned int n = K.m() - 2;
        cell.dofs            = dofs;
        cell.phi_left.resize(n);
        cell.phi_right.resize(n);
        cell.inverse.reinit(n, n);
        if (n > 0)
          {
            std::vector<double> scale(n); // of a unit diagonal: the weight may vary much
            for (unsigned int i = 0; i < n; ++i)
              scale[i] = 1. / std::sqrt(K(i + 1, i + 1));
            for (unsigned int i = 0; i < n; ++i)
              for (unsigned int j = 0; j < n; ++j)
                cell.inverse(i, j) = scale[i] * K(i + 1, j + 1) * scale[j];
            cell.inverse.gauss_jordan();
            for (unsigned int i = 0; i < n; ++i)
              for (unsigned int j = 0; j < n; ++j)
                {
                  cell.inverse(i, j) *= scale[i] * scale[j];
                  cell.phi_left[i] -= cell.inverse(i, j) * K(j + 1, 0);
                  cell.phi_right[i] -= cell.inverse(i, j) * K(j + 1, n + 1);
                }
          }
        lefts.push_back(iterator->vertex(0)[0]);
        cells.push_back(std::move(cell));
      });
    find_conductances();

    std::vector<double> vertices;
    for (const auto &part : Utilities::MPI::all_gather(comm, lefts))
      vertices.insert(vertices.end(), part.begin(), part.end());
    std::sort(vertices.begin(), vertices.end());
    const unsigned int n_cells = vertices.size();
    conductances.assign(n_cells, 0.);
    grounds.assign(n_cells + 1, 0.);
    is_fixed.assign(n_cells + 1, 0);
    for (unsigned int c = 0; c < cells.size(); ++c)
      {
        cells[c].position =
          std::lower_bound(vertices.begin(), vertices.end(), lefts[c]) - vertices.begin();
        conductances[cells[c].position] = cells[c].conductance;
      }
    Utilities::MPI::sum(conductances, comm, conductances);

    const IndexSet fixed_dofs = space.fixed_dofs(fixed);
    for (const Cell &cell : cells)
      {
        is_fixed[cell.position] |= fixed_dofs.is_element(cell.dofs.front());
        is_fixed[cell.position + 1] |= fixed_dofs.is_element(cell.dofs.back());
      }
    Utilities::MPI::max(is_fixed, comm, is_fixed);
    if (form.kills())
      {
        Vector load;
        form.killing_load(load);
        grounds = condense(load);
      }

    form.diagonal(root);
    for (double &entry : root)
      entry = std::sqrt(entry);
    root.update_ghost_values();
    if (!std::all_of(conductances.begin(), conductances.end(), [](const double g) {
          return g != 0. && std::isfinite(g);
        }))
      throw WeightRangeError();
  }

  void
  LineSolver::find_conductances()
  {
    const CellOperator<1, double> &op      = form.cell_operator();
    const auto                    &at      = op.coefficients();
    const unsigned int             n_q     = op.unit_cell().n_points();
    auto                           cell    = op.integrator();
    unsigned int                   current = 0;
    using Integrator                       = CellOperator<1, double>::Integrator;
    cell.for_each_pack(op.all_batches(), [&]() {
      const std::size_t first = std::size_t(cell.pack()) * n_q, first_cell = current;
      for (const bool from_left : {true, false})
        {
          current = first_cell;
          std::fill_n(cell.begin_dof_values(), op.unit_cell().n_nodes(), Pack<double>(0.));
          Integrator::for_each_cell(
            op.cells(), cell.pack(), [&](const unsigned int lane, const auto &) {
              const std::vector<double> &phi =
                from_left ? cells[current].phi_left : cells[current].phi_right;
              for (unsigned int i = 0; i < phi.size(); ++i)
                cell.begin_dof_values()[i + 1][lane] = phi[i];
              cell.begin_dof_values()[from_left ? 0 : phi.size() + 1][lane] = 1.;
              ++current;
            });
          cell.evaluate();
          current = first_cell;
          Integrator::for_each_cell(
            op.cells(), cell.pack(), [&](const unsigned int lane, const auto &) {
              double g = 0.;
              for (unsigned int q = 0; q < n_q; ++q)
                {
                  const double phi   = cell.begin_values()[q][lane],
                               slope = cell.begin_gradients()[q][lane];
                  double density     = at.diffusion[first + q][0][0][lane] * slope * slope;
                  if (!at.killing.empty())
                    density -= at.killing[first + q][lane] * phi * (1. - phi);
                  g += op.unit_cell().weight(q) * density;
                }
              double &smaller = cells[current++].conductance; // less rounded
              smaller         = from_left ? g : std::min(smaller, g);
            });
        }
    });
  }

  std::vector<double>
  LineSolver::condense(const Vector &b) const
  {
    const IndexSet      owned = b.locally_owned_elements();
    std::vector<double> loads(grounds.size(), 0.);
    for (const Cell &cell : cells)
      for (const unsigned int end : {0, 1})
        if (const auto dof = end == 0 ? cell.dofs.front() : cell.dofs.back(); owned.is_element(dof))
          loads[cell.position + end] = b(dof);
    for (const Cell &cell : cells)
      for (unsigned int i = 0; i < cell.phi_left.size(); ++i)
        {
          loads[cell.position] += cell.phi_left[i] * b(cell.dofs[i + 1]);
          loads[cell.position + 1] += cell.phi_right[i] * b(cell.dofs[i + 1]);
        }
    Utilities::MPI::sum(loads, b.get_mpi_communicator(), loads);
    return loads;
  }

  std::vector<double>
  LineSolver::eliminate(std::vector<double> x, std::vector<double> b) const
  {
    std::vector<double> k      = grounds;
    const unsigned int  n      = conductances.size();
    const auto          passed = [&](const unsigned int j) {
      return conductances[j] / (k[j] + conductances[j]);
    };
    for (unsigned int j = 0; j < n; ++j)
      if (is_fixed[j])
        {
          k[j + 1] += conductances[j];
          b[j + 1] += conductances[j] * x[j];
        }
      else
        {
          k[j + 1] += k[j] * passed(j);
          b[j + 1] += b[j] * passed(j);
        }
    if (!is_fixed[n])
      x[n] = b[n] / k[n];
    for (unsigned int j = n; j-- > 0;)
      if (!is_fixed[j])
        x[j] = b[j] / (k[j] + conductances[j]) + passed(j) * x[j + 1];
    return x;
  }

  void
  LineSolver::solve(Vector &x, const Vector &b) const
  {
    const IndexSet      owned = x.locally_owned_elements();
    std::vector<double> data(grounds.size(), 0.);
    const auto          for_each_vertex = [&](const auto &action) {
      for (const Cell &cell : cells)
        {
          action(cell.position, cell.dofs.front());
          action(cell.position + 1, cell.dofs.back());
        }
    };
    for_each_vertex([&](const unsigned int j, const types::global_dof_index dof) {
      if (is_fixed[j] && owned.is_element(dof))
        data[j] = x(dof);
    });
    Utilities::MPI::sum(data, x.get_mpi_communicator(), data);
    const std::vector<double> values = eliminate(data, condense(b));

    x.zero_out_ghost_values();
    for_each_vertex([&](const unsigned int j, const types::global_dof_index dof) {
      if (owned.is_element(dof))
        x(dof) = values[j];
    });
    for (const Cell &cell : cells)
      for (unsigned int i = 0; i < cell.phi_left.size(); ++i)
        {
          double value = cell.phi_left[i] * values[cell.position] +
                         cell.phi_right[i] * values[cell.position + 1];
          for (unsigned int j = 0; j < cell.phi_left.size(); ++j)
            value += cell.inverse(i, j) * b(cell.dofs[j + 1]);
          x(cell.dofs[i + 1]) = value;
        }
  }

  long double
  LineSolver::conductance() const
  {
    long double total = 0., resistance = 0.;
    bool        is_between = false;
    for (unsigned int j = 0; j <= conductances.size(); ++j)
      {
        if (is_fixed[j])
          {
            total += is_between ? 1. / resistance : 0.L;
            is_between = true;
            resistance = 0.;
          }
        if (j < conductances.size())
          resistance += 1.L / conductances[j];
      }
    return total;
  }

  double
  LineSolver::residual(const Vector &x, const Vector &b) const
  {
    Vector r, around, ghosted = x;
    form.initialize(r);
    form.apply(r, x, Direction::backward);
    r.sadd(-1., 1., b);
    ghosted.update_ghost_values();
    const double        least = as_good_as_nothing * x.linfty_norm();
    std::vector<double> largest(conductances.size(), 0.); // by cells
    for (const Cell &cell : cells)
      for (const auto dof : cell.dofs)
        largest[cell.position] =
          std::max(largest[cell.position], std::max(std::abs(ghosted(dof)), least) * root(dof));
    Utilities::MPI::max(largest, x.get_mpi_communicator(), largest);

    const IndexSet     owned = x.locally_owned_elements();
    const unsigned int n     = conductances.size();
    double             worst = 0.;
    for (const Cell &cell : cells)
      for (unsigned int i = 0; i < cell.dofs.size(); ++i)
        {
          const bool         is_left = i == 0, is_right = i + 1 == cell.dofs.size();
          const unsigned int first =
            is_left && cell.position > 0 ? cell.position - 1 : cell.position;
          const unsigned int last =
            is_right && cell.position + 1 < n ? cell.position + 1 : cell.position;
          if (!owned.is_element(cell.dofs[i]) || (is_left && is_fixed[cell.position]) ||
              (is_right && is_fixed[cell.position + 1]))
            continue;
          const double size = root(cell.dofs[i]) * std::max(largest[first], largest[last]);
          const double left = std::abs(r(cell.dofs[i]));
          if (!(left <= worst * size))
            worst = left / size;
        }
    return Utilities::MPI::max(worst, x.get_mpi_communicator());
  }
} // namespace dynkin
