// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_place_computation.h"

#include <deal.II/dofs/dof_tools.h>

#include "domain/exit_set.h"
#include "measure/functionals.h"
#include "parameters/rewards.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** The unknowns of this process, or those of them on the absorbing walls, and where they are. */
    template <int dim>
    std::map<types::global_dof_index, Point<dim>>
    nodes(const Discretization<dim> &space, const bool on_walls)
    {
      std::map<types::global_dof_index, Point<dim>> all, chosen;
      DoFTools::map_dofs_to_support_points(space.mapping(), space.dof_handler(), all);
      const IndexSet walls = space.wall_dofs(BoundaryKind::absorbing);
      for (const auto &[i, x] : all)
        if (space.dof_handler().locally_owned_dofs().is_element(i) &&
            (!on_walls || walls.is_element(i)))
          chosen[i] = x;
      return chosen;
    }
  } // namespace

  template <int dim>
  ExitPlaceComputation<dim>::ExitPlaceComputation(const Parameters  &parameters,
                                                  const Model<dim>  &model,
                                                  const Mesh<dim>   &mesh,
                                                  const unsigned int degree,
                                                  const Log         &log)
    : ExitComputation<dim>(parameters, model, mesh, degree, log)
    , mass(this->space)
  {
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::solve()
  {
    this->solve_exit_time(1);
    quantities.clear();
    quantities.reserve(2); // copies of vectors would lose their ghost values
    const QuantityParameters &asked = this->parameters.quantities;
    if (asks_for_place(this->parameters.domain))
      solve_probability();
    if (!asked.running_reward.empty() || !asked.terminal_reward.empty())
      solve_reward();
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::solve_probability()
  {
    const ExitSet<dim> set(this->parameters.domain);
    Vector             b, h, no_load;
    this->form.initialize(b);
    this->form.initialize(h);
    this->form.initialize(no_load);
    mass.load(
      b,
      [&](const Point<dim> &x, const types::boundary_id wall) {
        return set.contains(x, wall) ? 1. : 0.;
      },
      [&](const Point<dim> &x) { return set.depth(x); });
    mass.solve(h, b);
    quantities.push_back({"exit place",
                          "P(exit)",
                          "exit_probability",
                          {this->problem, this->parameters.solver, this->log},
                          {},
                          {}});
    quantities.back().problem.solve(h, no_load);
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::solve_reward()
  {
    const QuantityParameters &asked = this->parameters.quantities;
    const Reward<dim>         running("Quantities/running reward", asked.running_reward);
    const Reward<dim>         terminal("Quantities/terminal reward", asked.terminal_reward);
    Vector                    b, h, load;
    this->form.initialize(b);
    this->form.initialize(h);
    this->form.initialize(load);
    if (!terminal.is_zero())
      {
        mass.load(b,
                  [&](const Point<dim> &x, const types::boundary_id) { return terminal.value(x); });
        mass.solve(h, b);
      }
    if (!running.is_zero())
      this->form.source_load(load, [&](const Point<dim> &x) { return running.value(x); });
    quantities.push_back({"expected reward",
                          "E[reward]",
                          "expected_reward",
                          {this->problem, this->parameters.solver, this->log},
                          {},
                          {}});
    quantities.back().problem.solve(h, load);
  }

  template <int dim>
  PointValues
  ExitPlaceComputation<dim>::evaluate()
  {
    ExitPlaceComputation<dim> richer(
      this->parameters, this->form.model(), this->space.mesh(), this->richer_degree(), this->log);
    this->solve_richer(richer);
    const auto compare_richer = [&] {
      ExitPlaceComputation<dim> third(
        this->parameters, this->form.model(), this->space.mesh(), this->third_degree(), this->log);
      this->solve_richer(third);
      richer.compare(third);
    };
    const auto all_values = [&] {
      compare(richer);
      PointValues values = quantities.front().values;
      for (const Quantity &quantity : quantities)
        values.include(quantity.values);
      return values;
    };
    if (this->compares_richer())
      compare_richer();
    PointValues values = all_values();
    if (this->confirms(values))
      {
        compare_richer();
        values = all_values();
      }
    localise(richer);
    return values;
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::enlarge_estimates(const double factor, const double added)
  {
    for (Quantity &quantity : quantities)
      quantity.values.enlarge(factor, added);
  }

  template <int dim>
  Field<dim>
  ExitPlaceComputation<dim>::field() const
  {
    return quantities.front().problem.field();
  }

  template <int dim>
  Result
  ExitPlaceComputation<dim>::results(const PointValues &, const Sampler<dim> &) const
  {
    Result result;
    result.tell("method", this->problem.method());
    for (const Quantity &quantity : quantities)
      report_values(result, result.numbers, quantity.key, quantity.symbol, quantity.values);
    Record list = Record::list();
    for (unsigned int k = 0; k < integrals.size(); ++k)
      {
        list.add({{"point", this->parameters.quantities.points[k]}, {"integral", integrals[k]}});
        result.tell(k == 0 ? "density" : "",
                    "of the exit place: integral " + format_number(integrals[k], 15));
      }
    result.numbers["exit place density"] = list;
    result.numbers["method"]             = this->problem.method();
    result.tables.push_back(densities);
    return result;
  }

  template <int dim>
  void
  ExitPlaceComputation<dim>::complete()
  {
    OccupationDensity<dim> dual(this->problem, this->parameters.solver, this->log);
    Vector                 weights, density;
    this->form.initialize(weights);
    this->form.initialize(density);
    mass.load(weights, [](const Point<dim> &, const types::boundary_id) { return 1.; });
    const auto on_walls = nodes(this->space, true);

    densities = {"exit_place_density", {"point"}};
    for (unsigned int i = 0; i < dim; ++i)
      densities.columns.push_back(std::string(1, "xyz"[i]));
    densities.columns.insert(densities.columns.end(), {"weight", "density"});
    for (unsigned int k = 0; k < this->parameters.quantities.points.size(); ++k)
      {
        const std::vector<double> &point = this->parameters.quantities.points[k];
        const Vector               goal  = point_functional(this->form, {point}, {1.});
        dual.solve(goal);
        mass.solve(density, exit_distribution(dual, this->form, goal));
        integrals.push_back(weights * density);

        using Line = std::array<double, dim + 2>; // node, weight, density
        std::vector<Line> lines;
        for (const auto &[i, x] : on_walls)
          if (!this->space.constraints().is_constrained(i))
            {
              Line line;
              std::copy_n(x.begin_raw(), dim, line.begin());
              line[dim]     = weights(i);
              line[dim + 1] = density(i);
              lines.push_back(line);
            }
        std::vector<Line> all;
        for (const auto &part : Utilities::MPI::gather(this->space.communicator(), lines))
          all.insert(all.end(), part.begin(), part.end());
        std::sort(all.begin(), all.end());
        for (const Line &line : all)
          {
            densities.rows.push_back({k + 1.});
            densities.rows.back().insert(densities.rows.back().end(), line.begin(), line.end());
          }
      }
  }

  template <int dim>
  std::vector<FieldFile<dim>>
  ExitPlaceComputation<dim>::fields() const
  {
    std::vector<NamedField<dim>> named;
    for (const Quantity &quantity : quantities)
      named.push_back({quantity.field_name, quantity.problem.field()});
    named.push_back({"occupation_density", this->occupation_density()});
    return {{"solution", named}};
  }

  template class ExitPlaceComputation<1>;
  template class ExitPlaceComputation<2>;
  template class ExitPlaceComputation<3>;
} // namespace dynkin
