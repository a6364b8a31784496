// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/exit_routes.h"

#include <deal.II/dofs/dof_tools.h>

#include "utilities/exceptions.h"

#include <cmath>
#include <limits>
#include <numeric>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       deep_well          = 1e-2; // largest relaxation time relative to E tau
    constexpr unsigned int maximum_iterations = 20;

    /** l . v of a distributed vector with q, or with 1. */
    double
    weigh(const Vector *q, const Vector &v)
    {
      return q != nullptr ? *q * v : v.mean_value() * v.size();
    }

    /** Mass over capacity of the pinned unknown, the capacity as an energy. */
    template <int dim>
    long double
    mass_over_capacity(const ExitTime<dim> &exit_time, const OccupationDensity<dim> &dual)
    {
      const GeneratorForm<dim> &form     = exit_time.bilinear_form();
      const double              capacity = static_cast<double>(exit_time.splitting()->capacity());
      Vector                    load;
      form.load(load);
      const double mass = load * dual.splitting()->h();
      if (form.sums_positive_terms())
        return static_cast<long double>(mass) / capacity;
      Vector u      = exit_time.splitting()->u();
      Vector u_dual = dual.splitting()->u();
      // entries of u as small as w at the walls: their squares would underflow
      const double size = 1. / std::sqrt(capacity);
      u *= size;
      u_dual *= size;
      u.update_ghost_values();
      u_dual.update_ghost_values();
      const std::vector<double> products = form.cell_products(u, u_dual);
      const double              energy =
        Utilities::MPI::sum(std::accumulate(products.begin(), products.end(), 0.),
                            form.discretization().communicator());
      return static_cast<long double>(mass) / capacity / energy;
    }

    /** 1/lambda_1 by inverse iteration from the mean exit time; converges like lambda_1/lambda_2. */
    template <int dim>
    long double
    slowest_time(const ExitTime<dim> &exit_time)
    {
      const GeneratorForm<dim> &form  = exit_time.bilinear_form();
      ExitSplitting<dim>       &parts = *exit_time.splitting();
      Vector                    phi   = *exit_time.moment(1).u, load, z;
      long double               time  = 0.;
      for (unsigned int k = 0; k < maximum_iterations; ++k)
        {
          form.load(load, &phi);
          const long double previous = time;
          time                       = parts.solve(z, load);
          if (std::abs(time - previous) <= 1e-15L * time)
            break;
          phi = parts.h();
          phi.add(static_cast<double>(1. / time), z);
        }
      return time;
    }

    /** log of the largest p over the largest p on absorbing walls, at the nodes. */
    template <int dim>
    double
    least_log_ratio(const ExitTime<dim> &exit_time)
    {
      const GeneratorForm<dim>                     &form  = exit_time.bilinear_form();
      const Discretization<dim>                    &space = form.discretization();
      const Vector                                 *q     = exit_time.stationary_density();
      std::map<types::global_dof_index, Point<dim>> nodes;
      DoFTools::map_dofs_to_support_points(space.mapping(), space.dof_handler(), nodes);

      double         wall = -std::numeric_limits<double>::infinity(), bottom = wall;
      const IndexSet owned = space.dof_handler().locally_owned_dofs();
      const IndexSet walls = space.wall_dofs(BoundaryKind::absorbing);
      for (const auto &[dof, x] : nodes)
        if (owned.is_element(dof) && (q == nullptr || (*q)(dof) > 0.))
          {
            const double log_p = form.weight().log_value(x) +
                                 (q != nullptr ? std::log((*q)(dof)) : 0.) +
                                 space.mesh().coordinates().log_volume_factor(x);
            bottom = std::max(bottom, log_p);
            if (walls.is_element(dof))
              wall = std::max(wall, log_p);
          }
      return Utilities::MPI::max(bottom, space.communicator()) -
             Utilities::MPI::max(wall, space.communicator());
    }
  } // namespace

  bool
  ExitRoutes::agree() const
  {
    return std::abs(capacity / field - 1.) <= accuracy &&
           std::abs(slowest / field - 1.) <= accuracy + 3. * relaxation;
  }

  template <int dim>
  std::optional<ExitRoutes>
  find_exit_routes(const ExitTime<dim>          &exit_time,
                   const ExitTime<dim>          &richer,
                   const OccupationDensity<dim> &dual)
  {
    if (exit_time.splitting() == nullptr || richer.splitting() == nullptr)
      return {};
    Vector load, positive(exit_time.deficit(1));
    exit_time.bilinear_form().load(load);
    for (double &entry : positive)
      entry = std::abs(entry);
    const Vector *q = exit_time.stationary_density();
    if (q != nullptr)
      load.scale(*q);
    ExitRoutes routes;
    routes.relaxation = std::abs(load * positive) / weigh(nullptr, load);
    if (!(routes.relaxation < deep_well))
      return {};
    routes.field    = exit_time.moment(1).scale;
    routes.capacity = mass_over_capacity(richer, dual);
    try
      {
        routes.slowest = slowest_time(exit_time);
      }
    catch (const ConvergenceError &)
      {
        return {}; // a check that fails is none
      }
    routes.exponent = least_log_ratio(exit_time);
    routes.accuracy =
      2. * std::abs(static_cast<double>(richer.moment(1).scale / routes.field - 1.)) +
      exit_time.rounding() + richer.rounding();
    return routes;
  }

#define INSTANTIATE(dim)                                    \
  template std::optional<ExitRoutes> find_exit_routes<dim>( \
    const ExitTime<dim> &, const ExitTime<dim> &, const OccupationDensity<dim> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
