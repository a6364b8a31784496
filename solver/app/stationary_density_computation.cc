// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/stationary_density_computation.h"

#include "output/density_tail.h"
#include "output/vtu_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>

using namespace dealii;

namespace dynkin
{
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
    problem.solve();
  }

  template <int dim>
  std::string
  StationaryDensityComputation<dim>::objection() const
  {
    std::ostringstream text;
    if (-summary.minimum > error_at_minimum)
      text << "the density is not positive up to its error estimate: " << summary.negative_nodes
           << " negative nodes, " << summary.negative_cells
           << " cells with negative values, the lowest " << summary.minimum << " +- "
           << error_at_minimum << " at (" << summary.place_of_minimum << "); refine the mesh";
    const double lost = lost_mass(field()), tolerance = this->parameters.domain.lost_mass_tolerance;
    if (text.str().empty() && lost > tolerance)
      text << "the mass beyond the mesh is " << lost
           << ", above Domain/lost mass tolerance = " << tolerance;
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
  void
  StationaryDensityComputation<dim>::write_vtu(const std::string &filename) const
  {
    const auto write = [&](const std::string &name, const double window) {
      write_density(
        field(), this->form.model(), name, window, "stationary_density", this->cell_indicators);
    };
    write(filename, 0.);
    if (this->parameters.output.window > 0.)
      write(filename.substr(0, filename.find_last_of('/') + 1) + "window.vtu",
            this->parameters.output.window);
  }

  template class StationaryDensityComputation<1>;
  template class StationaryDensityComputation<2>;
  template class StationaryDensityComputation<3>;
} // namespace dynkin
