// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_reference_weight_h
#define dynkin_form_reference_weight_h

#include "discretization/discretization.h"
#include "form/line_weight.h"
#include "model/model.h"

#include <string>
#include <vector>

namespace dynkin
{
  /**
   * The reference weight w = exp(psi - psi_1) of the bilinear form: `natural`
   * takes psi from the model or, for models in 1-D that do not know it and between periodic
   * ends, from LineWeight; `tempered` takes 0.9 psi, the same equation in another form; `none`
   * is w = 1. Of the radii of groups, psi is the logarithm of their density, with the volume factor
   * (model/groups.h), in these two. The form sets psi_1 such that the largest w over the domain is 1,
   * or up to 1e300 where the smallest one is below 1e-300.
   */
  template <int dim>
  class ReferenceWeight
  {
  public:
    /** `choice` is Discretization/weight: natural | tempered | none. */
    ReferenceWeight(const Model<dim>          &model,
                    const Discretization<dim> &space,
                    const std::string         &choice);

    /** natural | tempered | none */
    const std::string &
    name() const;

    void
    set_unit(const double psi_1);

    /** x, or the place next to a singular end of an interval where output takes its limit. */
    dealii::Point<dim>
    inside(const dealii::Point<dim> &x) const;

    /** log w(x) (before set_unit(): psi itself). */
    double
    log_value(const dealii::Point<dim> &x) const;

    /** The same at many points, best next to each other (see Model::log_weights). */
    std::vector<double>
    log_values(const std::vector<dealii::Point<dim>> &x) const;

    double
    value(const dealii::Point<dim> &x) const;

    /** grad psi = grad log w. */
    dealii::Tensor<1, dim>
    log_gradient(const dealii::Point<dim> &x) const;

    /** c = b - 1/2 div a - 1/2 a grad psi, exactly zero where is_reversible(). */
    dealii::Tensor<1, dim>
    nonreversible_drift(const dealii::Point<dim> &x) const;

    /**
     * Relative error of integrals with the weight that all quadratures share: the rounding of
     * positions far from the origin, and that of the exponents at singular ends of intervals
     * (LineEnd), as measured.
     */
    double
    rounding() const;

    /** The weight of an interval, if it is in use. */
    const LineWeight *
    line() const;

    /** Is c = 0 everywhere? Then the form is symmetric. */
    bool
    is_reversible() const;

  private:
    /** log w(x) of the choice, from psi(x) of the model. */
    double
    chosen(const dealii::Point<dim> &x, const double psi) const;

    const Model<dim> *model;
    std::string       choice;
    double            share; // of psi
    double            psi_1 = 0.;
    // the weight of an interval
    std::shared_ptr<const LineWeight> line_weight;
    const CoordinateMap<dim>         *coordinates;
    double                            position_rounding;
  };
} // namespace dynkin

#endif
