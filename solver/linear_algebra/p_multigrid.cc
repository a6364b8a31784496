// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/p_multigrid.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int smoother_degree  = 4;
    constexpr double       smoothing_range  = 20.;
    constexpr unsigned int eigenvalue_steps = 12;
    constexpr unsigned int coarse_ml_sweeps = 2;
  } // namespace

  template <int dim>
  PMultigrid<dim>::PMultigrid(const ScaledOperator<dim> &finest)
  {
    for (unsigned int degree = finest.form().discretization().degree();; degree /= 2)
      {
        add_level(finest, degree);
        if (degree == 1)
          break;
      }

    levels.back()->scaled_operator->assemble(coarse_matrix);
    TrilinosWrappers::PreconditionAMG::AdditionalData data;
    data.elliptic        = finest.is_symmetric();
    data.smoother_sweeps = coarse_ml_sweeps;
    coarse_solver.initialize(coarse_matrix, data);
  }

  template <int dim>
  void
  PMultigrid<dim>::add_level(const ScaledOperator<dim> &finest, const unsigned int degree)
  {
    levels.push_back(std::make_unique<Level>());
    Level &level = *levels.back();
    if (levels.size() == 1)
      level.scaled_operator = &finest;
    else
      {
        const GeneratorForm<dim> &form = finest.form();
        level.space = std::make_unique<Discretization<dim>>(form.discretization(), degree);
        level.form  = std::make_unique<GeneratorForm<dim>>(
          form.model(), *level.space, form.weight().name(), form.killing_rate());
        level.owned_operator =
          std::make_unique<ScaledOperator<dim>>(*level.form, finest.direction(), finest.fixed());
        level.scaled_operator = level.owned_operator.get();

        Level                     &finer       = **(levels.end() - 2);
        const Discretization<dim> &finer_space = finer.scaled_operator->form().discretization();
        finer.to_coarser.reinit_polynomial_transfer(finer_space.dof_handler(),
                                                    level.space->dof_handler(),
                                                    finer_space.hanging_nodes(),
                                                    level.space->hanging_nodes());
      }
    level.scaled_operator->initialize(level.correction);
    level.scaled_operator->initialize(level.residual);

    if (degree > 1) // the operator has unit diagonal already
      {
        typename Smoother::AdditionalData data;
        data.preconditioner = std::make_shared<DiagonalMatrix<Vector>>();
        level.scaled_operator->initialize(data.preconditioner->get_vector());
        data.preconditioner->get_vector() = 1.;
        data.degree                       = smoother_degree;
        data.smoothing_range              = smoothing_range;
        data.eig_cg_n_iterations          = eigenvalue_steps;
        data.constraints.copy_from(level.scaled_operator->form().discretization().hanging_nodes());
        level.smoother.initialize(*level.scaled_operator, data);
      }
  }

  template <int dim>
  void
  PMultigrid<dim>::vmult(Vector &x, const Vector &b) const
  {
    cycle(0, x, b);
  }

  template <int dim>
  void
  PMultigrid<dim>::cycle(const unsigned int index, Vector &x, const Vector &b) const
  {
    if (index + 1 == levels.size())
      {
        coarse_solver.vmult(x, b);
        return;
      }
    const Level               &fine = *levels[index], &coarse = *levels[index + 1];
    const ScaledOperator<dim> &fine_operator   = *fine.scaled_operator;
    const ScaledOperator<dim> &coarse_operator = *coarse.scaled_operator;

    fine.smoother.vmult(x, b);

    // coarse correction; the transfer belongs to the unscaled unknowns
    fine_operator.vmult(fine.residual, x);
    fine.residual.sadd(-1., 1., b);
    fine_operator.unscale(fine.residual);
    coarse.residual = 0.;
    fine.to_coarser.restrict_and_add(coarse.residual, fine.residual);
    coarse_operator.scale(coarse.residual);
    Vector coarse_right_hand_side(coarse.residual);
    cycle(index + 1, coarse.correction, coarse_right_hand_side);
    coarse_operator.scale(coarse.correction);
    fine.residual = 0.;
    fine.to_coarser.prolongate_and_add(fine.residual, coarse.correction);
    fine_operator.unscale(fine.residual);
    x += fine.residual;

    fine.smoother.step(x, b);
  }

  template <int dim>
  std::string
  PMultigrid<dim>::degrees() const
  {
    std::string text;
    for (const auto &level : levels)
      text += (text.empty() ? "" : "-") +
              std::to_string(level->scaled_operator->form().discretization().degree());
    return text;
  }

  template class PMultigrid<1>;
  template class PMultigrid<2>;
  template class PMultigrid<3>;
} // namespace dynkin
