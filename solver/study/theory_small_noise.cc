// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_sections.h"

#include <limits>

#include "domain/ball.h"
#include "domain/box.h"

#include "theory/small_noise/quasi_potential.h"

namespace dynkin
{
  namespace
  {
    /** Where the quasi-potential is smallest on the absorbing walls. */
    struct Saddle
    {
      double              barrier;   // V there
      std::vector<double> direction; // from w*, of length 1
      std::string         formula;
    };

    Saddle
    saddle_on_sphere(const ModelParameters &model, const Ball &ball, const BoundaryKind surface)
    {
      if (ball.center != model.center)
        throw std::domain_error("the ball is not centred at w*");
      if (surface == BoundaryKind::reflecting)
        throw std::domain_error("the surface is reflecting: nothing ever leaves");
      const QuasiPotential potential(model);
      const SphereMinimum  minimum = potential.minimum_over_sphere(ball.radius);
      Saddle               saddle  = {minimum.value, minimum.minimiser, potential.formula()};
      for (double &component : saddle.direction)
        component /= ball.radius;
      return saddle;
    }

    /** V of `decoupled` is a sum of functions of one coordinate each: on a face it is smallest at the foot of w*. */
    Saddle
    saddle_on_box(const ModelParameters                     &model,
                  const Box                                 &box,
                  const std::map<std::string, BoundaryKind> &kinds)
    {
      for (std::size_t i = 0; i < model.center.size(); ++i)
        if (model.center[i] < box.lower[i] || model.center[i] > box.upper[i])
          throw std::domain_error("w* is not in the domain");
      if (!model.kind().as_independent())
        throw std::domain_error("the minimum over the walls of a box is known for the model "
                                "decoupled only");
      const QuasiPotential           potential(model);
      const std::size_t              d     = model.center.size();
      const std::vector<std::string> walls = box.wall_names;
      Saddle saddle = {std::numeric_limits<double>::infinity(), {}, potential.formula()};
      for (std::size_t wall = 0; wall < 2 * d; ++wall)
        {
          const std::size_t   i    = wall / 2;
          std::vector<double> foot = model.center;
          foot[i]                  = wall % 2 ? box.upper[i] : box.lower[i];
          if (kinds.at(walls[wall]) == BoundaryKind::absorbing &&
              potential.value(foot) < saddle.barrier)
            {
              saddle.barrier      = potential.value(foot);
              saddle.direction    = std::vector<double>(d, 0.);
              saddle.direction[i] = wall % 2 ? 1. : -1.;
            }
        }
      if (saddle.direction.empty())
        throw std::domain_error("all walls are reflecting: nothing ever leaves");
      return saddle;
    }

    Saddle
    find_saddle(const ModelParameters &model, const DomainParameters &domain)
    {
      if (const Ball *ball = domain.shape->as<Ball>())
        return saddle_on_sphere(model, *ball, domain.walls.at("surface"));
      if (const Box *box = domain.shape->as<Box>())
        return saddle_on_box(model, *box, domain.walls);
      throw std::domain_error("no formula for this shape");
    }

    /** Of an interval (w* - r, w* + r), or its half with w* as a reflecting end. */
    SmallNoiseExitTime1D
    sharp_exit_time(const ModelParameters &model, const DomainParameters &domain)
    {
      if (model.center.size() != 1)
        throw std::domain_error("the prefactor is known in one dimension only");
      const Box   &interval = *domain.shape->as<Box>();
      const double left     = model.center[0] - interval.lower[0];
      const double right    = interval.upper[0] - model.center[0];
      const auto   reflects = [&](const char *wall) {
        return domain.walls.at(wall) == BoundaryKind::reflecting;
      };
      const double tolerance = 1e-14 * (left + right);
      if (std::abs(left - right) <= tolerance)
        return SmallNoiseExitTime1D(model, right, reflects("left") || reflects("right"));
      if (std::abs(left) <= tolerance && reflects("left"))
        return SmallNoiseExitTime1D(model, right);
      if (std::abs(right) <= tolerance && reflects("right"))
        return SmallNoiseExitTime1D(model, left);
      throw std::domain_error("the prefactor is known for intervals that are symmetric about w*");
    }
  } // namespace

  void
  add_small_noise_theory(const Parameters &parameters, Record &page)
  {
    const ModelParameters  &model  = parameters.model;
    const DomainParameters &domain = parameters.domain;
    try
      {
        const Saddle saddle                       = find_saddle(model, domain);
        page["theory"]["quasi-potential minimum"] = {{"value", saddle.barrier},
                                                     {"formula", saddle.formula}};
        page["theory"]["exit direction"]          = {{"value", saddle.direction},
                                                     {"formula", "minimiser of the quasi-potential"}};
        const double log10                        = saddle.barrier / model.eta / std::log(10.);
        add_fact(page, "asymptotic exit time", [&]() -> Record {
          try
            {
              const SmallNoiseExitTime1D time = sharp_exit_time(model, domain);
              return {{"value", std::exp(time.log_value())},
                      {"log10", time.log_value() / std::log(10.)},
                      {"formula", "K sqrt(eta) exp(V/eta) (1 + c eta), from w*"},
                      {"prefactor", time.prefactor()},
                      {"correction", time.correction()}};
            }
          catch (const std::domain_error &error)
            {
              return {{"value", nullptr},
                      {"log10", log10},
                      {"formula", "eta log E[tau] -> V: the exponent only"},
                      {"reason", error.what()}};
            }
        });
      }
    catch (const std::domain_error &error)
      {
        for (const char *key :
             {"quasi-potential minimum", "exit direction", "asymptotic exit time"})
          page["theory"][key] = {{"value", nullptr}, {"reason", error.what()}};
      }
  }
} // namespace dynkin
