// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_theory_page_h
#define dynkin_study_theory_page_h

#include <nlohmann/json.hpp>
#include <string>

#include "parameters/parameters.h"

namespace dynkin
{
  /**
   * What is known in closed form or by quadrature about the model and the domain
   * of a parameter file, in any number of dimensions and without a mesh
   * (problem = theory). The keys are those of the solved problems, so that the
   * two can be laid side by side; what has no closed form is null, with the
   * reason.
   *
   * Exit quantities belong to the walls as given (absorbing unless said
   * otherwise), densities to the same domain with reflecting walls.
   */
  class TheoryPage
  {
  public:
    explicit TheoryPage(const Parameters &parameters);

    /** For results.json. */
    const nlohmann::ordered_json &
    json() const;

    /** For people: one line a fact. */
    std::string
    text() const;

  private:
    nlohmann::ordered_json page;
  };
} // namespace dynkin

#endif
