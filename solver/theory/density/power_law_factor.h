// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_power_law_factor_h
#define dynkin_theory_density_power_law_factor_h

namespace dynkin
{
  /**
   * One coordinate of the stationary density of the model `decoupled`, with
   * z measured from the centre; paper (3.6), kappa = -1 - h/(eta rho):
   *
   *   p(z) = (1 + rho z^2/sigma)^kappa / Z,
   *   Z = sqrt(pi sigma/rho) Gamma(-kappa - 1/2) / Gamma(-kappa).
   *
   * This is Student's t with nu = 1 + 2h/(eta rho) degrees of freedom,
   * z = t sqrt(sigma/(rho nu)); for rho = 0 the Gaussian of variance
   * eta sigma/(2h). Everything is written such that rho -> 0 is smooth.
   */
  class PowerLawFactor
  {
  public:
    /** h, sigma, eta > 0, rho >= 0 (the caller checks). */
    PowerLawFactor(const double h, const double sigma, const double rho, const double eta);

    /** kappa log(1 + rho z^2/sigma): the logarithm of the density normalised to 1 at z = 0. */
    double
    log_shape(const double z) const;

    /** d log_shape / dz [1/length]. */
    double
    log_shape_derivative(const double z) const;

    /** sqrt(sigma/(rho + h/eta)) [length]: log_shape = -(z/peak_width)^2 + O(z^4). */
    double
    peak_width() const;

    /** log Z [log length], Z = int_R exp(log_shape). */
    double
    log_normalisation() const;

    /**
     * log int_lower^upper exp(log_shape) dz, with full relative accuracy also
     * far out in a tail and for narrow intervals (Gauss quadrature on graded
     * panels, all terms positive). Throws std::domain_error unless lower < upper.
     */
    double
    log_mass(const double lower, const double upper) const;

    /** P(Z <= z) on R (Boost.Math: Student's t or normal distribution). */
    double
    cdf(const double z) const;

    /** Inverse of cdf. Throws std::domain_error unless 0 < p < 1. */
    double
    quantile(const double p) const;

    /** nu = 1 + 2h/(eta rho), the tail index: E|z|^m is finite iff m < nu. Infinite for rho = 0. */
    double
    tail_index() const;

    /**
     * E z^n on R: prod_{k = 1, 3, .., n-1} k eta sigma / (2h - k eta rho) for
     * even n < nu, infinite for even n >= nu, zero for odd n < nu. Throws
     * std::domain_error for odd n >= nu, where it does not exist.
     */
    double
    moment(const unsigned int n) const;

    /** moment(2) = eta sigma/(2h - eta rho); infinite iff eta rho >= 2h (kappa >= -3/2). */
    double
    variance() const;

  private:
    /** int_lower^upper exp(log_shape(z) - log_shape(lower)) dz for 0 <= lower < upper. */
    double
    scaled_half_mass(const double lower, const double upper) const;

    /** z = t * unit makes t a Student (or, for rho = 0, standard normal) variable. */
    double
    unit() const;

    double h, sigma, rho, eta;
  };
} // namespace dynkin

#endif
