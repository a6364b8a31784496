// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_study_refinement_h
#define dynkin_study_refinement_h

#include "discretization/discretization_parameters.h"
#include "discretization/mesh.h"
#include "model/model.h"

#include <vector>

namespace dynkin
{
  /**
   * Which cells are refined, and when there is no more use in it. With
   * Discretization/tolerance > 0: those that contribute more than their share to the
   * relative error; otherwise, or where contributions are not known, or where this has
   * not lowered the estimates for a while, all.
   */
  template <int dim>
  class Refinement
  {
  public:
    Refinement(const DiscretizationParameters &parameters, const Model<dim> &model);

    /** Layers along the walls of an adaptive run. */
    WallLayers
    wall_layers(const DomainParameters &domain) const;

    /** The first mesh of an adaptive run: the weight's logarithm falls moderately within a cell. Of any: sources are seen. */
    void
    prepare(Mesh<dim> &mesh, const std::vector<Formula<dim>> &sources) const;

    /**
     * After a mesh that resolved too little for any number: refines the unresolved
     * cells (those with a positive indicator), or where the weight falls most. False if
     * that is not allowed, or was tried too often.
     */
    bool
    resolve(Mesh<dim>                   &mesh,
            const dealii::Vector<float> &unresolved,
            const unsigned int           attempt) const;

    /** The largest relative error estimate on the mesh, and what of it is rounding. */
    void
    record(const double largest_estimate, const double rounding);

    /**
     * Did any of the last few meshes lower the estimate, some of them refined everywhere, unless
     * it is rounding, which has more unknowns to come from there?
     */
    bool
    can_improve() const;

    /**
     * Marks the cells to refine; false if that would exceed Discretization/maximum dofs or the
     * memory of the machine.
     */
    bool
    mark(Mesh<dim> &mesh, const dealii::Vector<float> &indicators, const double n_dofs);

    /** Why there is no finer mesh. */
    std::string
    obstacle() const;

    /**
     * Refines the marked cells; where rounding limits the accuracy (a relative residual
     * that stays above the tolerance: the weight falls too far within a cell for the
     * sums over its quadrature points) also those in which the weight falls most.
     */
    void
    refine(Mesh<dim> &mesh, const double residual);

  private:
    /** None of the last n meshes lowered the estimate by half. */
    bool
    has_stalled(const unsigned int n) const;

    /** Are there so many unknowns and the memory for them? */
    bool
    affords(const double n_dofs) const;

    const DiscretizationParameters &parameters;
    const Model<dim>               &model;
    std::vector<double>             estimates;                     // of the meshes so far
    bool                            is_rounding           = false; // most of the last one
    double                          next_dofs             = 0.;    // of the mesh marked last
    unsigned int                    n_limited_by_rounding = 0;     // of them
  };
} // namespace dynkin

#endif
