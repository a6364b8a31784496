// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <cmath>

#include "catch2.h"
#include "domain/domain_parameters.h"
#include "utilities/exceptions.h"

using namespace dynkin;

namespace
{
  constexpr auto absorbing  = BoundaryKind::absorbing;
  constexpr auto reflecting = BoundaryKind::reflecting;

  DomainParameters
  unit_box(const unsigned int dimension)
  {
    DomainParameters domain;
    domain.shape_name = "box";
    domain.lower.assign(dimension, -1.);
    domain.upper.assign(dimension, 1.);
    return domain;
  }

  DomainParameters
  ball(const std::vector<double> &center, const double radius)
  {
    DomainParameters domain;
    domain.shape_name = "ball";
    domain.center     = center;
    domain.radius     = radius;
    return domain;
  }

  std::string
  fault(DomainParameters domain, const unsigned int dimension)
  {
    try
      {
        domain.check(dimension, absorbing);
      }
    catch (const InputError &error)
      {
        return error.entry();
      }
    return "";
  }

  std::map<std::string, BoundaryKind>
  walls(DomainParameters domain, const std::string &boundary, const unsigned int dimension)
  {
    domain.boundary = boundary;
    domain.check(dimension, absorbing);
    return domain.walls;
  }

  std::vector<std::string>
  wall_names(DomainParameters domain, const unsigned int dimension)
  {
    domain.check(dimension, absorbing);
    return domain.shape->wall_names;
  }
} // namespace

TEST_CASE("Domain: walls in the order of their boundary ids", "[geometry]")
{
  using Names = std::vector<std::string>;
  CHECK(wall_names(unit_box(1), 1) == Names{"left", "right"});
  CHECK(wall_names(unit_box(2), 2) == Names{"left", "right", "bottom", "top"});
  CHECK(wall_names(unit_box(3), 3) == Names{"left", "right", "bottom", "top", "back", "front"});
  CHECK(wall_names(ball({}, 1.), 3) == Names{"surface"});
}

TEST_CASE("Domain: Domain/boundary by word, name and id", "[geometry]")
{
  using Walls = std::map<std::string, BoundaryKind>;
  CHECK(walls(unit_box(1), "", 1) == Walls{{"left", absorbing}, {"right", absorbing}});
  CHECK(walls(unit_box(1), "reflecting", 1) == Walls{{"left", reflecting}, {"right", reflecting}});
  CHECK(walls(unit_box(1), "left: reflecting", 1) ==
        Walls{{"left", reflecting}, {"right", absorbing}});
  CHECK(walls(unit_box(1), " left :reflecting ,right:  absorbing", 1) ==
        Walls{{"left", reflecting}, {"right", absorbing}});
  CHECK(
    walls(unit_box(2), "1: reflecting, top: reflecting", 2) ==
    Walls{{"left", absorbing}, {"right", reflecting}, {"bottom", absorbing}, {"top", reflecting}});
  CHECK(walls(ball({}, 1.), "surface: reflecting", 2) == Walls{{"surface", reflecting}});
}

TEST_CASE("Domain: wrong boundary texts are refused", "[geometry]")
{
  for (const std::string text : {"sticky",
                                 "left",
                                 "left:",
                                 ": absorbing",
                                 "left: right: absorbing",
                                 "top: absorbing",
                                 "2: absorbing",
                                 "-1: absorbing",
                                 "left absorbing, right: absorbing",
                                 "left: absorbing, left: reflecting",
                                 "left: absorbing, 0: absorbing",
                                 "left: absorbing,, right: absorbing"})
    {
      INFO(text);
      DomainParameters domain = unit_box(1);
      domain.boundary         = text;
      CHECK(fault(domain, 1) == "Domain/boundary");
    }
}

TEST_CASE("Domain: each wrong value is blamed on its entry", "[geometry]")
{
  const auto changed = [](DomainParameters domain, const unsigned int d, const auto &change) {
    change(domain);
    return fault(domain, d);
  };
  for (const unsigned int d : {1, 2, 3})
    CHECK(fault(unit_box(d), d) == "");
  CHECK(fault(ball({}, 1.), 1) == "Domain/shape");
  CHECK(fault(ball({}, 1.), 3) == "");
  CHECK(changed(unit_box(2), 2, [](auto &b) { b.shape_name = "interval"; }) == "Domain/shape");
  CHECK(changed(unit_box(2), 2, [](auto &b) { b.shape_name = ""; }) == "Domain/shape");
  CHECK(changed(unit_box(2), 2, [](auto &b) { b.shape_name = "annulus"; }) ==
        "Domain/inner radius");
  CHECK(changed(unit_box(2), 2, [](auto &b) { b.lower.pop_back(); }) == "Domain/lower");
  CHECK(changed(unit_box(2), 2, [](auto &b) { b.lower[0] = std::nan(""); }) == "Domain/lower");
  CHECK(changed(unit_box(2), 2, [](auto &b) { b.upper[1] = -1.; }) == "Domain/upper");
  CHECK(fault(ball({0.}, 1.), 2) == "Domain/center");
  for (const double radius : {0., -1., double(NAN), double(INFINITY)})
    CHECK(fault(ball({}, radius), 2) == "Domain/radius");
}

TEST_CASE("Domain: contains() is closed, up to rounding", "[geometry]")
{
  DomainParameters disk = ball({1., 0.}, 0.5);
  disk.check(2, absorbing);
  CHECK(disk.shape->contains({1., 0.}));
  CHECK(disk.shape->contains({1.5, 0.}));
  CHECK(disk.shape->contains({1. + 0.5 * std::cos(1.), 0.5 * std::sin(1.)}));
  CHECK_FALSE(disk.shape->contains({1.5 + 1e-9, 0.}));
  CHECK_FALSE(disk.shape->contains({0., 0.}));

  DomainParameters box = unit_box(3);
  box.check(3, absorbing);
  CHECK(box.shape->contains({1., -1., 1.}));
  CHECK_FALSE(box.shape->contains({0., 0., 1. + 1e-9}));
  CHECK_FALSE(box.shape->contains({-1.1, 0., 0.}));
}

TEST_CASE("Domain: contains() of ellipsoids and annuli", "[geometry]")
{
  DomainParameters ellipse;
  ellipse.shape_name = "ellipsoid";
  ellipse.semi_axes  = {2., 0.5};
  ellipse.center     = {1., 0.};
  ellipse.check(2, absorbing);
  CHECK(ellipse.shape->contains({3., 0.}));
  CHECK(ellipse.shape->contains({1., -0.5}));
  CHECK_FALSE(ellipse.shape->contains({1., 0.5 + 1e-9}));
  ellipse.semi_axes.clear();
  ellipse.matrix = {{1., 0.}, {0., 16.}};
  ellipse.radius = 2.;
  ellipse.check(2, absorbing);
  CHECK(ellipse.shape->contains({3., 0.}));
  CHECK_FALSE(ellipse.shape->contains({3. + 1e-9, 0.}));

  DomainParameters annulus;
  annulus.shape_name   = "annulus";
  annulus.inner_radius = 0.5;
  annulus.outer_radius = 1.;
  annulus.check(3, absorbing);
  CHECK(annulus.shape->wall_names == std::vector<std::string>{"inner", "outer"});
  CHECK(annulus.shape->contains({0., 0., 0.5}));
  CHECK(annulus.shape->contains({1., 0., 0.}));
  CHECK_FALSE(annulus.shape->contains({0., 0., 0.}));
  CHECK_FALSE(annulus.shape->contains({0., 0., 1. + 1e-9}));
}
