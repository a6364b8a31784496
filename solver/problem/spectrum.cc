// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/spectrum.h"

#include "linear_algebra/eigenvalues.h"

#include <algorithm>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** 1 at the node of largest modulus. */
    void
    normalise(Vector &v)
    {
      double largest = 0., smallest = 0.;
      for (unsigned int i = 0; i < v.locally_owned_size(); ++i)
        {
          largest  = std::max(largest, v.local_element(i));
          smallest = std::min(smallest, v.local_element(i));
        }
      largest  = Utilities::MPI::max(largest, v.get_mpi_communicator());
      smallest = Utilities::MPI::min(smallest, v.get_mpi_communicator());
      // equal up to rounding: the sign is arbitrary, take the positive one
      v *= 1. / (largest > -smallest * (1. - 1e-6) ? largest : smallest);
      v.update_ghost_values();
    }
  } // namespace

  template <int dim>
  Spectrum<dim>::Spectrum(SlowestMode<dim> &slowest)
    : slowest(slowest)
  {
  }

  template <int dim>
  void
  Spectrum<dim>::solve(const unsigned int n_eigenvalues)
  {
    const GeneratorForm<dim> &form = slowest.bilinear_form();
    lambda                         = {1.L / slowest.time()};
    modes                          = {slowest.phi()};
    normalise(modes.front());
    if (n_eigenvalues == 1)
      return;

    Vector start(slowest.phi());
    start.zero_out_ghost_values();
    const std::vector<Eigenpair> pairs = largest_eigenpairs(
      [&](Vector &x, const Vector &v) {
        Vector load, clean(v);
        slowest.remove(clean);
        form.load(load, &clean);
        slowest.apply_inverse(x, load);
      },
      [&](Vector &x, const Vector &v) { form.load(x, &v); },
      form.is_symmetric(),
      start,
      n_eigenvalues - 1);
    for (const Eigenpair &pair : pairs)
      {
        lambda.push_back(1. / pair.theta);
        modes.push_back(pair.v);
        form.discretization().constraints().distribute(modes.back());
        normalise(modes.back());
      }
  }

  template <int dim>
  const std::vector<std::complex<long double>> &
  Spectrum<dim>::eigenvalues() const
  {
    return lambda;
  }

  template <int dim>
  const Vector &
  Spectrum<dim>::eigenfunction(const unsigned int k) const
  {
    return modes.at(k);
  }

  template class Spectrum<1>;
  template class Spectrum<2>;
  template class Spectrum<3>;
} // namespace dynkin
