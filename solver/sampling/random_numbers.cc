// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/random_numbers.h"

#include "kernels/pack.h"

#include <Random123/philox.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace dynkin
{
  namespace
  {
    using Word  = std::uint32_t;
    using Words = std::array<Word, 4>;

    constexpr Word first_chi = 256; // draws

    [[gnu::always_inline]] inline Words
    philox(const Word path_low,
           const Word path_high,
           const Word step_low,
           const Word step_high_and_draw,
           const Word key_low,
           const Word key_high)
    {
      const r123::Philox4x32::ctr_type counter = {
        {path_low, path_high, step_low, step_high_and_draw}};
      const r123::Philox4x32::key_type key    = {{key_low, key_high}};
      const r123::Philox4x32::ctr_type result = r123::Philox4x32()(counter, key);
      return {{result[0], result[1], result[2], result[3]}};
    }

    [[gnu::always_inline]] inline Word
    high_word(const std::int64_t step, const Word draw)
    {
      return (static_cast<Word>(step >> 32) << 16) | draw;
    }

    [[gnu::always_inline]] inline double
    from_bits(const std::uint64_t bits)
    {
      double value;
      std::memcpy(&value, &bits, sizeof(value));
      return value;
    }

    [[gnu::always_inline]] inline std::uint64_t
    to_bits(const double value)
    {
      std::uint64_t bits;
      std::memcpy(&bits, &value, sizeof(bits));
      return bits;
    }

    /** An integer below 2^52 as a double, by operations that every vector unit has. */
    [[gnu::always_inline]] inline double
    to_double(const std::uint64_t integer)
    {
      constexpr std::uint64_t two_to_52 = 0x4330000000000000u; // bits
      return from_bits(integer | two_to_52) - 0x1p52;
    }

    /** log((word + 1/2)/2^32) <= 0 by 2 artanh((m - 1)/(m + 1)), 1/sqrt(2) <= m < sqrt(2). */
    [[gnu::always_inline]] inline double
    log_uniform(const Word word)
    {
      constexpr std::uint64_t one = 0x3ff0000000000000u, mantissa = 0x000fffffffffffffu; // bits
      const std::uint64_t     bits     = to_bits(to_double(word) + 0.5);
      const double            m        = from_bits((bits & mantissa) | one);
      const bool              is_large = m > 1.4142135623730951;
      const double            m_near_1 = is_large ? 0.5 * m : m;
      const double exponent = to_double(bits >> 52) - (is_large ? 1054. : 1055.); // 1023 + 32
      const double t = (m_near_1 - 1.) / (m_near_1 + 1.), s = t * t;
      const double series =
        1. +
        s * (1. / 3. +
             s * (1. / 5. +
                  s * (1. / 7. + s * (1. / 9. + s * (1. / 11. +
                                                     s * (1. / 13. + s * (1. / 15. + s / 17.)))))));
      return exponent * 0.69314718055994531 + 2. * t * series;
    }

    struct Pair
    {
      double first, second;
    };

    /** Two independent normal numbers: a radius, and an angle in |theta| < pi/4, turned by bits of its word. */
    [[gnu::always_inline]] inline Pair
    normal_pair(const Word for_radius, const Word for_angle)
    {
      const double        log_u  = log_uniform(for_radius);
      const double        radius = std::sqrt(log_u < 0. ? -2. * log_u : 0.);
      const std::uint64_t word   = for_angle;
      const double        theta =
        (to_double(word & 0x3fffffffu) + 0.5 - 0x1p29) * (1.5707963267948966 * 0x1p-30);
      const double s = theta * theta;
      const double sine =
        theta *
        (1. + s * (-1. / 6. +
                   s * (1. / 120. +
                        s * (-1. / 5040. + s * (1. / 362880. +
                                                s * (-1. / 39916800. + s * (1. / 6227020800.)))))));
      const double cosine =
        1. +
        s * (-1. / 2. +
             s * (1. / 24. +
                  s * (-1. / 720. +
                       s * (1. / 40320. + s * (-1. / 3628800. + s * (1. / 479001600. +
                                                                     s * (-1. / 87178291200.)))))));
      const bool   is_turned     = (word & 0x40000000u) != 0; // by pi/2
      const double signed_radius = (word & 0x80000000u) != 0 ? -radius : radius;
      return {signed_radius * (is_turned ? sine : cosine),
              signed_radius * (is_turned ? cosine : sine)};
    }

    [[gnu::always_inline]] inline double
    uniform(const Word word)
    {
      return (to_double(word) + 0.5) * 0x1p-32;
    }

    using LaneWords = std::array<Lanes<Word>, 4>;

    [[gnu::always_inline]] inline void
    fill_words(const RandomNumbers::Places &places,
               const unsigned int           n,
               const Word                   draw,
               const Word                   key_low,
               const Word                   key_high,
               LaneWords                   &words)
    {
      for (unsigned int j = 0; j < n; ++j)
        {
          const Words w = philox(places.path_low[j],
                                 places.path_high[j],
                                 static_cast<Word>(places.step[j]),
                                 high_word(places.step[j], draw),
                                 key_low,
                                 key_high);
          words[0][j]   = w[0];
          words[1][j]   = w[1];
          words[2][j]   = w[2];
          words[3][j]   = w[3];
        }
    }

    DYNKIN_FOR_ALL_PROCESSORS void
    fill_normals(const RandomNumbers::Places  &places,
                 const unsigned int            n,
                 const Word                    draw,
                 const Word                    key_low,
                 const Word                    key_high,
                 std::array<Lanes<double>, 4> &values)
    {
      LaneWords words;
      fill_words(places, n, draw, key_low, key_high, words);
      for (unsigned int k = 0; k < 4; k += 2)
        for (unsigned int j = 0; j < n; ++j)
          {
            const Pair pair  = normal_pair(words[k][j], words[k + 1][j]);
            values[k][j]     = pair.first;
            values[k + 1][j] = pair.second;
          }
    }

    /** k = 1, and k = 2. */
    DYNKIN_FOR_ALL_PROCESSORS void
    fill_simple(const RandomNumbers::Places &places,
                const unsigned int           n,
                const Word                   draw,
                const Word                   key_low,
                const Word                   key_high,
                const bool                   is_square,
                Lanes<double>               &values)
    {
      LaneWords words;
      fill_words(places, n, draw, key_low, key_high, words);
      if (is_square)
        for (unsigned int j = 0; j < n; ++j)
          {
            const double normal = normal_pair(words[0][j], words[1][j]).first;
            values[j]           = normal * normal;
          }
      else
        for (unsigned int j = 0; j < n; ++j)
          values[j] = -2. * log_uniform(words[0][j]);
    }

    /** The first attempt for k > 2; < 0 where it is not accepted at once. */
    DYNKIN_FOR_ALL_PROCESSORS void
    fill_first_attempt(const RandomNumbers::Places &places,
                       const unsigned int           n,
                       const Word                   draw,
                       const Word                   key_low,
                       const Word                   key_high,
                       const double                 d,
                       Lanes<double>               &values)
    {
      LaneWords words;
      fill_words(places, n, draw, key_low, key_high, words);
      const double c = 1. / std::sqrt(9. * d);
      for (unsigned int j = 0; j < n; ++j)
        {
          const double x = normal_pair(words[0][j], words[1][j]).first;
          const double v = 1. + c * x;
          const double u = uniform(words[2][j]), bound = 1. - 0.0331 * (x * x) * (x * x);
          const double least = std::min(v, bound - u);
          values[j]          = least > 0. ? 2. * d * v * v * v : -1.;
        }
    }
  } // namespace

  RandomNumbers::RandomNumbers(const std::uint64_t seed)
    : key_low(static_cast<Word>(seed))
    , key_high(static_cast<Word>(seed >> 32))
  {
  }

  void
  RandomNumbers::normals(const Places                 &places,
                         const unsigned int            n,
                         const unsigned int            draw,
                         std::array<Lanes<double>, 4> &values) const
  {
    fill_normals(places, n, draw, key_low, key_high, values);
  }

  void
  RandomNumbers::chi_square(const Places      &places,
                            const unsigned int n,
                            const unsigned int draw,
                            const double       k,
                            Lanes<double>     &values) const
  {
    const Word first = first_chi * (1 + draw);
    if (k == 1. || k == 2.)
      fill_simple(places, n, first, key_low, key_high, k == 1., values);
    else
      {
        if (k > 2.)
          fill_first_attempt(places, n, first, key_low, key_high, 0.5 * k - 1. / 3., values);
        else
          std::fill_n(values.begin(), n, -1.);
        for (unsigned int j = 0; j < n; ++j)
          if (values[j] < 0.)
            values[j] = chi_square_of_one(places, j, draw, k);
      }
  }

  double
  RandomNumbers::chi_square_of_one(const Places      &places,
                                   const unsigned int lane,
                                   const unsigned int draw,
                                   const double       k) const
  {
    // below shape 1: that of shape + 1, times uniform^(1/shape)
    const double shape = 0.5 * k, d = (shape < 1. ? shape + 1. : shape) - 1. / 3.;
    const double c = 1. / std::sqrt(9. * d);
    for (unsigned int attempt = 0;; ++attempt)
      {
        const Words w =
          philox(places.path_low[lane],
                 places.path_high[lane],
                 static_cast<Word>(places.step[lane]),
                 high_word(places.step[lane], first_chi * (1 + draw) + attempt % first_chi),
                 key_low,
                 key_high);
        const double x = normal_pair(w[0], w[1]).first, v = std::pow(1. + c * x, 3);
        if (v > 0. && log_uniform(w[2]) < 0.5 * x * x + d * (1. - v + std::log(v)))
          return 2. * d * v * (shape < 1. ? std::exp(log_uniform(w[3]) / shape) : 1.);
      }
  }

  std::array<std::uint32_t, 4>
  RandomNumbers::words(const std::uint64_t path,
                       const std::uint64_t step,
                       const unsigned int  draw) const
  {
    return philox(static_cast<Word>(path),
                  static_cast<Word>(path >> 32),
                  static_cast<Word>(step),
                  high_word(static_cast<std::int64_t>(step), draw),
                  key_low,
                  key_high);
  }
} // namespace dynkin
