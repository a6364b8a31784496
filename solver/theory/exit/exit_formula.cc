// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/exit_formula.h"

#include "domain/ball.h"
#include "domain/box.h"
#include "model/model.h"
#include "theory/exit/box_exit_time.h"
#include "theory/exit/exit_time_1d.h"
#include "theory/exit/line_diffusion.h"
#include "theory/exit/radial_exit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

namespace dynkin
{
  namespace
  {
    /** An ExitLaw that is made when it is asked for; once, also where it is not resolved. */
    class LazyLaw
    {
    public:
      explicit LazyLaw(const std::function<ExitLaw()> &make)
        : make(make)
      {
      }

      const ExitLaw &
      get() const
      {
        std::call_once(is_made, [this] {
          try
            {
              law = std::make_unique<const ExitLaw>(make());
            }
          catch (const std::domain_error &error)
            {
              reason = error.what();
            }
        });
        if (law == nullptr)
          throw std::domain_error(reason);
        return *law;
      }

    private:
      const std::function<ExitLaw()>         make;
      mutable std::once_flag                 is_made;
      mutable std::unique_ptr<const ExitLaw> law;
      mutable std::string                    reason; // why there is none
    };

    class IntervalExit : public ExitFormula
    {
    public:
      IntervalExit(const ScalarDiffusion &diffusion,
                   const Box             &interval,
                   const ReflectingEnd    end,
                   const unsigned int     n_moments)
        : ExitFormula(end == ReflectingEnd::none ? "1-D exit-time integral, both ends absorbing"
                                                 : "1-D exit-time integral, one end reflecting")
        , left(interval.lower[0])
        , right(interval.upper[0])
        , end(end)
        , time(diffusion, left, right, end, n_moments)
        , law([diffusion, left = left, right = right, end] {
          return ExitLaw(diffusion, left, right, end);
        })
      {
      }

      double
      log_moment(const unsigned int n, const Point &x) const override
      {
        return time.log_moment(n, x[0]);
      }

      double
      moment(const unsigned int n, const Point &x) const override
      {
        return time.moment(n, x[0]);
      }

      double
      survival(const double t, const Point &x) const override
      {
        return law.get().survival(t, x[0]);
      }

      double
      rate() const override
      {
        return static_cast<double>(law.get().rate());
      }

      double
      probability_of(const std::string &wall, const Point &x) const override
      {
        const bool is_left = wall == "left";
        if (end != ReflectingEnd::none)
          return is_left == (end == ReflectingEnd::right) ? 1. : 0.;
        return is_left ? time.probability_of_left_end(x[0]) : time.probability_of_right_end(x[0]);
      }

      bool
      is_a_field() const override
      {
        return true;
      }

      double
      value(const Point &x) const override
      {
        return time.value(inside(x));
      }

      Point
      gradient(const Point &x) const override
      {
        return {time.derivative(inside(x))};
      }

    protected:
      double
      inside(const Point &x) const
      {
        return std::clamp(x[0], left, right);
      }

      const double        left, right;
      const ReflectingEnd end;
      const ExitTime1D    time;

    private:
      const LazyLaw law;
    };

    /** A formula for drift and diffusion takes time: values are interpolated. */
    class FormulaIntervalExit : public IntervalExit
    {
    public:
      FormulaIntervalExit(const std::shared_ptr<const Model<1>> &model,
                          const LineDiffusion                   &line,
                          const Box                             &interval,
                          const ReflectingEnd                    end,
                          const unsigned int                     n_moments)
        : IntervalExit(line.diffusion(), interval, end, n_moments)
        , values(time.interpolated_value())
        , slopes(time.interpolated_derivative())
        , rounding((1. + line.total_variation()) * std::numeric_limits<double>::epsilon())
        , other(LineDiffusion(model, left, right, LineDiffusion::Quadrature::coarse).diffusion(),
                left,
                right,
                end)
      {
      }

      double
      relative_error(const Point &x) const override
      {
        const double difference = time.log_value(x[0]) - other.log_value(x[0]);
        return rounding + (std::isnan(difference) ? 0. : std::abs(difference)); // 0 at walls
      }

      double
      value(const Point &x) const override
      {
        return static_cast<double>(values(inside(x)));
      }

      Point
      gradient(const Point &x) const override
      {
        return {static_cast<double>(slopes(inside(x)))};
      }

    private:
      const PanelInterpolant values, slopes;
      const double           rounding;
      const ExitTime1D       other;
    };

    class BallExit : public ExitFormula
    {
    public:
      BallExit(const ModelParameters &model, const Ball &ball, const unsigned int n_moments)
        : ExitFormula("radial exit-time integral")
        , center(ball.center)
        , time(model, ball.radius, n_moments)
        , values(time.interpolated_value())
        , slopes(time.interpolated_slope())
        , law([diffusion = radial_diffusion(model), R = ball.radius] {
          return ExitLaw::of_ball(diffusion, R);
        })
      {
      }

      double
      log_moment(const unsigned int n, const Point &x) const override
      {
        return time.log_moment(n, radius(x));
      }

      double
      moment(const unsigned int n, const Point &x) const override
      {
        return time.moment(n, radius(x));
      }

      double
      survival(const double t, const Point &x) const override
      {
        return law.get().survival(t, radius(x));
      }

      double
      rate() const override
      {
        return static_cast<double>(law.get().rate());
      }

      bool
      is_a_field() const override
      {
        return true;
      }

      double
      value(const Point &x) const override
      {
        return static_cast<double>(values(radius(x)));
      }

      Point
      gradient(const Point &x) const override
      {
        const double slope  = static_cast<double>(slopes(radius(x)));
        Point        result = x;
        for (std::size_t i = 0; i < x.size(); ++i)
          result[i] = slope * (x[i] - center[i]);
        return result;
      }

    private:
      double
      radius(const Point &x) const
      {
        return euclidean_distance(x, center);
      }

      const Point            center;
      const RadialExit       time;
      const PanelInterpolant values, slopes;
      const LazyLaw          law;
    };

    class BoxExit : public ExitFormula
    {
    public:
      BoxExit(const ModelParameters &model, const Box &box)
        : ExitFormula("survival probabilities of the coordinates multiplied")
        , time(model, box.lower, box.upper)
      {
      }

      double
      log_moment(const unsigned int n, const Point &x) const override
      {
        return static_cast<double>(std::log(time.moment(n, x)));
      }

      double
      moment(const unsigned int n, const Point &x) const override
      {
        return static_cast<double>(time.moment(n, x));
      }

      double
      relative_error(const Point &x) const override
      {
        const SurvivalCurve::Estimate mean = time.estimate(1, x);
        return mean.value == 0.L ? 0.
                                 : static_cast<double>(mean.uncertainty / mean.value); // at walls
      }

      double
      survival(const double t, const Point &x) const override
      {
        return time.survival(t, x);
      }

      double
      rate() const override
      {
        return static_cast<double>(time.rate());
      }

    private:
      const BoxExitTime time;
    };

    bool
    is_reflecting(const DomainParameters &domain, const std::string &wall)
    {
      return domain.walls.at(wall) == BoundaryKind::reflecting;
    }
  } // namespace

  ExitFormulaPointer
  interval_exit(const ModelParameters  &model,
                const DomainParameters &domain,
                const unsigned int      n_moments)
  {
    const Box *box = domain.shape->as<Box>();
    if (box == nullptr || box->lower.size() != 1)
      return nullptr;
    if (is_reflecting(domain, "left") && is_reflecting(domain, "right"))
      throw std::domain_error("both ends are reflecting: nothing ever leaves");
    const ReflectingEnd end = is_reflecting(domain, "left")    ? ReflectingEnd::left
                              : is_reflecting(domain, "right") ? ReflectingEnd::right
                                                               : ReflectingEnd::none;
    if (model.kind().as_independent())
      return std::make_shared<IntervalExit>(coordinate_diffusion(model, 0), *box, end, n_moments);
    const std::shared_ptr<const Model<1>> formulas = create_model<1>(model);
    const LineDiffusion                   line(formulas, box->lower[0], box->upper[0]);
    return std::make_shared<FormulaIntervalExit>(formulas, line, *box, end, n_moments);
  }

  ExitFormulaPointer
  ball_exit(const ModelParameters  &model,
            const DomainParameters &domain,
            const unsigned int      n_moments)
  {
    const Ball *ball = domain.shape->as<Ball>();
    if (ball == nullptr)
      return nullptr;
    if (ball->center != model.center)
      throw std::domain_error("the ball is not centred at the minimum");
    if (is_reflecting(domain, "surface"))
      throw std::domain_error("the surface is reflecting: nothing ever leaves");
    return std::make_shared<BallExit>(model, *ball, n_moments);
  }

  ExitFormulaPointer
  box_exit(const ModelParameters &model, const DomainParameters &domain, const unsigned int)
  {
    const Box *box = domain.shape->as<Box>();
    if (box == nullptr)
      return nullptr;
    for (const auto &[name, kind] : domain.walls)
      if (kind == BoundaryKind::reflecting)
        throw std::domain_error("wall " + name + " is reflecting; the formula needs all absorbing");
    return std::make_shared<BoxExit>(model, *box);
  }
} // namespace dynkin
