// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_sampler_h
#define dynkin_measure_sampler_h

#include "form/field.h"
#include "geometry/mirror.h"

#include <functional>

namespace dynkin
{
  /** A field at one quadrature point. */
  template <int dim>
  struct Sample
  {
    unsigned int           cell; // counts the cells of this process, and their images
    unsigned int           active_cell_index;
    dealii::Point<dim>     x;
    long double            JxW; // quadrature weight [volume], in x; far out where doubles end, too
    double                 value;
    long double            mass; // value JxW, where doubles end, too
    dealii::Tensor<1, dim> gradient;
  };

  /**
   * Visits every Gauss point of the cells of this process, at least degree + 3 points per
   * direction (finer than the rule of the form, so that quadrature errors of the
   * solution are seen), with the value and gradient of a field there; of a mesh that is
   * one orthant also their images.
   */
  template <int dim>
  class Sampler
  {
  public:
    /** With so many points per direction; 0: degree + 3. */
    explicit Sampler(const Discretization<dim> &discretization, const unsigned int n_points = 0);

    /** `field` lives on the same discretization. */
    void
    for_each(const Field<dim> &field, const std::function<void(const Sample<dim> &)> &visit) const;

    MPI_Comm
    communicator() const;

  private:
    MPI_Comm                        mpi_communicator;
    const CoordinateMap<dim>       *coordinates;
    const Mirror<dim>               mirror;
    dealii::MatrixFree<dim, double> matrix_free;
  };
} // namespace dynkin

#endif
