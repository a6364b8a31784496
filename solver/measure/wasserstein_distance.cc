// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <cmath>

#include "measure/density_tail.h"
#include "measure/distances.h"
#include "measure/distribution.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr unsigned int steps_to_place = 60;
    constexpr unsigned int halvings       = 12;    // of a piece of the coupling
    constexpr double       accuracy       = 1e-12; // of a piece, as a part of W2^2

    /** On the two sides of the mesh. */
    struct Tails
    {
      double mass[2] = {0., 0.}, second_moment[2] = {0., 0.}; // the latter as a part of x^2
    };

    Tails
    tails_of(const Field<1> &density)
    {
      Tails             tails;
      const Mesh<1>    &mesh   = density.discretization->mesh();
      const double      middle = mesh.coordinates().to_space(Point<1>())[0];
      const WholeSpace &space  = mesh.domain().whole_space;
      for_each_tail<1>(density, [&](const TailSample<1> &sample) {
        const unsigned int side = sample.x[0] > middle ? 1 : 0;
        tails.mass[side] += sample.probability / space.decay(0, 0);
        tails.second_moment[side] += sample.probability / space.decay(0, 2);
      });
      for (const unsigned int side : {0, 1})
        for (double *part : {&tails.mass[side], &tails.second_moment[side]})
          *part = std::max(0., Utilities::MPI::sum(*part, density.discretization->communicator()));
      return tails;
    }

    /** With P(X <= x) and P(X > x) counted from infinity. */
    std::vector<Distribution::Cell>
    cells_of(const Distribution &law, const Tails &tails)
    {
      std::vector<Distribution::Cell> cells = law.cells();
      for (Distribution::Cell &cell : cells)
        {
          cell.below += tails.mass[0];
          cell.above += tails.mass[1];
        }
      return cells;
    }

    /**
     * The monotone coupling of P and Q, F_P(x) = F_Q(y). Its pieces end where x or y enter another
     * cell. In a piece x = x(a) and y = y(b), 0 <= a, b <= 1; where one density is small beside
     * the other one, the place of that one moves by far the most: between two wells y passes from
     * one to the other while x hardly moves. With s = a + b neither moves faster than s, and
     * dF = ds/(1/g_P + 1/g_Q) of the densities per unit of a and of b.
     */
    class MonotoneCoupling
    {
    public:
      MonotoneCoupling(const Distribution &P,
                       const Tails        &beyond_P,
                       const Distribution &Q,
                       const Tails        &beyond_Q)
        : P(P)
        , Q(Q)
        , beyond_P(beyond_P)
        , beyond_Q(beyond_Q)
        , cells_P(cells_of(P, beyond_P))
        , cells_Q(cells_of(Q, beyond_Q))
        , quadrature(cells_P.front().g.c.size())
      {
      }

      /** int (x - y)^2 dF. */
      double
      mean_square() const
      {
        const std::vector<Piece> all = pieces();
        if (all.empty())
          return 0.;
        std::vector<Share> coarse;
        double             scale = 0., sum = 0.;
        for (const Piece &piece : all)
          {
            coarse.push_back(rule(piece, piece.from(), piece.to()));
            scale += coarse.back().value;
          }
        for (std::size_t k = 0; k < all.size(); ++k)
          sum += refined(all[k], all[k].from(), all[k].to(), coarse[k], accuracy * scale, halvings);
        const Piece &first = all.front(), &last = all.back();
        return sum + beyond(0, shift(first, first.a, first.b)) +
               beyond(1, shift(last, last.to_a, last.to_b));
      }

    private:
      struct Piece
      {
        const Distribution::Cell *p, *q;
        double                    a, b, to_a, to_b;
        bool                      backwards; // probabilities are counted from the nearer end

        double
        from() const
        {
          return a + b;
        }
        double
        to() const
        {
          return to_a + to_b;
        }
      };

      /** Of a piece in the mean square; rounding is not refined. */
      struct Share
      {
        double value = 0., noise = 0.;
      };

      std::vector<Piece>
      pieces() const
      {
        std::vector<Piece> result;
        double             a = 0., b = 0.;
        auto               p = cells_P.begin(), q = cells_Q.begin();
        // from where both are on the mesh
        if (p->below < q->below)
          a = skip(p, cells_P.end(), q->below);
        else if (q->below < p->below)
          b = skip(q, cells_Q.end(), p->below);
        while (p != cells_P.end() && q != cells_Q.end())
          {
            Piece        piece{&*p, &*q, a, b, 1., 1., p->above < p->below};
            const double behind =
              piece.backwards ? p->above - q->above : q->below + q->mass - p->below - p->mass;
            if (behind >= 0.) // P's cell ends first
              {
                const double rest = piece.backwards ? behind : p->below + p->mass - q->below;
                piece.to_b        = std::max(b, Distribution::part(*q, rest, piece.backwards));
                a                 = 0.;
                b                 = piece.to_b;
                ++p;
              }
            else
              {
                const double rest = piece.backwards ? -behind : q->below + q->mass - p->below;
                piece.to_a        = std::max(a, Distribution::part(*p, rest, piece.backwards));
                a                 = piece.to_a;
                b                 = 0.;
                ++q;
              }
            if (piece.to() > piece.from())
              result.push_back(piece);
          }
        return result;
      }

      /** To the cell where P(X <= x) is `below`, and where in it. */
      static double
      skip(std::vector<Distribution::Cell>::const_iterator      &cell,
           const std::vector<Distribution::Cell>::const_iterator end,
           const double                                          below)
      {
        while (cell != end && cell->below + cell->mass <= below)
          ++cell;
        return cell == end ? 0. : Distribution::part(*cell, below - cell->below, false);
      }

      double
      shift(const Piece &piece, const double a, const double b) const
      {
        return P.position(*piece.p, a) - Q.position(*piece.q, b);
      }

      /** Beyond the end of the mesh the heavier tail counts; x - y is as at the end, times x. */
      double
      beyond(const unsigned int side, const double shift) const
      {
        const Tails &heavier = beyond_P.mass[side] < beyond_Q.mass[side] ? beyond_Q : beyond_P;
        return shift * shift * heavier.second_moment[side];
      }

      /** a at s: F_P(a) = F_Q(s - a). */
      double
      place(const Piece &piece, const double s) const
      {
        const Distribution::Cell &p = *piece.p, &q = *piece.q;
        const double              offset = piece.backwards ? q.above - p.above : q.below - p.below;
        double lower = std::max(piece.a, s - piece.to_b), upper = std::min(piece.to_a, s - piece.b);
        const double noise = rounding * std::max(p.mass, q.mass);
        double       a     = 0.5 * (lower + upper);
        for (unsigned int step = 0; step < steps_to_place && lower < upper; ++step)
          {
            const double difference = Distribution::mass(p, a, piece.backwards) -
                                      Distribution::mass(q, s - a, piece.backwards) - offset;
            const double excess           = piece.backwards ? -difference : difference;
            (excess > 0. ? upper : lower) = a;
            double next =
              a - excess / (Distribution::density(p, a) + Distribution::density(q, s - a));
            if (!(next > lower && next < upper))
              next = 0.5 * (lower + upper);
            if (std::abs(next - a) < rounding || std::abs(difference) < noise)
              break;
            a = next;
          }
        return a;
      }

      Share
      rule(const Piece &piece, const double from, const double to) const
      {
        Share        share;
        const double size_p = P.position(*piece.p, 1.) - P.position(*piece.p, 0.),
                     size_q = Q.position(*piece.q, 1.) - Q.position(*piece.q, 0.);
        for (unsigned int j = 0; j < quadrature.size(); ++j)
          {
            const double s = from + (to - from) * quadrature.node(j), a = place(piece, s);
            const double g = piece.p->g.value(a), h = piece.q->g.value(s - a);
            const double x = P.position(*piece.p, a), y = Q.position(*piece.q, s - a);
            if (g > 0. && h > 0.)
              {
                const double dF = (to - from) * quadrature.weight(j) * g / (1. + g / h);
                // of x and y, and of a, from F_P(a) = F_Q(s - a)
                const double error =
                  rounding * (std::abs(x) + std::abs(y) +
                              (piece.p->mass + piece.q->mass) / (g + h) * (size_p + size_q));
                share.value += dF * (x - y) * (x - y);
                share.noise += dF * error * (2. * std::abs(x - y) + error);
              }
          }
        return share;
      }

      /** By halves, until they agree with the whole. */
      double
      refined(const Piece       &piece,
              const double       from,
              const double       to,
              const Share       &whole,
              const double       error,
              const unsigned int depth) const
      {
        const double middle = 0.5 * (from + to);
        const Share  left = rule(piece, from, middle), right = rule(piece, middle, to);
        const double sum = left.value + right.value;
        if (depth == 0 || std::abs(sum - whole.value) <= error + whole.noise)
          return sum;
        return refined(piece, from, middle, left, error, depth - 1) +
               refined(piece, middle, to, right, error, depth - 1);
      }

      const Distribution                   &P, &Q;
      const Tails                           beyond_P, beyond_Q;
      const std::vector<Distribution::Cell> cells_P, cells_Q;
      const GaussPolynomial                 quadrature;
    };
  } // namespace

  double
  wasserstein_distance(const Sampler<1> &sampler, const Field<1> &p, const Field<1> &q)
  {
    const Distribution from(sampler, p), to(sampler, q);
    return std::sqrt(MonotoneCoupling(from, tails_of(p), to, tails_of(q)).mean_square());
  }
} // namespace dynkin
