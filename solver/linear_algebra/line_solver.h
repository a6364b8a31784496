// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_linear_algebra_line_solver_h
#define dynkin_linear_algebra_line_solver_h

#include <deal.II/lac/full_matrix.h>

#include <vector>

#include "form/generator_form.h"

namespace dynkin
{
  /**
   * Solves K x = b of a symmetric form on an interval to full relative precision in every
   * unknown, whatever the condition number, by nothing but sums of positive terms: exits from
   * wells behind wells.
   *
   * With its interior unknowns eliminated, a cell is a resistor between its vertices, and its
   * interior loads go to the left and to the right in parts phi_l + phi_r = 1 - K_ii^-1 (K 1)_i,
   * which are harmonic functions: g = int D phi_r'^2 - k m phi_r (1 - phi_r). What K 1 is (0, or
   * the killing load) leads to the ground. Such a chain is eliminated from the left:
   *
   *   k_{j+1} += k_j g_j/(k_j + g_j),  b_{j+1} += b_j g_j/(k_j + g_j),
   *   x_j = (b_j + g_j x_{j+1})/(k_j + g_j).
   *
   * No diagonal entry is ever formed: in K itself, rounding of a diagonal entry is a rate of
   * killing, which ends every long wait.
   *
   * After W. Grassmann, M. Taksar and D. Heyman, Operations Research 33 (1985) 1107-1116.
   */
  class LineSolver
  {
  public:
    LineSolver(const GeneratorForm<1> &form, const FixedUnknowns<1> &fixed);

    /** Does K have the form needed here? */
    static bool
    applies(const GeneratorForm<1> &form);

    /** The entries of x at fixed unknowns are data, its others are overwritten. */
    void
    solve(Vector &x, const Vector &b) const;

    /**
     * The largest entry of b - K x, taken without any of this, relative to what rounding of x in
     * the cells around it would leave: sqrt(K_ii K_jj) |x_j|, the largest. Values below 1e-280 of
     * the largest count as that.
     */
    double
    residual(const Vector &x, const Vector &b) const;

    /** Of the resistors between neighbouring fixed vertices, without killing: the sum of 1/sum 1/g. */
    long double
    conductance() const;

  private:
    /** A cell of this process. */
    struct Cell
    {
      unsigned int                                 position; // on the line, from the left
      double                                       conductance;
      std::vector<dealii::types::global_dof_index> dofs;    // from left to right
      dealii::FullMatrix<double>                   inverse; // of K_ii
      std::vector<double>                          phi_left, phi_right;
    };

    /** Of the cells of this process. */
    void
    find_conductances();

    /** Loads of the vertices, with those of the interiors of the cells. */
    std::vector<double>
    condense(const Vector &b) const;

    /** The values at the vertices, from those of the fixed ones. */
    std::vector<double>
    eliminate(std::vector<double> values, std::vector<double> loads) const;

    const GeneratorForm<1>   &form;
    std::vector<Cell>         cells;
    std::vector<double>       conductances; // of all cells, from the left
    std::vector<double>       grounds;      // of all vertices
    std::vector<unsigned int> is_fixed;     // vertices
    Vector                    root;         // sqrt(K_ii)
  };
} // namespace dynkin

#endif
