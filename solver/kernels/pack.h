// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_kernels_pack_h
#define dynkin_kernels_pack_h

#include <deal.II/base/vectorization.h>

#include <algorithm>

/**
 * Compiles a function twice, the second time for processors with AVX2, and picks one when
 * the program starts: for loops over packs, in which all that is called is inlined.
 */
#if defined(__GNUC__) && __GNUC__ >= 12 && !defined(__clang__) && defined(__x86_64__) && \
  defined(__gnu_linux__) && !defined(__AVX2__) && !defined(DEBUG)
#  define DYNKIN_FOR_ALL_PROCESSORS [[gnu::target_clones("arch=x86-64-v3", "default")]]
#else
#  define DYNKIN_FOR_ALL_PROCESSORS
#endif

namespace dynkin
{
  template <typename Number>
  constexpr unsigned int pack_size = std::max<unsigned int>(dealii::VectorizedArray<Number>::size(),
                                                            32 / sizeof(Number));

  /**
   * Numbers that are worked on together, entry by entry: as many as fill 32 bytes, or those
   * of deal.II's VectorizedArray where it holds more. The compiler keeps them in the vector
   * registers there are, also with a deal.II that was built without any.
   */
  template <typename Number>
  class alignas(32) Pack
  {
  public:
    static constexpr unsigned int
    size()
    {
      return pack_size<Number>;
    }

    Pack() = default;

    /** The same number everywhere. */
    [[gnu::always_inline]] Pack(const Number number)
      : data(number - Data{})
    {
    }

    Number
    operator[](const unsigned int i) const
    {
      return reinterpret_cast<const Number *>(&data)[i];
    }

    Number &
    operator[](const unsigned int i)
    {
      return reinterpret_cast<Number *>(&data)[i];
    }

    [[gnu::always_inline]] Pack &
    operator+=(const Pack &other)
    {
      data += other.data;
      return *this;
    }

    [[gnu::always_inline]] Pack &
    operator-=(const Pack &other)
    {
      data -= other.data;
      return *this;
    }

    [[gnu::always_inline]] Pack &
    operator*=(const Pack &other)
    {
      data *= other.data;
      return *this;
    }

    [[gnu::always_inline]] Pack &
    operator/=(const Pack &other)
    {
      data /= other.data;
      return *this;
    }

    /** function(entry) for each. */
    template <typename Function>
    Pack
    transformed(const Function &function) const
    {
      Pack result;
      for (unsigned int i = 0; i < size(); ++i)
        result[i] = function((*this)[i]);
      return result;
    }

    [[gnu::always_inline]] friend Pack
    operator+(Pack a, const Pack &b)
    {
      return a += b;
    }

    [[gnu::always_inline]] friend Pack
    operator-(Pack a, const Pack &b)
    {
      return a -= b;
    }

    [[gnu::always_inline]] friend Pack
    operator*(Pack a, const Pack &b)
    {
      return a *= b;
    }

    [[gnu::always_inline]] friend Pack
    operator/(Pack a, const Pack &b)
    {
      return a /= b;
    }

  private:
    using Data [[gnu::vector_size(pack_size<Number> * sizeof(Number))]] = Number;

    Data data;
  };
} // namespace dynkin

namespace dealii
{
  /** Makes packs numbers of tensors. */
  template <typename Number>
  struct EnableIfScalar<dynkin::Pack<Number>>
  {
    using type = dynkin::Pack<Number>;
  };
} // namespace dealii

#endif
