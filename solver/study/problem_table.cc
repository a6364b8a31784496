// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/problem_table.h"

#include "problem/exit_law_computation.h"
#include "problem/exit_place_computation.h"
#include "problem/exit_time_computation.h"
#include "problem/spectrum_computation.h"
#include "problem/stationary_density_computation.h"
#include "problem/transient_density_computation.h"
#include "study/chain_page.h"
#include "study/monte_carlo_page.h"
#include "study/theory_page.h"

namespace dynkin
{
  namespace
  {
    template <int dim, typename OwnComputation>
    std::unique_ptr<Computation<dim>>
    create(const Parameters  &parameters,
           const Model<dim>  &model,
           const Mesh<dim>   &mesh,
           const unsigned int degree,
           const Log         &log)
    {
      return std::make_unique<OwnComputation>(parameters, model, mesh, degree, log);
    }

    template <template <int> class OwnComputation>
    Problem
    solved_by()
    {
      Problem problem;
      problem.solution = {
        create<1, OwnComputation<1>>, create<2, OwnComputation<2>>, create<3, OwnComputation<3>>};
      return problem;
    }

    Problem
    told_by(Result (*page)(const Parameters &, const Log &), const char *file)
    {
      Problem problem;
      problem.has_mesh  = false;
      problem.page      = page;
      problem.page_file = file;
      return problem;
    }

    std::vector<Problem>
    create_table()
    {
      const std::string or_killing = ", tau the exit or the killing";
      const std::string exit_walls = "on absorbing walls, a grad f . n = 0 on reflecting walls";
      const std::string density_walls =
        "J . n = 0 (reflecting walls, or where the mesh of the whole space ends)";

      Problem exit_time  = solved_by<ExitTimeComputation>();
      exit_time.name     = "exit time";
      exit_time.help     = "mean time until the process leaves through an absorbing wall, A f = -1";
      exit_time.equation = "A f = 1/2 a : grad grad f + b . grad f = -1,  f(x) = E[tau | X_0 = x]";
      exit_time.killed_equation =
        "A f = 1/2 a : grad grad f + b . grad f = k f - 1,  f(x) = E[tau | X_0 = x]" + or_killing;
      exit_time.walls     = "f = 0 " + exit_walls;
      exit_time.is_exit   = true;
      exit_time.is_even   = true;
      exit_time.meshes    = ProblemKind::Meshes::adaptive;
      exit_time.reference = ProblemKind::Reference::exit_time;
      exit_time.entries   = {"Quantities/moments"};

      Problem exit_law = solved_by<ExitLawComputation>();
      exit_law.name    = "exit law";
      exit_law.help =
        "probability to be still inside at given times, quantiles and rate of that time";
      exit_law.equation = "dS/dt = A S,  S(0) = 1,  S(t, x) = P(tau > t | X_0 = x)";
      exit_law.killed_equation =
        "dS/dt = (A - k) S,  S(0) = 1,  S(t, x) = P(tau > t | X_0 = x)" + or_killing;
      exit_law.walls     = "S = 0 on absorbing walls, a grad S . n = 0 on reflecting walls";
      exit_law.is_exit   = true;
      exit_law.is_law    = true;
      exit_law.meshes    = ProblemKind::Meshes::adaptive;
      exit_law.reference = ProblemKind::Reference::exit;
      exit_law.entries   = {"Quantities/times", "Quantities/quantiles", "Quantities/moments"};

      Problem exit_place = solved_by<ExitPlaceComputation>();
      exit_place.name    = "exit place";
      exit_place.help =
        "probability to leave through a part of the walls, and expected rewards, A f = -g";
      const std::string rewards =
        "f = -g,  f(x) = E[int_0^tau g dt + h(X_tau) | X_0 = x];  P(exit in W): g = 0, h = 1 on W";
      exit_place.equation        = "A " + rewards;
      exit_place.killed_equation = "(A - k) " + rewards + or_killing + " (h = 0)";
      exit_place.walls           = "f = h " + exit_walls;
      exit_place.is_exit         = true;
      exit_place.is_place        = true;
      exit_place.meshes          = ProblemKind::Meshes::adaptive;
      exit_place.reference       = ProblemKind::Reference::exit;
      exit_place.entries         = {"Domain/exit set",
                                    "Domain/exit direction",
                                    "Domain/exit angle",
                                    "Quantities/running reward",
                                    "Quantities/terminal reward"};

      Problem spectrum  = solved_by<SpectrumComputation>();
      spectrum.name     = "spectrum";
      spectrum.help     = "slowest modes, A phi = -lambda phi, and the quasi-stationary density";
      spectrum.equation = "A phi = -lambda phi";
      spectrum.killed_equation = "(A - k) phi = -lambda phi";
      spectrum.walls   = "phi = 0 on absorbing walls, a grad phi . n = 0 on reflecting walls";
      spectrum.meshes  = ProblemKind::Meshes::adaptive;
      spectrum.entries = {"Quantities/eigenvalues"};

      Problem stationary = solved_by<StationaryDensityComputation>();
      stationary.name    = "stationary density";
      stationary.help =
        "long-time distribution between reflecting walls or on the whole space, A* p = 0";
      stationary.equation = "A* p = -div J = 0,  J = b p - 1/2 div(a p),  int p = 1";
      stationary.without_killing =
        " (everything is killed in the end); spectrum has the law of what "
        "is still alive, the quasi-stationary density";
      stationary.walls      = density_walls;
      stationary.is_density = true;
      stationary.is_even    = true;
      stationary.meshes     = ProblemKind::Meshes::adaptive_bounded;
      stationary.tolerance  = 1e-10; // it costs little, and the density matters where it is small
      stationary.reference  = ProblemKind::Reference::density;
      stationary.entries    = {"Quantities/quantiles", "Quantities/distances", "Output/window"};

      Problem transient = solved_by<TransientDensityComputation>();
      transient.name    = "transient density";
      transient.help    = "distribution at given times, dp/dt = A* p";
      transient.equation =
        "dp/dt = A* p = -div J,  J = b p - 1/2 div(a p),  p(0) = p_0,  int p = 1";
      transient.without_killing = " (its law loses mass); exit law has the probability to be alive";
      transient.walls           = density_walls;
      transient.is_density      = true;
      transient.has_start       = true;
      transient.entries         = {"Quantities/times", "Start", "Output/window"};

      Problem theory = told_by(theory_page, "theory.txt");
      theory.name    = "theory";
      theory.help =
        "what is known in closed form or by quadrature, in any dimension, without a mesh";
      theory.without_killing = ", whose formulas know no killing";
      // whatever a problem on a mesh takes, so that both can be laid side by side
      theory.entries = {"Domain/exit set",
                        "Domain/exit direction",
                        "Domain/exit angle",
                        "Quantities/times",
                        "Quantities/quantiles",
                        "Quantities/distances",
                        "Quantities/eigenvalues",
                        "Quantities/moments",
                        "Quantities/running reward",
                        "Quantities/terminal reward"};

      Problem chain = told_by(chain_page, "chain.txt");
      chain.name    = "discrete chain";
      chain.help =
        "how many steps Euler's chain takes to leave, as SGD does, and what the diffusion "
        "says instead";
      chain.equation = "u(z) = 1 + E[u(z'); z' inside],  z' = z + eps b(z) + sqrt(eps) s(z) xi";
      chain.walls    = "a step beyond an absorbing wall ends it, a reflecting wall is a mirror";
      chain.without_killing = ", for a chain that is not killed";
      chain.is_exit         = true;
      chain.is_chain        = true;
      chain.is_even         = true;
      chain.entries         = {
                "Discrete chain", "Discrete chain/noise", "Quantities/quantiles", "Quantities/moments"};

      Problem monte_carlo = told_by(monte_carlo_page, "monte_carlo.txt");
      monte_carlo.name    = "monte carlo";
      monte_carlo.help =
        "paths of the diffusion, of Euler's chain or of SGD itself, until they leave: means with "
        "standard errors; without a mesh";
      monte_carlo.equation        = "x' = x + h b(x) + sqrt(h) s(x) xi,  xi ~ N(0, 1)";
      monte_carlo.without_killing = ", so far";
      monte_carlo.is_exit         = true;
      monte_carlo.is_sampled      = true;
      monte_carlo.entries         = {
                "Monte Carlo", "Discrete chain", "Quantities/times", "Quantities/quantiles"};

      return {exit_time,
              exit_law,
              exit_place,
              spectrum,
              stationary,
              transient,
              chain,
              monte_carlo,
              theory};
    }

    const std::vector<Problem> &
    problems()
    {
      static const std::vector<Problem> rows = create_table();
      return rows;
    }
  } // namespace

  ProblemKinds
  problem_kinds()
  {
    ProblemKinds kinds;
    for (const Problem &problem : problems())
      kinds.push_back(&problem);
    return kinds;
  }

  const Problem &
  problem_of(const Parameters &parameters)
  {
    return static_cast<const Problem &>(*parameters.kind);
  }
} // namespace dynkin
