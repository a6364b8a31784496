// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/computation.h"

#include "discretization/resolve_corners.h"
#include "measure/functionals.h"
#include "problem/compared_degrees.h"
#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double coarse =
      1e-8; // relative estimates: above it, solutions of two degrees may cross
  }         // namespace

  template <int dim>
  Computation<dim>::Computation(const Parameters  &parameters,
                                const Model<dim>  &model,
                                const Mesh<dim>   &mesh,
                                const unsigned int degree,
                                const Log         &log)
    : parameters(parameters)
    , log(log)
    , space(mesh, degree)
    , form(model, space, parameters.discretization.weight)
  {
    if constexpr (dim == 1)
      if (const LineWeight *line = form.weight().line();
          line != nullptr && (form.kills() || parameters.domain.absorbs()))
        for (const auto &point : parameters.quantities.points)
          if (line->is_empty(point[0]))
            throw InputError(
              "Quantities/points",
              "needs points where the process comes: at " + format_number(point[0], 12) +
                " the drift keeps it away so strongly that the weight is beyond doubles");
  }

  template <int dim>
  const Discretization<dim> &
  Computation<dim>::discretization() const
  {
    return space;
  }

  template <int dim>
  const dealii::Vector<float> &
  Computation<dim>::indicators() const
  {
    return cell_indicators;
  }

  template <int dim>
  unsigned int
  Computation<dim>::richer_degree() const
  {
    return dynkin::richer_degree(space.degree(), dim);
  }

  template <int dim>
  unsigned int
  Computation<dim>::third_degree() const
  {
    return dynkin::third_degree(space.degree(), dim);
  }

  template <int dim>
  double
  Computation<dim>::hidden_error() const
  {
    if (parameters.kind->is_density || !space.mesh().coordinates().is_identity())
      return 0.;
    const auto corners = find_singular_corners(space.mesh(), form.model());
    if (corners.empty())
      return 0.;
    double smallest = 1., at_corners = 0.; // contributions to the error
    for (const SingularCorner<dim> &corner : corners)
      smallest = std::min(smallest, corner.exponent);
    for (const auto &cell : space.mesh().triangulation().active_cell_iterators())
      if (cell->is_locally_owned() && cell_indicators.size() > 0)
        if (std::any_of(corners.begin(), corners.end(), [&](const auto &corner) {
              return corner.touches(cell);
            }))
          at_corners += cell_indicators(cell->active_cell_index());
    const double left =
      std::pow(static_cast<double>(space.degree()) / richer_degree(), 4. * smallest);
    return Utilities::MPI::sum(at_corners, space.communicator()) * left / (1. - left);
  }

  template <int dim>
  bool
  Computation<dim>::confirms(const PointValues &values) const
  {
    const DiscretizationParameters &mesh = parameters.discretization;
    if (dim == 1)
      return false;
    return mesh.tolerance > 0.
             ? mesh.is_reached(values.largest_estimate(), space.dof_handler().n_dofs())
             : values.largest_estimate() > coarse;
  }

  template <int dim>
  double
  Computation<dim>::difference(const std::vector<double> &p, const std::vector<double> &q) const
  {
    const double about = difference_about(p, q);
    return parameters.discretization.tolerance > 0. || about <= coarse * std::abs(p[0])
             ? std::abs(p[0] - q[0])
             : about;
  }

  template <int dim>
  void
  Computation<dim>::solve_richer(Computation<dim> &richer)
  {
    try
      {
        richer.solve();
      }
    catch (const ConvergenceError &)
      {
        cell_indicators = richer.cell_indicators;
        throw;
      }
  }

  template <int dim>
  void
  announce(const Parameters &parameters, const Model<dim> &model, const Log &log)
  {
    const ProblemKind         &kind  = *parameters.kind;
    const std::vector<double> &sizes = parameters.model.group_sizes;
    log.text(std::string("dynkin ") + DYNKIN_VERSION + ": " + parameters.problem + ", d = " +
             (sizes.empty() ? std::to_string(dim)
                            : format_number(parameters.model.state_dimension(), 15) + " in " +
                                std::to_string(dim) + (dim > 1 ? " radii" : " radius")));
    log.line("equation", parameters.model.kills() ? kind.killed_equation : kind.equation);
    log.line("boundary", kind.walls);
    log.line("model", model.description());
    log.line("domain", parameters.domain.describe());
    if (!sizes.empty())
      log.line(
        "radii",
        "r_k = |v_k| of groups of (" + to_text(sizes) +
          ") coordinates, a Markov process of their own; exactly\n"
          "A f = sum_k [1/2 a_k (f_kk + (d_k - 1)/r_k f_k) - h_k r_k f_k] + eta/2 sum_kl m_kl "
          "r_k r_l f_kl,\na_k the noise across v_k, m_kl v_k v_l^T that along");
    else if (!parameters.domain.mirror.empty())
      log.line("symmetry", "one of " + std::to_string(1 << dim) + " orthants is meshed and solved");
  }

#define INSTANTIATE(dim)           \
  template class Computation<dim>; \
  template void announce<dim>(const Parameters &, const Model<dim> &, const Log &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
