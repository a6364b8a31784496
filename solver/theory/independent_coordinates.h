// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_independent_coordinates_h
#define dynkin_theory_independent_coordinates_h

#include "model/model_parameters.h"

#include <stdexcept>
#include <string>

namespace dynkin
{
  /**
   * The coordinates of a model to which the closed form named `what` applies: independent ones
   * in `dimension` dimensions, with a centre, h, sigma, eta > 0 and rho >= 0.
   * Throws std::domain_error for others.
   */
  inline IndependentCoordinates
  independent_coordinates(const ModelParameters &model,
                          const unsigned int     dimension,
                          const std::string     &what)
  {
    const std::optional<IndependentCoordinates> p = model.kind().as_independent();
    if (!p)
      throw std::domain_error(what + " is known for the model `decoupled` only, not for `" +
                              model.type + "`.");
    for (const std::vector<double> *list : {&model.center, &p->h, &p->sigma, &p->rho})
      if (dimension == 0 || list->size() != dimension)
        throw std::domain_error(what + " in " + std::to_string(dimension) +
                                " dimensions needs that many entries of center, h, sigma and rho.");
    for (unsigned int i = 0; i < dimension; ++i)
      if (!(p->h[i] > 0. && p->sigma[i] > 0. && p->rho[i] >= 0. && model.eta > 0.))
        throw std::domain_error(what + " needs h, sigma and the learning rate > 0 and rho >= 0.");
    return *p;
  }
} // namespace dynkin

#endif
