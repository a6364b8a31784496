// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_distribution_h
#define dynkin_measure_distribution_h

#include "measure/gauss_polynomial.h"
#include "measure/sampler.h"

namespace dynkin
{
  /**
   * The distribution function of a density on the line. In each cell the polynomial through
   * the density at the quadrature points is integrated exactly; P(X <= x) and P(X > x) are
   * each summed from their own end, so that tails keep their relative accuracy.
   */
  class Distribution
  {
  public:
    Distribution(const Sampler<1> &sampler, const Field<1> &density);

    /** At a quadrature point. */
    struct Point
    {
      double x, probability; // density times quadrature weight
      double below, above;   // P(X <= x), P(X > x)
    };

    /** From left to right. */
    const std::vector<Point> &
    points() const;

    /** P(X <= x) and P(X > x), each summed from its own end. */
    double
    below(const double x) const;
    double
    above(const double x) const;

    /** x with P(X <= x) = `below`, which is the smaller one of below and above = P(X > x). */
    double
    quantile(const double below, const double above) const;

    /** Of a place x that is found: of itself, and of where it is in its cell. */
    double
    rounding(const double x) const;

    /** At a singular end the density is a power of the distance s from it, times a polynomial. */
    struct Cell
    {
      double         left, right;        // ends, coordinate of the mesh
      double         mass, below, above; // in it, and on its two sides
      LegendreSeries g;                  // density per unit cell, over s^power
      double         power    = 0.;
      bool           is_right = false; // the end

      std::vector<double> points, weights; // int_0^1 s^power f ds = sum weights f(points)
    };

    /** From left to right. */
    const std::vector<Cell> &
    cells() const;

    /** In a cell, t from 0 to 1: x. */
    double
    position(const Cell &cell, const double t) const;

    /** int_0^t of the density in a cell; backwards: int_t^1. */
    static double
    mass(const Cell &cell, const double t, const bool backwards);

    /** The density there, per unit cell. */
    static double
    density(const Cell &cell, const double t);

    /** t in a cell with mass(cell, t, backwards) = rest. */
    static double
    part(const Cell &cell, const double rest, const bool backwards);

  private:
    /** The cell that x is in or next to, and where in it, 0 to 1. */
    const Cell &
    find(const double x, double &t) const;

    const CoordinateMap<1> *coordinates;

    std::vector<Cell>  line;
    std::vector<Point> all;
  };
} // namespace dynkin

#endif
