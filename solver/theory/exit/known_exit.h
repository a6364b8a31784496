// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_known_exit_h
#define dynkin_theory_exit_known_exit_h

#include "theory/exit/exit_formula.h"

namespace dynkin
{
  /**
   * What is known of the time tau and the place at which a model leaves a domain, by the first
   * row that applies of
   *
   *   interval   ExitTime1D and ExitLaw of quadratic models, and of formulas that are smooth
   *              between and at the ends (LineDiffusion); one end may reflect
   *   ball       RadialExit and ExitLaw of isotropic models about w*
   *   box        BoxExitTime of `decoupled`, all walls absorbing
   *
   * A new formula is an ExitFormula and a row of the list in known_exit.cc. The constructor throws
   * std::domain_error, with the reason, for all others. const and thread-safe.
   */
  class KnownExit
  {
  public:
    KnownExit(const ModelParameters  &model,
              const DomainParameters &domain,
              const unsigned int      n_moments = 1);

    const ExitFormula *
    operator->() const
    {
      return formula.get();
    }

    /** P(X leaves through Domain/exit set), that is the sum over its walls; intervals. */
    double
    probability_of_exit_set(const std::vector<double> &x) const;

  private:
    ExitFormulaPointer       formula;
    std::vector<std::string> exit_walls; // those of Domain/exit set
  };
} // namespace dynkin

#endif
