// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/decoupled.h"

#include <algorithm>
#include <sstream>

#include "model/model.h"
#include "model/quadratic_model.h"
#include "utilities/entry_table.h"
#include "utilities/numerics.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /**
     * Natural weight: the unnormalised stationary density on R^d,
     *   psi = sum_i kappa_i log(1 + rho_i z_i^2/sigma_i),  kappa_i = -1 - h_i/(eta rho_i),
     * written so that rho_i -> 0 is smooth. Then c = 0.
     */
    template <int dim>
    class DecoupledModel : public Model<dim>
    {
    public:
      explicit DecoupledModel(const ModelParameters &parameters)
        : Model<dim>(create_killing_rate<dim>(parameters))
        , eta(parameters.eta)
        , weight_eta(parameters.weight_eta > 0. ? parameters.weight_eta : parameters.eta)
      {
        for (unsigned int i = 0; i < dim; ++i)
          {
            w_star[i] = parameters.center.at(i);
            h[i]      = parameters.decoupled.h.at(i);
            sigma[i]  = parameters.decoupled.sigma.at(i);
            rho[i]    = parameters.decoupled.rho.at(i);
          }
      }

      Tensor<1, dim>
      drift(const Point<dim> &x) const override
      {
        Tensor<1, dim> b;
        for (unsigned int i = 0; i < dim; ++i)
          b[i] = -h[i] * (x[i] - w_star[i]);
        return b;
      }

      SymmetricTensor<2, dim>
      diffusion(const Point<dim> &x) const override
      {
        SymmetricTensor<2, dim> a;
        for (unsigned int i = 0; i < dim; ++i)
          {
            const double z = x[i] - w_star[i];
            a[i][i]        = eta * (sigma[i] + rho[i] * z * z);
          }
        return a;
      }

      Tensor<1, dim>
      diffusion_divergence(const Point<dim> &x) const override
      {
        Tensor<1, dim> div_a;
        for (unsigned int i = 0; i < dim; ++i)
          div_a[i] = 2. * eta * rho[i] * (x[i] - w_star[i]);
        return div_a;
      }

      double
      log_weight(const Point<dim> &x) const override
      {
        double psi = 0.;
        for (unsigned int i = 0; i < dim; ++i)
          {
            const double z2 = Utilities::fixed_power<2>(x[i] - w_star[i]) / sigma[i];
            const double t  = rho[i] * z2;
            psi -= std::log1p(t) + h[i] / weight_eta * z2 * log1p_over(t);
          }
        return psi;
      }

      Tensor<1, dim>
      log_weight_gradient(const Point<dim> &x) const override
      {
        Tensor<1, dim> gradient;
        for (unsigned int i = 0; i < dim; ++i)
          {
            const double z = x[i] - w_star[i];
            gradient[i]    = -2. * (rho[i] + h[i] / weight_eta) * z / (sigma[i] + rho[i] * z * z);
          }
        return gradient;
      }

      bool
      is_reversible() const override
      {
        return weight_eta == eta;
      }

      Point<dim>
      center() const override
      {
        return w_star;
      }

      std::string
      formula() const override
      {
        std::ostringstream out;
        out << "dv_i = -h_i z_i dt + sqrt(eta (sigma_i + rho_i z_i^2)) dB_i  (Ito), z = v - w*\n"
            << "h = (" << h << "), sigma = (" << sigma << "), rho = (" << rho << "), eta = " << eta
            << ", w* = (" << w_star << ")";
        return out.str();
      }

    private:
      double         eta;
      double         weight_eta; // of the law that is the natural weight
      Point<dim>     w_star;
      Tensor<1, dim> h, sigma, rho;
    };
  } // namespace

  Choice
  DecoupledParameters::choice() const
  {
    return {"decoupled",
            "dx_i = -h_i x_i dt + sqrt(eta (sigma_i + rho_i x_i^2)) dB_i, independent power laws"};
  }

  void
  DecoupledParameters::add_parameters(EntryTable &table)
  {
    table.add("h",
              h,
              "Curvatures h_i > 0 of the loss [1/time], drift -h_i x_i; `dimension` numbers. "
              "Mandatory for Model/type = decoupled.",
              list_pattern(Ranges::positive));
    table.add("sigma",
              sigma,
              "Noise at the minimum, sigma_i > 0 [length^2/time] in a_ii = eta (sigma_i + rho_i "
              "x_i^2); `dimension` numbers. Mandatory for Model/type = decoupled.",
              list_pattern(Ranges::positive));
    table.add("rho",
              rho,
              "Growth of the noise with the distance, rho_i >= 0 [1/time] in a_ii = eta (sigma_i "
              "+ rho_i x_i^2); 0 is the Ornstein-Uhlenbeck process; the tail index of the density "
              "is 1 + 2 h_i/(eta rho_i). `dimension` numbers. Mandatory for Model/type = "
              "decoupled.",
              list_pattern(Ranges::non_negative));
  }

  void
  DecoupledParameters::check(const unsigned int dimension)
  {
    check_numbers("Model/decoupled/h", h, Ranges::positive, dimension);
    check_numbers("Model/decoupled/sigma", sigma, Ranges::positive, dimension);
    check_numbers("Model/decoupled/rho", rho, Ranges::non_negative, dimension);
  }

  AnyModel
  DecoupledParameters::create(const ModelParameters &parameters, const unsigned int dimension) const
  {
    return make_model<DecoupledModel>(dimension, parameters);
  }

  bool
  DecoupledParameters::is_even(const unsigned int /*i*/) const
  {
    return true;
  }

  std::optional<QuadraticCoefficients>
  DecoupledParameters::as_quadratic(const unsigned int dimension) const
  {
    const Eigen::MatrixXd growth = to_diagonal(rho, dimension, "rho");
    QuadraticCoefficients result;
    result.H     = to_diagonal(h, dimension, "h");
    result.Sigma = to_diagonal(sigma, dimension, "sigma");
    require_positive(growth, false, "rho");
    result.S.assign(dimension * dimension, Eigen::MatrixXd::Zero(dimension, dimension));
    for (unsigned int i = 0; i < dimension; ++i)
      result.S[i * dimension + i](i, i) = rho[i];
    return result;
  }

  std::optional<IndependentCoordinates>
  DecoupledParameters::as_independent() const
  {
    return *this;
  }

  std::optional<Matrix>
  DecoupledParameters::radial_growth() const
  {
    if (std::any_of(rho.begin(), rho.end(), [](const double growth) { return growth > 0.; }))
      return {};
    return Matrix(h.size(), std::vector<double>(h.size(), 0.));
  }
} // namespace dynkin
