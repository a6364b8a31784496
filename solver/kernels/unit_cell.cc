// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "kernels/unit_cell.h"

#include <algorithm>

#include "kernels/even_odd.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr int largest_known_size = 9; // degree 8

    /** With as many nodes as points along a line, `size`, or, if that is 0, any numbers. */
    template <int dim, typename Number, int size>
    class OfSize : public UnitCell<dim, Number>
    {
    public:
      using Values = Pack<Number>;

      explicit OfSize(const LineShape &line)
        : UnitCell<dim, Number>(line)
      {
      }

      void
      evaluate(const Values *nodes, Values *values, Values *gradients, Values *work) const override
      {
        to_points(nodes, values, work);
        to_gradients(values, gradients);
      }

      void
      integrate(Values *values, const Values *gradients, Values *nodes, Values *work) const override
      {
        from_gradients(gradients, values);
        from_points(values, nodes, work);
      }

      void
      evaluate(const Values *nodes, Values *values, Values *work) const override
      {
        to_points(nodes, values, work);
      }

      void
      integrate(const Values *values, Values *nodes, Values *work) const override
      {
        from_points(values, nodes, work);
      }

    private:
      DYNKIN_FOR_ALL_PROCESSORS void
      to_points(const Values *nodes, Values *values, Values *work) const
      {
        if constexpr (dim == 1)
          interpolate<0>(nodes, values);
        else if constexpr (dim == 2)
          {
            interpolate<0>(nodes, work);
            interpolate<1>(work, values);
          }
        else
          {
            Values *more = work + this->work_size() / 2;
            interpolate<0>(nodes, work);
            interpolate<1>(work, more);
            interpolate<2>(more, values);
          }
      }

      DYNKIN_FOR_ALL_PROCESSORS void
      from_points(const Values *values, Values *nodes, Values *work) const
      {
        if constexpr (dim == 1)
          interpolate_back<0>(values, nodes);
        else if constexpr (dim == 2)
          {
            interpolate_back<1>(values, work);
            interpolate_back<0>(work, nodes);
          }
        else
          {
            Values *more = work + this->work_size() / 2;
            interpolate_back<2>(values, work);
            interpolate_back<1>(work, more);
            interpolate_back<0>(more, nodes);
          }
      }

      DYNKIN_FOR_ALL_PROCESSORS void
      to_gradients(const Values *values, Values *gradients) const
      {
        differentiate<0, false>(this->G.data(), values, gradients);
        if constexpr (dim > 1)
          differentiate<1, false>(this->G.data(), values, gradients + this->n_points());
        if constexpr (dim > 2)
          differentiate<2, false>(this->G.data(), values, gradients + 2 * this->n_points());
      }

      DYNKIN_FOR_ALL_PROCESSORS void
      from_gradients(const Values *gradients, Values *values) const
      {
        const Values *G = this->G_transposed.data();
        differentiate<0, true>(G, gradients, values);
        if constexpr (dim > 1)
          differentiate<1, true>(G, gradients + this->n_points(), values);
        if constexpr (dim > 2)
          differentiate<2, true>(G, gradients + 2 * this->n_points(), values);
      }

      /** Along a direction from nodes to points; the faster ones are at points, the slower ones at nodes. */
      template <int direction>
      [[gnu::always_inline]] void
      interpolate(const Values *in, Values *out) const
      {
        const int n = size > 0 ? size : this->n, n_q = size > 0 ? size : this->n_q;
        contract_even_odd<1, false>(
          this->S.data(), n_q, n, power(n_q, direction), power(n, dim - 1 - direction), in, out);
      }

      template <int direction>
      [[gnu::always_inline]] void
      interpolate_back(const Values *in, Values *out) const
      {
        const int n = size > 0 ? size : this->n, n_q = size > 0 ? size : this->n_q;
        contract_even_odd<1, false>(this->S_transposed.data(),
                                    n,
                                    n_q,
                                    power(n_q, direction),
                                    power(n, dim - 1 - direction),
                                    in,
                                    out);
      }

      template <int direction, bool add>
      [[gnu::always_inline]] void
      differentiate(const Values *matrix, const Values *in, Values *out) const
      {
        const int n_q = size > 0 ? size : this->n_q;
        contract_even_odd<-1, add>(
          matrix, n_q, n_q, power(n_q, direction), power(n_q, dim - 1 - direction), in, out);
      }
    };

    template <int dim, typename Number, int size>
    std::unique_ptr<UnitCell<dim, Number>>
    create_of_size(const LineShape &line)
    {
      if constexpr (size <= largest_known_size)
        {
          if (line.n == size && line.n_q == size)
            return std::make_unique<OfSize<dim, Number, size>>(line);
          return create_of_size<dim, Number, size + 1>(line);
        }
      else
        return std::make_unique<OfSize<dim, Number, 0>>(line);
    }
  } // namespace

  template <int dim, typename Number>
  UnitCell<dim, Number>::UnitCell(const LineShape &line)
    : shape(line)
    , n(line.n)
    , n_q(line.n_q)
  {
    EvenOdd<Number> values(
      n_q, n, 1, [&](const int q, const int i) { return Number(line.values(i, q)); });
    EvenOdd<Number> slopes(
      n_q, n_q, -1, [&](const int q, const int i) { return Number(line.point_slopes(i, q)); });
    // what remains of the gradient of a constant would gather from cell to cell
    values.set_row_sums(1.);
    slopes.set_row_sums(0.);
    S            = values.packs();
    S_transposed = values.transposed().packs();
    G            = slopes.packs();
    G_transposed = slopes.transposed().packs();
    for (int q = 0; q < power(n_q, dim); ++q)
      {
        weights.push_back(1.);
        for (int k = 0, rest = q; k < dim; ++k, rest /= n_q)
          weights.back() *= line.quadrature.weight(rest % n_q);
      }
  }

  template <int dim, typename Number>
  std::unique_ptr<UnitCell<dim, Number>>
  UnitCell<dim, Number>::create(const LineShape &line)
  {
    return create_of_size<dim, Number, 2>(line);
  }

  template <int dim, typename Number>
  const LineShape &
  UnitCell<dim, Number>::line() const
  {
    return shape;
  }

  template <int dim, typename Number>
  unsigned int
  UnitCell<dim, Number>::n_nodes() const
  {
    return power(n, dim);
  }

  template <int dim, typename Number>
  unsigned int
  UnitCell<dim, Number>::n_points() const
  {
    return power(n_q, dim);
  }

  template <int dim, typename Number>
  unsigned int
  UnitCell<dim, Number>::work_size() const
  {
    return 2 * power(std::max(n, n_q), dim);
  }

  template class UnitCell<1, double>;
  template class UnitCell<2, double>;
  template class UnitCell<3, double>;
  template class UnitCell<1, float>;
  template class UnitCell<2, float>;
  template class UnitCell<3, float>;
} // namespace dynkin
