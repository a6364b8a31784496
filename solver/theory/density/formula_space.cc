// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/formula_space.h"

#include "domain/box.h"
#include "model/density_extent.h"
#include "model/quadratic_model.h"
#include "utilities/entry_values.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <cmath>

namespace dynkin
{
  namespace
  {
    constexpr double largest_reach = 300.; // sinh(L)^2 and its square stay doubles
    constexpr double safety        = 1e-3; // of the lost mass: the scale is known roughly

    WholeSpace
    by_length_scale(const DomainParameters &domain, const std::vector<double> &center)
    {
      check_number("Domain/length scale", domain.length_scale, Ranges::positive);
      check_number("Domain/tail index", domain.tail_index, Ranges::positive);
      const std::size_t d = center.size();
      WholeSpace        space;
      space.is_radial       = true;
      space.is_tail_assumed = true;
      space.center          = center;
      space.scale           = to_rows(domain.length_scale * Eigen::MatrixXd::Identity(d, d));
      space.tail_index      = {domain.tail_index};
      space.reach           = {mesh_reach(domain.tail_index, safety * domain.lost_mass_tolerance)};
      return space;
    }

    /** An interval or a box instead of the whole space. */
    template <int dim>
    void
    cut(DomainParameters &domain, ModelParameters &parameters, const DensityExtent<dim> &extent)
    {
      const std::vector<double> lower(extent.lower.begin_raw(), extent.lower.end_raw());
      const std::vector<double> upper(extent.upper.begin_raw(), extent.upper.end_raw());
      domain.shape = std::make_shared<Box>(lower, upper, dim == 1 ? "interval" : "box");
      domain.is_cut_whole_space = true;
      domain.whole_space        = {};
      for (const std::string &name : domain.shape->wall_names)
        domain.walls[name] = BoundaryKind::reflecting;
      if (!domain.shape->contains(parameters.center)) // where values are asked for by default
        parameters.center = {extent.top.begin_raw(), extent.top.end_raw()};
    }

    template <int dim>
    std::vector<dealii::Point<dim>>
    to_points(const std::vector<std::vector<double>> &asked)
    {
      std::vector<dealii::Point<dim>> points;
      for (const std::vector<double> &x : asked)
        if (x.size() == dim)
          {
            points.emplace_back();
            std::copy(x.begin(), x.end(), points.back().begin_raw());
          }
      return points;
    }

    /** What to do where the process cannot be everywhere, such as on a half line. */
    template <int dim>
    DensityExtent<dim>
    extent_of(const Model<dim> &model, const std::vector<dealii::Point<dim>> &asked)
    {
      try
        {
          return find_density_extent<dim>(model, asked);
        }
      catch (const InputError &error)
        {
          if (error.entry() != "Model/expression/diffusion")
            throw;
          throw InputError(
            error.entry(),
            error.what() + (dim == 1
                              ? std::string("; a process that stays on one side of a point needs "
                                            "Domain/shape = interval, with Domain/lower or upper "
                                            "there and the other end, in place of infinity, where "
                                            "hardly any probability is left beyond it")
                              : "; a process that stays in a part of the space needs a "
                                "Domain/shape that ends there"));
        }
    }

    /** As the density of the model itself falls: a box where that is fast, else a radial map. */
    template <int dim>
    void
    map_by_density(DomainParameters                       &domain,
                   ModelParameters                        &parameters,
                   const std::vector<std::vector<double>> &asked)
    {
      const auto model = create_model<dim>(parameters);
      if (dim > 1 && !model->is_reversible())
        throw InputError("Domain/length scale",
                         "needs a number > 0, as does Domain/tail index, where the drift is not "
                         "known to be reversible: how the density falls is not known beforehand");
      const DensityExtent<dim> extent = extent_of(*model, to_points<dim>(asked));
      if (!std::isfinite(extent.tail_index))
        return cut(domain, parameters, extent);
      domain.length_scale = extent.width;
      // a rational index is meant by one that is nearly so: moments of that order do not exist
      const double nearest = std::round(12. * extent.tail_index) / 12.;
      domain.tail_index =
        std::abs(extent.tail_index - nearest) < 1e-9 ? nearest : extent.tail_index;
      domain.whole_space = by_length_scale(domain, {extent.top.begin_raw(), extent.top.end_raw()});
    }

    /**
     * By the length scale and the tail index of the file: a bound for it, so that the law may be
     * so thin that its density is 0 in a double before the mesh ends.
     */
    template <int dim>
    void
    map_by_bound(DomainParameters                       &domain,
                 ModelParameters                        &parameters,
                 const std::vector<std::vector<double>> &asked)
    {
      domain.whole_space = by_length_scale(domain, parameters.center);
      const auto model   = create_model<dim>(parameters);
      if (dim > 1 && !model->is_reversible())
        return;
      try
        {
          const DensityExtent<dim> extent = find_density_extent<dim>(*model, to_points<dim>(asked));
          const double radius = domain.length_scale * std::sinh(domain.whole_space.reach.front());
          if (!std::isfinite(extent.tail_index) &&
              !is_representable(*model, extent.top, model->center(), radius))
            cut(domain, parameters, extent);
        }
      catch (const InputError &)
        {
          // not known without the bound
        }
    }
  } // namespace

  double
  mesh_reach(const double tail_index, const double mass)
  {
    const double fall = -std::log(1e-3 * mass);
    if (!std::isfinite(tail_index))
      return std::sqrt(2. * fall);
    const double q = fall / tail_index, L = q + std::log1p(std::sqrt(-std::expm1(-2. * q)));
    if (L > largest_reach)
      throw InputError("Domain/lost mass tolerance",
                       "is too small for the tail index " + format_number(tail_index, 4) +
                         ": the mesh would reach out to 10^" + format_number(L / std::log(10.), 3) +
                         ", beyond 10^130");
    return L;
  }

  void
  map_formulas(DomainParameters                       &domain,
               ModelParameters                        &model,
               const std::vector<std::vector<double>> &asked)
  {
    const bool is_bounded = domain.length_scale != 0. || domain.tail_index != 0.;
    switch (model.center.size())
      {
        case 1:
          return (is_bounded ? map_by_bound<1> : map_by_density<1>) (domain, model, asked);
        case 2:
          return (is_bounded ? map_by_bound<2> : map_by_density<2>) (domain, model, asked);
        default:
          return (is_bounded ? map_by_bound<3> : map_by_density<3>) (domain, model, asked);
      }
  }
} // namespace dynkin
