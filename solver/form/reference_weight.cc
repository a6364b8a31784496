// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/reference_weight.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  ReferenceWeight<dim>::ReferenceWeight(const Model<dim>          &model,
                                        const Discretization<dim> &space,
                                        const std::string         &choice)
    : model(&model)
    , choice(choice)
    , share(choice == "natural"    ? 1.
            : choice == "tempered" ? 0.9
                                   : 0.)
    , coordinates(&space.mesh().coordinates())
    , position_rounding(space.mesh().rounding_of_positions())
  {
    if constexpr (dim == 1)
      if (share > 0. && !(model.knows_weight() && space.mesh().domain().periodic_axes().empty()))
        line_weight = std::make_shared<LineWeight>(model, space.mesh(), space.quadrature(), share);
  }

  template <int dim>
  const std::string &
  ReferenceWeight<dim>::name() const
  {
    return choice;
  }

  template <int dim>
  void
  ReferenceWeight<dim>::set_unit(const double psi_one)
  {
    psi_1 = psi_one;
  }

  template <int dim>
  Point<dim>
  ReferenceWeight<dim>::inside(const Point<dim> &x) const
  {
    if constexpr (dim == 1)
      if (line_weight)
        return coordinates->to_space(Point<1>(line_weight->inside(coordinates->to_mesh(x)[0])));
    return x;
  }

  template <int dim>
  double
  ReferenceWeight<dim>::chosen(const Point<dim> &x, const double psi) const
  {
    const double of_volume = share < 1. ? (1. - share) * coordinates->log_volume_factor(x) : 0.;
    return share * psi - of_volume - psi_1;
  }

  template <int dim>
  double
  ReferenceWeight<dim>::log_value(const Point<dim> &x) const
  {
    if constexpr (dim == 1)
      if (line_weight)
        {
          const double y = line_weight->inside(coordinates->to_mesh(x)[0]);
          return line_weight->log_conductance(y) -
                 std::log(model->diffusion(coordinates->to_space(Point<1>(y)))[0][0]) - psi_1;
        }
    return chosen(x, share > 0. ? model->log_weight(x) : 0.);
  }

  template <int dim>
  std::vector<double>
  ReferenceWeight<dim>::log_values(const std::vector<Point<dim>> &x) const
  {
    std::vector<double> values(x.size());
    if (line_weight)
      for (std::size_t q = 0; q < x.size(); ++q)
        values[q] = log_value(x[q]);
    else
      {
        if (share > 0.)
          values = model->log_weights(x);
        for (std::size_t q = 0; q < x.size(); ++q)
          values[q] = chosen(x[q], values[q]);
      }
    return values;
  }

  template <int dim>
  double
  ReferenceWeight<dim>::value(const Point<dim> &x) const
  {
    return std::exp(log_value(x));
  }

  template <int dim>
  Tensor<1, dim>
  ReferenceWeight<dim>::log_gradient(const Point<dim> &x) const
  {
    if constexpr (dim == 1)
      if (line_weight)
        {
          const Point<1> y(line_weight->inside(coordinates->to_mesh(x)[0]));
          const Point<1> inside = coordinates->to_space(y);
          Tensor<1, 1>   slope;
          slope[0] = line_weight->slope(y[0]) * std::exp(-coordinates->log_determinant(y)) -
                     model->diffusion_divergence(inside)[0] / model->diffusion(inside)[0][0];
          return slope;
        }
    Tensor<1, dim> gradient;
    if (share > 0.)
      gradient += share * model->log_weight_gradient(x);
    if (share < 1.)
      gradient -= (1. - share) * coordinates->log_volume_gradient(x);
    return gradient;
  }

  template <int dim>
  Tensor<1, dim>
  ReferenceWeight<dim>::nonreversible_drift(const Point<dim> &x) const
  {
    if (is_reversible())
      return Tensor<1, dim>();
    if constexpr (dim == 1)
      if (line_weight) // b - 1/2 a P': no derivative of a, which may jump
        {
          const Point<1> y(line_weight->inside(coordinates->to_mesh(x)[0]));
          const Point<1> inside = coordinates->to_space(y);
          Tensor<1, 1>   c      = model->drift(inside);
          c[0] -= 0.5 * model->diffusion(inside)[0][0] * line_weight->slope(y[0]) *
                  std::exp(-coordinates->log_determinant(y));
          return c;
        }
    return model->drift(x) - 0.5 * model->diffusion_divergence(x) -
           0.5 * (model->diffusion(x) * log_gradient(x));
  }

  template <int dim>
  double
  ReferenceWeight<dim>::rounding() const
  {
    constexpr double of_singular_ends = 1e-11, beside_them = 4.; // times that of positions
    return line_weight && line_weight->has_singular_end()
             ? beside_them * position_rounding + of_singular_ends
             : position_rounding;
  }

  template <int dim>
  const LineWeight *
  ReferenceWeight<dim>::line() const
  {
    return line_weight.get();
  }

  template <int dim>
  bool
  ReferenceWeight<dim>::is_reversible() const
  {
    return line_weight ? line_weight->is_exact() : share == 1. && model->is_reversible();
  }

  template class ReferenceWeight<1>;
  template class ReferenceWeight<2>;
  template class ReferenceWeight<3>;
} // namespace dynkin
