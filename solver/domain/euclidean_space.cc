// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/euclidean_space.h"

#include "domain/domain_parameters.h"

namespace dynkin
{
  EuclideanSpace::EuclideanSpace()
    : Shape("whole space", "whole space", {})
  {
  }

  std::shared_ptr<const Shape>
  EuclideanSpace::create(const DomainParameters &domain, const unsigned int)
  {
    check_number("Domain/lost mass tolerance", domain.lost_mass_tolerance, lost_masses);
    return std::make_shared<EuclideanSpace>();
  }
} // namespace dynkin
