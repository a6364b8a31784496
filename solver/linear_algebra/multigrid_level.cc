// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/multigrid_level.h"

#include "utilities/exceptions.h"

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
  MultigridLevel<dim, Number>::MultigridLevel(const CellOperator<dim, double> &finest,
                                              const Discretization<dim>       &space,
                                              const Discretization<dim>       &coarser,
                                              const Direction                  direction,
                                              const FixedUnknowns<dim>        &fixed,
                                              const double                     factor)
    : cells(finest, space, factor, &coarser)
    , direction(direction)
    , transfer(cells)
  {
    for (VectorType *vector : {&x, &b, &residual, &correction, &step})
      cells.initialize(*vector);
    for (const auto i : space.eliminated_dofs(fixed))
      fixed_locally_owned.push_back(x.get_partitioner()->global_to_local(i));
    VectorType diagonal;
    cells.diagonal(diagonal);
    zero_fixed(diagonal);
    preconditioner.initialize(cells, fixed.absorbing_walls, diagonal);
    largest = safety * largest_eigenvalue(diagonal);
  }

  template <int dim, typename Number>
  double
  MultigridLevel<dim, Number>::largest_eigenvalue(const VectorType &diagonal) const
  {
    // a right-hand side in which all regions count alike
    VectorType start(diagonal);
    correction = Number(0.);
    for (unsigned int i = 0; i < start.locally_owned_size(); ++i)
      start.local_element(i) =
        std::sqrt(std::abs(start.local_element(i))) * (Number((i * 7 + 3) % 11) - Number(5.));
    double                 estimate = 0.;
    IterationNumberControl control(eigenvalue_steps, // fewer where they end, with few unknowns
                                   100. * std::numeric_limits<Number>::epsilon() * start.l2_norm());
    SolverCG<VectorType>   cg(control);
    cg.connect_eigenvalues_slot(
      [&](const std::vector<double> &values) { estimate = values.empty() ? 1. : values.back(); });
    struct OfFreeUnknowns
    {
      const MultigridLevel &level;

      void
      vmult(VectorType &dst, const VectorType &src) const
      {
        level.cells.apply(dst, src, level.direction);
        level.zero_fixed(dst);
      }
    };
    try
      {
        cg.solve(OfFreeUnknowns{*this}, correction, start, preconditioner);
      }
    catch (const SolverControl::NoConvergence &)
      {
        throw WeightRangeError(); // not a number
      }
    return estimate;
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::iterate(const bool from_zero) const
  {
    const SmootherParameters chosen = cells.is_symmetric() ? of_symmetric : of_not_symmetric;
    const double             center = (1. + 1. / chosen.range) / 2. * largest;
    const double             radius = (1. - 1. / chosen.range) / 2. * largest;
    const Number            *S = preconditioner.scaling().begin(), *data = b.begin();
    Number *solution = x.begin(), *r = residual.begin(), *z = correction.begin(), *d = step.begin();
    double  rho = 0.;
    for (unsigned int k = 0; k < chosen.degree; ++k)
      {
        const bool   first = k == 0, x_is_zero = first && from_zero;
        const double next   = 1. / (first ? center / radius : 2. * center / radius - rho);
        const Number kept   = first ? 0. : next * rho;
        const Number factor = first ? 1. / center : 2. * next / radius;
        rho                 = next;

        const auto scaled_residual = [=](const unsigned int begin, const unsigned int end) {
          for (unsigned int i = begin; i < end; ++i)
            r[i] = S[i] * (data[i] - (x_is_zero ? Number(0.) : r[i]));
        };
        if (x_is_zero)
          scaled_residual(0, residual.locally_owned_size());
        else
          cells.apply(residual, x, direction, scaled_residual);
        preconditioner.solve_cells(
          correction, residual, [=](const unsigned int begin, const unsigned int end) {
            for (unsigned int i = begin; i < end; ++i)
              {
                d[i]        = factor * S[i] * z[i] + (first ? Number(0.) : kept * d[i]);
                solution[i] = d[i] + (x_is_zero ? Number(0.) : solution[i]);
              }
          });
      }
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::smooth_from_zero() const
  {
    iterate(true);
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::smooth() const
  {
    iterate(false);
  }

  template <int dim, typename Number>
  void
  MultigridLevel<dim, Number>::restrict_residual(VectorType &coarse) const
  {
    const Number *data = b.begin();
    Number       *r    = residual.begin();
    cells.apply(residual, x, direction, [=](const unsigned int begin, const unsigned int end) {
      for (unsigned int i = begin; i < end; ++i)
        r[i] = data[i] - r[i];
    });
    zero_fixed(residual);
    coarse = Number(0.);
    transfer.restrict_and_add(coarse, residual);
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
