// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_line_weight_h
#define dynkin_form_line_weight_h

#include <deal.II/base/quadrature.h>

#include "discretization/mesh.h"
#include "model/line_end.h"

#include <array>
#include <vector>

namespace dynkin
{
  /**
   * The weight of any diffusion on an interval,
   *
   *   w = exp(P)/a,  P = int 2 b/a dx,
   *
   * with the integrand replaced, cell by cell, by its interpolant at n Gauss points (after
   * the parts beta/d that are singular at the ends, d the distance, see LineEnd). At these
   * points the remaining drift c = b - 1/2 div a - 1/2 a grad log w vanishes exactly: with
   * them as quadrature points of the form, the form is symmetric and still that of the
   * process itself, whatever P is. Another quadrature has another weight, so that a
   * comparison of two spaces shows what either misses. No derivative of a enters: it may jump
   * between cells, where w a is continuous, as Ito's equation has it.
   *
   * Only a share of P is taken if asked for, and between periodic ends, where P(right) -
   * P(left) = D, the part D x/length is left out: w stays continuous. Then c is what is left.
   *
   * All in coordinates y of the mesh, x = x(y); P is a function of x.
   */
  class LineWeight
  {
  public:
    LineWeight(const Model<1>              &model,
               const Mesh<1>               &mesh,
               const dealii::Quadrature<1> &quadrature,
               const double                 share);

    /** Is c = 0 at the quadrature points? */
    bool
    is_exact() const;

    /**
     * Cells at singular ends: x = end + inward size t^m, m = 1/(1 - beta), lets the
     * solutions that vanish at an absorbing end be linear in t; m = 1 at all other ends.
     */
    struct EndCell
    {
      LineEnd end;
      double  size, power;
      bool    is_absorbing;

      bool
      contains(const double y) const;
    };

    /** P = log(w a) at y; any additive constant. */
    double
    log_conductance(const double y) const;

    /** The same by the distance from a singular end, where y would round it off. */
    double
    log_conductance(const EndCell &cell, const double distance) const;

    /** dP/dy of the interpolant. */
    double
    slope(const double y) const;

    bool
    has_singular_end() const;

    /** y, or the place next to a singular end where output takes its limit. */
    double
    inside(const double y) const;

    /** Is y so near to an end that the weight counts as constant (LineEnd::empty)? */
    bool
    is_empty(const double y) const;

    /** The end cell that contains y, if it is at a singular end; else none. */
    const EndCell *
    end_cell(const double y) const;

    /** The same, if its integrals need power_factors(): finite powers, and not absorbing. */
    const EndCell *
    power_cell(const double y) const;

    /** Those at singular ends. */
    std::vector<EndCell>
    singular_end_cells() const;

    /**
     * Factors f_q for which sum_q f_q w_q g(t_q) t_q^e, with the points t_q (distances from
     * the end, in [0, 1]) and weights w_q of a quadrature, is int_0^1 t^e g(t) dt for
     * polynomials g that the points determine (times t, if that makes the integral exist; 1 if
     * nothing does, and for an infinite exponent).
     */
    static std::vector<double>
    power_factors(const dealii::Quadrature<1> &quadrature, const double exponent);

    /** The same for the points of an end cell from left to right. */
    static std::vector<double>
    power_factors(const EndCell               &cell,
                  const dealii::Quadrature<1> &quadrature,
                  const double                 exponent);

  private:
    struct Cell
    {
      double              left, right, start; // P at the left vertex, without singular parts
      std::vector<double> legendre;           // of dP/dt, t in (-1, 1)
    };

    const Cell &
    cell_at(const double y) const;

    /** P without the singular parts. */
    double
    regular_part(const double y) const;

    std::vector<Cell>      cells;
    bool                   all_of_it;
    std::array<EndCell, 2> end_cells;
  };
} // namespace dynkin

#endif
