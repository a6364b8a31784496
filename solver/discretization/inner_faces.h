// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_inner_faces_h
#define dynkin_discretization_inner_faces_h

#include "domain/domain_parameters.h"
#include "model/model.h"

namespace dynkin
{
  /**
   * Where coefficients and sources may jump or have a kink: for every axis of a box the planes across it, in
   * parts of its length from the lower end; of a ball the spheres about its centre, in parts of
   * the radius. Solutions are smooth on either side, and so they are in cells with faces there.
   */
  template <int dim>
  std::vector<std::vector<double>>
  find_inner_faces(const Model<dim>                &model,
                   const DomainParameters          &domain,
                   const std::vector<Formula<dim>> &sources = {});
} // namespace dynkin

#endif
