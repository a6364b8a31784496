// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/theory_sections.h"

#include <functional>
#include <memory>

#include "domain/ball.h"
#include "domain/box.h"
#include "theory/exit/box_exit_time.h"
#include "theory/exit/eigenfunction_law.h"
#include "theory/exit/exit_time_1d.h"
#include "theory/exit/radial_exit.h"

namespace dynkin
{
  namespace
  {
    using Point = std::vector<double>;

    /** Exit quantities of one starting point, by whichever formula applies. */
    struct ExitFormulas
    {
      std::string                                         name;
      std::function<double(const Point &)>                log_mean;
      std::function<double(const Point &, unsigned int)>  moment;
      std::function<double(const Point &, double)>        survival;
      std::function<double()>                             rate;
      std::function<double(const Point &, bool at_upper)> side;  // 1-D splitting
      std::function<double(const Point &)>                error; // of the mean, relative, if known
    };

    ExitFormulas
    interval_formulas(const ModelParameters &model, const Box &box, const Parameters &parameters)
    {
      const DomainParameters &domain   = parameters.domain;
      const auto              reflects = [&](const char *wall) {
        return domain.walls.at(wall) == BoundaryKind::reflecting;
      };
      if (reflects("left") && reflects("right"))
        throw std::domain_error("both ends are reflecting: nothing ever leaves");
      const ReflectingEnd end  = reflects("left")    ? ReflectingEnd::left
                                 : reflects("right") ? ReflectingEnd::right
                                                     : ReflectingEnd::none;
      const double        left = box.lower[0], right = box.upper[0];
      const auto          time =
        std::make_shared<ExitTime1D>(model, left, right, end, parameters.quantities.moments);
      const auto law = std::make_shared<std::unique_ptr<ExitLaw>>();
      const auto get = [law, model, left, right, end]() -> const ExitLaw & {
        if (!*law)
          *law = std::make_unique<ExitLaw>(coordinate_diffusion(model, 0), left, right, end);
        return **law;
      };
      return {end == ReflectingEnd::none ? "exit-time integral, both ends absorbing"
                                         : "exit-time integral, one end reflecting",
              [time](const Point &x) { return time->log_value(x[0]); },
              [time](const Point &x, const unsigned int n) { return time->moment(n, x[0]); },
              [get](const Point &x, const double t) { return get().survival(t, x[0]); },
              [get]() { return static_cast<double>(get().rate()); },
              [time](const Point &x, const bool at_upper) {
                return at_upper ? time->probability_of_right_end(x[0])
                                : time->probability_of_left_end(x[0]);
              },
              nullptr};
    }

    ExitFormulas
    ball_formulas(const ModelParameters &model, const Ball &ball, const Parameters &parameters)
    {
      if (ball.center != model.center)
        throw std::domain_error("the ball is not centred at the minimum");
      if (parameters.domain.walls.at("surface") == BoundaryKind::reflecting)
        throw std::domain_error("the surface is reflecting: nothing ever leaves");
      const auto radius = [center = ball.center](const Point &x) {
        return euclidean_distance(x, center);
      };
      const auto time =
        std::make_shared<RadialExit>(model, ball.radius, parameters.quantities.moments);
      const auto law = std::make_shared<std::unique_ptr<ExitLaw>>();
      const auto get = [law, model, R = ball.radius]() -> const ExitLaw & {
        if (!*law)
          *law = std::make_unique<ExitLaw>(ExitLaw::of_ball(radial_diffusion(model), R));
        return **law;
      };
      return {"radial exit-time integral",
              [=](const Point &x) { return time->log_value(radius(x)); },
              [=](const Point &x, const unsigned int n) { return time->moment(n, radius(x)); },
              [=](const Point &x, const double t) { return get().survival(t, radius(x)); },
              [get]() { return static_cast<double>(get().rate()); },
              nullptr,
              nullptr};
    }

    ExitFormulas
    box_formulas(const ModelParameters &model, const Box &shape, const Parameters &parameters)
    {
      for (const auto &[name, kind] : parameters.domain.walls)
        if (kind == BoundaryKind::reflecting)
          throw std::domain_error("wall " + name +
                                  " is reflecting; the formula needs all absorbing");
      const auto box = std::make_shared<BoxExitTime>(model, shape.lower, shape.upper);
      return {"survival probabilities of the coordinates multiplied",
              [box](const Point &x) { return box->log_value(x); },
              [box](const Point &x, const unsigned int n) {
                return static_cast<double>(box->moment(n, x));
              },
              [box](const Point &x, const double t) { return box->survival(t, x); },
              [box]() { return static_cast<double>(box->rate()); },
              nullptr,
              [box](const Point &x) {
                const auto mean = box->estimate(1, x);
                return static_cast<double>(mean.uncertainty / mean.value);
              }};
    }

    ExitFormulas
    exit_formulas(const ModelParameters &model, const Parameters &parameters)
    {
      const Shape &shape = *parameters.domain.shape;
      if (const Ball *ball = shape.as<Ball>())
        return ball_formulas(model, *ball, parameters);
      if (const Box *box = shape.as<Box>())
        return (parameters.dimension == 1 ? interval_formulas
                                          : box_formulas)(model, *box, parameters);
      throw std::domain_error("no formula for the exit from this shape");
    }
  } // namespace

  void
  add_exit_theory(const Parameters &parameters, Record &page)
  {
    const ModelParameters    &model      = parameters.model;
    const QuantityParameters &quantities = parameters.quantities;
    const auto                no_formula = [&](const std::string &key, const std::string &reason) {
      page[key]           = nullptr;
      page["theory"][key] = {{"value", nullptr}, {"reason", reason}};
    };
    try
      {
        const ExitFormulas exit = exit_formulas(model, parameters);
        Record             list = Record::list();
        for (const Point &x : quantities.points)
          {
            const double log_mean = exit.log_mean(x);
            Record       entry    = {{"point", x},
                                     {"value", std::exp(log_mean)},
                                     {"log10", log_mean / std::log(10.)},
                                     {"moments", Record::list()}};
            if (exit.error) // computed or absent
              entry["error estimate"] = exit.error(x) * std::exp(log_mean);
            for (unsigned int n = 1; n <= quantities.moments; ++n)
              entry["moments"].add(exit.moment(x, n));
            list.add(entry);
          }
        page["mean exit time"]           = list;
        page["theory"]["mean exit time"] = {{"formula", exit.name}};
        try
          {
            Record law = {{"rate", exit.rate()}, {"survival", Record::list()}};
            for (const Point &x : quantities.points)
              for (const double t : quantities.times)
                law["survival"].add({{"point", x}, {"time", t}, {"value", exit.survival(x, t)}});
            page["exit law"]           = law;
            page["theory"]["exit law"] = {{"formula", "eigenfunction expansion"}};
          }
        catch (const std::domain_error &error)
          {
            no_formula("exit law", error.what());
          }
        if (exit.side && !parameters.domain.exit_set.empty())
          {
            Record place = Record::list();
            for (const Point &x : quantities.points)
              place.add(
                {{"point", x}, {"value", exit.side(x, parameters.domain.exit_set == "right")}});
            page["exit place"] = place;
          }
      }
    catch (const std::domain_error &error)
      {
        no_formula("mean exit time", error.what());
      }
  }
} // namespace dynkin
