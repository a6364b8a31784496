// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/wall_mass.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/lac/diagonal_matrix.h>
#include <deal.II/lac/solver_cg.h>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int iterations_at_most = 300;
    constexpr unsigned int pieces_of_cut_face = 64; // in each direction, in 3-D

    /** On [0, 1], in two pieces that meet where the depth is 0. */
    template <int dim>
    Quadrature<1>
    in_two_pieces(const Quadrature<1> &rule, const std::function<double(const double)> &depth)
    {
      double left = 0., right = 1.;
      while (right - left > 1e-15)
        {
          const double middle                                       = 0.5 * (left + right);
          ((depth(middle) > 0.) == (depth(0.) > 0.) ? left : right) = middle;
          if (middle == 0.5 * (left + right))
            break;
        }
      std::vector<Point<1>> points;
      std::vector<double>   weights;
      for (const auto &[begin, length] :
           {std::make_pair(0., left), std::make_pair(left, 1. - left)})
        for (unsigned int q = 0; q < rule.size(); ++q)
          {
            points.emplace_back(begin + length * rule.point(q)[0]);
            weights.push_back(length * rule.weight(q));
          }
      return Quadrature<1>(points, weights);
    }
  } // namespace

  template <int dim>
  WallMass<dim>::WallMass(const Discretization<dim> &discretization)
    : space(discretization)
  {
    FEFaceValues<dim>                    values(space.mapping(),
                             space.dof_handler().get_fe(),
                             QGauss<dim - 1>(space.degree() + 1),
                             update_values | update_JxW_values);
    std::vector<types::global_dof_index> cell_dofs(space.dof_handler().get_fe().n_dofs_per_cell());
    diagonal = own_vector();
    for_each_face([&](const auto &cell, const unsigned int f, const auto &on_face) {
      values.reinit(cell, f);
      cell->get_dof_indices(cell_dofs);
      Face face;
      face.cell = cell->active_cell_index();
      face.mass.reinit(on_face.size(), on_face.size());
      dealii::Vector<double> diagonal_terms(on_face.size());
      for (unsigned int i = 0; i < on_face.size(); ++i)
        {
          face.dofs.push_back(cell_dofs[on_face[i]]);
          for (unsigned int j = 0; j < on_face.size(); ++j)
            for (const unsigned int q : values.quadrature_point_indices())
              face.mass(i, j) += values.shape_value(on_face[i], q) *
                                 values.shape_value(on_face[j], q) * values.JxW(q);
          diagonal_terms(i) = face.mass(i, i);
        }
      space.constraints().distribute_local_to_global(diagonal_terms, face.dofs, diagonal);
      faces.push_back(face);
    });
    diagonal.compress(VectorOperation::add);
  }

  template <int dim>
  template <typename Operation>
  void
  WallMass<dim>::for_each_face(const Operation &operation) const
  {
    const auto &fe  = space.dof_handler().get_fe();
    const auto  ids = space.mesh().domain().boundary_ids(BoundaryKind::absorbing);
    std::vector<std::vector<unsigned int>> on_face(GeometryInfo<dim>::faces_per_cell);
    for (unsigned int f = 0; f < on_face.size(); ++f)
      for (unsigned int i = 0; i < fe.n_dofs_per_cell(); ++i)
        if (fe.has_support_on_face(i, f))
          on_face[f].push_back(i);
    for (const auto &cell : space.dof_handler().active_cell_iterators())
      if (cell->is_locally_owned())
        for (const unsigned int f : cell->face_indices())
          if (cell->face(f)->at_boundary() && ids.count(cell->face(f)->boundary_id()) > 0)
            operation(cell, f, on_face[f]);
  }

  template <int dim>
  Vector
  WallMass<dim>::own_vector() const
  {
    return Vector(
      space.dof_handler().locally_owned_dofs(), space.relevant_dofs(), space.communicator());
  }

  template <int dim>
  void
  WallMass<dim>::load(Vector &dst, const Data &h, const Depth &depth) const
  {
    const auto               &fe    = space.dof_handler().get_fe();
    const UpdateFlags         flags = update_values | update_JxW_values | update_quadrature_points;
    const Quadrature<dim - 1> rule  = QGauss<dim - 1>(space.degree() + 2);
    FEFaceValues<dim>         whole(space.mapping(), fe, rule, flags);
    std::vector<types::global_dof_index> cell_dofs(fe.n_dofs_per_cell());
    Vector                               result = own_vector();

    for_each_face([&](const auto &cell, const unsigned int f, const auto &on_face) {
      const auto add = [&](const FEFaceValues<dim> &values) {
        dealii::Vector<double>               terms(on_face.size());
        std::vector<types::global_dof_index> dofs;
        cell->get_dof_indices(cell_dofs);
        for (const unsigned int i : on_face)
          dofs.push_back(cell_dofs[i]);
        for (const unsigned int q : values.quadrature_point_indices())
          {
            const double hw =
              h(values.quadrature_point(q), cell->face(f)->boundary_id()) * values.JxW(q);
            for (unsigned int i = 0; i < on_face.size(); ++i)
              terms(i) += hw * values.shape_value(on_face[i], q);
          }
        space.constraints().distribute_local_to_global(terms, dofs, result);
      };

      whole.reinit(cell, f);
      if constexpr (dim > 1)
        if (depth)
          {
            unsigned int n_inside = 0;
            for (const Point<dim> &x : whole.get_quadrature_points())
              n_inside += depth(x) > 0.;
            // an end closer to a vertex than the first of the points is found at the vertices
            unsigned int n_vertices = 0, n_on = 0;
            for (const unsigned int v : cell->face(f)->vertex_indices())
              {
                const double at_vertex = depth(cell->face(f)->vertex(v));
                n_on += std::abs(at_vertex) < 1e-12;
                n_vertices += at_vertex > 0. && std::abs(at_vertex) >= 1e-12;
              }
            const unsigned int n_points = whole.n_quadrature_points;
            const bool         is_cut =
              (n_inside > 0 && n_inside < n_points) || (n_inside == 0 && n_vertices > 0) ||
              (n_inside == n_points && n_vertices + n_on < cell->face(f)->n_vertices());
            if (is_cut)
              {
                Quadrature<dim - 1> pieces;
                if constexpr (dim == 2)
                  pieces = in_two_pieces<dim>(rule, [&](const double t) {
                    Point<dim> unit;
                    unit[f / 2]     = f % 2;
                    unit[1 - f / 2] = t;
                    return depth(space.mapping().transform_unit_to_real_cell(cell, unit));
                  });
                else
                  pieces = QIterated<dim - 1>(QMidpoint<1>(), pieces_of_cut_face);
                FEFaceValues<dim> cut(space.mapping(), fe, pieces, flags);
                cut.reinit(cell, f);
                return add(cut);
              }
          }
      add(whole);
    });
    result.compress(VectorOperation::add);
    dst.copy_locally_owned_data_from(result);
  }

  template <int dim>
  std::vector<double>
  WallMass<dim>::cell_squares(const Vector &v) const
  {
    std::vector<double> squares(space.mesh().triangulation().n_active_cells(), 0.);
    const Vector        values = with_all_values(v);
    for (const Face &face : faces)
      {
        dealii::Vector<double> local(face.dofs.size());
        for (unsigned int i = 0; i < face.dofs.size(); ++i)
          local(i) = values(face.dofs[i]);
        squares[face.cell] += std::max(0., face.mass.matrix_norm_square(local));
      }
    return squares;
  }

  template <int dim>
  Vector
  WallMass<dim>::with_all_values(const Vector &v) const
  {
    Vector values = own_vector();
    values.copy_locally_owned_data_from(v);
    values.update_ghost_values();
    space.constraints().distribute(values);
    values.update_ghost_values();
    return values;
  }

  template <int dim>
  void
  WallMass<dim>::vmult(Vector &dst, const Vector &src) const
  {
    const Vector values = with_all_values(src);
    dst                 = 0.;
    for (const Face &face : faces)
      {
        dealii::Vector<double> v(face.dofs.size()), Mv(face.dofs.size());
        for (unsigned int i = 0; i < face.dofs.size(); ++i)
          v(i) = values(face.dofs[i]);
        face.mass.vmult(Mv, v);
        space.constraints().distribute_local_to_global(Mv, face.dofs, dst);
      }
    dst.compress(VectorOperation::add);
  }

  template <int dim>
  void
  WallMass<dim>::solve(Vector &x, const Vector &b) const
  {
    Vector solution = own_vector(), right = own_vector();
    right.copy_locally_owned_data_from(b);
    DiagonalMatrix<Vector> jacobi;
    jacobi.reinit(diagonal);
    for (double &entry : jacobi.get_vector())
      entry = entry > 0. ? 1. / entry : 0.;
    IterationNumberControl control(iterations_at_most, 1e-15 * right.l2_norm());
    SolverCG<Vector>       cg(control);
    cg.solve(*this, solution, right, jacobi);
    space.constraints().distribute(solution);
    x.copy_locally_owned_data_from(solution);
    x.update_ghost_values();
  }

  template class WallMass<1>;
  template class WallMass<2>;
  template class WallMass<3>;
} // namespace dynkin
