// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_kernels_contract_h
#define dynkin_kernels_contract_h

namespace dynkin
{
  /** The most entries along one direction. */
  constexpr int largest_contraction = 16;

  /** base^exponent, for sizes of tensors. */
  constexpr int
  power(const int base, const int exponent)
  {
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
  }

  /**
   * Multiplies a tensor along one direction by a matrix M of size rows x columns (row by
   * row): out = M in, or M^T in. Neighbours along the direction are `stride` entries apart,
   * and `blocks` counts the entries of all slower directions. With numbers known to the
   * compiler everything is unrolled.
   */
  template <bool transpose, typename Value>
  [[gnu::always_inline]] inline void
  contract(const Value *matrix,
           const int    rows,
           const int    columns,
           const int    stride,
           const int    blocks,
           const Value *in,
           Value       *out)
  {
    const int n_in = transpose ? rows : columns, n_out = transpose ? columns : rows;
    for (int block = 0; block < blocks; ++block, in += stride * n_in, out += stride * n_out)
      for (int offset = 0; offset < stride; ++offset)
        for (int i = 0; i < n_out; ++i)
          {
            Value sum = in[offset] * matrix[transpose ? i : i * columns];
            for (int j = 1; j < n_in; ++j)
              sum +=
                in[offset + j * stride] * matrix[transpose ? j * columns + i : i * columns + j];
            out[offset + i * stride] = sum;
          }
  }

  /**
   * The same, or added to `out`, for a matrix with M(rows - 1 - i, columns - 1 - j) =
   * sign M(i, j), for half the multiplications. It is given by the first (rows + 1)/2 of its rows: for
   * each j < columns/2 the pair (M(i, j) +- M(i, columns - 1 - j))/2, then, if the number of
   * columns is odd, the middle entry; D. A. Kopriva, Implementing Spectral Methods (2009), 3.5.
   */
  template <int sign, bool add, typename Value>
  [[gnu::always_inline]] inline void
  contract_even_odd(const Value *matrix,
                    const int    rows,
                    const int    columns,
                    const int    stride,
                    const int    blocks,
                    const Value *in,
                    Value       *out)
  {
    const int  half       = columns / 2;
    const bool has_middle = columns % 2 != 0;
    const auto put        = [](Value &entry, const Value &sum) [[gnu::always_inline]] {
      if (add)
        entry += sum;
      else
        entry = sum;
    };
    for (int block = 0; block < blocks; ++block, in += stride * columns, out += stride * rows)
      for (int offset = 0; offset < stride; ++offset)
        {
          Value even[largest_contraction / 2 + 1], odd[largest_contraction / 2];
          for (int j = 0; j < half; ++j)
            {
              const Value &first = in[offset + j * stride],
                          &last  = in[offset + (columns - 1 - j) * stride];
              even[j]            = first + last;
              odd[j]             = first - last;
            }
          if (has_middle)
            even[half] = in[offset + half * stride];
          const Value *row = matrix;
          for (int i = 0; i < rows / 2; ++i, row += columns)
            {
              Value e = even[0] * row[0], o = odd[0] * row[1];
              for (int j = 1; j < half; ++j)
                {
                  e += even[j] * row[2 * j];
                  o += odd[j] * row[2 * j + 1];
                }
              if (has_middle)
                e += even[half] * row[2 * half];
              put(out[offset + i * stride], e + o);
              put(out[offset + (rows - 1 - i) * stride], sign > 0 ? e - o : o - e);
            }
          if (rows % 2 != 0)
            {
              Value sum = sign > 0 ? even[0] * row[0] : odd[0] * row[1];
              for (int j = 1; j < half; ++j)
                sum += sign > 0 ? even[j] * row[2 * j] : odd[j] * row[2 * j + 1];
              if (has_middle && sign > 0)
                sum += even[half] * row[2 * half];
              put(out[offset + rows / 2 * stride], sum);
            }
        }
  }
} // namespace dynkin

#endif
