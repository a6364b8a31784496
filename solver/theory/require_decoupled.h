// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_require_decoupled_h
#define dynkin_theory_require_decoupled_h

#include "model/model_parameters.h"

#include <stdexcept>
#include <string>

namespace dynkin
{
  /**
   * Does the closed form named `what` apply: is this model `decoupled` in
   * `dimension` coordinates, with a centre, h, sigma, eta > 0 and rho >= 0?
   * Throws std::domain_error if not.
   */
  inline void
  require_decoupled(const ModelParameters &model,
                    const unsigned int     dimension,
                    const std::string     &what)
  {
    if (model.type != "decoupled")
      throw std::domain_error(what + " is known for the model `decoupled` only, not for `" +
                              model.type + "`.");
    const DecoupledParameters &p = model.decoupled;
    for (const std::vector<double> *list : {&model.center, &p.h, &p.sigma, &p.rho})
      if (dimension == 0 || list->size() != dimension)
        throw std::domain_error(what + " in " + std::to_string(dimension) +
                                " dimensions needs that many entries of center, h, sigma and rho.");
    for (unsigned int i = 0; i < dimension; ++i)
      if (!(p.h[i] > 0. && p.sigma[i] > 0. && p.rho[i] >= 0. && model.eta > 0.))
        throw std::domain_error(what + " needs h, sigma and the learning rate > 0 and rho >= 0.");
  }
} // namespace dynkin

#endif
