// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/multigrid_level.h"

#include <deal.II/lac/solver_cg.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    struct SmootherParameters
    {
      unsigned int degree;
      double       range; // of eigenvalues, the largest over the smallest
    };

    constexpr SmootherParameters of_symmetric = {5, 25.};
    // eigenvalues off the real axis, where polynomials of higher degree are large
    constexpr SmootherParameters of_not_symmetric = {3, 8.};
    constexpr unsigned int       eigenvalue_steps = 6;
    constexpr double             safety           = 1.5; // the estimate is from below
  }                                                      // namespace

  template <int dim, typename Number>
  MultigridLevel<dim, Number>::Matrix::Matrix(const CellOperator<dim, Number> &cells,
                                              const Direction                  direction)
    : cells(cells)
    , direction(direction)
  {
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::Matrix::vmult(VectorType &dst, const VectorType &src) const
  {
    cells.apply(dst, src, direction);
  }

  template <int dim, typename Number>
  types::global_dof_index
  MultigridLevel<dim, Number>::Matrix::m() const
  {
    return cells.discretization().dof_handler().n_dofs();
  }

  template <int dim, typename Number>
  MultigridLevel<dim, Number>::MultigridLevel(const CellOperator<dim, double> &finest,
                                              const Discretization<dim>       &space,
                                              const Discretization<dim>       &coarser,
                                              const Direction                  direction,
                                              const FixedUnknowns<dim>        &fixed,
                                              const double                     factor)
    : cells(finest, space, factor, &coarser)
    , matrix(cells, direction)
    , transfer(cells)
  {
    for (VectorType *vector : {&x, &b, &r})
      cells.initialize(*vector);
    const IndexSet fixed_dofs = space.fixed_dofs(fixed);
    for (const auto i : x.locally_owned_elements())
      if (fixed_dofs.is_element(i) || space.hanging_nodes().is_constrained(i))
        fixed_locally_owned.push_back(x.get_partitioner()->global_to_local(i));

    typename Chebyshev::AdditionalData data;
    data.preconditioner = std::make_shared<Preconditioner>();
    VectorType diagonal;
    cells.diagonal(diagonal);
    zero_fixed(diagonal);
    data.preconditioner->initialize(cells, fixed.absorbing_walls, diagonal);
    const SmootherParameters chosen = cells.is_symmetric() ? of_symmetric : of_not_symmetric;
    data.degree                     = chosen.degree;
    data.smoothing_range            = chosen.range;
    data.eig_cg_n_iterations        = 0;
    data.max_eigenvalue             = safety * largest_eigenvalue(*data.preconditioner, diagonal);
    smoother.initialize(matrix, data);
  }

  template <int dim, typename Number>
  double
  MultigridLevel<dim, Number>::largest_eigenvalue(const Preconditioner &preconditioner,
                                                  const VectorType     &diagonal) const
  {
    // a right-hand side in which all regions count alike
    VectorType start(diagonal), correction(diagonal);
    correction = Number(0.);
    for (unsigned int i = 0; i < start.locally_owned_size(); ++i)
      start.local_element(i) =
        std::sqrt(std::abs(start.local_element(i))) * (Number((i * 7 + 3) % 11) - Number(5.));
    double                 largest = 0.;
    IterationNumberControl control(eigenvalue_steps, // fewer where they end, with few unknowns
                                   100. * std::numeric_limits<Number>::epsilon() * start.l2_norm());
    SolverCG<VectorType>   cg(control);
    cg.connect_eigenvalues_slot(
      [&](const std::vector<double> &values) { largest = values.empty() ? 1. : values.back(); });
    struct OfFreeUnknowns
    {
      const MultigridLevel &level;

      void
      vmult(VectorType &dst, const VectorType &src) const
      {
        level.matrix.vmult(dst, src);
        level.zero_fixed(dst);
      }
    };
    cg.solve(OfFreeUnknowns{*this}, correction, start, preconditioner);
    return largest;
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::smooth_from_zero() const
  {
    smoother.vmult(x, b);
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::smooth() const
  {
    smoother.step(x, b);
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::restrict_residual(VectorType &coarse) const
  {
    matrix.vmult(r, x);
    r.sadd(Number(-1.), Number(1.), b);
    zero_fixed(r);
    coarse = Number(0.);
    transfer.restrict_and_add(coarse, r);
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::add_correction(const VectorType &coarse) const
  {
    transfer.prolongate_and_add(x, coarse);
    zero_fixed(x);
  }

  template <int dim, typename Number>
  typename MultigridLevel<dim, Number>::VectorType &
  MultigridLevel<dim, Number>::right_hand_side() const
  {
    return b;
  }

  template <int dim, typename Number>
  typename MultigridLevel<dim, Number>::VectorType &
  MultigridLevel<dim, Number>::solution() const
  {
    return x;
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::zero_fixed(VectorType &vector) const
  {
    for (const unsigned int i : fixed_locally_owned)
      vector.local_element(i) = Number(0.);
  }

  template class MultigridLevel<1, double>;
  template class MultigridLevel<2, double>;
  template class MultigridLevel<3, double>;
  template class MultigridLevel<1, float>;
  template class MultigridLevel<2, float>;
  template class MultigridLevel<3, float>;
} // namespace dynkin
