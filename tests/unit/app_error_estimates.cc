// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "runs.h"
#include "utilities/exceptions.h"

using namespace dynkin;
using namespace dynkin::tests;

// Error estimates against true errors, where they were too small or said to be what they are not.

TEST_CASE("values that count as 0 have an absolute criterion, and it is called so", "[app]")
{
  const Folder folder;
  // the right end is reached with a probability of about exp(-(V(1) - V(-1)))
  Parameters parameters = parse(
    "exit place",
    model(1, "expression", "", "  set drift = -80*x - 30\n  set diffusion = 1\n") +
      domain(" set shape = interval\n set lower = -1\n set upper = 1\n set exit set = right\n"));
  parameters.output.directory         = folder.path;
  parameters.discretization.tolerance = 1e-8;
  CHECK(run_quietly(parameters) == 0);
  const auto   entry    = folder.results()["exit place"][0];
  const double value    = entry["value"].get<double>(),
               estimate = entry["error estimate"].get<double>();
  CHECK(value == Approx(1.709577036098e-52).epsilon(1e-9)); // by quadrature
  CHECK(estimate > 0.);
  CHECK(entry["relative error estimate"].get<double>() == Approx(estimate / value));

  parameters.discretization.tolerance = 1e-70;
  std::string message;
  try
    {
      run_quietly(parameters);
    }
  catch (const ConvergenceError &error)
    {
      message = error.what();
    }
  CHECK(message.find("largest absolute error estimate") != std::string::npos);
}
