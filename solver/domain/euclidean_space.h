// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_euclidean_space_h
#define dynkin_domain_euclidean_space_h

#include "domain/shape.h"
#include "utilities/entry_values.h"

namespace dynkin
{
  struct DomainParameters;

  /** All of R^d, without walls; for its coordinates on a mesh see WholeSpace. */
  class EuclideanSpace : public Shape
  {
  public:
    static inline const Range lost_masses = {1e-250, 1e-3, false, false};

    EuclideanSpace();

    /** Throws InputError on Domain/lost mass tolerance. */
    static std::shared_ptr<const Shape>
    create(const DomainParameters &domain, const unsigned int dimension);

    bool
    contains(const std::vector<double> &) const override
    {
      return true;
    }

    bool
    is_bounded() const override
    {
      return false;
    }

    bool
    is_even_about(const std::vector<double> &) const override
    {
      return true;
    }
  };
} // namespace dynkin

#endif
