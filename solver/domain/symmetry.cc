// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "domain/symmetry.h"

namespace dynkin
{
  namespace
  {
    bool
    is_even(const ModelKind &model, const unsigned int d)
    {
      for (unsigned int i = 0; i < d; ++i)
        if (!model.is_even(i))
          return false;
      return true;
    }

    /** A shape that is, with opposite walls of the same kind, but not periodic. */
    bool
    is_even(const DomainParameters &domain, const std::vector<double> &center)
    {
      if (!domain.shape->is_even_about(center))
        return false;
      const std::vector<std::string> names = domain.shape->wall_names;
      if (domain.shape->has_opposite_walls())
        for (unsigned int k = 0; k < names.size(); k += 2)
          if (const BoundaryKind kind = domain.walls.at(names[k]);
              kind == BoundaryKind::periodic || kind != domain.walls.at(names[k + 1]))
            return false;
      return true;
    }
  } // namespace

  std::vector<double>
  find_mirror(const ModelParameters  &model,
              const DomainParameters &domain,
              const unsigned int      dimension)
  {
    const bool is_mirrored = domain.symmetry == "auto" && dimension > 1 && !model.kills() &&
                             is_even(model.kind(), dimension) && is_even(domain, model.center);
    return is_mirrored ? model.center : std::vector<double>();
  }
} // namespace dynkin
