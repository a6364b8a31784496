// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_random_numbers_h
#define dynkin_sampling_random_numbers_h

#include <array>
#include <cstdint>

namespace dynkin
{
  /** Paths that are followed side by side, in the lanes of a processor. */
  constexpr unsigned int n_lanes = 128;

  template <typename Number>
  using Lanes = std::array<Number, n_lanes>;

  /**
   * Random numbers that are functions of seed, path and step alone, in whatever order they are asked for: Philox4x32-10
   * (J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011) of
   *
   *   counter = path (64 bits), step (48 bits), draw (16 bits),   key = seed (64 bits),
   *
   * four words of 32 bits each. Uniform numbers are (word + 1/2)/2^32, so that their distribution is that
   * of reals to 1.2e-10, and normal ones, in pairs by Box and Muller's method, end at 6.76.
   */
  class RandomNumbers
  {
  public:
    explicit RandomNumbers(const std::uint64_t seed);

    /** Where lanes are: the first n of them count. */
    struct Places
    {
      Lanes<std::uint32_t> path_low, path_high;
      Lanes<std::int64_t>  step; // >= 0, < 2^48
    };

    /** Four independent normal numbers a lane, of the draws 0 to 255. */
    void
    normals(const Places                 &places,
            const unsigned int            n,
            const unsigned int            draw,
            std::array<Lanes<double>, 4> &values) const;

    /**
     * chi^2 with k > 0 degrees of freedom, any real number, of the draws from 256 (1 + draw) on: -2 log of a
     * uniform number (k = 2), the square of a normal one (k = 1), else by G. Marsaglia, W. W. Tsang, ACM Trans.
     * Math. Softw. 26, 2000, 2 d (1 + n/sqrt(9 d))^3 with d = k/2 - 1/3, accepted nearly always.
     */
    void
    chi_square(const Places      &places,
               const unsigned int n,
               const unsigned int draw,
               const double       k,
               Lanes<double>     &values) const;

    /** The four words. */
    std::array<std::uint32_t, 4>
    words(const std::uint64_t path, const std::uint64_t step, const unsigned int draw) const;

  private:
    double
    chi_square_of_one(const Places      &places,
                      const unsigned int lane,
                      const unsigned int draw,
                      const double       k) const;

    std::uint32_t key_low, key_high;
  };
} // namespace dynkin

#endif
