// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_kernels_even_odd_h
#define dynkin_kernels_even_odd_h

#include <deal.II/base/aligned_vector.h>

#include <cmath>
#include <functional>
#include <vector>

#include "kernels/contract.h"
#include "kernels/pack.h"

namespace dynkin
{
  /** A matrix with M(rows - 1 - i, columns - 1 - j) = sign M(i, j), as contract_even_odd() takes it. */
  template <typename Number>
  class EvenOdd
  {
  public:
    EvenOdd(const int                                  rows,
            const int                                  columns,
            const int                                  sign,
            const std::function<Number(int i, int j)> &entry)
      : rows(rows)
      , columns(columns)
      , sign(sign)
    {
      for (int i = 0; i < (rows + 1) / 2; ++i)
        {
          for (int j = 0; j < columns / 2; ++j)
            for (const int s : {1, -1})
              data.push_back(Number(0.5) * (entry(i, j) + s * entry(i, columns - 1 - j)));
          if (columns % 2 != 0)
            data.push_back(entry(i, columns / 2));
        }
    }

    /** Makes the sum of each row this number, in the order in which it is summed, up to one rounding. */
    void
    set_row_sums(const Number number)
    {
      const int half = columns / 2;
      for (Number *row = data.data(); row != data.data() + data.size(); row += columns)
        {
          const int n_pairs = columns % 2 != 0 ? half : half - 1;
          Number    sum     = 0.;
          for (int j = 0; j < n_pairs; ++j)
            sum += Number(2.) * row[2 * j];
          row[2 * n_pairs] = (columns % 2 != 0 ? Number(1.) : Number(0.5)) * (number - sum);
        }
    }

    EvenOdd
    transposed() const
    {
      return EvenOdd(columns, rows, sign, [&](const int j, const int i) { return at(i, j); });
    }

    dealii::AlignedVector<Pack<Number>>
    packs() const
    {
      dealii::AlignedVector<Pack<Number>> packs;
      for (const Number entry : data)
        packs.push_back(Pack<Number>(entry));
      return packs;
    }

  private:
    Number
    at(const int i, const int j) const
    {
      if (i >= (rows + 1) / 2)
        return sign * at(rows - 1 - i, columns - 1 - j);
      const int     half = columns / 2;
      const Number *row  = data.data() + i * columns;
      return j < half                 ? row[2 * j] + row[2 * j + 1]
             : columns - 1 - j < half ? row[2 * (columns - 1 - j)] - row[2 * (columns - 1 - j) + 1]
                                      : row[2 * half];
    }

    int                 rows, columns, sign;
    std::vector<Number> data;
  };
} // namespace dynkin

#endif
