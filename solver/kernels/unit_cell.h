// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_kernels_unit_cell_h
#define dynkin_kernels_unit_cell_h

#include <deal.II/base/aligned_vector.h>

#include <memory>
#include <vector>

#include "kernels/line_shape.h"
#include "kernels/pack.h"

namespace dynkin
{
  /**
   * Sum factorisation on the unit cell, for a pack of functions at a time: from values at
   * the tensor-product nodes of an element to values and gradients at the points of a
   * quadrature, and back. Along a line, S_qi = phi_i(x_q), and G is the derivative of the
   * polynomial through values at the quadrature points:
   *
   *   u(x_q) = (S x S x S) u,   d_1 u(x_q) = (1 x 1 x G) (S x S x S) u,   ...
   *
   * deal.II's kernels do the same for its VectorizedArray only, which holds a single number
   * where deal.II was built for any machine; these are then several times as fast.
   */
  template <int dim, typename Number>
  class UnitCell
  {
  public:
    virtual ~UnitCell() = default;

    static std::unique_ptr<UnitCell>
    create(const LineShape &line);

    /**
     * Values, and gradients component by component, at the points; all lexicographic.
     * `work` holds work_size() packs.
     */
    virtual void
    evaluate(const Pack<Number> *nodes,
             Pack<Number>       *values,
             Pack<Number>       *gradients,
             Pack<Number>       *work) const = 0;

    /** The transpose: nodes_i = sum_q (values_q phi_i + gradients_q . grad phi_i); overwrites `values`. */
    virtual void
    integrate(Pack<Number>       *values,
              const Pack<Number> *gradients,
              Pack<Number>       *nodes,
              Pack<Number>       *work) const = 0;

    /** Those of `values` alone. */
    virtual void
    evaluate(const Pack<Number> *nodes, Pack<Number> *values, Pack<Number> *work) const = 0;
    virtual void
    integrate(const Pack<Number> *values, Pack<Number> *nodes, Pack<Number> *work) const = 0;

    const LineShape &
    line() const;

    unsigned int
    n_nodes() const;
    unsigned int
    n_points() const;
    unsigned int
    work_size() const;

    /** The weight of a quadrature point. */
    Number
    weight(const unsigned int q) const
    {
      return weights[q];
    }

  protected:
    explicit UnitCell(const LineShape &line);

    const LineShape                     shape;
    const int                           n, n_q; // nodes and points along a line
    dealii::AlignedVector<Pack<Number>> S, S_transposed, G, G_transposed; // for contract_even_odd()
    std::vector<Number>                 weights;
  };
} // namespace dynkin

#endif
