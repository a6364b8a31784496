// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "output/print_result.h"
#include "problems.h"
#include "study/theory_page.h"

using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  nlohmann::ordered_json
  page(const std::string &text, const std::string &quantities)
  {
    const Parameters parameters =
      parse("theory", text + "subsection Quantities\n" + quantities + "end\n");
    return to_json(theory_page(parameters, silent).numbers);
  }

  std::string
  coupled(const unsigned int d, const std::string &eta, const double g, const double s)
  {
    const auto diagonal = [d](const double number) {
      std::string rows;
      for (unsigned int i = 0; i < d; ++i)
        for (unsigned int j = 0; j < d; ++j)
          rows += (j > 0 ? ", " : i > 0 ? "; " : "") + std::to_string(i == j ? number : 0.);
      return rows;
    };
    return "set dimension = " + std::to_string(d) +
           "\nsubsection Model\n set type = coupled\n set learning rate = " + eta +
           "\n subsection coupled\n set H = " + diagonal(1.) + "\n set Sigma_g = " + diagonal(g) +
           "\n set Sigma_H = " + diagonal(s) + "\n end\nend\n";
  }

  std::string
  on_interval(const std::string &ends)
  {
    return domain(" set shape = interval\n" + ends);
  }
} // namespace

// Values to 22 digits by independent high-precision programs.
TEST_CASE("the theory page holds the 1-D exit problem", "[app]")
{
  const std::string model = decoupled(1, "0.5", "1", "1", "1");
  const auto        whole = page(model + on_interval(" set lower = -1\n set upper = 1\n"),
                          " set points = 0\n set moments = 2\n set times = 2\n");
  CHECK(whole["mean exit time"][0]["value"].get<double>() ==
        Approx(3.121855985288877143157).epsilon(1e-14));
  CHECK(whole["mean exit time"][0]["moments"][1].get<double>() ==
        Approx(17.73795425233379056683).epsilon(1e-14));
  CHECK(whole["exit law"]["rate"].get<double>() == Approx(0.3542747987888777660217).epsilon(1e-13));
  CHECK(whole["exit law"]["survival"][0]["value"].get<double>() ==
        Approx(0.5482806398361571663086).epsilon(1e-13));

  const auto part =
    page(model + on_interval(" set lower = -0.5\n set upper = 1\n set exit set = right\n"),
         " set points = 0.25\n set moments = 3\n");
  CHECK(part["mean exit time"][0]["moments"][2].get<double>() ==
        Approx(10.30180934556937449854).epsilon(1e-14));
  CHECK(part["exit place"][0]["value"].get<double>() ==
        Approx(0.3461354961832061068702).epsilon(1e-14));
}

TEST_CASE("one dimension is the same for all models", "[app]")
{
  const std::string ends = on_interval(" set lower = -1\n set upper = 1\n");
  const auto        a    = page(decoupled(1, "0.5", "1", "2", "3") + ends, "");
  const auto        b    = page(coupled(1, "0.5", 2., 1.5) + ends, "");
  CHECK(a["mean exit time"] == b["mean exit time"]);
  CHECK(a["stationary density"] == b["stationary density"]);
}

TEST_CASE("the theory page holds balls and boxes, in any dimension", "[app]")
{
  CHECK(
    page(coupled(2, "0.25", 1., 1.) + ball(), " set points = 0, 0\n")["mean exit time"][0]["value"]
      .get<double>() == Approx(4.291666666666666666667).epsilon(1e-14));
  CHECK(page(coupled(3, "0.125", 0.8, 0.5) + ball(),
             " set points = 0, 0.3, 0.4\n")["mean exit time"][0]["value"]
          .get<double>() == Approx(88.64106328316984317078).epsilon(1e-13));
  const auto ten = page(coupled(10, "0.1", 1., 1.) + ball(), "");
  CHECK(ten["mean exit time"][0]["value"].get<double>() > 0.);

  const auto box = page(decoupled(2, "0.5", "1, 2", "1, 0.5", "1, 0.5") +
                          domain(" set shape = box\n set lower = -1, -1.25\n"
                                 " set upper = 1, 1.25\n"),
                        " set points = 0, 0\n");
  CHECK(box["mean exit time"][0]["value"].get<double>() ==
        Approx(3.109702577104647834245).epsilon(1e-13));
}

TEST_CASE("what has no closed form is null, with the reason", "[app]")
{
  const auto disk = page(decoupled(2, "0.4") + ball(), "");
  CHECK(disk["mean exit time"].is_null());
  CHECK(!disk["theory"]["mean exit time"]["reason"].get<std::string>().empty());
  CHECK(disk["stationary density"]["values"][0]["value"].get<double>() ==
        Approx(1. / 0.5545969752933014358710).epsilon(1e-13));
}

TEST_CASE("beyond the range of a double there is log10", "[app]")
{
  const auto tiny = page(
    decoupled(1, "0.0005", "1", "1", "1") + on_interval(" set lower = -1\n set upper = 1\n"), "");
  CHECK(tiny["mean exit time"][0]["value"].is_null());
  CHECK(tiny["mean exit time"][0]["log10"].get<double>() ==
        Approx(2000. * std::log10(2.) + std::log10(std::sqrt(3.141592653589793 * 0.0005)))
          .epsilon(1e-5));
}

TEST_CASE("the theory page holds the stationary law", "[app]")
{
  const std::string whole = domain(" set shape = whole space");
  const std::string model = decoupled(1, "0.5", "1", "2", "1");
  const auto        law   = page(model + whole, " set points = 0.7\n");
  CHECK(law["stationary density"]["values"][0]["value"].get<double>() ==
        Approx(0.3110253643081262456833).epsilon(1e-13));
  CHECK(law["stationary density"]["covariance"][0][0].get<double>() ==
        Approx(0.6666666666666666666667).epsilon(1e-13));
  CHECK(law["stationary density"]["tail index"].get<double>() == Approx(5.).epsilon(1e-14));
  CHECK(law["theory"]["normalisable"]["value"].get<bool>());
  const auto &quantile = law["theory"]["quantiles"]["values"][4];
  REQUIRE(quantile["probability"].get<double>() == 0.975);
  CHECK(quantile["value"].get<double>() == Approx(1.625778702493469057834).epsilon(1e-13));
  CHECK(law["theory"]["contraction rate"]["value"].get<double>() == Approx(0.25 - 1.));

  const auto cut =
    page(model + on_interval(" set lower = -1.5\n set upper = 1.5\n"), "")["stationary density"];
  CHECK(cut["normalisation"].get<double>() == Approx(1.559756187192681414990).epsilon(1e-13));

  const auto moments =
    page(decoupled(1, "0.3", "1", "1", "1") + whole, "")["theory"]["moments"]["values"];
  REQUIRE(moments.back()["exponents"] == std::vector<unsigned int>{4});
  CHECK(moments.back()["value"].get<double>() == Approx(0.1443850267379679144385).epsilon(1e-13));
}

TEST_CASE("the theory page holds the multivariate Student t", "[app]")
{
  const auto  law     = page("set dimension = 2\nsubsection Model\n set type = coupled\n"
                             " set learning rate = 0.5\n subsection coupled\n"
                             "  set H = 1.36, 0.1; 0.0, 1.56\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                             "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n end\nend\n" +
                          domain(" set shape = whole space"),
                        " set times = 0, 100\n set points = 0.3, 0.4\n");
  const auto &density = law["stationary density"];
  CHECK(density["normalisation"].get<double>() == Approx(0.7701462617506775811410).epsilon(1e-13));
  CHECK(density["covariance"][0][1].get<double>() ==
        Approx(0.06410256410256410256410).epsilon(1e-12));
  CHECK(law["theory"]["tail index"]["value"].get<double>() == Approx(8.).epsilon(1e-12));
  CHECK(law["theory"]["paper condition (4.4)"].contains("reason")); // H is not symmetric
  const auto &times = law["theory"]["moments at times"]["values"];
  CHECK(times[0]["mean"] == std::vector<double>{0.3, 0.4});
  CHECK(times[0]["covariance"][0][0].get<double>() == Approx(0.).margin(1e-15));
  CHECK(times[1]["covariance"][0][1].get<double>() == Approx(0.06410256410256410).epsilon(1e-10));
}

TEST_CASE("the theory page holds the small-noise limit", "[app]")
{
  const auto disk = page(decoupled(2, "0.4", "1, 2", "1, 0.5", "1, 0.7") + ball(), "")["theory"];
  CHECK(disk["quasi-potential minimum"]["value"].get<double>() ==
        Approx(0.6931471805599453).epsilon(1e-14));
  CHECK(std::abs(disk["exit direction"]["value"][0].get<double>()) == Approx(1.));
  CHECK(disk["asymptotic exit time"]["log10"].get<double>() == Approx(std::log10(2.) / 0.4));

  const auto ends = page(
    decoupled(1, "0.01", "1", "1", "1") + on_interval(" set lower = -1\n set upper = 1\n"), "");
  const auto &asymptotic = ends["theory"]["asymptotic exit time"];
  CHECK(asymptotic["prefactor"].get<double>() == Approx(1.77245385).epsilon(1e-8));
  CHECK(asymptotic["value"].get<double>() ==
        Approx(ends["mean exit time"][0]["value"].get<double>())
          .epsilon(2e-4)); // the next term is O(eta^2)

  const auto box = page(decoupled(2, "0.4", "1, 2", "1, 0.5", "1, 0.7") +
                          domain(" set shape = box\n set lower = -3, -1\n set upper = 3, 2\n"
                                 " set boundary = bottom: reflecting"),
                        "")["theory"];
  CHECK(box["quasi-potential minimum"]["value"].get<double>() == Approx(std::log(10.)));
  CHECK(std::abs(box["exit direction"]["value"][0].get<double>()) == 1.);
}

TEST_CASE("no stationary law: the theory page says so", "[app]")
{
  // Sigma_g = Sigma_H = 1, H = 1/10, d = 3, eta = 1: 2 (1 + k/eta) = 2.2 < 3
  const auto law = page("set dimension = 3\nsubsection Model\n set type = coupled\n"
                        " set learning rate = 1\n subsection coupled\n"
                        "  set H = 0.1, 0, 0; 0, 0.1, 0; 0, 0, 0.1\n"
                        "  set Sigma_g = 1, 0, 0; 0, 1, 0; 0, 0, 1\n"
                        "  set Sigma_H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n end\nend\n" +
                          domain(" set shape = whole space"),
                        "");
  CHECK(!law["theory"]["normalisable"]["value"].get<bool>());
  CHECK(law["stationary density"].is_null());
  CHECK(law["theory"]["tail index"]["value"].is_null());
  CHECK(law["theory"]["covariance"]["value"][0][0].is_null());
}
