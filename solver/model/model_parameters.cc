// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/model_parameters.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "utilities/entry_table.h"

namespace dynkin
{
  namespace
  {
    const Range group_size_range = {1.};
  }

  namespace
  {
    std::vector<Choice>
    choices_of(const std::vector<const ModelKind *> &kinds)
    {
      std::vector<Choice> choices;
      for (const ModelKind *kind : kinds)
        choices.push_back(kind->choice());
      return choices;
    }
  } // namespace

  const ModelKind &
  ModelParameters::kind() const
  {
    const std::vector<const ModelKind *> rows = kinds();
    check_choice("Model/type", type, choices_of(rows));
    return **std::find_if(
      rows.begin(), rows.end(), [&](const ModelKind *kind) { return kind->choice().name == type; });
  }

  void
  ModelParameters::add_parameters(EntryTable &table)
  {
    table.begin_section("Model");
    table.add("type",
              type,
              "Which stochastic differential equation (Ito) the state v follows, with "
              "x = v - center. The subsection of the same name holds its coefficients.",
              choices_of(std::as_const(*this).kinds()));
    table.add("learning rate",
              eta,
              "Learning rate eta > 0: scales the noise, a ~ eta; the drift does not depend on it. "
              "[time] for linear regression, whose noise follows from the inputs, else "
              "dimensionless.",
              number_pattern(Ranges::positive));
    table.add("center",
              center,
              "Minimum w* of the loss [length], where the drift vanishes; `dimension` numbers. "
              "Not set: the origin.",
              list_pattern(Ranges::any));

    table.add(
      "group sizes",
      group_sizes,
      "Numbers d_1, d_2, ... >= 1 of coordinates that are alike: coefficients, matrices and "
      "points then have one entry per group, points are radii r_k = |v_k| of groups, and the "
      "state has sum d_k dimensions, any number. At most 3 groups (`theory`: any number). Exact "
      "for `coupled` with "
      "diagonal matrices, `linear regression` with eigenvalues, `decoupled` with rho = 0, "
      "and exits from balls and ellipsoids. Not set: no groups.",
      list_pattern(group_size_range));
    table.add("killing rate",
              killing_rate,
              "Rate k(v) >= 0 [1/time] at which the process is killed wherever it is: a formula in "
              "x, y, z (absolute coordinates) and the constants of the subsection `expression`. "
              "Exit times end at the exit or when the process is killed, whichever comes first, "
              "A f - k f = -1; exit places are those reached alive; rates are those of A - k. Not "
              "for densities and theory.",
              text_pattern("a formula in x, y, z"));

    for (const ModelKind *kind : kinds())
      {
        table.begin_section("Model/" + kind->choice().name);
        const_cast<ModelKind *>(kind)->add_parameters(table); // a part of this object
      }
  }

  bool
  ModelParameters::uses_learning_rate() const
  {
    return type.empty() || kind().uses_learning_rate() || names_learning_rate(killing_rate);
  }

  void
  ModelParameters::check(const unsigned int dimension)
  {
    if ((kind().uses_learning_rate() && !kind().has_formulas()) || eta != 0.)
      check_number("Model/learning rate", eta, Ranges::positive);
    if (center.empty())
      center.assign(dimension, 0.);
    check_numbers("Model/center", center, Ranges::any, dimension);
    const ModelKind &selected = kind();
    for (ModelKind *row : kinds())
      if (row == &selected)
        row->check(dimension);
  }

  double
  ModelParameters::state_dimension() const
  {
    return group_sizes.empty() ? center.size()
                               : std::accumulate(group_sizes.begin(), group_sizes.end(), 0.);
  }
} // namespace dynkin
