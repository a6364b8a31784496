// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_wall_mass_h
#define dynkin_form_wall_mass_h

#include <deal.II/lac/full_matrix.h>

#include "form/generator_form.h"

namespace dynkin
{
  /**
   * The mass matrix of the absorbing walls G, M_ij = int_G phi_i phi_j dS (in 1-D the
   * unit matrix of the ends), for projections onto what the unknowns can be there.
   * Vectors are those of a form and 0 off the walls.
   */
  template <int dim>
  class WallMass
  {
  public:
    using Data  = std::function<double(const dealii::Point<dim> &, dealii::types::boundary_id)>;
    using Depth = std::function<double(const dealii::Point<dim> &)>;

    explicit WallMass(const Discretization<dim> &discretization);

    /**
     * int_G h phi_i dS. Where the data jump within a face, `depth` changes its sign:
     * in 2-D the face is integrated piece by piece, in 3-D in many small pieces.
     */
    void
    load(Vector &dst, const Data &h, const Depth &depth = {}) const;

    /** M x = b by conjugate gradients, to rounding. */
    void
    solve(Vector &x, const Vector &b) const;

    /**
     * int v^2 dS over the walls of each cell, numbered as the active cells; 0 for
     * cells of other processes.
     */
    std::vector<double>
    cell_squares(const Vector &v) const;

    /** M applied to a vector of this class's own layout. */
    void
    vmult(Vector &dst, const Vector &src) const;

  private:
    struct Face
    {
      unsigned int                                 cell; // number of the active cell
      std::vector<dealii::types::global_dof_index> dofs;
      dealii::FullMatrix<double>                   mass;
    };

    /** Calls operation(cell, face number, which unknowns of the cell are on the face). */
    template <typename Operation>
    void
    for_each_face(const Operation &operation) const;

    /** A vector that knows all unknowns of the cells of this process. */
    Vector
    own_vector() const;

    /** A copy of that kind, hanging nodes included. */
    Vector
    with_all_values(const Vector &v) const;

    const Discretization<dim> &space;
    std::vector<Face>          faces;
    Vector                     diagonal;
  };
} // namespace dynkin

#endif
