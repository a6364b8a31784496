// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/exit_set.h"
#include "form/wall_mass.h"
#include "measure/functionals.h"
#include "problem/expected_reward.h"
#include "problems.h"

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /** P(exit in the part of the walls that `text` names), by the field and by the density of the place. */
  template <int dim>
  std::array<double, 2>
  exit_probability(const std::string         &text,
                   const std::vector<double> &x,
                   const unsigned int         degree,
                   const unsigned int         refinements,
                   const std::string         &weight = "natural")
  {
    const Parameters    parameters = parse("exit place", text);
    const Setup<dim>    setup(parameters, degree, refinements, weight);
    const ExitSet<dim>  set(parameters.domain);
    const WallMass<dim> mass(setup.space);
    ExitTime<dim>       time(setup.form, parameters.solver, silent);
    time.solve(1);

    dynkin::Vector b, h, no_load;
    setup.form.initialize(b);
    setup.form.initialize(h);
    setup.form.initialize(no_load);
    mass.load(
      b,
      [&](const Point<dim> &y, const types::boundary_id wall) { return set.contains(y, wall); },
      [&](const Point<dim> &y) { return set.depth(y); });
    mass.solve(h, b);
    ExpectedReward<dim> problem(time, parameters.solver, silent);
    problem.solve(h, no_load);

    OccupationDensity<dim> occupation(time, parameters.solver, silent);
    const dynkin::Vector   goal = point_functional(setup.form, {x}, {1.});
    occupation.solve(goal);
    const dynkin::Vector distribution = exit_distribution(occupation, setup.form, goal);
    CHECK(distribution.mean_value() * distribution.size() == Approx(1.).epsilon(1e-11));
    return {{point_values(problem.field(), {x}).front(), distribution * h}};
  }

  std::string
  window(const std::string &direction, const std::string &angle)
  {
    return " set exit direction = " + direction + "\n set exit angle = " + angle + "\n";
  }
} // namespace

// The scale function of the power law in closed form, to many digits by an independent program.
TEST_CASE("the exit place of an interval", "[problem]")
{
  const std::string model = decoupled(1, "0.5", "1", "1", "1");
  const std::string ends  = " set shape = interval\n set lower = -0.5\n set upper = 1\n";
  for (const std::string weight : {"natural", "none"})
    for (const double p : exit_probability<1>(
           model + domain(ends + " set exit set = right\n"), {0.25}, 10, 2, weight))
      CHECK(p == Approx(0.3461354961832061068702).epsilon(1e-10));
  CHECK(
    exit_probability<1>(model + domain(ends + " set exit set = left, right\n"), {0.25}, 6, 1)[0] ==
    Approx(1.).epsilon(1e-12));
}

TEST_CASE("a symmetric disk is left through each half with probability 1/2", "[problem]")
{
  for (const std::string eta : {"0.5", "0.02"})
    for (const double p :
         exit_probability<2>(decoupled(2, eta) + ball(window("1, 0", "90")), {0., 0.}, 6, 2))
      CHECK(std::abs(p - 0.5) < 1e-11);
}

TEST_CASE("probabilities of a partition of the walls add up to 1", "[problem]")
{
  const std::string rotating = "set dimension = 2\nsubsection Model\n set type = coupled\n"
                               " set learning rate = 0.3\n subsection coupled\n"
                               "  set H = 2, 0.7; -0.3, 1\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                               "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n end\nend\n";
  double            sum      = 0.;
  for (const std::string wall : {"left", "right", "bottom", "top"})
    sum +=
      exit_probability<2>(rotating + box(2, " set exit set = " + wall + "\n"), {0.1, 0.2}, 6, 2)[0];
  CHECK(std::abs(sum - 1.) < 1e-11);

  // the ends of these windows are within faces
  sum = 0.;
  for (const auto &[direction, angle] : {std::make_pair("1, 0.2", "50"), {"-1, -0.2", "130"}})
    {
      const auto p =
        exit_probability<2>(rotating + ball(window(direction, angle)), {0.1, 0.2}, 6, 1);
      CHECK(p[0] == Approx(p[1]).epsilon(1e-11));
      sum += p[0];
    }
  CHECK(std::abs(sum - 1.) < 1e-11);
}

TEST_CASE("without drift the disk is left through a window as Poisson's kernel says", "[problem]")
{
  // isotropic noise and hardly any drift: from the centre all directions are alike
  const std::string brownian = decoupled(2, "1", "1e-12, 1e-12", "1, 1", "0, 0");
  CHECK(exit_probability<2>(brownian + ball(window("1, 0", "37")), {0., 0.}, 8, 1)[0] ==
        Approx(37. / 180.).epsilon(1e-6));
  // from (r, 0): 2 atan((1 + r)/(1 - r) tan(angle/2))/Pi
  CHECK(exit_probability<2>(brownian + ball(window("1, 0", "45")), {0.5, 0.}, 8, 2)[0] ==
        Approx(2. * std::atan(3. * std::tan(numbers::PI / 8.)) / numbers::PI).epsilon(1e-7));
}

TEST_CASE("without drift the ball is left through a cap like its share of the area", "[large]")
{
  const std::string in_space = decoupled(3, "1", "1e-12, 1e-12, 1e-12", "1, 1, 1", "0, 0, 0");
  CHECK(exit_probability<3>(in_space + ball(window("0, 0, 1", "60")), {0., 0., 0.}, 4, 1)[0] ==
        Approx(0.25).epsilon(1e-3));
}

TEST_CASE("the mean exit time is the expected reward of 1 per time", "[problem]")
{
  const Parameters parameters =
    parse("exit place", decoupled(2, "0.1") + ball(" set exit set = surface\n"));
  const Setup<2> setup(parameters, 4, 2);
  ExitTime<2>    time(setup.form, parameters.solver, silent);
  time.solve(1);
  dynkin::Vector h, load;
  setup.form.initialize(h);
  setup.form.load(load);
  ExpectedReward<2> problem(time, parameters.solver, silent);
  problem.solve(h, load);
  const std::vector<std::vector<double>> points = {{0., 0.}, {0.5, 0.7}};
  const auto                             own    = point_values(problem.field(), points),
             known                              = point_values(time.moment(1), points);
  CHECK(own[0] == Approx(known[0]).epsilon(1e-12));
  CHECK(own[1] == Approx(known[1]).epsilon(1e-12));
}
