// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/p_multigrid.h"

#include <deal.II/lac/trilinos_precondition.h>

#include <cmath>
#include <limits>

#include "linear_algebra/multigrid_level.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int coarsening       = 4; // of the degree, from level to level
    constexpr unsigned int coarse_ml_sweeps = 2;
    constexpr unsigned int coarse_ml_cycles = 4;    // fewer cost more iterations the finer the mesh
    constexpr double       float_range      = 1e30; // of the coefficients, for single precision

    /** The smallest and the largest coefficient of the diffusion, over all cells. */
    template <int dim>
    std::pair<double, double>
    coefficient_range(const CellOperator<dim, double> &cells)
    {
      double smallest = std::numeric_limits<double>::max(), largest = 0.;
      using Integrator            = CellIntegrator<dim, double>;
      const auto       &diffusion = cells.coefficients().diffusion;
      const std::size_t n_q       = cells.unit_cell().n_points();
      for (unsigned int pack = 0; pack < Integrator::n_packs(cells.cells()); ++pack)
        Integrator::for_each_cell(cells.cells(), pack, [&](const unsigned int lane, const auto &) {
          for (std::size_t q = pack * n_q; q < (pack + 1) * n_q; ++q)
            {
              double size = 0.;
              for (unsigned int k = 0; k < dim; ++k)
                size += diffusion[q][k][k][lane];
              smallest = std::min(smallest, size);
              largest  = std::max(largest, size);
            }
        });
      const MPI_Comm everyone = cells.discretization().communicator();
      return {Utilities::MPI::min(smallest, everyone), Utilities::MPI::max(largest, everyone)};
    }

    template <int dim, typename Number>
    class PMultigrid : public Multigrid
    {
    public:
      PMultigrid(const ScaledOperator<dim> &finest, const double factor);

      void
      vmult(Vector &x, const Vector &b) const override;

      std::string
      description() const override;

    private:
      void
      set_up_coarse_solver(const ScaledOperator<dim> &finest);

      void
      cycle(const unsigned int level) const;

      using Level       = MultigridLevel<dim, Number>;
      using LevelVector = typename Level::VectorType;

      /** Of a level, or of the coarse problem below them. */
      LevelVector &
      right_hand_side(const unsigned int level) const;
      const LevelVector &
      solution(const unsigned int level) const;

      const ScaledOperator<dim>                        &finest;
      const double                                      factor; // of the coefficients
      std::vector<std::unique_ptr<Discretization<dim>>> spaces; // below the finest
      std::vector<std::unique_ptr<Level>>               levels; // the finest first

      TrilinosWrappers::SparseMatrix    coarse_matrix; // ML refers to it
      TrilinosWrappers::PreconditionAMG coarse_solver;
      Vector                            coarse_scaling; // 0 at unknowns that are not solved for
      mutable Vector                    coarse_correction, coarse_residual;
      mutable LevelVector               coarse_right_hand_side, coarse_solution;
    };

    template <int dim, typename Number>
    PMultigrid<dim, Number>::PMultigrid(const ScaledOperator<dim> &finest, const double factor)
      : finest(finest)
      , factor(factor)
    {
      const GeneratorForm<dim>  &form  = finest.form();
      const Discretization<dim> *space = &form.discretization();
      while (space->degree() > 1)
        {
          spaces.push_back(std::make_unique<Discretization<dim>>(
            *space, std::max(1u, space->degree() / coarsening)));
          levels.push_back(std::make_unique<Level>(form.cell_operator(),
                                                   *space,
                                                   *spaces.back(),
                                                   finest.direction(),
                                                   finest.fixed(),
                                                   factor));
          space = spaces.back().get();
        }
      set_up_coarse_solver(finest);
      coarse_scaling *= std::sqrt(1. / factor);
    }

    template <int dim, typename Number>
    void
    PMultigrid<dim, Number>::set_up_coarse_solver(const ScaledOperator<dim> &finest)
    {
      const CellOperator<dim, double> &fine = finest.form().cell_operator();
      if (spaces.empty())
        {
          coarse_scaling = finest.scaling();
          finest.assemble(coarse_matrix);
        }
      else
        {
          const CellOperator<dim, double> coarse(fine, *spaces.back(), 1.);
          coarse_scaling = scaling_of(coarse);
          assemble_scaled(
            coarse_matrix, coarse, finest.direction(), finest.fixed(), coarse_scaling);
        }
      TrilinosWrappers::PreconditionAMG::AdditionalData data;
      data.elliptic        = finest.is_symmetric();
      data.smoother_sweeps = coarse_ml_sweeps;
      data.n_cycles        = coarse_ml_cycles;
      coarse_solver.initialize(coarse_matrix, data);
      const Discretization<dim> &space =
        spaces.empty() ? finest.form().discretization() : *spaces.back();
      for (const auto i : space.eliminated_dofs(finest.fixed()))
        coarse_scaling(i) = 0.;
      coarse_correction.reinit(coarse_scaling);
      coarse_residual.reinit(coarse_scaling);
      coarse_right_hand_side.reinit(coarse_scaling.get_partitioner());
      coarse_solution.reinit(coarse_scaling.get_partitioner());
    }

    template <int dim, typename Number>
    void
    PMultigrid<dim, Number>::vmult(Vector &x, const Vector &b) const
    {
      // the residual of the form, of size one
      Vector residual(b);
      finest.unscale(residual);
      const double size = residual.linfty_norm();
      if (!(size > 0.))
        {
          x = b;
          return;
        }
      residual /= size;
      right_hand_side(0).copy_locally_owned_data_from(residual);
      cycle(0);
      x.copy_locally_owned_data_from(solution(0));
      x *= size * factor; // the levels solve with coefficients that are larger by it
      finest.unscale(x);
    }

    template <int dim, typename Number>
    void
    PMultigrid<dim, Number>::cycle(const unsigned int index) const
    {
      if (index == levels.size())
        {
          coarse_residual.copy_locally_owned_data_from(coarse_right_hand_side);
          coarse_residual.scale(coarse_scaling);
          coarse_solver.vmult(coarse_correction, coarse_residual);
          coarse_correction.scale(coarse_scaling);
          coarse_solution.copy_locally_owned_data_from(coarse_correction);
          return;
        }
      const Level &level = *levels[index];
      level.smooth_from_zero();
      level.restrict_residual(right_hand_side(index + 1));
      cycle(index + 1);
      level.add_correction(solution(index + 1));
      level.smooth();
    }

    template <int dim, typename Number>
    typename PMultigrid<dim, Number>::LevelVector &
    PMultigrid<dim, Number>::right_hand_side(const unsigned int level) const
    {
      return level < levels.size() ? levels[level]->right_hand_side() : coarse_right_hand_side;
    }

    template <int dim, typename Number>
    const typename PMultigrid<dim, Number>::LevelVector &
    PMultigrid<dim, Number>::solution(const unsigned int level) const
    {
      return level < levels.size() ? levels[level]->solution() : coarse_solution;
    }

    template <int dim, typename Number>
    std::string
    PMultigrid<dim, Number>::description() const
    {
      std::string text = "degrees " + std::to_string(finest.form().discretization().degree());
      for (const auto &space : spaces)
        text += "-" + std::to_string(space->degree());
      return text + (std::is_same_v<Number, float> ? ", single precision" : "");
    }
  } // namespace

  template <int dim>
  std::unique_ptr<Multigrid>
  create_p_multigrid(const ScaledOperator<dim> &finest)
  {
    const auto [smallest, largest] = coefficient_range(finest.form().cell_operator());
    if (largest < float_range * smallest)
      return std::make_unique<PMultigrid<dim, float>>(finest, 1. / std::sqrt(smallest * largest));
    return std::make_unique<PMultigrid<dim, double>>(finest, 1.);
  }

  template std::unique_ptr<Multigrid>
  create_p_multigrid<1>(const ScaledOperator<1> &);
  template std::unique_ptr<Multigrid>
  create_p_multigrid<2>(const ScaledOperator<2> &);
  template std::unique_ptr<Multigrid>
  create_p_multigrid<3>(const ScaledOperator<3> &);
} // namespace dynkin
