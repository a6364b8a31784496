// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/stationary_density_computation.h"

#include "measure/density_tail.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double largest_mass_error = 1e-4;
    constexpr double no_mass = 1e-12; // of many coordinates near r = 0, where p means nothing
  }                                   // namespace

  template <int dim>
  StationaryDensityComputation<dim>::StationaryDensityComputation(const Parameters  &parameters,
                                                                  const Model<dim>  &model,
                                                                  const Mesh<dim>   &mesh,
                                                                  const unsigned int degree,
                                                                  const Log         &log)
    : Computation<dim>(parameters, model, mesh, degree, log)
    , problem(this->form, parameters.solver, log)
  {
  }

  template <int dim>
  void
  StationaryDensityComputation<dim>::solve()
  {
    problem.solve(true);
  }

  template <int dim>
  std::string
  StationaryDensityComputation<dim>::objection() const
  {
    std::ostringstream text;
    const bool         is_mass =
      this->parameters.model.group_sizes.empty() || summary.negative_mass > no_mass;
    if (-summary.minimum > error_at_minimum && is_mass)
      text << "the density is not positive up to its error estimate: " << summary.negative_nodes
           << " negative nodes, " << summary.negative_cells
           << " cells with negative values, the lowest " << summary.minimum << " +- "
           << error_at_minimum << " at (" << summary.place_of_minimum << "); refine the mesh";
    if (text.str().empty() && !(std::abs(summary.mass - 1.) <= largest_mass_error))
      text << "the mesh does not resolve the density: a finer quadrature finds a mass of "
           << summary.mass << "; refine the mesh";
    const double lost = lost_mass(field()), tolerance = this->parameters.domain.lost_mass_tolerance;
    if (text.str().empty() && !(lost <= tolerance))
      text << "the mass beyond the mesh is " << lost
           << ", above Domain/lost mass tolerance = " << tolerance
           << (this->parameters.domain.tail_index > 0.
                 ? "; with a smaller Domain/tail index the mesh ends further out; if the mass does "
                   "not "
                   "become smaller then, it is an error of the density, and a finer mesh is needed"
                 : "; a finer mesh is needed");
    return text.str();
  }

  template <int dim>
  Field<dim>
  StationaryDensityComputation<dim>::field() const
  {
    return problem.density();
  }

  template <int dim>
  const SolverReport &
  StationaryDensityComputation<dim>::report() const
  {
    return problem.report();
  }

  template <int dim>
  double
  StationaryDensityComputation<dim>::rounding() const
  {
    return rounding_share;
  }

  template <int dim>
  std::vector<FieldFile<dim>>
  StationaryDensityComputation<dim>::fields() const
  {
    const std::vector<NamedField<dim>> density = {
      {"stationary_density", field(), NamedField<dim>::Extras::logarithm_and_current}};
    std::vector<FieldFile<dim>> files = {{"solution", density}};
    if (this->parameters.output.window > 0.)
      files.push_back({"window", density, this->parameters.output.window});
    return files;
  }

  template class StationaryDensityComputation<1>;
  template class StationaryDensityComputation<2>;
  template class StationaryDensityComputation<3>;
} // namespace dynkin
