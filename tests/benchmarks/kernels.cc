// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <benchmark/benchmark.h>

#include <ctime>

#include "linear_algebra/cell_schwarz.h"
#include "linear_algebra/degree_transfer.h"
#include "linear_algebra/linear_solver.h"
#include "parameters/parameter_file.h"
#include "study/problem_table.h"

using namespace dealii;
using namespace dynkin;

/**
 * What the parts of a solver do in a second, beside what the machine can do: the bandwidth
 * of its memory and the arithmetic of VectorizedArray, measured here as well.
 */
namespace
{
  /** Model B1 or B2 in the unit ball, whole. */
  template <int dim>
  struct Setup
  {
    Setup(const unsigned int degree, const unsigned int refinements, const std::string &weight)
      : parameters(ParameterFile("benchmark.prm", text(), problem_kinds()).read())
      , model(create_model<dim>(parameters.model))
      , mesh((parameters.domain.mirror.clear(), parameters.domain), MPI_COMM_WORLD)
      , space((mesh.refine_uniformly(refinements), mesh), degree)
      , form(*model, space, weight)
    {
    }

    static std::string
    text()
    {
      const bool is_3d = dim == 3;
      return std::string("set problem = exit time\nset dimension = ") + (is_3d ? "3" : "2") +
             "\nsubsection Model\n set type = decoupled\n set learning rate = 0.5\n"
             " subsection decoupled\n  set h = 1, 2" +
             (is_3d ? ", 3" : "") + "\n  set sigma = 1, 0.5" + (is_3d ? ", 0.8" : "") +
             "\n  set rho = 1, 2" + (is_3d ? ", 0.5" : "") +
             "\n end\nend\nsubsection Domain\n set shape = ball\n set radius = 1\nend\n";
    }

    Parameters                  parameters;
    std::unique_ptr<Model<dim>> model;
    Mesh<dim>                   mesh;
    const Discretization<dim>   space;
    const GeneratorForm<dim>    form;
  };

  const Log silent(false);

  /** About a million unknowns. */
  template <int dim>
  unsigned int
  refinements(const unsigned int degree)
  {
    return degree >= 6 ? (dim == 2 ? 5 : 2) : degree >= 3 ? (dim == 2 ? 6 : 3) : dim == 2 ? 7 : 4;
  }

  /** dofs/s, and operations and bytes a dof that the operation cannot do without. */
  void
  report(benchmark::State &state, const double n_dofs, const double operations, const double bytes)
  {
    state.counters["dofs/s"] =
      benchmark::Counter(n_dofs, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["flop/dof"] = operations / n_dofs;
    state.counters["B/dof"]    = bytes / n_dofs;
  }

  template <int dim, typename Number>
  void
  apply(benchmark::State &state)
  {
    const unsigned int degree = state.range(0);
    const bool         drifts = state.range(1) > 0;
    const Direction    direction(state.range(1) == 2 ? Direction::forward : Direction::backward);
    Setup<dim>         setup(degree, refinements<dim>(degree), drifts ? "none" : "natural");
    const CellOperator<dim, Number> cells(setup.form.cell_operator(), setup.space, 1.);
    typename CellOperator<dim, Number>::VectorType x, y;
    cells.initialize(x);
    cells.initialize(y);
    x = Number(1.);
    for (auto _ : state)
      cells.apply(y, x, direction);
    // 4 dim sweeps along lines, by even and odd parts n^2 + 2 n operations each; D grad f, C grad f
    const double n            = degree + 1;
    const double points       = setup.mesh.triangulation().n_active_cells() * std::pow(n, dim);
    const double coefficients = dim * (dim + 1) / 2 + dim * drifts;
    report(state,
           x.size(),
           points * (4. * dim * (n + 2.) + dim * (2. * dim - 1.) + 3. * dim + 2. * dim * drifts),
           points * (coefficients * sizeof(Number) + 4.) + 3. * x.size() * sizeof(Number));
  }

  template <int dim, typename Number>
  void
  smooth(benchmark::State &state)
  {
    const unsigned int              degree = state.range(0);
    Setup<dim>                      setup(degree, refinements<dim>(degree), "natural");
    const CellOperator<dim, Number> cells(setup.form.cell_operator(), setup.space, 1.);
    typename CellOperator<dim, Number>::VectorType x, y;
    cells.initialize(x);
    cells.initialize(y);
    x = Number(1.);
    CellSchwarz<dim, Number> schwarz;
    cells.diagonal(y);
    schwarz.initialize(cells, false, y);
    for (auto _ : state)
      schwarz.vmult(y, x);
    // 2 dim sweeps by full matrices, the eigenvalues
    const double n       = degree + 1;
    const double n_cells = setup.mesh.triangulation().n_active_cells();
    const double points  = n_cells * std::pow(n, dim);
    report(state,
           x.size(),
           points * (2. * dim * (2. * n - 1.) + 1.),
           (n_cells * dim * n * n + points + 4. * x.size()) * sizeof(Number) + points * 4.);
  }

  /** To the coarser degree of the multigrid method, and back. */
  template <int dim, typename Number>
  void
  transfer(benchmark::State &state)
  {
    const unsigned int                degree = state.range(0);
    Setup<dim>                        setup(degree, refinements<dim>(degree), "natural");
    const Discretization<dim>         coarse(setup.space, std::max(1u, degree / 4));
    const CellOperator<dim, Number>   cells(setup.form.cell_operator(), setup.space, 1., &coarse);
    const CellOperator<dim, Number>   coarse_cells(setup.form.cell_operator(), coarse, 1.);
    const DegreeTransfer<dim, Number> between(cells);
    typename CellOperator<dim, Number>::VectorType x, y;
    cells.initialize(x);
    coarse_cells.initialize(y);
    x = Number(1.);
    for (auto _ : state)
      {
        y = Number(0.);
        between.restrict_and_add(y, x);
        between.prolongate_and_add(x, y);
      }
    state.counters["dofs/s"] =
      benchmark::Counter(x.size(), benchmark::Counter::kIsIterationInvariantRate);
  }

  /** The exit time to a residual of 1e-12: everything before the solve, or the solve. */
  template <int dim, bool before>
  void
  whole_problem(benchmark::State &state)
  {
    const unsigned int degree = state.range(0), refinements = state.range(1);
    const auto         part = [&](const auto &operation) {
      const std::clock_t start = std::clock();
      operation();
      return double(std::clock() - start) / CLOCKS_PER_SEC;
    };
    for (auto _ : state)
      {
        SolverParameters                   parameters;
        std::unique_ptr<Setup<dim>>        setup;
        std::unique_ptr<LinearSolver<dim>> solver;
        parameters.type       = "amg";
        const double   set_up = part([&]() {
          setup  = std::make_unique<Setup<dim>>(degree, refinements, "natural");
          solver = std::make_unique<LinearSolver<dim>>(setup->form,
                                                       Direction::backward,
                                                       FixedUnknowns<dim>{true, {}},
                                                       parameters,
                                                       silent,
                                                       "benchmark");
        });
        dynkin::Vector x, b;
        setup->form.initialize(x);
        setup->form.load(b);
        const double solve = part([&]() { solver->solve(x, b); });
        state.SetIterationTime(before ? set_up : solve);
        Utilities::System::MemoryStats memory;
        Utilities::System::get_memory_stats(memory);
        state.counters["dofs"]       = x.size();
        state.counters["s/Mdof"]     = (before ? set_up : solve) / x.size() * 1e6;
        state.counters["iterations"] = solver->report().iterations;
        state.counters["peak B/dof"] = memory.VmHWM * 1024. / x.size();
      }
  }

  /** Twelve independent chains, so that latencies do not count. */
  template <typename Values, typename Number>
  DYNKIN_FOR_ALL_PROCESSORS void
  multiply_and_add(Values *sums, const Number factor, const Number shift)
  {
    const Values f(factor), s(shift);
    for (unsigned int round = 0; round < 1000; ++round)
      for (unsigned int i = 0; i < 12; ++i)
        sums[i] = sums[i] * f + s;
  }

  template <typename Number>
  void
  arithmetic(benchmark::State &state)
  {
    alignas(64) Pack<Number> sums[12];
    for (unsigned int i = 0; i < 12; ++i)
      sums[i] = Pack<Number>(Number(i));
    for (auto _ : state)
      {
        multiply_and_add(sums, Number(0.999), Number(1e-3));
        benchmark::DoNotOptimize(sums);
      }
    state.counters["flop/s"] = benchmark::Counter(24000. * Pack<Number>::size(),
                                                  benchmark::Counter::kIsIterationInvariantRate);
  }

  /** What a deal.II built for any machine leaves: one number at a time. */
  template <typename Number>
  void
  scalar_arithmetic(benchmark::State &state)
  {
    VectorizedArray<Number, 1> sums[12];
    for (unsigned int i = 0; i < 12; ++i)
      sums[i] = Number(i);
    for (auto _ : state)
      for (unsigned int round = 0; round < 1000; ++round)
        {
          for (unsigned int i = 0; i < 12; ++i)
            sums[i] = sums[i] * VectorizedArray<Number, 1>(Number(0.999)) +
                      VectorizedArray<Number, 1>(Number(1e-3));
          benchmark::DoNotOptimize(sums);
        }
    state.counters["flop/s"] =
      benchmark::Counter(24000., benchmark::Counter::kIsIterationInvariantRate);
  }

  void
  bandwidth(benchmark::State &state)
  {
    const std::size_t             n = 1 << 27; // far beyond any cache
    dealii::AlignedVector<double> a(n, 1.), b(n, 2.);
    for (auto _ : state)
      {
        double sum = 0.;
        for (std::size_t i = 0; i < n; ++i)
          a[i] += 0.5 * b[i];
        benchmark::DoNotOptimize(sum);
        benchmark::ClobberMemory();
      }
    state.counters["B/s"] =
      benchmark::Counter(3. * sizeof(double) * n, benchmark::Counter::kIsIterationInvariantRate);
  }
} // namespace

// first, for its peak of the memory
BENCHMARK(whole_problem<3, true>)
  ->ArgsProduct({{4}, {2, 3}})
  ->Iterations(1)
  ->UseManualTime()
  ->Unit(benchmark::kMillisecond);
BENCHMARK(whole_problem<3, false>)
  ->ArgsProduct({{4}, {2, 3}})
  ->Iterations(1)
  ->UseManualTime()
  ->Unit(benchmark::kMillisecond);
BENCHMARK(arithmetic<double>);
BENCHMARK(arithmetic<float>);
BENCHMARK(scalar_arithmetic<double>);
BENCHMARK(scalar_arithmetic<float>);
BENCHMARK(bandwidth)->Unit(benchmark::kMillisecond);
// the second argument: 0 symmetric, 1 with a drift and backward, 2 forward
#define MEASURE_APPLY(dim, Number)        \
  BENCHMARK(apply<dim, Number>)           \
    ->ArgsProduct({{2, 4, 8}, {0, 1, 2}}) \
    ->ArgNames({"degree", "drift"})       \
    ->Unit(benchmark::kMillisecond)
MEASURE_APPLY(2, double);
MEASURE_APPLY(3, double);
MEASURE_APPLY(2, float);
MEASURE_APPLY(3, float);
#undef MEASURE_APPLY
BENCHMARK(smooth<3, float>)->Arg(2)->Arg(4)->Arg(8)->Unit(benchmark::kMillisecond);
BENCHMARK(transfer<2, float>)->Arg(2)->Arg(4)->Arg(8)->Unit(benchmark::kMillisecond);
BENCHMARK(transfer<3, float>)->Arg(2)->Arg(4)->Arg(8)->Unit(benchmark::kMillisecond);

int
main(int argc, char **argv)
{
  Utilities::MPI::MPI_InitFinalize mpi(argc, argv, 1);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
