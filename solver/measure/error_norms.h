// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_measure_error_norms_h
#define dynkin_measure_error_norms_h

#include "measure/sampler.h"

#include <functional>
#include <string>
#include <vector>

namespace dynkin
{
  /** A known solution: closed form or quadrature. */
  template <int dim>
  struct ReferenceSolution
  {
    std::string                                                       name;
    std::function<double(const dealii::Point<dim> &)>                 value;
    std::function<dealii::Tensor<1, dim>(const dealii::Point<dim> &)> gradient;
  };

  /** Norms of e = g_h - g over the domain; H1 is the full norm (|e|^2 + |grad e|^2)^{1/2}. */
  struct ErrorNorms
  {
    double L2 = 0., H1 = 0.;
    double Linf          = 0.; // over the sampled points
    double relative_L2   = 0.; // L2 / |g|
    double relative_Linf = 0.; // Linf / max |g|
  };

  template <int dim>
  ErrorNorms
  compute_errors(const Sampler<dim>           &sampler,
                 const Field<dim>             &field,
                 const ReferenceSolution<dim> &reference);

  /** Where two fields differ. */
  struct CellDifferences
  {
    std::vector<double>
      squares; // int |p - q|^2 over each active cell and its images, 0 for cells of other processes
    std::vector<double> relative;  // likewise |p - q|^2 / max(|p|, floor)^2
    std::vector<double> largest;   // |p - q|/(p/u) at the samples of each active cell, p = s w u
    double              norm = 0.; // of p, in L2
  };

  /** Of two fields on the discretization of the sampler, with a floor > 0. */
  template <int dim>
  CellDifferences
  cell_differences(const Sampler<dim> &sampler,
                   const Field<dim>   &p,
                   const Field<dim>   &q,
                   const double        floor);
} // namespace dynkin

#endif
