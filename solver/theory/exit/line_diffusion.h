// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_theory_exit_line_diffusion_h
#define dynkin_theory_exit_line_diffusion_h

#include "model/model.h"
#include "theory/scalar_diffusion.h"

namespace dynkin
{
  /**
   * A 1-D model that is known by the values of its drift b and diffusion a only, such as one
   * given by formulas, on [left, right]: phi = -int 2b/a, by Gauss quadrature on panels that
   * are halved until halves agree with wholes to 1e-13, and until b and a stay within 0.5 % (of
   * the largest |b|, and of a) of a polynomial by the enclosures of the model: of what is
   * narrow, only what is smaller than that may be missed.
   */
  class LineDiffusion
  {
  public:
    enum class Quadrature
    {
      fine,  // 20 points
      coarse // 15 points, on other panels: for an estimate of the error
    };

    /**
     * Throws std::domain_error where b or a may jump or have a kink between the ends, or are
     * singular there or inside.
     */
    LineDiffusion(const std::shared_ptr<const Model<1>> &model,
                  const double                           left,
                  const double                           right,
                  const Quadrature                       quadrature = Quadrature::fine);

    const ScalarDiffusion &
    diffusion() const;

    /** int |2b/a| dx: so many times the rounding of a number is what formulas may be wrong by. */
    double
    total_variation() const;

  private:
    ScalarDiffusion result;
    double          variation = 0.;
  };
} // namespace dynkin

#endif
