// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/groups.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "model/model_decorator.h"
#include "model/model_parameters.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double few = 3.; // dimensions of a group: a power of r that cells of high degree hold
    constexpr double axis_part = 0.3; // rho_k/r_k*
    constexpr double many      = 40.; // dimensions: the density needs the bound
    constexpr double L         = 200.;

    bool
    are_many(const GroupSizes &sizes)
    {
      return std::accumulate(sizes.begin(), sizes.end(), 0.) - sizes.size() > many;
    }

    template <int dim>
    class WeightInRadii : public ModelDecorator<dim>
    {
    public:
      WeightInRadii(std::unique_ptr<Model<dim>> model, const ModelParameters &parameters)
        : ModelDecorator<dim>(std::move(model), create_killing_rate<dim>(parameters))
        , sizes(parameters.group_sizes)
        , is_bounded(are_many(sizes))
      {
        find_top();
      }

      double
      log_weight(const Point<dim> &x) const override
      {
        const double F = log_density(x);
        return (is_bounded ? top - L * fall(F) * std::pow(1. + std::pow(fall(F), 8), -0.125) : F) -
               log_volume_factor(sizes, x);
      }

      Tensor<1, dim>
      log_weight_gradient(const Point<dim> &x) const override
      {
        const Tensor<1, dim> of_model = this->model->log_weight_gradient(x);
        const double         less =
          is_bounded ? std::expm1(-1.125 * std::log1p(std::pow(fall(log_density(x)), 8))) : 0.;
        Tensor<1, dim> gradient;
        for (unsigned int k = 0; k < dim; ++k)
          {
            const double r = x[k], square = r * r + rho[k] * rho[k];
            const double own  = r > 0. ? (sizes[k] - 1.) * r / square : 0.;
            const double gone = r > 0. ? (sizes[k] - 1.) * rho[k] * rho[k] / (r * square) : 0.;
            // (d_k - 1)/r = own + gone: not singular for rho = 0
            gradient[k] = of_model[k] + less * (of_model[k] + own) - gone;
          }
        return gradient;
      }

      bool
      is_reversible() const override
      {
        return false;
      }

    private:
      /** F. */
      double
      log_density(const Point<dim> &x) const
      {
        double F = this->model->log_weight(x);
        for (unsigned int k = 0; k < dim; ++k)
          if (sizes[k] > 1.)
            F += (sizes[k] - 1.) *
                 std::log(std::max(std::hypot(x[k], rho[k]), std::numeric_limits<double>::min()));
        return F;
      }

      /** (F* - F)/L. */
      double
      fall(const double F) const
      {
        return (top - F) / L;
      }

      /**
       * r*, rho and F*, by r_k^2 = (d_k - 1)/q_k(r) with d psi/dr_k = -q_k(r) r_k until F settles. Only
       * numbers near them are needed: any weight is right.
       */
      void
      find_top()
      {
        constexpr unsigned int most = 10000;
        Point<dim>             r;
        for (unsigned int k = 0; k < dim; ++k)
          r[k] = sizes[k] > 1.
                   ? 1e-3 * std::sqrt(this->model->diffusion(Point<dim>())[k][k] * sizes[k] /
                                      -this->model->drift(Point<dim>::unit_vector(k))[k])
                   : 0.;
        top = -std::numeric_limits<double>::max();
        for (unsigned int n = 0; n < most; ++n)
          {
            const double previous = top;
            top                   = std::max(top, log_density(r));
            if (n > 10 && top - previous < 1e-6)
              break;
            const Tensor<1, dim> slope = this->model->log_weight_gradient(r);
            for (unsigned int k = 0; k < dim; ++k)
              if (sizes[k] > 1. && slope[k] < 0.)
                r[k] = std::min(1e100, std::sqrt((sizes[k] - 1.) * r[k] / -slope[k]));
          }
        for (unsigned int k = 0; k < dim; ++k)
          rho[k] = sizes[k] > few ? axis_part * r[k] : 0.;
        top = log_density(r);
      }

      const GroupSizes sizes;
      const bool       is_bounded;
      Tensor<1, dim>   rho;
      double           top = 0.; // F*
    };
  } // namespace

  template <int dim>
  double
  log_volume_factor(const GroupSizes &sizes, const Point<dim> &radii)
  {
    double result = 0.;
    for (unsigned int k = 0; k < sizes.size(); ++k)
      if (sizes[k] > 1.)
        result += (sizes[k] - 1.) *
                  std::log(std::max(std::abs(radii[k]), std::numeric_limits<double>::min()));
    return result;
  }

  template <int dim>
  std::unique_ptr<Model<dim>>
  with_weight_in_radii(std::unique_ptr<Model<dim>> model, const ModelParameters &parameters)
  {
    const GroupSizes &sizes = parameters.group_sizes;
    if (!sizes.empty() && (are_many(sizes) || *std::max_element(sizes.begin(), sizes.end()) > few))
      return std::make_unique<WeightInRadii<dim>>(std::move(model), parameters);
    return model;
  }

#define INSTANTIATE(dim)                                                                      \
  template double log_volume_factor<dim>(const GroupSizes &, const Point<dim> &);             \
  template std::unique_ptr<Model<dim>> with_weight_in_radii<dim>(std::unique_ptr<Model<dim>>, \
                                                                 const ModelParameters &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
