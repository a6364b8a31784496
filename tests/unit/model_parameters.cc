// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/model_parameters.h"

#include <cmath>

#include "catch2.h"
#include "utilities/exceptions.h"

using namespace dynkin;

namespace
{
  ModelParameters
  planar_model()
  {
    ModelParameters model;
    model.type      = "decoupled";
    model.eta       = 0.5;
    model.decoupled = {{1., 2.}, {1., 0.5}, {1., 0.}};
    return model;
  }

  /** Entry at fault, or "" if there is none. */
  std::string
  fault(ModelParameters model, const unsigned int dimension = 2)
  {
    try
      {
        model.check(dimension);
      }
    catch (const InputError &error)
      {
        return error.entry();
      }
    return "";
  }
} // namespace

TEST_CASE("Model parameters: good ones pass, the centre is the origin by default", "[model]")
{
  ModelParameters model = planar_model();
  model.check(2);
  CHECK(model.center == std::vector<double>{0., 0.});

  model.center = {0.5, -1.};
  model.check(2);
  CHECK(model.center == std::vector<double>{0.5, -1.});
}

TEST_CASE("Model parameters: each wrong value is blamed on its entry", "[model]")
{
  const double nan = std::nan(""), inf = INFINITY;
  const auto   changed = [](const auto &change) {
    ModelParameters model = planar_model();
    change(model);
    return fault(model);
  };
  CHECK(changed([](auto &m) { m.type = ""; }) == "Model/type");
  CHECK(changed([](auto &m) { m.type = "tripled"; }) == "Model/type");
  for (const double eta : {0., -1., nan, inf})
    CHECK(changed([=](auto &m) { m.eta = eta; }) == "Model/learning rate");
  CHECK(changed([](auto &m) { m.center = {0.}; }) == "Model/center");
  CHECK(changed([=](auto &m) { m.center = {0., nan}; }) == "Model/center");
  for (const double h : {0., -1., nan, inf})
    CHECK(changed([=](auto &m) { m.decoupled.h[1] = h; }) == "Model/decoupled/h");
  for (const double sigma : {0., -1., nan, inf})
    CHECK(changed([=](auto &m) { m.decoupled.sigma[1] = sigma; }) == "Model/decoupled/sigma");
  for (const double rho : {-1e-300, nan, inf})
    CHECK(changed([=](auto &m) { m.decoupled.rho[1] = rho; }) == "Model/decoupled/rho");
  CHECK(changed([](auto &m) { m.decoupled.rho.clear(); }) == "Model/decoupled/rho");
  CHECK(fault(planar_model(), 2) == "");
  CHECK(fault(planar_model(), 3) == "Model/decoupled/h");
}

TEST_CASE("Model parameters: one number stands for that multiple of the identity", "[model]")
{
  const Matrix    two = {{2., 0., 0.}, {0., 2., 0.}, {0., 0., 2.}};
  ModelParameters model;
  model.eta     = 0.5;
  model.type    = "coupled";
  model.coupled = {{{2.}}, {{2.}}, {{2.}}};
  model.check(3);
  CHECK(model.coupled.H == two);
  CHECK(model.coupled.Sigma_g == two);
  CHECK(model.coupled.Sigma_H == two);

  model.type                         = "linear regression";
  model.linear_regression.covariance = {{2.}};
  model.check(3);
  CHECK(model.linear_regression.covariance == two);

  model.type                 = "quadratic covariance";
  model.quadratic_covariance = {{{2.}}, {{2.}}, Matrix(9, std::vector<double>(9, 0.))};
  model.check(3);
  CHECK(model.quadratic_covariance.H == two);
  CHECK(model.quadratic_covariance.Sigma == two);

  model.type    = "coupled";
  model.coupled = {{{2.}}, {{2., 1.}}, {{2.}}};
  CHECK(fault(model, 3) == "Model/coupled/Sigma_g");
}
