// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/theory_page.h"
#include "problems.h"

using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  nlohmann::ordered_json
  page(const std::string &text, const std::string &quantities)
  {
    const Parameters parameters =
      parse("theory", text + "subsection Quantities\n" + quantities + "end\n");
    return TheoryPage(parameters).json();
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
  interval(const std::string &ends)
  {
    return domain(" set shape = interval\n" + ends);
  }
} // namespace

// Values to 22 digits by independent high-precision programs.
TEST_CASE("the theory page holds the 1-D exit problem", "[app]")
{
  const std::string model = decoupled(1, "0.5", "1", "1", "1");
  const auto        whole = page(model + interval(" set lower = -1\n set upper = 1\n"),
                          " set points = 0\n set moments = 2\n set times = 2\n");
  CHECK(whole["mean exit time"][0]["value"].get<double>() ==
        Approx(3.121855985288877143157).epsilon(1e-14));
  CHECK(whole["mean exit time"][0]["moments"][1].get<double>() ==
        Approx(17.73795425233379056683).epsilon(1e-14));
  CHECK(whole["exit law"]["rate"].get<double>() == Approx(0.3542747987888777660217).epsilon(1e-13));
  CHECK(whole["exit law"]["survival"][0]["value"].get<double>() ==
        Approx(0.5482806398361571663086).epsilon(1e-13));

  const auto part =
    page(model + interval(" set lower = -0.5\n set upper = 1\n set exit set = right\n"),
         " set points = 0.25\n set moments = 3\n");
  CHECK(part["mean exit time"][0]["moments"][2].get<double>() ==
        Approx(10.30180934556937449854).epsilon(1e-14));
  CHECK(part["exit place"][0]["value"].get<double>() ==
        Approx(0.3461354961832061068702).epsilon(1e-14));
}

TEST_CASE("one dimension is the same for all models", "[app]")
{
  const std::string ends = interval(" set lower = -1\n set upper = 1\n");
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
  const auto tiny =
    page(decoupled(1, "0.0005", "1", "1", "1") + interval(" set lower = -1\n set upper = 1\n"), "");
  CHECK(tiny["mean exit time"][0]["value"].is_null());
  CHECK(tiny["mean exit time"][0]["log10"].get<double>() ==
        Approx(2000. * std::log10(2.) + std::log10(std::sqrt(3.141592653589793 * 0.0005)))
          .epsilon(1e-5));
}
