// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameter_file.h"
#include "study/problem_table.h"
#include "study/sweep.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>

#include "catch2.h"
#include "parameters/parameter_text.h"

using namespace dynkin;

namespace
{
  const std::string disk_text = "set dimension = 2   # a disk\r\n"
                                "set   problem=exit time\n"
                                "subsection Model\n"
                                "\tset type = decoupled\n"
                                "  set learning   rate = 0.5\n"
                                "  subsection decoupled\n"
                                "    set h = 1, 2\n"
                                "    set sigma = 1, \\  # goes on\n"
                                "                0.5\n"
                                "    set rho = 1, 2\n"
                                "  end\n"
                                "end\n"
                                "subsection Domain\n"
                                "  set shape = ball\n"
                                "  set radius = 1\n"
                                "end";

  /** The sentence about what is wrong, or "". */
  std::string
  complaint(const std::string &text, const std::vector<std::string> &overrides = {})
  {
    try
      {
        ParameterFile file("disk.prm", text, problem_kinds());
        for (const std::string &assignment : overrides)
          file.set_override(assignment);
        file.read();
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "";
  }

  std::vector<std::filesystem::path>
  parameter_files(const std::string &folder)
  {
    std::vector<std::filesystem::path> files;
    for (const auto &file :
         std::filesystem::recursive_directory_iterator(DYNKIN_SOURCE_DIR "/" + folder))
      if (file.path().extension() == ".prm")
        files.push_back(file.path());
    std::sort(files.begin(), files.end());
    return files;
  }

  void
  check_complaint(const std::string &text)
  {
    const std::string sentence = complaint(text);
    INFO(sentence);
    if (!sentence.empty())
      CHECK(sentence.rfind("disk.prm", 0) == 0);
    CHECK(std::none_of(
      sentence.begin(), sentence.end(), [](const unsigned char c) { return c < 0x20; }));
    CHECK(sentence.size() < 600);
  }
} // namespace

TEST_CASE("ParameterFile: comments, blanks, continuation, CRLF", "[app]")
{
  const Parameters parameters = ParameterFile("disk.prm", disk_text, problem_kinds()).read();
  CHECK(parameters.dimension == 2);
  CHECK(parameters.problem == "exit time");
  CHECK(parameters.model.eta == 0.5);
  CHECK(parameters.model.decoupled.sigma == std::vector<double>{1., 0.5});
  CHECK(parameters.domain.radius == 1.);
  CHECK(parameters.discretization.tolerance == 1e-8); // neither that nor refinements set
}

TEST_CASE("ParameterFile: an override takes the place of the file's value", "[app]")
{
  ParameterFile file("disk.prm", disk_text, problem_kinds());
  file.set_override("Model/learning rate=0.1");
  file.set_override(" Quantities/points = 0, 0; 0.5, 0 ");
  file.set_override("Output/directory=a=b", "--output");
  const Parameters parameters = file.read();
  CHECK(parameters.model.eta == 0.1);
  CHECK(parameters.quantities.points == std::vector<std::vector<double>>{{0., 0.}, {0.5, 0.}});
  CHECK(parameters.output.directory == "a=b");
  CHECK_THROWS_AS(file.set_override("Output/directory=c"), InputError);
}

TEST_CASE("ParameterFile: numbers may be written as arithmetic", "[app]")
{
  ParameterFile file("disk.prm", disk_text, problem_kinds());
  file.set_override("Model/learning rate=0.1/8");
  file.set_override("Model/decoupled/h=2*sqrt(3), 1e-3*4");
  file.set_override("Domain/radius=pi/2");
  file.set_override("Quantities/points=0.1/8, 0; max(0.1, 0.2), -1/3");
  file.set_override("Discretization/refinements=3-1");
  file.set_override(
    "Model/decoupled/sigma=0.1, 0.30000000000000004"); // plain ones are kept exactly
  const Parameters parameters = file.read();
  CHECK(parameters.model.eta == 0.0125);
  CHECK(parameters.model.decoupled.h == std::vector<double>{2. * std::sqrt(3.), 0.004});
  CHECK(parameters.model.decoupled.sigma == std::vector<double>{0.1, 0.30000000000000004});
  CHECK(parameters.domain.radius == std::acos(-1.) / 2.);
  CHECK(parameters.quantities.points ==
        std::vector<std::vector<double>>{{0.0125, 0.}, {0.2, -1. / 3.}});
  CHECK(parameters.discretization.refinements == 2);
  CHECK(ParameterFile("used.prm", file.used_parameters(), problem_kinds()).read().model.eta ==
        0.0125);

  CHECK(complaint(disk_text, {"Domain/radius=1-2"}).find("but the value is -1") !=
        std::string::npos);
  CHECK(complaint(disk_text, {"Domain/radius=1/0"}).find("divides by 0") != std::string::npos);
  CHECK(complaint(disk_text, {"Domain/radius=10^400"}).find("no finite value") !=
        std::string::npos);
  CHECK(complaint(disk_text, {"Domain/radius=log(0)"}).find("no finite value") !=
        std::string::npos);
  CHECK(complaint(disk_text, {"Discretization/refinements=1/2"}).find("but the value is 0.5") !=
        std::string::npos);
  for (const char *wrong : {"two", "1e999", "1,,2", "eta/2", "x", "nan", "inf"})
    CHECK(
      complaint(disk_text, {std::string("Domain/radius=") + wrong}).find("needs a number > 0") !=
      std::string::npos);
}

TEST_CASE("ParameterFile: complaints name file, line, entry, value and requirement", "[app]")
{
  CHECK(complaint(disk_text) == "");
  CHECK(complaint(disk_text, {"Model/decoupled/h=1"}) ==
        "--set Model/decoupled/h = '1': needs 2 numbers > 0 (dimension = 2), but 1 is given");
  CHECK(complaint(disk_text, {"Discretization/degree=x"}) ==
        "--set Discretization/degree = 'x': needs an integer from 1 to 10");
  CHECK(complaint(disk_text, {"Model/learning=1"}) ==
        "--set Model/learning: unknown entry; known here: type, learning rate, center, group "
        "sizes, killing rate");
  CHECK(complaint(disk_text + "\nset dimension = 2") ==
        "disk.prm, line 17: dimension = '2': needs to be set once, but is set in line 1 already");
  CHECK(complaint(disk_text + "\nset x = 1").rfind("disk.prm, line 17: unknown entry x", 0) == 0);
  CHECK(complaint(disk_text.substr(0, disk_text.size() - 3)) ==
        "disk.prm, line 13: subsection Domain needs an 'end', which is missing");
  CHECK(complaint("set dimension = 2") ==
        "disk.prm: problem (not set): needs one of: exit time, exit law, exit place, spectrum, "
        "stationary density, transient density, discrete chain, monte carlo, theory");
  CHECK(complaint("") == "disk.prm: sets nothing; needs at least dimension and problem");
  CHECK(complaint(disk_text, {"Output/directory=a#b"}).find("'#'") != std::string::npos);
}

TEST_CASE("ParameterFile: describe() completes an error of the computation", "[app]")
{
  const ParameterFile file("disk.prm", disk_text, problem_kinds());
  CHECK(file.describe(InputError("Domain/radius", "needs less")) ==
        "disk.prm, line 15: Domain/radius = '1': needs less");
  CHECK(file.describe(InputError("Solver/type", "needs amg")) ==
        "disk.prm: Solver/type (not set): needs amg");
}

TEST_CASE("ParameterFile: used_parameters() read again gives the same", "[app]")
{
  ParameterFile file("disk.prm", disk_text, problem_kinds());
  file.set_override("Discretization/tolerance=1e-7");
  file.set_override("Quantities/points=0, 0.1234567890123456");
  const std::string   used = file.used_parameters();
  const ParameterFile again("used.prm", used, problem_kinds());
  CHECK(again.used_parameters() == used);
  CHECK(again.read().discretization.tolerance == 1e-7);
  CHECK(again.read().quantities.points == file.read().quantities.points);
}

TEST_CASE("ParameterFile: every committed file is right, also after a round trip", "[app]")
{
  const auto files = parameter_files("params");
  CHECK_FALSE(files.empty());
  for (const auto &path : files)
    {
      INFO(path);
      const ParameterFile file(path.string(), problem_kinds());
      if (!file.value("Study/sweep").empty())
        {
          REQUIRE_NOTHROW(Sweep(file)); // its rows
          continue;
        }
      std::string used;
      REQUIRE_NOTHROW(ParameterFile(path.string(), problem_kinds()).read());
      REQUIRE_NOTHROW(used = ParameterFile(path.string(), problem_kinds()).used_parameters());
      CHECK(complaint(used) == "");
    }
}

TEST_CASE("ParameterFile: damaged files never crash and give one line", "[large]")
{
  auto files = parameter_files("params");
  for (const auto &path : parameter_files("tests/must_fail"))
    files.push_back(path);
  std::mt19937 random(20260101);
  for (const auto &path : files)
    {
      INFO(path);
      const std::string text = read_text_file(path.string());
      for (std::size_t end = 0; end < text.size(); end = text.find('\n', end + 1))
        check_complaint(text.substr(0, end));
      for (unsigned int i = 0; i < 5; ++i)
        check_complaint(text.substr(0, random() % text.size()));
      for (unsigned int i = 0; i < 5; ++i)
        {
          std::string damaged                = text;
          damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
          check_complaint(damaged);
        }
    }
}
