// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/scaled_operator.h"

#include "utilities/exceptions.h"

#include <Epetra_CrsMatrix.h>
#include <Epetra_Vector.h>

#include <cmath>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  ScaledOperator<dim>::ScaledOperator(const GeneratorForm<dim> &form,
                                      const Direction           direction,
                                      const FixedUnknowns<dim> &fixed)
    : bilinear_form(&form)
    , form_direction(direction)
    , fixed_unknowns(fixed)
    , fixed_dofs(form.discretization().fixed_dofs(fixed))
    , d(scaling_of(form.cell_operator()))
  {
    form.initialize(work);
    for (const auto i : fixed_dofs &d.locally_owned_elements())
      fixed_locally_owned.push_back(d.get_partitioner()->global_to_local(i));
  }

  template <int dim>
  void
  ScaledOperator<dim>::vmult(Vector &dst, const Vector &src) const
  {
    work = src;
    zero_fixed(work);
    work.scale(d);
    bilinear_form->apply(dst, work, form_direction);
    dst.scale(d);
    for (const unsigned int i : fixed_locally_owned)
      dst.local_element(i) = src.local_element(i);
  }

  template <int dim>
  void
  ScaledOperator<dim>::residual(Vector &r, const Vector &x, const Vector &b) const
  {
    bilinear_form->apply(r, x, form_direction);
    r.sadd(-1., 1., b);
    scale(r);
  }

  template <int dim>
  void
  ScaledOperator<dim>::scale(Vector &v) const
  {
    v.scale(d);
    zero_fixed(v);
  }

  template <int dim>
  void
  ScaledOperator<dim>::unscale(Vector &v) const
  {
    for (unsigned int i = 0; i < v.locally_owned_size(); ++i)
      v.local_element(i) /= d.local_element(i);
    zero_fixed(v);
  }

  template <int dim>
  void
  ScaledOperator<dim>::assemble(TrilinosWrappers::SparseMatrix &matrix) const
  {
    assemble_scaled(matrix, bilinear_form->cell_operator(), form_direction, fixed_unknowns, d);
  }

  template <int dim>
  const Vector &
  ScaledOperator<dim>::scaling() const
  {
    return d;
  }

  template <int dim>
  void
  ScaledOperator<dim>::clear_free(Vector &x) const
  {
    std::vector<double> data;
    for (const unsigned int i : fixed_locally_owned)
      data.push_back(x.local_element(i));
    x = 0.;
    for (unsigned int k = 0; k < data.size(); ++k)
      x.local_element(fixed_locally_owned[k]) = data[k];
  }

  template <int dim>
  double
  ScaledOperator<dim>::scaled_norm(const Vector &x, const double unit) const
  {
    if (is_relative())
      return x.l2_norm() / unit;
    double      sum         = 0.;
    const auto &constraints = bilinear_form->discretization().constraints();
    for (const auto i : x.locally_owned_elements())
      if (!constraints.is_constrained(i))
        sum += Utilities::fixed_power<2>(x(i) / d(i) / unit);
    return std::sqrt(Utilities::MPI::sum(sum, x.get_mpi_communicator()));
  }

  template <int dim>
  double
  ScaledOperator<dim>::residual_norm(const Vector &r) const
  {
    if (!is_relative())
      return r.l2_norm();
    double sum = 0.;
    for (unsigned int i = 0; i < r.locally_owned_size(); ++i)
      sum += Utilities::fixed_power<2>(r.local_element(i) * d.local_element(i));
    return std::sqrt(Utilities::MPI::sum(sum, r.get_mpi_communicator()));
  }

  template <int dim>
  bool
  ScaledOperator<dim>::is_relative() const
  {
    return form_direction == Direction::forward && !fixed_unknowns.absorbing_walls;
  }

  template <int dim>
  void
  ScaledOperator<dim>::zero_fixed(Vector &vector) const
  {
    for (const unsigned int i : fixed_locally_owned)
      vector.local_element(i) = 0.;
  }

  template <int dim>
  void
  ScaledOperator<dim>::initialize(Vector &vector) const
  {
    bilinear_form->initialize(vector);
  }

  template <int dim>
  const GeneratorForm<dim> &
  ScaledOperator<dim>::form() const
  {
    return *bilinear_form;
  }

  template <int dim>
  Direction
  ScaledOperator<dim>::direction() const
  {
    return form_direction;
  }

  template <int dim>
  const FixedUnknowns<dim> &
  ScaledOperator<dim>::fixed() const
  {
    return fixed_unknowns;
  }

  template <int dim>
  bool
  ScaledOperator<dim>::is_symmetric() const
  {
    return bilinear_form->is_symmetric();
  }

  template <int dim>
  Vector
  scaling_of(const CellOperator<dim, double> &cells)
  {
    const Discretization<dim> &space = cells.discretization();
    Vector                     d;
    cells.diagonal(d);
    bool is_regular = true;
    for (const auto i : space.dof_handler().locally_owned_dofs())
      if (space.constraints().is_constrained(i))
        d(i) = 1.;
      else
        {
          d(i)       = 1. / std::sqrt(std::abs(d(i)));
          is_regular = is_regular && std::isfinite(d(i)) && d(i) > 0.;
        }
    if (Utilities::MPI::logical_or(!is_regular, space.communicator()))
      throw WeightRangeError();
    return d;
  }

  template <int dim>
  void
  assemble_scaled(TrilinosWrappers::SparseMatrix  &matrix,
                  const CellOperator<dim, double> &cells,
                  const Direction                  direction,
                  const FixedUnknowns<dim>        &fixed,
                  const Vector                    &scaling)
  {
    const Discretization<dim> &space      = cells.discretization();
    const IndexSet             fixed_dofs = space.fixed_dofs(fixed);
    AffineConstraints<double>  constraints(space.relevant_dofs());
    for (const auto i : fixed_dofs &space.relevant_dofs())
      constraints.add_line(i);
    constraints.merge(space.constraints(), AffineConstraints<double>::left_object_wins);
    constraints.close();
    cells.assemble(matrix, constraints, direction);

    auto &epetra = const_cast<Epetra_CrsMatrix &>(matrix.trilinos_matrix());
    // Epetra only reads through the view
    const Epetra_Vector view(View, epetra.RowMap(), const_cast<double *>(scaling.begin()));
    epetra.LeftScale(view);
    epetra.RightScale(view);
  }

#define INSTANTIATE(dim)                                                  \
  template class ScaledOperator<dim>;                                     \
  template Vector scaling_of<dim>(const CellOperator<dim, double> &);     \
  template void   assemble_scaled<dim>(TrilinosWrappers::SparseMatrix &,  \
                                     const CellOperator<dim, double> &, \
                                     const Direction,                   \
                                     const FixedUnknowns<dim> &,        \
                                     const Vector &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
