// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/line_walls.h"

#include "parameters/rewards.h"

#include "discretization/inner_faces.h"
#include "discretization/line_cells.h"
#include "domain/box.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    [[noreturn]] void
    refuse(const std::string &wall, const LineEnd &end, const std::string &what)
    {
      throw InputError("Domain/boundary", what + ": the " + wall + " end is " + end.description());
    }

    /** Times are infinite without killing; with it they are not, but not solved for either. */
    std::string
    infinite_time(const Parameters &parameters, const std::string &reason)
    {
      return parameters.model.kills()
               ? "needs a mean exit time that is finite also without Model/killing rate"
               : reason;
    }

    void
    treat_end(const std::string &name, const LineEnd &end, Parameters &parameters, const Log &log)
    {
      const ProblemKind &problem = *parameters.kind;
      BoundaryKind      &wall    = parameters.domain.walls.at(name);
      std::string        note;
      if (wall == BoundaryKind::absorbing && !end.is_attracting())
        {
          wall = BoundaryKind::reflecting;
          note = "\nnever reached, so that absorbing there is no condition";
        }
      log.line(name + " end", end.description() + note);
      if (wall == BoundaryKind::absorbing)
        {
          if (!end.is_reachable() && !problem.is_place)
            refuse(name,
                   end,
                   infinite_time(parameters,
                                 "needs an end that is reached; paths approach it without end, and "
                                 "the mean exit time is infinite"));
          return;
        }
      if (end.is_reachable() && !end.is_enterable())
        refuse(name, end, "needs 'absorbing' at an end that cannot be left again");
      if (end.is_attracting() && !end.is_reachable() && problem.is_exit)
        refuse(name,
               end,
               infinite_time(parameters,
                             "needs an exit that happens; paths approach an end instead, and the "
                             "mean exit time is infinite"));
      if (!end.has_finite_mass() && !problem.is_place)
        refuse(name,
               end,
               problem.is_exit
                 ? infinite_time(parameters, "needs a mean exit time, which is infinite")
                 : "needs a stationary law, which does not exist");
    }
  } // namespace

  template <int dim>
  Parameters
  with_line_walls(const Parameters &parameters, const Model<dim> &model, const Log &log)
  {
    Parameters result = parameters;
    if constexpr (dim == 1)
      if (!model.knows_weight() && parameters.domain.shape->as<Box>())
        {
          const bool had_exit = result.domain.absorbs();
          const auto ends     = find_line_ends(model, parameters.domain);
          for (unsigned int i = 0; i < 2; ++i)
            if (ends[i].is_singular)
              {
                // without it, the powers of the stationary density at this end are left to cells
                // that halve towards it: a convergence too slow for estimates from a richer space
                if (parameters.discretization.weight != "natural")
                  throw InputError("Discretization/weight",
                                   "needs 'natural' where coefficients are singular at an end");
                treat_end(i == 0 ? "left" : "right", ends[i], result, log);
              }
          if (had_exit && !result.domain.absorbs() && !parameters.model.kills())
            throw InputError("Domain/boundary",
                             "needs an absorbing wall that is reached; no end of the interval is, "
                             "and the exit time is infinite");
        }
    return result;
  }

  template <int dim>
  Mesh<dim>
  create_mesh(const Parameters &parameters, const Model<dim> &model, const WallLayers &layers)
  {
    const std::vector<Formula<dim>> sources = running_rewards<dim>(parameters);
    if constexpr (dim == 1)
      if ((!model.knows_weight() || !sources.empty()) && parameters.domain.shape->as<Box>())
        return Mesh<1>(
          parameters.domain,
          MPI_COMM_WORLD,
          find_line_cells(
            model, parameters.domain, parameters.discretization.weight != "none", sources));
    DomainParameters domain = parameters.domain;
    if constexpr (dim > 1)
      domain.inner_faces = find_inner_faces(model, domain, sources);
    return Mesh<dim>(domain, MPI_COMM_WORLD, layers);
  }

#define INSTANTIATE(dim)                                                                         \
  template Parameters with_line_walls<dim>(const Parameters &, const Model<dim> &, const Log &); \
  template Mesh<dim>  create_mesh<dim>(const Parameters &, const Model<dim> &, const WallLayers &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
