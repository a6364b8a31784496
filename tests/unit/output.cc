// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/absolute_integral.h"
#include "measure/error_norms.h"
#include "measure/functionals.h"
#include "output/convergence_table.h"
#include "output/print_result.h"
#include "problems.h"
#include "runs.h"

#include <deal.II/numerics/vector_tools.h>

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  /** u = x^2 y on the unit disk, exactly representable. */
  class Cubic : public Function<2>
  {
  public:
    double
    value(const Point<2> &x, const unsigned int) const override
    {
      return x[0] * x[0] * x[1];
    }
  };

  /** The cubic in the elements of degree 8 on the disk, with ghost values. */
  dynkin::Vector
  interpolated(const Setup<2> &setup)
  {
    dynkin::Vector u;
    setup.form.initialize(u);
    VectorTools::interpolate(setup.space.mapping(), setup.space.dof_handler(), Cubic(), u);
    u.update_ghost_values();
    return u;
  }

  Parameters
  unit_disk()
  {
    return parse("stationary density", decoupled(2, "0.4") + ball());
  }
} // namespace

TEST_CASE("error norms are integrals over the domain", "[output]")
{
  const Setup<2>             setup(unit_disk(), 8, 1);
  const dynkin::Vector       u = interpolated(setup);
  const Sampler<2>           sampler(setup.space);
  const Field<2>             field{&setup.space, &u, nullptr};
  const ReferenceSolution<2> zero = {
    "zero", [](const Point<2> &) { return 0.; }, [](const Point<2> &) { return Tensor<1, 2>(); }};
  const ReferenceSolution<2> shifted = {"shifted by 1",
                                        [](const Point<2> &x) { return 1. + x[0] * x[0] * x[1]; },
                                        [](const Point<2> &x) {
                                          return Tensor<1, 2>({2. * x[0] * x[1], x[0] * x[0]});
                                        }};
  // int_disk x^4 y^2 = pi/64, int 4 x^2 y^2 + x^4 = pi/6 + pi/8
  const ErrorNorms norms = compute_errors(sampler, field, zero);
  CHECK(norms.L2 == Approx(std::sqrt(numbers::PI / 64.)).epsilon(1e-10));
  CHECK(norms.H1 == Approx(std::sqrt(numbers::PI * (1. / 64. + 1. / 6. + 1. / 8.))).epsilon(1e-10));

  const ErrorNorms one = compute_errors(sampler, field, shifted);
  CHECK(one.L2 == Approx(std::sqrt(numbers::PI)).epsilon(1e-10));
  CHECK(one.H1 == Approx(one.L2).epsilon(1e-9));
  CHECK(one.Linf == Approx(1.).epsilon(1e-9));
}

TEST_CASE("a weighted field is w u, with its gradient", "[output]")
{
  const Setup<2>       setup(unit_disk(), 8, 1);
  const dynkin::Vector u = interpolated(setup);
  const Field<2>       field{&setup.space, &u, &setup.form.weight()};
  const Point<2>       x(0.3, -0.2);
  const double         h = 1e-6;
  for (unsigned int i = 0; i < 2; ++i)
    {
      const auto at = [&](const double shift) {
        Point<2> y = x;
        y[i] += shift;
        return field.value(y, Cubic().value(y, 0));
      };
      const Tensor<1, 2> grad_u({2. * x[0] * x[1], x[0] * x[0]});
      CHECK(field.gradient(x, field.factors({x})[0], Cubic().value(x, 0), grad_u)[i] ==
            Approx((at(h) - at(-h)) / (2. * h)).epsilon(1e-7));
    }
}

TEST_CASE("point values anywhere in a curved domain", "[output]")
{
  const Setup<2>       setup(unit_disk(), 8, 1);
  const dynkin::Vector u = interpolated(setup);
  const Field<2>       field{&setup.space, &u, nullptr};
  const auto           values =
    point_values(field, {{0., 0.}, {0.3, -0.2}, {0.6, 0.8}, {-1., 0.}, {0.05, 0.99}});
  CHECK(std::abs(values[0]) < 1e-13);
  CHECK(values[1] == Approx(-0.018).epsilon(1e-8));
  CHECK(values[2] == Approx(0.288).epsilon(1e-7));
  CHECK(std::abs(values[3]) < 1e-8);
  CHECK(values[4] == Approx(0.0025 * 0.99).epsilon(1e-5));
}

TEST_CASE("a point between a curved wall and a polygon takes the nearest value", "[output]")
{
  const Setup<2> setup(unit_disk(), 1, 0);
  dynkin::Vector u;
  setup.form.initialize(u);
  u = 3.;
  u.update_ghost_values();
  const Field<2> field{&setup.space, &u, nullptr};
  for (const double angle : {0.1, 0.4, 1., 2.5})
    CHECK(point_values(field, {{std::cos(angle), std::sin(angle)}}).front() == Approx(3.));
}

TEST_CASE("a number is told with its error, whatever its size", "[output]")
{
  const auto entry = [](const Number &number) {
    Record record;
    record.put("value", number);
    record.put_also("density", {2.L, 1.L});
    return to_json(record);
  };
  const auto usual = entry({-4.L, 1e-3L});
  CHECK(usual["value"] == -4.);
  CHECK(usual["error estimate"].get<double>() == Approx(1e-3));
  CHECK(usual["relative error estimate"].get<double>() == Approx(2.5e-4));
  CHECK_FALSE(usual.contains("log10"));
  CHECK(usual["error estimate of the density"] == 1.);
  CHECK(usual["relative error estimate of the density"] == 0.5);

  const auto large = entry(Number::with_relative_error(1e400L, 1e-9));
  CHECK(large["value"].is_null());
  CHECK(large["error estimate"].is_null());
  CHECK(large["log10"].get<double>() == Approx(400.));
  CHECK(large["relative error estimate"].get<double>() == Approx(1e-9));

  const auto small = entry({1e-400L, 1e-402L});
  CHECK(small["value"] == 0.);
  CHECK(small["log10"].get<double>() == Approx(-400.));
  CHECK(small["relative error estimate"].get<double>() == Approx(0.01));

  CHECK(entry({0.L, 1e-3L})["relative error estimate"].is_null()); // of 0
  CHECK(entry({0.L, 0.L})["relative error estimate"] == 0.);

  CHECK(in_words({2.5L, 1e-3L}) == "2.5   +- 0.001");
  CHECK(in_words(Number::with_relative_error(1e400L, 1e-9)) == "10^400, relative error 1e-09");
}

TEST_CASE("records are printed as JSON and read again", "[output]")
{
  Record record  = {{"b", 0.1}, {"a", 3}, {"text", "x"}, {"yes", true}, {"none", std::nan("")}};
  record["list"] = std::vector<std::vector<double>>{{1.}, {}};
  record.update({{"a", 4U}, {"named", {{"k", nullptr}}}});
  const std::string text =
    R"({"b":0.1,"a":4,"text":"x","yes":true,"none":null,"list":[[1.0],[]],"named":{"k":null}})";
  CHECK(to_json(record).dump() == text);
  REQUIRE(record.find("a")->as<long long>() != nullptr);
  CHECK(*record.find("a")->as<long long>() == 4); // not the first of two
  CHECK(to_json(from_json(text)).dump() == text);
  CHECK(from_json("{\"cut").is_nothing());
  CHECK(record.find("list")->as<double>() == nullptr);
  CHECK(std::isnan(record.find("text")->number()));
  CHECK(record.find("absent") == nullptr);
}

TEST_CASE("a result has its quantities in results.json and in its lines", "[output]")
{
  Result part;
  Record entry = {{"point", std::vector<double>{0.5}}};
  part.quantity(entry, "value", {3.L, 0.5L}, "E[tau]", "at (0.5)   ");
  CHECK(to_json(entry)["value"] == 3.);
  part.numbers["entry"] = entry;
  part.tables.push_back({"table", {"x"}, {{1.}}});
  Result all;
  all.tell("", "first");
  all.include(part, all.numbers);
  CHECK(to_text(all.lines) == "first\nE[tau]          at (0.5)   3   +- 0.5\n");
  CHECK(to_json(all.numbers)["entry"]["error estimate"] == 0.5);

  const Folder      folder;
  const ResultFiles files(folder.path.string(), MPI_COMM_WORLD);
  write(all, files);
  CHECK(folder.results()["entry"]["point"][0] == 0.5);
  std::ifstream table(folder.path / "table.csv");
  std::string   head, row;
  CHECK((std::getline(table, head) && head == "x"));
  CHECK((std::getline(table, row) && row == "1"));
}

TEST_CASE("convergence tables hold rates and blanks", "[output]")
{
  ConvergenceTable table;
  ConvergenceRow   row;
  for (const double error : {1., 0.25, 1. / 32.})
    {
      row.cells  = 4;
      row.dofs   = 9;
      row.errors = ErrorNorms{error, 2. * error, 3. * error, 0., 0.};
      table.add(row);
    }
  const auto json = to_json(table.record());
  CHECK(json.size() == 3);
  CHECK(json[0]["L2 rate"].is_null());
  CHECK(json[1]["L2 rate"].get<double>() == Approx(2.));
  CHECK(json[2]["H1 rate"].get<double>() == Approx(3.));
  CHECK(table.csv().find("cells,dofs,L2,L2 rate,H1,H1 rate,Linf,Linf rate") == 0);
  CHECK(table.text().find("L2 rate") < table.text().find("2.00"));
  CHECK(table.text().find("2.00") != std::string::npos);
}

TEST_CASE("integrals of absolute values see where the kinks are", "[output]")
{
  // of |x_1 + ... + x_d - c| over [0, 1]^d
  const double c[] = {0.3, 1.1, 1.5}, exact[] = {0.29, 0.343, 13. / 32.};
  const auto   integral = [&](const unsigned int dim, const auto &points) {
    std::vector<double> g;
    for (const auto &x : points)
      {
        g.push_back(-c[dim - 1]);
        for (unsigned int i = 0; i < dim; ++i)
          g.back() += x[i];
      }
    return AbsoluteIntegral(7, dim)(g);
  };
  CHECK(integral(1, QGauss<1>(7).get_points()) == Approx(exact[0]).epsilon(1e-13));
  CHECK(integral(2, QGauss<2>(7).get_points()) == Approx(exact[1]).epsilon(1e-9));
  CHECK(integral(3, QGauss<3>(7).get_points()) == Approx(exact[2]).epsilon(1e-6));
}
