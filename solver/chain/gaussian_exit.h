// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_gaussian_exit_h
#define dynkin_chain_gaussian_exit_h

#include "chain/markov_chain.h"
#include "domain/shape.h"

#include <deal.II/base/point.h>

#include <memory>

namespace dynkin
{
  /** A Gaussian step in space: z' = mean + root xi, xi ~ N(0, 1), with a lower triangular root. */
  template <int dim>
  struct GaussianLaw
  {
    dealii::Point<dim>     mean;
    dealii::Tensor<2, dim> root, inverse_root; // [length], [1/length]

    GaussianLaw(const dealii::Point<dim> &mean, const dealii::SymmetricTensor<2, dim> &covariance);

    /** [1/length^dim]. */
    double
    density(const dealii::Point<dim> &y) const;

    double least_deviation; // of all directions [length]
    double norm;            // of the density
  };

  /** Where Gaussian steps land outside of a shape. */
  template <int dim>
  class GaussianExit
  {
  public:
    virtual ~GaussianExit() = default;

    /**
     * By sums of positive terms, with full relative accuracy. `inside` is the probability to land inside by other means:
     * what is not small, because the mean is outside, is what is missing to 1.
     */
    virtual PlacedChain::Exit
    exit(const GaussianLaw<dim> &law, const double inside) const = 0;
  };

  /**
   * - a box, with independent noise of the coordinates: through the wall that is farthest behind, by quadrature over the
   *   distance t from it, of its density times the probabilities that the others are not farther;
   * - a ball, ellipsoid or annulus: with z' = mean + rho root omega, by quadrature over the directions omega of the tail
   *   of rho beyond the surface; into the hole of an annulus by quadrature there.
   *
   * Throws InputError for other shapes.
   */
  template <int dim>
  std::unique_ptr<GaussianExit<dim>>
  create_gaussian_exit(const Shape &shape);
} // namespace dynkin

#endif
