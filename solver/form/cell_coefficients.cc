// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <algorithm>
#include <utility>
#include <vector>

#include "form/cell_operator.h"
#include "form/coarser_coefficients.h"

using namespace dealii;

// The coefficients of a cell operator from those of another one.

namespace dynkin
{
  template <int dim, typename Number>
  void
  CellOperator<dim, Number>::take_coefficients(const CellOperator<dim, double> &other,
                                               const double                     factor)
  {
    // where a cell stands among the other's: pack and lane
    using OtherIntegrator = typename CellOperator<dim, double>::Integrator;
    std::vector<std::pair<unsigned int, unsigned int>> place(
      space->mesh().triangulation().n_active_cells());
    for (unsigned int pack = 0; pack < OtherIntegrator::n_packs(other.cells()); ++pack)
      OtherIntegrator::for_each_cell(
        other.cells(), pack, [&](const unsigned int lane, const auto &cell) {
          place[cell->active_cell_index()] = {pack, lane};
        });

    const auto        &from = other.coefficients();
    const unsigned int n_q = kernels->n_points(), n_q_from = other.unit_cell().n_points();
    const unsigned int n_packs = Integrator::n_packs(matrix_free);
    coefficient.diffusion.resize(std::size_t(n_q) * n_packs);
    coefficient.mass.resize(coefficient.diffusion.size());
    coefficient.drift.resize(from.drift.empty() ? 0 : coefficient.diffusion.size());
    coefficient.killing.resize(from.killing.empty() ? 0 : coefficient.diffusion.size());
    const CoarserCoefficients<dim, Number> coarser(other.unit_cell().line().quadrature,
                                                   kernels->line().quadrature);
    AlignedVector<Values>                  gathered(n_q_from), projected(n_q);
    for (unsigned int pack = 0; pack < n_packs; ++pack)
      {
        struct Source
        {
          unsigned int to_lane, lane;
          std::size_t  first; // entry
        };
        std::vector<Source> sources;
        Integrator::for_each_cell(
          matrix_free, pack, [&](const unsigned int lane, const auto &cell) {
            const auto [other_pack, other_lane] = place[cell->active_cell_index()];
            sources.push_back({lane, other_lane, std::size_t(other_pack) * n_q_from});
          });
        // lanes without a cell: nothing
        std::fill(gathered.begin(), gathered.end(), Values(Number(0.)));
        // one component of the coefficients, by references to it in an entry
        const auto take = [&](const auto &component) {
          for (const Source &source : sources)
            for (unsigned int q = 0; q < n_q_from; ++q)
              gathered[q][source.to_lane] = factor * component(from, source.first + q)[source.lane];
          if (n_q != n_q_from)
            coarser.project(gathered.begin(), projected.begin());
          const Values *values = n_q != n_q_from ? projected.begin() : gathered.begin();
          for (unsigned int q = 0; q < n_q; ++q)
            component(coefficient, std::size_t(pack) * n_q + q) = values[q];
        };
        for (unsigned int k = 0; k < SymmetricTensor<2, dim>::n_independent_components; ++k)
          take([k](auto &coefficients, const std::size_t entry) -> auto & {
            return coefficients.diffusion[entry].access_raw_entry(k);
          });
        take([](auto &coefficients, const std::size_t entry) -> auto & {
          return coefficients.mass[entry];
        });
        if (!from.killing.empty())
          take([](auto &coefficients, const std::size_t entry) -> auto & {
            return coefficients.killing[entry];
          });
        for (unsigned int k = 0; k < (from.drift.empty() ? 0 : dim); ++k)
          take([k](auto &coefficients, const std::size_t entry) -> auto & {
            return coefficients.drift[entry][k];
          });
      }
  }

#define INSTANTIATE(dim, Number)                                                                \
  template void CellOperator<dim, Number>::take_coefficients(const CellOperator<dim, double> &, \
                                                             const double);
  INSTANTIATE(1, double)
  INSTANTIATE(2, double)
  INSTANTIATE(3, double)
  INSTANTIATE(1, float)
  INSTANTIATE(2, float)
  INSTANTIATE(3, float)
#undef INSTANTIATE
} // namespace dynkin
