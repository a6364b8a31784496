// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_density_whole_space_map_h
#define dynkin_theory_density_whole_space_map_h

#include "domain/domain_parameters.h"
#include "model/model_parameters.h"
#include "theory/density/initial_law.h"

namespace dynkin
{
  /**
   * Coordinates of the whole space from the tail index of the model, and the natural
   * weight with the same tail. `decoupled` (and d = 1): coordinate-wise with lengths
   * sqrt(sigma_i/rho_i); else radial with S = l P^(1/2), P the covariance of the
   * linearised process and l the distance, in its metric, where the growth of the noise
   * takes over. The mesh ends where (cosh L)^-alpha is a thousandth of the lost mass
   * tolerance. In three dimensions the tail index for small noise is extrapolated from larger noise.
   *
   * Radii of groups: the same in all their coordinates, and the mesh ends where Student's law with their number of
   * dimensions has left a thousandth of the tolerance.
   *
   * Formulas are mapped radially with the length scale and tail index of the file, or, without
   * them, by their own density (find_density_extent()): with its width and tail index if that is
   * a power law, else the domain becomes an interval or a box that holds all but exp(-80) of its
   * maximum, and `points`; so it does if doubles do not reach as far as the tail index of the file.
   * Throws InputError, with the reason and the number, if there is no stationary law, or if
   * its tail index is not known.
   */
  void
  map_whole_space(DomainParameters                       &domain,
                  ModelParameters                        &model,
                  const std::vector<std::vector<double>> &points);

  /**
   * The same for densities that begin with another law: with the weight whose tails are as
   * heavy as those of the start and the end, and a mesh that holds both. Completes `start`.
   */
  void
  map_whole_space(DomainParameters                       &domain,
                  ModelParameters                        &model,
                  StartParameters                        &start,
                  const std::vector<std::vector<double>> &points);
} // namespace dynkin

#endif
