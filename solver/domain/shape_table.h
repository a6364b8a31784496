// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_shape_table_h
#define dynkin_domain_shape_table_h

#include "domain/shape.h"
#include "utilities/entry_table.h"

namespace dynkin
{
  struct DomainParameters;

  /** The names of all shapes, with a line about each. */
  const std::vector<Choice> &
  shape_choices();

  /** The shapes for which an entry has a meaning, by its path. */
  OnlyFor
  shapes_with(const std::string &entry);

  /** Does a file describe a ball? */
  bool
  is_ball(const DomainParameters &domain);

  /** The shape that a file describes, without targets. Throws InputError. */
  std::shared_ptr<const Shape>
  create_shape(const DomainParameters &domain, const unsigned int dimension);
} // namespace dynkin

#endif
