// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_discretization_discretization_parameters_h
#define dynkin_discretization_discretization_parameters_h

#include <limits>
#include <string>

namespace dynkin
{
  class EntryTable;

  /** Subsection `Discretization`. */
  struct DiscretizationParameters
  {
    static constexpr unsigned int not_set = std::numeric_limits<int>::max();

    unsigned int degree      = not_set;   // Discretization/degree, 1..10, also of the mapping
    unsigned int refinements = not_set;   // Discretization/refinements, uniform, of the coarse mesh
    std::string  weight      = "natural"; // Discretization/weight: natural | tempered | none
    double       tolerance =
      -1.; // Discretization/tolerance; > 0: refine until every estimate is below it
    bool          chooses_tolerance = false;    // none is set; filled by complete()
    bool          is_in_space       = false;    // dimension = 3; filled by complete()
    unsigned long maximum_dofs      = 10000000; // Discretization/maximum dofs

    void
    add_parameters(EntryTable &table);

    /** Is an error estimate small enough? A tolerance of our own choice is no reason for huge meshes. */
    bool
    is_reached(const double estimate, const double n_dofs) const;

    /** Is it for a tolerance of our own choice, where no finer mesh lowers it? */
    bool
    is_enough(const double estimate) const;

    /** Do runs in space whose tolerance is our own choice end on coarse meshes? */
    bool
    ends_early() const;

    /** So many unknowns may the mesh after one of `n_dofs` have. */
    double
    most_dofs_after(const double n_dofs) const;

    /** Takes these where none are set. */
    void
    prefer(const unsigned int preferred_degree, const unsigned int preferred_refinements);

    /**
     * Fills in what is not set. If `own_tolerance` > 0, a file that sets neither
     * refinements nor tolerance gets that, and starts with `adaptive_refinements`.
     */
    void
    complete(const unsigned int dimension,
             const double       own_tolerance,
             const unsigned int adaptive_refinements);
  };
} // namespace dynkin

#endif
