// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/groups.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "model/model_decorator.h"
#include "model/model_parameters.h"
#include "utilities/numerics.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double few = 3.; // dimensions of a group: a power of r that cells of high degree hold
    constexpr double many      = 40.; // dimensions in all
    constexpr double axis_part = 0.3; // rho_k/r_k*

    /** Finite at 0. */
    double
    log_of(const double r)
    {
      return std::log(std::max(std::abs(r), std::numeric_limits<double>::min()));
    }

    template <int dim>
    class WeightInRadii : public ModelDecorator<dim>
    {
    public:
      WeightInRadii(std::unique_ptr<Model<dim>> model, const ModelParameters &parameters)
        : ModelDecorator<dim>(std::move(model), create_killing_rate<dim>(parameters))
        , sizes(parameters.group_sizes)
        , tail_index(parameters.weight_tail_index)
        , is_flat(are_many(sizes))
      {
        const Matrix growth = parameters.kind().radial_growth().value();
        for (unsigned int k = 0; k < dim; ++k)
          for (unsigned int l = 0; l < dim; ++l)
            m[k][l] = parameters.eta * growth[k][l];
        match_density();
        is_exact = dim == 1 && vanishes_at(1.) && vanishes_at(2.);
      }

      double
      log_weight(const Point<dim> &x) const override
      {
        if (is_flat)
          return -L * std::log1p((top - log_density(x)) / L) - log_volume_factor(sizes, x);
        const double s     = square(x);
        double       log_w = -s * log1p_over(inverse_m * s) - top;
        for (unsigned int k = 0; k < dim; ++k)
          if (rho[k] > 0.) // else the two cancel
            log_w += power[k] * log_of(std::hypot(x[k], rho[k])) - (sizes[k] - 1.) * log_of(x[k]);
        return log_w;
      }

      Tensor<1, dim>
      log_weight_gradient(const Point<dim> &x) const override
      {
        const double   kept = is_flat ? 1. / (1. + (top - log_density(x)) / L) : 1.;
        const double   s    = square(x);
        Tensor<1, dim> gradient;
        for (unsigned int k = 0; k < dim; ++k)
          {
            const double r = x[k], both = r * r + rho[k] * rho[k];
            // (d_k - 1)/r, but for what the slope of log(r^2 + rho^2) has of it
            const double singular =
              r > 0. ? ((sizes[k] - 1.) * both - kept * power[k] * r * r) / (r * both) : 0.;
            gradient[k] = -2. * kept * M[k] * r / (1. + inverse_m * s) - singular;
          }
        return gradient;
      }

      bool
      is_reversible() const override
      {
        return is_exact;
      }

    private:
      /** Does c vanish at that multiple of a typical radius? For one group Student's form has two numbers to get right. */
      bool
      vanishes_at(const double multiple) const
      {
        constexpr double rounding = 1e-12;
        Point<dim>       r;
        r[0]                   = multiple / std::sqrt(M[0]);
        const Tensor<1, dim> b = this->drift(r);
        return (b - 0.5 * this->diffusion_divergence(r) -
                0.5 * (this->diffusion(r) * log_weight_gradient(r)))
                 .norm() <= rounding * b.norm();
      }

      /** sum_k M_k r_k^2. */
      double
      square(const Point<dim> &x) const
      {
        double s = 0.;
        for (unsigned int k = 0; k < dim; ++k)
          s += M[k] * x[k] * x[k];
        return s;
      }

      /** F <= F*. */
      double
      log_density(const Point<dim> &x) const
      {
        const double s = square(x);
        double       F = -s * log1p_over(inverse_m * s);
        for (unsigned int k = 0; k < dim; ++k)
          if (power[k] > 0.)
            F += power[k] * log_of(std::hypot(x[k], rho[k]));
        return std::min(F, top);
      }

      /** r*, by fixed-point iteration, and with it all others. */
      void
      match_density()
      {
        constexpr double        largest_share = 0.9; // q where the noise outgrows the drift
        constexpr unsigned int  most          = 1000;
        const Model<dim>       &sde           = *this->model;
        std::array<double, dim> h, along, N, still;
        double                  n = 0., share = 0.;
        const auto              noise = [&](const Point<dim> &r, const unsigned int k) {
          return sde.diffusion(r)[k][k] - m[k][k] * r[k] * r[k];
        };
        for (unsigned int k = 0; k < dim; ++k)
          {
            const Point<dim> e = Point<dim>::unit_vector(k);
            along[k]           = 0.;
            for (unsigned int l = 0; l < dim; ++l)
              along[k] += 0.5 * m[k][l] * (sizes[l] - 1.);
            h[k]     = -sde.drift(e)[k] + 0.5 * sde.diffusion_divergence(e)[k] - along[k];
            still[k] = noise(Point<dim>(), k);
            n += sizes[k] - 1.;
          }
        Point<dim> r;
        for (unsigned int i = 0; i < most; ++i)
          {
            const Point<dim> previous = r;
            share                     = 0.;
            for (unsigned int k = 0; k < dim; ++k)
              {
                const double alpha = noise(previous, k);
                N[k]               = h[k] / alpha;
                r[k]               = std::sqrt((sizes[k] - 1.) / (2. * N[k]));
                share += (sizes[k] - 1.) / std::max(n, 1.) *
                         ((alpha - still[k]) * N[k] + along[k]) / (h[k] + along[k]);
              }
            if (share >= largest_share || r.distance(previous) <= 1e-14 * r.norm())
              break;
          }
        // of a density of R^d, (1 + s/m)^-m ~ r^-(alpha + d)
        inverse_m =
          tail_index > 0. ? 2. / (tail_index + n + dim) : 2. / n * std::min(share, largest_share);
        share = 0.5 * n * inverse_m;
        for (unsigned int k = 0; k < dim; ++k)
          {
            const bool is_lifted = sizes[k] > few && (is_flat || tail_index == 0.);
            M[k]                 = N[k] / (1. - share);
            rho[k]               = is_lifted ? axis_part * r[k] : 0.;
            power[k]             = (sizes[k] - 1.) * (is_lifted ? 1. + axis_part * axis_part : 1.);
          }
        if (dim == 1 && tail_index > 0. &&
            inverse_m > 0.) // a ~ 1 + s/m, whatever rounding made of r*
          {
            const Point<dim> e     = Point<dim>::unit_vector(0) / std::sqrt(M[0]);
            const double     noise = sde.diffusion(Point<dim>())[0][0];
            M[0] *= (sde.diffusion(e)[0][0] - noise) / noise / inverse_m;
          }
        top = std::numeric_limits<double>::max();
        top = log_density(r);
      }

      // lines have cells to spare
      static constexpr double L = dim == 1 ? 40. : 5.;

      const GroupSizes        sizes;
      const double            tail_index; // 0: not known
      const bool              is_flat;
      Tensor<2, dim>          m; // eta times that of the model
      std::array<double, dim> M, power;
      Tensor<1, dim>          rho;
      double                  inverse_m = 0.;
      double                  top       = 0.; // F*
      bool                    is_exact  = false;
    };
  } // namespace

  bool
  are_many(const GroupSizes &sizes)
  {
    return std::accumulate(sizes.begin(), sizes.end(), 0.) - sizes.size() > many;
  }

  double
  log_sphere_areas(const GroupSizes &sizes)
  {
    constexpr double log_two = 0.69314718055994530942, log_pi = 1.14472988584940017414;
    double           result = 0.;
    for (const double d : sizes)
      result += log_two + 0.5 * d * log_pi - std::lgamma(0.5 * d);
    return result;
  }

  template <int dim>
  double
  log_volume_factor(const GroupSizes &sizes, const Point<dim> &radii)
  {
    double result = 0.;
    for (unsigned int k = 0; k < sizes.size(); ++k)
      if (sizes[k] > 1.)
        result += (sizes[k] - 1.) * log_of(radii[k]);
    return result;
  }

  template <int dim>
  Tensor<1, dim>
  log_volume_gradient(const GroupSizes &sizes, const Point<dim> &radii)
  {
    Tensor<1, dim> gradient;
    for (unsigned int k = 0; k < sizes.size(); ++k)
      if (radii[k] != 0.)
        gradient[k] = (sizes[k] - 1.) / radii[k];
    return gradient;
  }

  template <int dim>
  std::unique_ptr<Model<dim>>
  with_weight_in_radii(std::unique_ptr<Model<dim>> model, const ModelParameters &parameters)
  {
    const GroupSizes &sizes = parameters.group_sizes;
    if (!sizes.empty() && (parameters.weight_tail_index > 0. || are_many(sizes) ||
                           *std::max_element(sizes.begin(), sizes.end()) > few))
      return std::make_unique<WeightInRadii<dim>>(std::move(model), parameters);
    return model;
  }

#define INSTANTIATE(dim)                                                                      \
  template double         log_volume_factor<dim>(const GroupSizes &, const Point<dim> &);     \
  template Tensor<1, dim> log_volume_gradient<dim>(const GroupSizes &, const Point<dim> &);   \
  template std::unique_ptr<Model<dim>> with_weight_in_radii<dim>(std::unique_ptr<Model<dim>>, \
                                                                 const ModelParameters &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
