// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_parameters_parameter_checks_h
#define dynkin_parameters_parameter_checks_h

#include "parameters/parameters.h"

// Relations between entries of several subsections; each throws InputError.

namespace dynkin
{
  /** Exit problems need an end, densities none. */
  void
  check_walls(const DomainParameters &domain, const ProblemKind &problem, const bool kills);

  /** A killing rate is for exit problems and spectra. */
  void
  check_killing(const ModelParameters &model, const ProblemKind &problem);

  /** The exit set of problem = theory. */
  void
  check_exit_set(const DomainParameters &domain, const unsigned int dimension);

  /** How many Model/group sizes there are; `dimension`, if it is set, has to be their sum. */
  unsigned int
  number_of_groups(const Parameters &parameters);

  /** Paths and chains need a shape that knows what it contains, without targets and periodic walls. */
  void
  check_domain_without_mesh(const DomainParameters &domain, const std::string &problem);

  void
  require_absorbing_walls(const DomainParameters &domain, const std::string &what);

  /** Those of diffusions and chains may reflect. */
  void
  check_path_walls(const Parameters &parameters);

  /** Laws of |v - w*| in the plane and in space need w* near the middle of the mapped space. */
  void
  check_distances(const Parameters &parameters);

  /** The roots of E r_k^2 of the stationary law, or without a variance of the linearised process, within the domain. */
  std::vector<double>
  typical_radii(const Parameters &parameters);

  /** What cannot be asked in radii is refused with the reason. */
  void
  check_groups(const Parameters &parameters);

  /** SGD itself is known for linear regression, between absorbing walls. */
  void
  check_mini_batches(const Parameters &parameters);

  /** Points of the right size inside the domain. */
  void
  check_points(const std::vector<std::vector<double>> &points, const Parameters &parameters);
} // namespace dynkin

#endif
