// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "chain/mini_batch_step.h"

#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>

namespace dynkin
{
  namespace
  {
    using Real = Transition::Real;
    template <unsigned int n>
    using Gauss = boost::math::quadrature::gauss<double, n>;

    constexpr double pi = boost::math::constants::pi<double>();

    constexpr double log_negligible = 40.; // of a sum of positive terms
    constexpr double most_decades   = 12.; // of e^-x on a panel, natural ones
    constexpr double grading = 4.; // of panels about places where a density in Q has no derivatives

    constexpr unsigned int n_radial = 12, n_angle = 12; // points of panels

    /** f(x, weight) at the n Gauss points between two ends, n even. */
    template <unsigned int n, typename Function>
    void
    at_points(const double left, const double right, const Function &f)
    {
      const double middle = 0.5 * (left + right), half = 0.5 * (right - left);
      for (unsigned int i = 0; i < n / 2; ++i)
        for (const double side : {-1., 1.})
          f(middle + side * half * Gauss<n>::abscissa()[i], half * Gauss<n>::weights()[i]);
    }

    /** e^x, the cheaper way where there is one. */
    Real
    exponential(const Real x)
    {
      return x > -700.L ? std::exp(static_cast<double>(x)) : std::exp(x);
    }

    Real
    normalisation(const double B, const double d)
    {
      const Real log_2  = boost::math::constants::ln_two<Real>(),
                 log_pi = std::log(boost::math::constants::pi<Real>());
      // chi^2_B, d Gaussians, and the sphere of directions across
      Real result = -0.5L * B * log_2 - std::lgamma(0.5L * B) - 0.5L * d * (log_2 + log_pi);
      if (d > 1.)
        result += log_2 + 0.5L * (d - 1.L) * log_pi - std::lgamma(0.5L * (d - 1.L));
      return result;
    }
  } // namespace

  /** The law of a step from one place; lengths in the unit sigma/sqrt(s). */
  class MiniBatchStep::From
  {
  public:
    From(const MiniBatchStep &step, const Real x)
      : step(step)
      , t(step.to_unit(x))
      , left(step.to_unit(step.left))
      , right(step.to_unit(step.right))
      , kappa(std::hypot(1., t))
    {
    }

    /**
     * visit(panel, t', weight) at points of the law of t' inside, whose density is above e^rare; panels have these
     * ends, in the unit.
     */
    template <typename Visit>
    void
    inside(const std::vector<double> &ends, const double rare, const Visit &visit) const
    {
      const double local = ends[panel_of(ends, t) + 1] - ends[panel_of(ends, t)];
      const double first = std::sqrt(step.neglected) * local / (step.a * kappa);
      if (step.d == 1.)
        for (const double sign : {1., -1.})
          {
            std::vector<double> cuts;
            for (const double end : ends)
              for (const double image : {end, step.is_radius ? -end : end})
                if (const double Q = (image - t) / (sign * step.a); Q > first)
                  cuts.push_back(Q);
            const double last = *std::max_element(cuts.begin(), cuts.end());
            on_grid(first, last, cuts, sign, rare, [&](const double l, const double r) {
              const std::size_t panel = panel_of(ends, place(0.5 * (l + r), sign));
              at_points<n_radial>(l, r, [&](const double Q, const double w) {
                const double log_weight = static_cast<double>(log_radial(Q)) - sign * t * Q;
                visit(panel, place(Q, sign), w * std::exp(log_weight));
              });
            });
          }
      else
        {
          const double last = (right + t) / step.a;
          on_grid(first, last, kinks(last), 0., rare, [&](const double l, const double r) {
            at_points<n_radial>(l, r, [&](const double Q, const double w) {
              slice(Q,
                    ends,
                    true,
                    rare,
                    [&](const double y, const double weight, const Real log_weight) {
                      visit(panel_of(ends, y),
                            y,
                            w * weight * std::exp(static_cast<double>(log_weight)));
                    });
            });
          });
        }
    }

    /** visit(distance, weight, side) at points of the law of t' beyond a wall; sides 1 and -1. */
    template <typename Visit>
    void
    outside(const Visit &visit) const
    {
      if (step.d == 1.)
        for (const double sign : {1., -1.})
          {
            const double wall  = sign > 0. ? right : step.is_radius ? -right : left;
            const double begin = sign * (wall - t) / step.a;
            march(begin, {}, [&](const double Q, const double w) {
              const Real log_weight = log_radial(Q) - sign * t * Q;
              visit(step.a * (Q - begin), w * std::exp(log_weight), step.is_radius ? 1. : sign);
              return log_weight;
            });
          }
      else
        {
          const std::vector<double> ends = {0., right};
          march(
            first_beyond(), kinks(2. * (right + t) / step.a), [&](const double Q, const double w) {
              Real top = -std::numeric_limits<Real>::infinity();
              slice(Q,
                    ends,
                    false,
                    0.,
                    [&](const double y, const double weight, const Real log_weight) {
                      visit(y - right, w * weight * exponential(log_weight), 1.);
                      top = std::max(top, log_weight);
                    });
              return top;
            });
        }
    }

    const MiniBatchStep &step;
    const double         t, left, right, kappa;

  private:
    static std::size_t
    panel_of(const std::vector<double> &ends, const double y)
    {
      return std::upper_bound(ends.begin() + 1, ends.end() - 1, y) - ends.begin() - 1;
    }

    double
    place(const double Q, const double sign) const
    {
      const double y = t + sign * step.a * Q;
      return step.is_radius ? std::abs(y) : y;
    }

    double
    place_at(const double Q, const double phi) const
    {
      return std::hypot(t + step.a * Q * std::cos(phi), step.a * kappa * Q * std::sin(phi));
    }

    /** log of the density in Q, without the angle. */
    Real
    log_radial(const double Q) const
    {
      return step.log_norm + (step.d - 1.L) * std::log(static_cast<Real>(Q)) +
             step.nu * std::log(static_cast<Real>(Q) / kappa) + step.bessel(kappa * Q);
    }

    /** The most likely phi. */
    double
    likely(const double Q) const
    {
      const double k = step.d - 2., p = 2. * t * Q, norm = k + std::hypot(k, p);
      return norm > 0. ? std::acos(std::max(-1., -p / norm)) : 0.5 * pi;
    }

    double
    log_angle(const double Q, const double phi) const
    {
      return -t * Q * std::cos(phi) + (step.d == 2. ? 0. : (step.d - 2.) * std::log(std::sin(phi)));
    }

    /** The density in Q at its highest angle. */
    double
    log_height(const double Q, const double sign) const
    {
      const double angle = sign == 0. ? log_angle(Q, likely(Q)) : -sign * t * Q;
      return static_cast<double>(log_radial(Q)) + angle;
    }

    double
    longest_panel() const
    {
      return most_decades / (kappa + t * (t > 0. ? 1. : -1.));
    }

    /** The least Q for which t' may be beyond the wall. */
    double
    first_beyond() const
    {
      const double Q = (right - t) / step.a; // phi = 0
      return step.a * Q * t <= 1. ? Q
                                  : std::sqrt((right / kappa - 1.) * (right / kappa + 1.)) / step.a;
    }

    /**
     * Cuts graded to the Q at which phi = 0, phi = pi or the farthest place pass the wall, from where anything
     * does, and where phi = pi/2 does, about which phi is for large d: the density is like a Gaussian integral there,
     * and functions change in the logarithm of the distance.
     */
    std::vector<double>
    kinks(const double last) const
    {
      const double        a = step.a, depth = std::pow(step.neglected, 1. / (step.d + 1.));
      const double        middle = std::sqrt((right - t) * (right + t)) / (a * kappa);
      std::vector<double> cuts;
      const auto grade = [&](const double kink, const double nearest, const double factor) {
        cuts.push_back(kink);
        for (double distance = nearest; distance < last; distance *= factor)
          for (const double Q : {kink - distance, kink + distance})
            cuts.push_back(Q);
      };
      for (const double kink : {first_beyond(), (right - t) / a, (right + t) / a})
        grade(kink, depth * kink, grading);
      grade(middle, std::max(t / (a * std::sqrt(step.d)), std::sqrt(step.neglected) * middle), 2.);
      std::sort(cuts.begin(), cuts.end());
      // nearer ones than this are one
      std::vector<double> apart;
      for (const double Q : cuts)
        if (Q < last && (apart.empty() ? Q > 0. : Q > apart.back() * (1. + 1e-9)))
          apart.push_back(Q);
      return apart;
    }

    /** Panels from `first` to `last` with these cuts, without those whose density is nowhere above e^rare. */
    template <typename Visit>
    void
    on_grid(const double        first,
            const double        last,
            std::vector<double> cuts,
            const double        sign,
            const double        rare,
            const Visit        &visit) const
    {
      for (double Q = first; Q < last;)
        {
          cuts.push_back(Q);
          Q += std::min((step.growth - 1.) * Q, longest_panel());
        }
      cuts.push_back(last);
      std::sort(cuts.begin(), cuts.end());
      double begin = first, height = log_height(first, sign);
      for (const double end : cuts)
        if (end > begin * (1. + 1e-14) && end <= last)
          {
            const double next = log_height(end, sign);
            if (std::max(height, next) > rare)
              visit(begin, end);
            begin  = end;
            height = next;
          }
    }

    /** From `begin` on until nothing is left, with these increasing cuts; visit(Q, weight) says the log of the density. */
    template <typename Visit>
    void
    march(const double begin, const std::vector<double> &cuts, const Visit &visit) const
    {
      Real top  = -std::numeric_limits<Real>::infinity();
      auto next = cuts.begin();
      for (double Q = begin;;)
        {
          next       = std::upper_bound(next, cuts.end(), Q * (1. + 1e-12));
          double end = Q + std::min((step.growth - 1.) * Q, longest_panel());
          if (next != cuts.end())
            end = std::min(end, *next);
          Real last = -std::numeric_limits<Real>::infinity();
          at_points<n_radial>(Q, end, [&](const double place, const double w) {
            last = std::max(last, visit(place, w));
          });
          top = std::max(top, last);
          Q   = end;
          if (std::isfinite(top) && last < top - log_negligible)
            return;
        }
    }

    /** visit(t', weight, log weight) for one Q, where t' is between the ends or beyond the last one. */
    template <typename Visit>
    void
    slice(const double               Q,
          const std::vector<double> &ends,
          const bool                 inside,
          const double               rare,
          const Visit               &visit) const
    {
      // t'^2 = kappa^2 (1 + a^2 Q^2) - (1 - p)^2, p = a Q t cos(phi)
      const double        radius = step.a * Q, across = radius * kappa, largest = radius * t;
      std::vector<double> cuts = {0., pi};
      if (largest > 0.)
        for (const double end : ends)
          {
            const double D = kappa * kappa + across * across - end * end;
            if (D < 0.)
              continue;
            const double root = std::sqrt(D);
            for (const double p :
                 {((end - t) * (end + t) - across * across) / (1. + root), 1. + root})
              if (std::abs(p) < largest)
                cuts.push_back(2. * std::atan2(std::sqrt(largest - p), std::sqrt(largest + p)));
          }
      std::sort(cuts.begin(), cuts.end());
      const double top    = likely(Q);
      const Real   radial = log_radial(Q);
      for (std::size_t k = 0; k + 1 < cuts.size(); ++k)
        if (cuts[k + 1] > cuts[k] && (place_at(Q, 0.5 * (cuts[k] + cuts[k + 1])) < right) == inside)
          {
            const double start = std::min(std::max(top, cuts[k]), cuts[k + 1]);
            if (inside && radial + log_angle(Q, start) < rare)
              continue;
            const double widest =
              std::sqrt(step.growth / 2.) * std::min(1.6, 2.5 / std::sqrt(step.d - 1. + t * Q));
            const auto on_panel = [&](const double left, const double right) {
              double highest = -std::numeric_limits<double>::infinity();
              at_points<n_angle>(left, right, [&](const double phi, const double w) {
                const double cosine = std::cos(phi), sine = std::sin(phi);
                const double angle =
                  -t * Q * cosine + (step.d == 2. ? 0. : (step.d - 2.) * std::log(sine));
                const double a_cos = t + radius * cosine, a_sin = across * sine;
                highest = std::max(highest, angle);
                visit(std::sqrt(a_cos * a_cos + a_sin * a_sin), std::abs(w), radial + angle);
              });
              return highest;
            };
            if (cuts[k + 1] - cuts[k] < widest)
              {
                on_panel(cuts[k], cuts[k + 1]);
                continue;
              }
            // from its highest place to both sides
            for (const double side : {-1., 1.})
              {
                const double stop    = side < 0. ? cuts[k] : cuts[k + 1];
                double       highest = -std::numeric_limits<double>::infinity();
                for (double phi = start; phi != stop;)
                  {
                    const double sine  = std::sin(phi);
                    double       width = widest;
                    if (sine > 1e-3)
                      width =
                        std::min(width,
                                 most_decades /
                                   std::abs(t * Q * sine + (step.d - 2.) * std::cos(phi) / sine));
                    const double next =
                      std::abs(stop - phi) < 1.3 * width ? stop : phi + side * width;
                    const double last = on_panel(phi, next);
                    highest           = std::max(highest, last);
                    if (inside ? radial + last < rare : last < highest - log_negligible)
                      break;
                    phi = next;
                  }
              }
          }
    }
  };

  MiniBatchStep::MiniBatchStep(const Noise &noise,
                               const double left,
                               const double right,
                               const bool   is_radius,
                               const double panel)
    : Transition(left, right)
    , B(noise.batch)
    , d(noise.dimension)
    , a(noise.a)
    , unit(noise.unit)
    , center(noise.center)
    , is_radius(is_radius)
    , nu(0.5 * (B - d))
    , growth(std::exp(panel / 3.5 * std::min(0.7, 2.5 / std::sqrt(std::min(B, d)))))
    , neglected(1e-12 * std::pow(panel / 3.5, 13.))
    , log_norm(normalisation(B, d))
    , bessel(nu)
  {
  }

  double
  MiniBatchStep::to_unit(const Real x) const
  {
    return static_cast<double>((x - center) / unit);
  }

  void
  MiniBatchStep::find_row(const Real x, const Panels &panels, Real *row) const
  {
    const From          from(*this, x);
    std::vector<double> ends = panels.ends;
    for (double &end : ends)
      end = to_unit(end);
    const Exit   away = exit(x);
    const double rare = static_cast<double>(std::log(away.left + away.right)) - log_negligible;
    Panels::Law  law(panels);
    Real         sum = 0.L;
    from.inside(ends, rare, [&](const std::size_t panel, const double y, const double weight) {
      law.add(panel, center + y * unit, weight);
      sum += weight;
    });
    // steps that are too short to count
    const double rest = static_cast<double>(1.L - sum - away.left - away.right);
    if (!(rest > -1e-9 && rest < 1e-9 + 100. * std::pow(neglected, 0.5 * std::min(B, d))))
      throw ConvergenceError("the law of a step has the mass 1 - " + format_number(rest) +
                             " instead of 1");
    law.add(panels.find(static_cast<double>(x)), static_cast<double>(x), rest);
    law.find_row(row);
  }

  Transition::Exit
  MiniBatchStep::exit(const Real x) const
  {
    Exit exit;
    From(*this, x).outside([&](const double distance, const Real weight, const double side) {
      (side > 0. ? exit.right : exit.left) += weight;
      (side > 0. ? exit.distance_right : exit.distance_left) += unit * distance * weight;
    });
    return exit;
  }

  Real
  MiniBatchStep::spread(const Real) const
  {
    return unit * a * std::sqrt(B);
  }

  Real
  MiniBatchStep::singular_from_right() const
  {
    // functions are like y^B log y at a distance y from the wall
    return spread(0.L) * std::pow(neglected, 1. / (B + 1.));
  }

  Real
  MiniBatchStep::singular_from_left() const
  {
    return is_radius ? 0.L : singular_from_right();
  }
} // namespace dynkin
