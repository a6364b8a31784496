// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/density/whole_space_map.h"

#include "domain/box.h"
#include "model/quadratic_model.h"
#include "theory/density/formula_space.h"
#include "theory/density/group_tail_index.h"
#include "theory/density/student_t_structure.h"
#include "theory/density/tail_index.h"
#include "theory/moments/group_moments.h"
#include "utilities/dense_matrix.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <limits>

namespace dynkin
{
  namespace
  {
    constexpr double gaussian = std::numeric_limits<double>::infinity(); // tail index

    WholeSpace
    coordinate_wise(const ModelParameters        &model,
                    const IndependentCoordinates &p,
                    const double                  lost_mass)
    {
      const std::size_t d = p.h.size();
      WholeSpace        space;
      Eigen::VectorXd   scale(d);
      space.center = model.center;
      for (std::size_t i = 0; i < d; ++i)
        {
          const double noise = model.eta * p.rho[i];
          scale[i] =
            std::sqrt(noise > 0. ? p.sigma[i] / p.rho[i] : model.eta * p.sigma[i] / (2. * p.h[i]));
          space.tail_index.push_back(noise > 0. ? 1. + 2. * p.h[i] / noise : gaussian);
          space.reach.push_back(mesh_reach(space.tail_index[i], lost_mass));
        }
      space.scale = to_rows(scale.asDiagonal());
      return space;
    }

    [[noreturn]] void
    fail_without_law(const ModelParameters &model, const TailIndex &tail)
    {
      std::string reason;
      if (std::isfinite(tail.lyapunov_exponent()))
        reason = "the Lyapunov exponent at infinity is " +
                 format_number(tail.lyapunov_exponent(), 4) + " >= 0: paths escape";
      else if (const auto structure = StudentTStructure::recognise(model))
        reason = "the tail index 2 (1 + k/eta) - d = " +
                 format_number(2. * (1. + structure->k / model.eta) - 1. * model.center.size(), 4) +
                 " is not positive";
      throw InputError("Model/learning rate",
                       "is too large for a stationary law on the whole space: " + reason);
    }

    /**
     * alpha = c/eta + c_0 + O(eta), from the smallest eta_1 = 2^k eta and eta_2 = 2 eta_1 at which
     * it is known.
     */
    template <typename Index>
    double
    small_noise_tail_index(ModelParameters parameters, const Index &index)
    {
      constexpr unsigned int largest_power = 30;
      double                 before = std::numeric_limits<double>::quiet_NaN(), factor = 1.;
      for (unsigned int k = 0; k < largest_power; ++k)
        {
          factor *= 2.;
          parameters.eta *= 2.;
          const double value = index(parameters);
          if (!std::isnan(value) && !std::isnan(before))
            return value + (factor - 1.) * (before - value);
          before = value;
        }
      throw InputError("Domain/shape", "needs a model whose tail index is known");
    }

    /** Sets the tail index of the weight if that of the model is known and finite. */
    WholeSpace
    radial(const ModelParameters &parameters, const double lost_mass, double &weight_tail_index)
    {
      const TailIndex tail(parameters);
      if (tail.stationary_law() == TailIndex::Existence::no)
        fail_without_law(parameters, tail);
      const bool   is_known = !std::isnan(tail.value());
      const double tail_index =
        is_known ? tail.value()
                 : small_noise_tail_index(parameters, [](const ModelParameters &noisier) {
                     return TailIndex(noisier).value();
                   });
      if (is_known && std::isfinite(tail_index))
        weight_tail_index = tail_index;
      const QuadraticModel  model(parameters);
      const Eigen::MatrixXd P      = lyapunov_solution(model.H, model.eta * model.Sigma);
      double                length = 1.;
      if (!model.constant_noise())
        {
          const QuadraticModel white  = model.transformed(symmetric_inverse_sqrt(P));
          double               growth = 0.;
          for (unsigned int i = 0; i < model.dimension(); ++i)
            growth += white.growth(i, i).trace() / model.dimension();
          length = std::sqrt(white.Sigma.trace() / growth);
        }
      WholeSpace space;
      space.is_radial       = true;
      space.is_tail_assumed = !is_known;
      space.center          = parameters.center;
      space.scale           = to_rows(length * symmetric_sqrt(P));
      space.tail_index      = {tail_index};
      space.reach           = {mesh_reach(tail_index, lost_mass)};
      return space;
    }

    /**
     * In the radii of groups. With s^2 = |S^-1 r|^2, which Beta(d/2, alpha/2) holds as s^2/(1 + s^2) for one group
     * (Gaussian laws: chi^2 with d degrees of freedom), the mesh ends where hardly anything is left.
     */
    WholeSpace
    of_groups(const ModelParameters &parameters, const double lost_mass, double &weight_tail_index)
    {
      const GroupCoefficients of(parameters);
      const unsigned int      K     = of.sizes.size();
      const double            d     = parameters.state_dimension();
      double                  index = group_tail_index(parameters).value;
      if (index == 0.)
        throw InputError("Model/learning rate",
                         "is too large for a stationary law on the whole space: paths escape");
      WholeSpace space;
      space.is_tail_assumed = std::isnan(index);
      if (space.is_tail_assumed)
        index = small_noise_tail_index(parameters, [](const ModelParameters &noisier) {
          const double of_more = group_tail_index(noisier).value;
          return of_more > 0. ? of_more : std::numeric_limits<double>::quiet_NaN();
        });
      weight_tail_index = index;
      double noise = 0., growth = 0.;
      for (unsigned int k = 0; k < K; ++k)
        {
          noise += of.sizes[k] * of.still[k] / of.variance(k);
          growth += of.sizes[k] * of.m[k][k] / d;
          for (unsigned int j = 0; j < K; ++j)
            growth += of.sizes[j] / d * of.sizes[k] * of.A[k][j] * of.variance(j) / of.variance(k);
        }
      constexpr double negligible = 1e-3;
      const double     part       = negligible * lost_mass;
      const bool       is_power   = std::isfinite(index);
      space.is_radial             = true;
      space.center                = parameters.center;
      Eigen::VectorXd scale(K);
      for (unsigned int k = 0; k < K; ++k)
        scale(k) = std::sqrt(of.variance(k) * (is_power ? noise / growth : 1.));
      space.scale      = to_rows(scale.asDiagonal());
      space.tail_index = {index};
      space.reach      = {std::sqrt(2. * boost::math::gamma_q_inv(0.5 * d, part))};
      if (is_power)
        {
          const double of_line = mesh_reach(index, lost_mass); // refuses what is too long
          space.reach          = {std::max(
            of_line,
            std::acosh(1. / std::sqrt(boost::math::ibeta_inv(0.5 * index, 0.5 * d, part))))};
        }
      return space;
    }

    /** Makes the mesh end so far beyond the points that its end is not felt there: a Gaussian tail at time t is not that in the end. */
    void
    hold_points(WholeSpace &space, const std::vector<std::vector<double>> &points)
    {
      constexpr double      margin        = 3.; // standard deviations
      const unsigned int    d             = space.center.size();
      const Eigen::MatrixXd inverse_scale = inverse(to_eigen(space.scale, d, "scale"));
      for (const std::vector<double> &point : points)
        {
          Eigen::VectorXd offset(d);
          for (unsigned int i = 0; i < d; ++i)
            offset(i) = point[i] - space.center[i];
          offset = inverse_scale * offset;
          for (unsigned int i = 0; i < space.reach.size(); ++i)
            if (!std::isfinite(space.tail_index[i]))
              space.reach[i] = std::max(
                space.reach[i], margin + (space.is_radial ? offset.norm() : std::abs(offset(i))));
        }
    }

    /**
     * Makes the mesh hold all but `mass` of a normal law, at all times: on its way to a Gaussian
     * end it becomes as wide as that.
     */
    void
    hold_gaussian(WholeSpace &space, const StartParameters &start, const double mass)
    {
      const unsigned int    d             = space.center.size();
      const Eigen::MatrixXd inverse_scale = inverse(to_eigen(space.scale, d, "scale"));
      const Eigen::MatrixXd C =
        inverse_scale * to_eigen(start.covariance, d, "covariance") * inverse_scale.transpose();
      Eigen::VectorXd offset(d);
      for (unsigned int i = 0; i < d; ++i)
        offset(i) = start.mean[i] - space.center[i];
      offset                  = inverse_scale * offset;
      const double deviations = mesh_reach(gaussian, mass);
      for (unsigned int i = 0; i < space.reach.size(); ++i)
        {
          const double variance = space.is_radial ? symmetric_eigenvalues(C)(d - 1) : C(i, i);
          const bool   is_power = std::isfinite(space.tail_index[i]);
          const double distance = space.is_radial ? offset.norm() : std::abs(offset(i));
          double       t        = distance + deviations * std::sqrt(variance);
          for (double s = 0.; s < 1. && !is_power; s += 0.02) // on its way, s = exp(-h t)
            t = std::max(t, s * distance + deviations * std::sqrt(s * s * (variance - 1.) + 1.));
          space.reach[i] = std::max(space.reach[i], is_power ? std::asinh(t) : t);
        }
    }
  } // namespace

  void
  map_whole_space(DomainParameters                       &domain,
                  ModelParameters                        &model,
                  const std::vector<std::vector<double>> &points)
  {
    if (model.kind().has_formulas())
      return map_formulas(domain, model, points);
    for (const auto &[entry, value] : {std::make_pair("length scale", domain.length_scale),
                                       std::make_pair("tail index", domain.tail_index)})
      if (value != 0.)
        throw InputError(std::string("Domain/") + entry,
                         "has no meaning for Model/type = " + model.type + ", which has its own");
    const double lost_mass = domain.lost_mass_tolerance;
    if (!model.group_sizes.empty())
      domain.whole_space = of_groups(model, lost_mass, model.weight_tail_index);
    else if (const auto coordinates = model.kind().as_independent())
      domain.whole_space = coordinate_wise(model, *coordinates, lost_mass);
    else
      domain.whole_space = radial(model, lost_mass, model.weight_tail_index);
  }

  void
  map_whole_space(DomainParameters                       &domain,
                  ModelParameters                        &model,
                  StartParameters                        &start,
                  const std::vector<std::vector<double>> &points)
  {
    DomainParameters end = domain;
    ModelParameters  wide(model);
    map_whole_space(end, wide, points);
    if (const Box *box = end.shape->as<Box>())
      {
        const double deviations   = mesh_reach(gaussian, domain.lost_mass_tolerance);
        domain                    = end;
        model.weight_eta          = start.weight_eta(model);
        std::vector<double> lower = box->lower, upper = box->upper;
        for (std::size_t i = 0; i < lower.size(); ++i)
          {
            // on its way the law becomes as wide as that in the end
            const double width =
              deviations * std::sqrt(start.covariance[i][i]) + 0.5 * (upper[i] - lower[i]);
            lower[i] = std::min(lower[i], start.mean[i] - width);
            upper[i] = std::max(upper[i], start.mean[i] + width);
          }
        domain.shape = box->with_ends(lower, upper);
        return;
      }
    wide.eta = start.weight_eta(model);
    try
      {
        map_whole_space(domain, wide, points);
      }
    catch (const InputError &)
      {
        throw InputError("Start/learning rate",
                         "needs a learning rate with a stationary law on the whole space, like "
                         "Model/learning rate");
      }
    model.weight_eta        = wide.eta;
    model.weight_tail_index = wide.weight_tail_index;
    for (unsigned int i = 0; i < domain.whole_space.tail_index.size(); ++i)
      {
        const double index = domain.whole_space.tail_index[i];
        start.tail_index   = std::min(start.tail_index, index);
        // int r^(-2 index + index_end - 1) dr, or the square of a Gaussian beside a Gaussian
        if (std::isfinite(index))
          start.chi_squared_decay.push_back(2. * index - end.whole_space.tail_index[i]);
        else
          start.chi_squared_decay.push_back(start.is_narrow(model) ? index : 0.);
      }
    hold_points(domain.whole_space, points);
    if (start.law != "stationary")
      hold_gaussian(domain.whole_space, start, domain.lost_mass_tolerance);
  }
} // namespace dynkin
