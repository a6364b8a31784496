// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_chain_cell_chain_h
#define dynkin_chain_cell_chain_h

#include "chain/gaussian_exit.h"
#include "domain/domain_parameters.h"
#include "model/model.h"

namespace dynkin
{
  /**
   * Euler's chain z' = z + eps b(z) + sqrt(eps) s(z) xi in the plane or in space until it leaves, by Nystroem's method
   * on the Gauss points y_j of the cells of the mesh: with their weights w_j (with the Jacobian)
   *
   *   E[u(z') ; z' inside | z] = sum_j w_j density(z, y_j) u(y_j).
   *
   * Of even problems one orthant has places, and their mirror images count.
   */
  template <int dim>
  class CellChain : public PlacedChain
  {
  public:
    /**
     * Cells are as fine, and have as many points, as the smallest spread of a step asks for. `poorer` takes two
     * points less in each direction. Throws InputError about Discrete chain/step if there are more than 6,000.
     */
    CellChain(const Model<dim>       &model,
              const DomainParameters &domain,
              const double            eps,
              const bool              poorer);

    Vector
    row(const std::vector<double> &point) const override;

    Exit
    exit(const std::vector<double> &point) const override;

  private:
    /** Finds the Gauss points. */
    void
    place(const DomainParameters &domain, const bool poorer);

    GaussianLaw<dim>
    law(const dealii::Point<dim> &z) const;

    void
    find_row(const GaussianLaw<dim> &law, double *weights_of_places) const;

    const Model<dim>                            &model;
    const double                                 eps;
    const std::unique_ptr<GaussianExit<dim>>     outside;
    std::vector<dealii::Point<dim>>              places;
    std::vector<std::vector<dealii::Point<dim>>> images;  // mirror by mirror
    std::vector<double>                          weights; // [length^dim]
  };
} // namespace dynkin

#endif
