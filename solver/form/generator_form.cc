// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "form/generator_form.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "form/cell_geometry.h"
#include "form/end_coefficients.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double log_smallest_weight = 690., log_largest_weight = 690.; // 1e300
    constexpr double log_widest_range = 1400.;
  } // namespace

  template <int dim>
  GeneratorForm<dim>::GeneratorForm(const Model<dim>          &model,
                                    const Discretization<dim> &discretization,
                                    const std::string         &weight,
                                    const double               killing_rate)
    : sde(&model)
    , shift(killing_rate)
    , reference(model, discretization, weight)
    , sum_over_cells(discretization, [&](const Cells &cells, Coefficients &coefficients) {
      compute_coefficients(discretization, cells, coefficients);
    })
  {
  }

  template <int dim>
  Point<dim>
  GeneratorForm<dim>::find_pin() const
  {
    const CoordinateMap<dim> &coordinates = discretization().mesh().coordinates();
    const Point<dim>          center      = coordinates.to_mesh(sde->center());
    // on the whole space only a weight that is the density falls towards the end of the mesh
    if (!coordinates.has_groups() && // whose volume vanishes at r = 0
        (reference.name() == "none" || !(reference.is_reversible() || coordinates.is_identity())))
      return center;
    constexpr double same = 1e-6; // of the logarithm of the weight
    const Summit top = find_summit(center, same, [](const types::global_dof_index) { return 0.; });
    return top.log_density > top.at_pin + same ? top.place
                                               : top.next_to_pin; // center may lie outside
  }

  template <int dim>
  typename GeneratorForm<dim>::Summit
  GeneratorForm<dim>::find_summit(const Point<dim> &pin,
                                  const double      same,
                                  const LogValue   &log_u) const
  {
    const Discretization<dim> &space       = discretization();
    const CoordinateMap<dim>  &coordinates = space.mesh().coordinates();
    const auto                 nearest     = space.nearest_vertex_dof(pin);
    const IndexSet             walls       = space.wall_dofs(BoundaryKind::absorbing);
    double                     highest = -std::numeric_limits<double>::max(), at_pin = highest;
    std::array<double, dim>    place{}, next_to_pin{};
    const auto                 raise = [&](const double psi, const std::array<double, dim> &here) {
      if (psi > highest + same || (psi > highest - same && here < place))
        {
          highest = psi;
          place   = here;
        }
    };
    for (const auto &cell : space.dof_handler().active_cell_iterators())
      if (cell->is_locally_owned())
        {
          std::vector<Point<dim>> vertices;
          for (const unsigned int v : cell->vertex_indices())
            vertices.push_back(coordinates.to_space(cell->vertex(v)));
          const std::vector<double> log_w = reference.log_values(vertices);
          for (const unsigned int v : cell->vertex_indices())
            {
              const types::global_dof_index dof = cell->vertex_dof_index(v, 0);
              if (space.constraints().is_constrained(dof) || walls.is_element(dof))
                continue;
              const Point<dim> y   = cell->vertex(v);
              double           psi = log_w[v] + coordinates.log_determinant(y) + log_u(dof);
              if (reference.line() != nullptr) // the mass of a cell: w may be infinite at an end
                psi += std::log(cell->diameter());
              std::array<double, dim> here;
              for (unsigned int i = 0; i < dim; ++i)
                here[i] = y[i];
              if (dof == nearest)
                {
                  at_pin      = psi;
                  next_to_pin = here;
                }
              raise(psi, here);
            }
        }
    for (const auto &[psi, here, other, beside] : Utilities::MPI::all_gather(
           space.communicator(), std::make_tuple(highest, place, at_pin, next_to_pin)))
      {
        if (other > at_pin)
          {
            at_pin      = other;
            next_to_pin = beside;
          }
        raise(psi, here);
      }
    Summit summit{Point<dim>(), Point<dim>(), highest, at_pin};
    for (unsigned int i = 0; i < dim; ++i)
      {
        summit.place[i]       = place[i];
        summit.next_to_pin[i] = next_to_pin[i];
      }
    return summit;
  }

  template <int dim>
  const Point<dim> &
  GeneratorForm<dim>::pin() const
  {
    if (!top)
      top = find_pin();
    return *top;
  }

  template <int dim>
  bool
  GeneratorForm<dim>::move_pin(const Vector &u) const
  {
    constexpr double same = 1e-6, unusable = 4.6; // the density at the pin a hundredth
    const Summit     summit = find_summit(
      pin(), same, [&](const types::global_dof_index i) { return std::log(std::abs(u(i))); });
    if (!(summit.log_density > summit.at_pin + unusable))
      return false;
    top = summit.place;
    return true;
  }

  template <int dim>
  void
  GeneratorForm<dim>::compute_coefficients(const Discretization<dim> &space,
                                           const Cells               &cells,
                                           Coefficients              &coefficients)
  {
    const CoordinateMap<dim> &coordinates = space.mesh().coordinates();
    CellGeometry<dim>         cell(space, cells);
    auto &[diffusion, drift, mass, killing] = coefficients;
    // lanes without a cell: nothing
    diffusion.resize(std::size_t(Integrator::n_packs(cells)) * cell.n_points());
    mass.resize(diffusion.size(), Pack<double>(0.));
    if (!is_symmetric())
      drift.resize(diffusion.size());

    // in the coordinates of the mesh: a -> J^-1 a J^-T, c -> J^-1 c, w -> w det J, J = dx/dy
    // the diffusion first: a model may find here that it is not positive definite
    cell.for_each_point(
      [&](const unsigned int q, const unsigned int lane, const std::size_t entry) {
        const Point<dim>        y = cell.position(q, lane);
        SymmetricTensor<2, dim> a = sde->diffusion(reference.inside(coordinates.to_space(y)));
        if (!coordinates.is_identity())
          {
            const Tensor<2, dim> J = coordinates.inverse_jacobian(y);
            a                      = symmetrize(J * Tensor<2, dim>(a) * transpose(J));
          }
        for (unsigned int k = 0; k < a.n_independent_components; ++k)
          diffusion[entry].access_raw_entry(k)[lane] = 0.5 * a.access_raw_entry(k);
      });

    double                  psi_max = -std::numeric_limits<double>::max(), psi_min = -psi_max;
    std::vector<Point<dim>> points(cell.n_points());
    cell.for_each_cell([&](const unsigned int lane, const std::size_t first) {
      for (unsigned int q = 0; q < points.size(); ++q)
        points[q] = coordinates.to_space(cell.position(q, lane));
      const std::vector<double> log_w = reference.log_values(points);
      for (unsigned int q = 0; q < points.size(); ++q)
        {
          const double psi      = log_w[q] + coordinates.log_determinant(cell.position(q, lane));
          psi_max               = std::max(psi_max, psi);
          psi_min               = std::min(psi_min, psi);
          mass[first + q][lane] = psi; // for now
        }
    });
    psi_max = Utilities::MPI::max(psi_max, space.communicator());
    psi_min = Utilities::MPI::min(psi_min, space.communicator());
    // the largest weight is 1, or more where the smallest would leave the range of a double
    const double psi_one =
      psi_max - std::clamp(psi_max - psi_min - log_smallest_weight, 0., log_largest_weight);
    reference.set_unit(psi_one);
    // without ways out, what is smaller counts for nothing: the kernel is 1 whatever the weight
    const bool has_ways_out =
      !space.mesh().domain().boundary_ids(BoundaryKind::absorbing).empty() ||
      sde->killing_rate() != nullptr;
    const double psi_least = reference.is_reversible() && !has_ways_out
                               ? psi_one - log_smallest_weight
                               : std::numeric_limits<double>::lowest();
    is_in_range =
      !reference.is_reversible() || !has_ways_out || psi_max - psi_min <= log_widest_range;

    // to the coordinates of the unit cell
    cell.for_each_point(
      [&](const unsigned int q, const unsigned int lane, const std::size_t entry) {
        const Tensor<2, dim> J       = cell.jacobian(q, lane);
        const Tensor<2, dim> inverse = invert(J);
        const double         psi     = std::max<double>(mass[entry][lane], psi_least);
        const double         w       = std::exp(psi - psi_one) * determinant(J);
        mass[entry][lane]            = w;
        SymmetricTensor<2, dim> a;
        for (unsigned int k = 0; k < a.n_independent_components; ++k)
          a.access_raw_entry(k) = diffusion[entry].access_raw_entry(k)[lane];
        for (unsigned int k = 0; k < dim; ++k)
          for (unsigned int l = k; l < dim; ++l)
            diffusion[entry][k][l][lane] = w * (inverse[k] * (a * inverse[l]));
        if (drift.empty())
          return;
        const Point<dim> y = cell.position(q, lane);
        Tensor<1, dim>   c = reference.nonreversible_drift(coordinates.to_space(y));
        if (!coordinates.is_identity())
          c = coordinates.inverse_jacobian(y) * c;
        c = w * (inverse * c);
        for (unsigned int k = 0; k < dim; ++k)
          drift[entry][k][lane] = c[k];
      },
      true);

    if constexpr (dim == 1)
      if (const LineWeight *line = reference.line())
        for (const LineWeight::EndCell &end : line->singular_end_cells())
          {
            const EndCoefficients at_end(*line, end, *sde, space.quadrature(), psi_one);
            cell.for_each_point([&](const unsigned int q,
                                    const unsigned int lane,
                                    const std::size_t  entry) {
              const double y = cell.position(q, lane)[0];
              if (end.contains(y))
                {
                  mass[entry][lane]            = at_end.mass[q];
                  diffusion[entry][0][0][lane] = at_end.diffusion[q];
                }
              if (line->is_empty(y)) // no time is spent there: or modes that live there were found
                mass[entry][lane] = 0.;
            });
          }

    const KillingRate<dim> *rate = sde->killing_rate();
    if (rate == nullptr && !(shift > 0.))
      return;
    killing.resize(mass.size(), Pack<double>(0.));
    cell.for_each_point(
      [&](const unsigned int q, const unsigned int lane, const std::size_t entry) {
        double k = shift;
        if (rate != nullptr)
          k += rate->value(reference.inside(coordinates.to_space(cell.position(q, lane))));
        killing[entry][lane] = k * mass[entry][lane];
      });
  }

  template <int dim>
  bool
  GeneratorForm<dim>::fits_doubles() const
  {
    return is_in_range;
  }

  template <int dim>
  void
  GeneratorForm<dim>::initialize(Vector &vector) const
  {
    sum_over_cells.initialize(vector);
  }

  template <int dim>
  void
  GeneratorForm<dim>::apply(Vector &dst, const Vector &src, const Direction direction) const
  {
    sum_over_cells.apply(dst, src, direction);
  }

  template <int dim>
  void
  GeneratorForm<dim>::assemble(TrilinosWrappers::SparseMatrix  &matrix,
                               const AffineConstraints<double> &constraints,
                               const Direction                  direction) const
  {
    sum_over_cells.assemble(matrix, constraints, direction);
  }

  template <int dim>
  void
  GeneratorForm<dim>::diagonal(Vector &diagonal) const
  {
    sum_over_cells.diagonal(diagonal);
  }

  template <int dim>
  bool
  GeneratorForm<dim>::is_symmetric() const
  {
    return reference.is_reversible();
  }

  template <int dim>
  bool
  GeneratorForm<dim>::sums_positive_terms() const
  {
    return is_symmetric() && reference.line() != nullptr;
  }

  template <int dim>
  bool
  GeneratorForm<dim>::kills() const
  {
    return !sum_over_cells.coefficients().killing.empty();
  }

  template <int dim>
  const ReferenceWeight<dim> &
  GeneratorForm<dim>::weight() const
  {
    return reference;
  }

  template <int dim>
  const Discretization<dim> &
  GeneratorForm<dim>::discretization() const
  {
    return sum_over_cells.discretization();
  }

  template <int dim>
  const Model<dim> &
  GeneratorForm<dim>::model() const
  {
    return *sde;
  }

  template <int dim>
  const CellOperator<dim, double> &
  GeneratorForm<dim>::cell_operator() const
  {
    return sum_over_cells;
  }

  template class GeneratorForm<1>;
  template class GeneratorForm<2>;
  template class GeneratorForm<3>;
} // namespace dynkin
