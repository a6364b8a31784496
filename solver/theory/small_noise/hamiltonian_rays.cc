// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/small_noise/hamiltonian_rays.h"

#include "utilities/dense_matrix.h"

#include <boost/numeric/odeint.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

namespace dynkin
{
  namespace
  {
    namespace odeint = boost::numeric::odeint;

    constexpr double step_tolerance = 1e-13;

    /** z of V_2 = 1/2 z^T P^-1 z = |y|^2: z = unwhiten y. */
    Eigen::MatrixXd
    unwhitening(const QuadraticModel &model)
    {
      const Eigen::MatrixXd P = lyapunov_solution(model.H, model.Sigma);
      return std::sqrt(2.) * symmetric_sqrt(P);
    }

    bool
    lower(const double a, const double b)
    {
      return a < b || (std::isnan(b) && !std::isnan(a));
    }
  } // namespace

  HamiltonianRays::HamiltonianRays(const QuadraticModel &original)
    : unwhiten(unwhitening(original))
    , model(original.transformed(inverse(unwhiten)))
    , series(model, model.dimension() == 2 ? 30 : 20)
    , trusted(series.radius(1e-15))
    , stretch(operator_norm(unwhiten))
  {
    const unsigned int d = model.dimension();
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        for (unsigned int a = 0; a < d; ++a)
          for (unsigned int b = 0; b < d; ++b)
            growth.push_back(model.growth(i, j)(a, b));
  }

  SphereMinimum
  HamiltonianRays::minimum_over_sphere(const double radius) const
  {
    std::vector<Simplex> simplices = scan(radius);
    const auto           by_value  = [](const auto &a, const auto &b) {
      return lower(a.arrival.value, b.arrival.value);
    };
    for (Simplex &simplex : simplices)
      std::sort(simplex.begin(), simplex.end(), by_value);
    std::sort(simplices.begin(), simplices.end(), [&](const Simplex &a, const Simplex &b) {
      return by_value(a[0], b[0]);
    });

    Vertex              best = simplices[0][0];
    std::vector<Vertex> tried;
    for (const Simplex &simplex : simplices)
      {
        const bool near = std::any_of(tried.begin(), tried.end(), [&](const Vertex &vertex) {
          const Eigen::VectorXd &z = vertex.arrival.z, &other = simplex[0].arrival.z;
          return std::min((z - other).norm(), (z + other).norm()) < 0.6 * radius;
        });
        if (near || !(simplex[0].arrival.value < 1.3 * best.arrival.value))
          continue;
        tried.push_back(simplex[0]);
        const Vertex found = descend(simplex, radius);
        if (found.arrival.value < best.arrival.value)
          best = found;
      }
    if (!std::isfinite(best.arrival.value))
      throw std::domain_error("No characteristic of the quasi-potential reaches the sphere.");
    return {best.arrival.value, {best.arrival.z.begin(), best.arrival.z.end()}};
  }

  std::vector<HamiltonianRays::Simplex>
  HamiltonianRays::scan(const double radius) const
  {
    const unsigned int   d = model.dimension();
    std::vector<Simplex> closed;
    const auto           lowest = [](const Simplex &simplex) {
      double value = simplex[0].arrival.value;
      for (const Vertex &vertex : simplex)
        value = std::min(value, vertex.arrival.value);
      return value;
    };
    std::multimap<double, Simplex> open; // by the lowest V: where the minimum may be first
    for (unsigned int signs = 0; signs < (1u << (d - 1)); ++signs)
      {
        Simplex simplex;
        for (unsigned int i = 0; i < d; ++i)
          simplex.push_back(
            shoot((i > 0 && (signs >> (i - 1)) % 2 == 1 ? -1. : 1.) * Eigen::VectorXd::Unit(d, i),
                  radius));
        open.emplace(lowest(simplex), simplex);
      }
    // bisect the edge whose ends arrive farthest apart; 1e-14 apart at the start they cannot be told apart
    while (!open.empty())
      {
        const Simplex simplex = open.begin()->second;
        open.erase(open.begin());
        double       longest = 0.;
        unsigned int first = 0, second = 0;
        for (unsigned int i = 0; i < d; ++i)
          for (unsigned int j = i + 1; j < d; ++j)
            if (const double length =
                  (simplex[i].arrival.z - simplex[j].arrival.z).norm() +
                  0.2 * radius * (simplex[i].direction - simplex[j].direction).norm();
                length > longest && (simplex[i].direction - simplex[j].direction).norm() > 1e-14)
              {
                longest = length;
                first   = i;
                second  = j;
              }
        if (!(longest > 0.4 * radius) || open.size() + closed.size() > 5000)
          {
            closed.push_back(simplex);
            continue;
          }
        const Vertex middle = shoot(simplex[first].direction + simplex[second].direction, radius);
        for (const unsigned int replaced : {first, second})
          {
            Simplex half   = simplex;
            half[replaced] = middle;
            open.emplace(lowest(half), half);
          }
      }
    return closed;
  }

  HamiltonianRays::Vertex
  HamiltonianRays::descend(const Simplex &start, const double radius) const
  {
    const unsigned int d  = model.dimension();
    const auto         at = [&](const Eigen::VectorXd &weights) { // barycentric
      Eigen::VectorXd direction = Eigen::VectorXd::Zero(d);
      for (unsigned int i = 0; i < d; ++i)
        direction += weights(i) * start[i].direction;
      return shoot(direction, radius);
    };
    struct Corner
    {
      Eigen::VectorXd weights;
      Vertex          vertex;
    };
    std::vector<Corner> corners;
    for (unsigned int i = 0; i < d; ++i)
      corners.push_back({Eigen::VectorXd::Unit(d, i), start[i]});
    const auto by_value = [](const Corner &a, const Corner &b) {
      return lower(a.vertex.arrival.value, b.vertex.arrival.value);
    };
    for (unsigned int step = 0; step < 300; ++step)
      {
        std::sort(corners.begin(), corners.end(), by_value);
        Corner      &worst  = corners.back();
        const double lowest = corners[0].vertex.arrival.value;
        if (worst.vertex.arrival.value - lowest <= 1e-14 * lowest)
          break;
        Eigen::VectorXd centroid = Eigen::VectorXd::Zero(d);
        for (unsigned int i = 0; i + 1 < d; ++i)
          centroid += corners[i].weights / (d - 1.);
        const auto moved = [&](const double t) {
          const Eigen::VectorXd weights = centroid + t * (worst.weights - centroid);
          return Corner{weights, at(weights)};
        };
        Corner next = moved(-1.);
        if (by_value(next, corners[0]))
          next = std::min(next, moved(-2.), by_value);
        else if (!by_value(next, corners[d - 2]))
          next = std::min(moved(-0.5), moved(0.5), by_value);
        if (by_value(next, worst))
          worst = next;
        else
          for (unsigned int i = 1; i < d; ++i)
            {
              corners[i].weights = 0.5 * (corners[i].weights + corners[0].weights);
              corners[i].vertex  = at(corners[i].weights);
            }
      }
    return std::min_element(corners.begin(), corners.end(), by_value)->vertex;
  }

  HamiltonianRays::Vertex
  HamiltonianRays::shoot(const Eigen::VectorXd &direction, const double radius) const
  {
    const unsigned int    d     = model.dimension();
    const Eigen::VectorXd unit  = direction.normalized();
    const double          start = std::min(trusted, 0.5 * radius / stretch);
    const Eigen::VectorXd y = start * unit, p = series.gradient(y);
    State                 state(2 * d + 1);
    std::copy(y.begin(), y.end(), state.begin());
    std::copy(p.begin(), p.end(), state.begin() + d);
    state[2 * d] = series.value(y);

    const auto position = [&](const State &s) {
      return Eigen::VectorXd(unwhiten * Eigen::Map<const Eigen::VectorXd>(s.data(), d));
    };
    const auto advance = [&](const auto &system, double t, const double end) {
      auto stepper = odeint::make_controlled<odeint::runge_kutta_fehlberg78<State>>(step_tolerance,
                                                                                    step_tolerance);
      double dt    = std::isfinite(end) ? end - t : 0.05 / model.H.norm();
      for (unsigned int step = 0; step < 2000; ++step)
        {
          if (std::isfinite(end) && std::abs(dt) > std::abs(end - t))
            dt = end - t;
          if (stepper.try_step(system, state, t, dt) != odeint::success)
            continue;
          if (std::isfinite(end) ? t == end : position(state).norm() > radius)
            return true;
        }
      return false;
    };
    bool arrived = advance([&](const State &s, State &ds, double) { ds = rate(s); },
                           0.,
                           std::numeric_limits<double>::infinity());
    // back onto the sphere with |z| as the independent variable
    arrived = arrived && advance(
                           [&](const State &s, State &ds, double) {
                             ds                          = rate(s);
                             const Eigen::VectorXd z     = position(s);
                             const double          speed = z.dot(position(ds)) / z.norm();
                             for (double &entry : ds)
                               entry /= speed;
                           },
                           position(state).norm(),
                           radius);
    const bool finite = arrived && std::isfinite(state[2 * d]);
    return {unit,
            {finite ? state[2 * d] : std::numeric_limits<double>::infinity(), position(state)}};
  }

  HamiltonianRays::State
  HamiltonianRays::rate(const State &state) const
  {
    const unsigned int d = model.dimension();
    const double      *y = state.data(), *p = y + d;
    State              result(2 * d + 1, 0.);
    for (unsigned int i = 0; i < d; ++i)
      for (unsigned int j = 0; j < d; ++j)
        {
          double C = model.Sigma(i, j);
          for (unsigned int a = 0; a < d; ++a)
            {
              double Sy = 0.;
              for (unsigned int b = 0; b < d; ++b)
                Sy += growth[((i * d + j) * d + a) * d + b] * y[b];
              C += y[a] * Sy;
              result[d + a] -= p[i] * p[j] * Sy;
            }
          result[i] += C * p[j] - model.H(i, j) * y[j];
          result[d + j] += model.H(i, j) * p[i];
          result[2 * d] += 0.5 * p[i] * C * p[j];
        }
    return result;
  }
} // namespace dynkin
