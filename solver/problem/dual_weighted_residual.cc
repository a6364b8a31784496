// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/dual_weighted_residual.h"
#include "form/interpolation.h"

#include <deal.II/fe/fe_tools.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  dealii::Vector<float>
  dual_weighted_residuals(const ExitTime<dim>          &exit_time,
                          const ExitTime<dim>          &richer,
                          const OccupationDensity<dim> &dual,
                          const unsigned int            n_moments)
  {
    std::vector<std::pair<const Vector *, const Vector *>> deficits;
    for (unsigned int n = 1; n <= n_moments; ++n)
      deficits.emplace_back(&exit_time.deficit(n), &richer.deficit(n));
    return dual_weighted_residuals(exit_time, richer, dual, deficits, true);
  }

  template <int dim>
  dealii::Vector<float>
  dual_weighted_residuals(const ExitTime<dim>                                          &exit_time,
                          const ExitTime<dim>                                          &richer,
                          const OccupationDensity<dim>                                 &dual,
                          const std::vector<std::pair<const Vector *, const Vector *>> &deficits,
                          const bool                                                    has_load)
  {
    const GeneratorForm<dim> &poor = exit_time.bilinear_form(), &rich = richer.bilinear_form();

    // the weight w can be as small as 1/S: multiply before it is applied (S < 0: a coarse mesh)
    const double size   = static_cast<double>(std::sqrt(std::abs(dual.density().scale)));
    const auto   scaled = [&](Vector v) {
      v *= size;
      v.update_ghost_values();
      return v;
    };
    const auto difference = [&](const Vector &a, const Vector &b) {
      Vector result = a;
      result -= b;
      return scaled(result);
    };
    const auto to_poor = [&](const Vector &v) { return interpolate_between(rich, v, poor); };
    const auto to_rich = [&](const Vector &v) { return interpolate_between(poor, v, rich); };

    const Vector poor_dual  = to_poor(dual.deficit());
    Vector       dual_error = difference(dual.deficit(), to_rich(poor_dual));
    if (const Vector *q = richer.stationary_density())
      dual_error -= difference(*q, to_rich(to_poor(*q)));
    dual_error.update_ghost_values();
    const std::vector<double> dual_energy = rich.cell_products(dual_error, dual_error);

    // the two spaces differ in quadrature and geometry as well (and in the unit of w)
    const Point<dim> bottom = rich.discretization().mesh().coordinates().to_space(rich.pin());
    const double unit = std::exp(rich.weight().log_value(bottom) - poor.weight().log_value(bottom));
    const Vector             &density   = *dual.density().u;
    const std::vector<double> rich_mass = rich.cell_masses(density);
    const std::vector<double> poor_mass = poor.cell_masses(to_poor(density));
    const double mass = Utilities::MPI::sum(std::accumulate(rich_mass.begin(), rich_mass.end(), 0.),
                                            rich.discretization().communicator());

    dealii::Vector<float> indicators(dual_energy.size());
    for (unsigned int k = 0; k < dual_energy.size(); ++k)
      indicators(k) = has_load ? std::abs(rich_mass[k] - unit * poor_mass[k]) / mass : 0.;
    for (const auto &[deficit_poor, deficit_rich] : deficits)
      {
        const Vector &deficit     = *deficit_poor;
        const Vector  error       = difference(*deficit_rich, to_rich(deficit));
        const auto    energy      = rich.cell_products(error, error);
        const auto    poor_energy = poor.cell_products(scaled(deficit), scaled(poor_dual));
        const auto    rich_energy =
          rich.cell_products(scaled(to_rich(deficit)), scaled(to_rich(poor_dual)));
        for (unsigned int k = 0; k < energy.size(); ++k)
          indicators(k) += std::sqrt(std::abs(energy[k] * dual_energy[k])) +
                           std::abs(rich_energy[k] - unit * poor_energy[k]);
      }
    return indicators;
  }

  template <int dim>
  dealii::Vector<float>
  largest_differences(const GeneratorForm<dim> &form,
                      const Vector             &v,
                      const GeneratorForm<dim> &richer,
                      const Vector             &better)
  {
    Vector difference = better;
    difference -= interpolate_between(form, v, richer);
    difference.update_ghost_values();
    const DoFHandler<dim> &dofs = richer.discretization().dof_handler();
    dealii::Vector<float>  result(dofs.get_triangulation().n_active_cells());
    dealii::Vector<double> values(dofs.get_fe().n_dofs_per_cell());
    for (const auto &cell : dofs.active_cell_iterators())
      if (cell->is_locally_owned())
        {
          cell->get_dof_values(difference, values);
          result(cell->active_cell_index()) = values.linfty_norm();
        }
    return result;
  }

#define INSTANTIATE(dim)                                                                      \
  template dealii::Vector<float> dual_weighted_residuals<dim>(const ExitTime<dim> &,          \
                                                              const ExitTime<dim> &,          \
                                                              const OccupationDensity<dim> &, \
                                                              const unsigned int);            \
  template dealii::Vector<float> dual_weighted_residuals<dim>(                                \
    const ExitTime<dim> &,                                                                    \
    const ExitTime<dim> &,                                                                    \
    const OccupationDensity<dim> &,                                                           \
    const std::vector<std::pair<const Vector *, const Vector *>> &,                           \
    const bool);                                                                              \
  template dealii::Vector<float> largest_differences<dim>(                                    \
    const GeneratorForm<dim> &, const Vector &, const GeneratorForm<dim> &, const Vector &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
