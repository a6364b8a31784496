// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "discretization/resolve_weight.h"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_q.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_q.h>
#include <deal.II/grid/grid_tools.h>
#include <deal.II/grid/manifold.h>

#include "domain/targets.h"
#include "geometry/coarse_mesh.h"
#include "geometry/mirror.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double       fall_in_the_well   = 40.; // of psi within a cell
    constexpr double       fall_at_exits      = 12.; // of psi within a cell at an absorbing wall
    constexpr double       negligible         = 30.; // below the maximum of psi, there or in all
    constexpr unsigned int maximum_cycles     = 15;
    constexpr unsigned int intervals_per_line = 4; // a power of two
    constexpr unsigned int most_pieces        = 8; // so, too, of a cell for its enclosures
    constexpr double       likely = 10.; // is an exit where psi is so far below its maximum
    constexpr unsigned int sample_refinements = 2; // of the faces of the coarse mesh

    using Enclosure              = std::pair<double, double>;
    constexpr Enclosure no_value = {std::numeric_limits<double>::max(),
                                    -std::numeric_limits<double>::max()};

    /** The smallest range that holds both. A bound that is not a number stays one. */
    void
    enclose(Enclosure &range, const Enclosure &other)
    {
      range.first =
        other.first < range.first || other.first != other.first ? other.first : range.first;
      range.second =
        other.second > range.second || other.second != other.second ? other.second : range.second;
    }

    /** How much wider the enclosure of a coefficient is than three times what its samples show. */
    double
    unseen(const Enclosure &enclosure, const Enclosure &samples)
    {
      return enclosure.second - enclosure.first - 3. * (samples.second - samples.first);
    }

    /** Boxes around the parts of a cell: `pieces` each way, of a grid of samples `most_pieces` wide. */
    template <int dim, typename Action>
    void
    for_each_piece(const std::vector<Point<dim>> &samples,
                   const unsigned int             pieces,
                   const Action                  &act)
    {
      constexpr double   of_bulge = 0.05; // of curved parts beyond their samples
      const unsigned int stride = most_pieces / pieces, n = most_pieces + 1;
      for (unsigned int k = 0; k < Utilities::fixed_power<dim>(pieces); ++k)
        {
          Point<dim> lower, upper;
          for (unsigned int q = 0; q < Utilities::fixed_power<dim>(stride + 1); ++q)
            {
              unsigned int index = 0;
              for (unsigned int i = 0, piece = k, step = q, line = 1; i < dim; ++i)
                {
                  index += line * (piece % pieces * stride + step % (stride + 1));
                  piece /= pieces;
                  step /= stride + 1;
                  line *= n;
                }
              for (unsigned int i = 0; i < dim; ++i)
                {
                  const double x = samples[index][i];
                  lower[i]       = q == 0 ? x : std::min(lower[i], x);
                  upper[i]       = q == 0 ? x : std::max(upper[i], x);
                }
            }
          Tensor<1, dim> bulge;
          for (unsigned int i = 0; i < dim; ++i)
            bulge[i] = of_bulge * lower.distance(upper);
          act(lower - bulge, upper + bulge);
        }
    }
  } // namespace

  template <int dim>
  void
  resolve_weight(Mesh<dim> &mesh, const Model<dim> &model, const double largest_fall)
  {
    if (!model.knows_weight())
      return; // cells were made for the coefficients
    const QIterated<dim>      samples(QTrapezoid<1>(), intervals_per_line);
    const Triangulation<dim> &tria  = mesh.triangulation();
    const auto                walls = mesh.domain().boundary_ids(BoundaryKind::absorbing);
    const double              none  = -std::numeric_limits<float>::max();
    const MappingQ<dim>       mapping(4);
    const FE_Q<dim>           element(1);
    FEValues<dim>             cell_points(mapping, element, samples, update_quadrature_points);
    for (unsigned int cycle = 0; cycle < maximum_cycles; ++cycle)
      {
        dealii::Vector<float> falls(tria.n_active_cells()), tops(tria.n_active_cells()),
          wall_tops(tria.n_active_cells());
        double highest = none, highest_at_walls = none;
        for (const auto &cell : tria.active_cell_iterators())
          if (cell->is_locally_owned())
            {
              cell_points.reinit(cell);
              double                  top = none, bottom = -none, wall_top = none;
              std::vector<Point<dim>> points = cell_points.get_quadrature_points();
              for (Point<dim> &x : points)
                x = mesh.coordinates().to_space(x);
              const std::vector<double> log_w = model.log_weights(points);
              for (unsigned int q = 0; q < samples.size(); ++q)
                {
                  double psi = log_w[q];
                  if (mesh.coordinates().has_groups())
                    {
                      // a power of r is no fall that has to be seen in the cells at r = 0
                      Point<dim> r = points[q];
                      for (unsigned int k = 0; k < dim; ++k)
                        r[k] = std::max(r[k], 0.125 * cell->diameter());
                      psi = model.log_weight(r) + mesh.coordinates().log_volume_factor(r);
                    }
                  top    = std::max(top, psi);
                  bottom = std::min(bottom, psi);
                  for (const unsigned int f : cell->face_indices())
                    if (samples.point(q)[f / 2] == f % 2 && cell->at_boundary(f) &&
                        walls.count(cell->face(f)->boundary_id()) > 0)
                      wall_top = std::max(wall_top, psi);
                }
              falls(cell->active_cell_index())     = top - bottom;
              tops(cell->active_cell_index())      = top;
              wall_tops(cell->active_cell_index()) = wall_top;
              highest                              = std::max(highest, top);
              highest_at_walls                     = std::max(highest_at_walls, wall_top);
            }
        highest          = Utilities::MPI::max(highest, tria.get_communicator());
        highest_at_walls = Utilities::MPI::max(highest_at_walls, tria.get_communicator());
        for (unsigned int k = 0; k < falls.size(); ++k)
          {
            double limit = largest_fall;
            if (tops(k) >= highest - negligible)
              limit = std::min(limit, fall_in_the_well);
            if (wall_tops(k) > none && wall_tops(k) >= highest_at_walls - negligible)
              limit = std::min(limit, fall_at_exits);
            falls(k) /= limit;
          }
        if (mesh.mark(falls, 1.) == 0)
          return;
        mesh.refine_marked();
      }
  }

  template <int dim>
  void
  resolve_features(Mesh<dim>                       &mesh,
                   const Model<dim>                &model,
                   const std::vector<Formula<dim>> &sources)
  {
    const bool              has_ranges = model.has_enclosures();
    const KillingRate<dim> *killing    = model.killing_rate();
    if (!has_ranges && killing == nullptr && sources.empty())
      return;
    constexpr double          room          = 8.; // log(w a) in a cell
    constexpr unsigned int    most_cells    = 4000;
    constexpr double          hidden_source = 1e-8; // of the most that a source can add
    const Triangulation<dim> &tria          = mesh.triangulation();
    const QIterated<dim>      samples(QTrapezoid<1>(), most_pieces);
    const MappingQ<dim>       mapping(4);
    const FE_Q<dim>           element(1);
    FEValues<dim>             points(mapping, element, samples, update_quadrature_points);
    const BoundingBox<dim>    box = mesh.bounding_box();
    std::vector<double>       sizes; // of the sources
    for (const Formula<dim> &source : sources)
      {
        const Enclosure range =
          source.bounds(box.get_boundary_points().first, box.get_boundary_points().second);
        sizes.push_back((range.second - range.first) * box.volume());
      }
    for (unsigned int cycle = 0; cycle < maximum_cycles; ++cycle)
      {
        dealii::Vector<float> is_open(tria.n_active_cells());
        for (const auto &cell : tria.active_cell_iterators())
          if (cell->is_locally_owned())
            {
              const double           h      = cell->diameter();
              Enclosure              killed = no_value;
              std::vector<Enclosure> shown(dim, no_value), rewarded(sources.size(), no_value);
              double                 smallest = std::numeric_limits<double>::max();
              points.reinit(cell);
              for (const Point<dim> &x : points.get_quadrature_points())
                {
                  const Tensor<1, dim> b = model.drift(x);
                  const auto           a = model.diffusion(x);
                  for (unsigned int i = 0; i < dim; ++i)
                    {
                      enclose(shown[i], {b[i], b[i]});
                      smallest = std::min(smallest, a[i][i]);
                    }
                  if (killing != nullptr)
                    {
                      const double rate = killing->value(x);
                      enclose(killed, {rate, rate});
                    }
                  for (unsigned int i = 0; i < sources.size(); ++i)
                    {
                      const double reward = sources[i].value(x);
                      enclose(rewarded[i], {reward, reward});
                    }
                }
              const auto sees_all = [&](const unsigned int pieces) {
                Enclosure              k = no_value;
                std::vector<Enclosure> b(dim, no_value), g(sources.size(), no_value);
                for_each_piece<dim>(points.get_quadrature_points(),
                                    pieces,
                                    [&](const Point<dim> &from, const Point<dim> &to) {
                                      if (killing != nullptr)
                                        enclose(k, killing->range(from, to));
                                      for (unsigned int i = 0; i < sources.size(); ++i)
                                        enclose(g[i], sources[i].bounds(from, to));
                                      if (has_ranges)
                                        {
                                          const auto ranges = model.coefficient_ranges(from, to);
                                          for (unsigned int i = 0; i < dim; ++i)
                                            enclose(b[i], ranges[i]);
                                        }
                                    });
                bool all = killing == nullptr || h * h / smallest * unseen(k, killed) <= room;
                for (unsigned int i = 0; i < (has_ranges ? dim : 0); ++i)
                  all = all && 2. * h / smallest * unseen(b[i], shown[i]) <= room;
                for (unsigned int i = 0; i < sources.size(); ++i)
                  all = all &&
                        !(cell->measure() * unseen(g[i], rewarded[i]) > hidden_source * sizes[i]);
                return all;
              };
              unsigned int pieces = 1;
              while (pieces <= most_pieces && !sees_all(pieces))
                pieces *= 2;
              is_open(cell->active_cell_index()) = pieces > most_pieces;
            }
        const unsigned long n_marked = mesh.mark(is_open, 0.5);
        if (n_marked == 0 || tria.n_global_active_cells() + 3 * n_marked > most_cells)
          return;
        mesh.refine_marked();
      }
  }

  template <int dim>
  void
  resolve_on_walls(Mesh<dim> &mesh, const Formula<dim> &reward)
  {
    constexpr unsigned int    most_cells    = 4000;
    constexpr double          hidden_reward = 1e-6; // of the range of the reward times the area
    constexpr double          of_bulge      = 0.05; // of curved faces beyond their samples
    const Triangulation<dim> &tria          = mesh.triangulation();
    const auto                walls         = mesh.domain().boundary_ids(BoundaryKind::absorbing);
    const QIterated<dim>      samples(QTrapezoid<1>(), intervals_per_line);
    const MappingQ<dim>       mapping(4);
    const FE_Q<dim>           element(1);
    FEValues<dim>             points(mapping, element, samples, update_quadrature_points);
    const auto                box   = mesh.bounding_box().get_boundary_points();
    const Enclosure           range = reward.bounds(box.first, box.second);
    for (unsigned int cycle = 0; cycle < maximum_cycles; ++cycle)
      {
        dealii::Vector<float> is_open(tria.n_active_cells());
        for (const auto &cell : tria.active_cell_iterators())
          if (cell->is_locally_owned() && cell->at_boundary())
            {
              points.reinit(cell);
              for (const unsigned int f : cell->face_indices())
                if (cell->at_boundary(f) && walls.count(cell->face(f)->boundary_id()) > 0)
                  {
                    Enclosure shown = no_value;
                    for (unsigned int q = 0; q < samples.size(); ++q)
                      if (samples.point(q)[f / 2] == f % 2)
                        {
                          const double value = reward.value(points.quadrature_point(q));
                          enclose(shown, {value, value});
                        }
                    const double share =
                      std::pow(cell->face(f)->diameter() / box.first.distance(box.second), dim - 1);
                    const auto sees_all = [&](const unsigned int pieces) {
                      Enclosure all = no_value;
                      for (unsigned int k = 0; k < Utilities::fixed_power<dim - 1>(pieces); ++k)
                        {
                          Point<dim> lower = box.second, upper = box.first;
                          for (unsigned int q = 0; q < samples.size(); ++q)
                            {
                              bool is_here = samples.point(q)[f / 2] == f % 2;
                              for (unsigned int i = 0, piece = k; i < dim; ++i)
                                if (i != f / 2)
                                  {
                                    const double at = samples.point(q)[i] * pieces;
                                    is_here =
                                      is_here && at >= piece % pieces && at <= piece % pieces + 1;
                                    piece /= pieces;
                                  }
                              for (unsigned int i = 0; is_here && i < dim; ++i)
                                {
                                  const double x = points.quadrature_point(q)[i];
                                  lower[i]       = std::min(lower[i], x);
                                  upper[i]       = std::max(upper[i], x);
                                }
                            }
                          Tensor<1, dim> bulge;
                          for (unsigned int i = 0; i < dim; ++i)
                            bulge[i] = of_bulge * lower.distance(upper);
                          enclose(all, reward.bounds(lower - bulge, upper + bulge));
                        }
                      return !(share * unseen(all, shown) >
                               hidden_reward * (range.second - range.first));
                    };
                    unsigned int pieces = 1;
                    while (pieces <= intervals_per_line && !sees_all(pieces))
                      pieces *= 2;
                    if (pieces > intervals_per_line)
                      is_open(cell->active_cell_index()) = 1.;
                  }
            }
        const unsigned long n_marked = mesh.mark(is_open, 0.5);
        if (n_marked == 0 || tria.n_global_active_cells() + 3 * n_marked > most_cells)
          return;
        mesh.refine_marked();
      }
  }

  template <int dim>
  WallLayers
  find_wall_layers(const DomainParameters &domain, const Model<dim> &model)
  {
    WallLayers layers;
    if (domain.shape->as<ShapeWithTargets>())
      return layers;
    if constexpr (dim > 1)
      {
        Triangulation<dim> samples;
        create_coarse_mesh(domain, samples);
        samples.refine_global(sample_refinements);
        const auto       box    = GridTools::compute_bounding_box(samples).get_boundary_points();
        const Point<dim> middle = box.first + 0.5 * (box.second - box.first);
        const Point<dim> center = Mirror<dim>(domain).center_or(middle);
        for (const types::boundary_id wall : domain.boundary_ids(BoundaryKind::absorbing))
          {
            double              thickness = std::numeric_limits<double>::max();
            std::vector<double> psi;
            for (const auto &cell : samples.active_cell_iterators())
              for (const auto &face : cell->face_iterators())
                if (face->at_boundary() && face->boundary_id() == wall)
                  {
                    const Point<dim>     x = face->center(true);
                    const Tensor<1, dim> n =
                      samples.get_manifold(face->manifold_id()).normal_vector(face, x);
                    const double height = n * (x - center), push = -(model.drift(x) * n) * height;
                    if (push > 0.)
                      thickness = std::min(thickness, n * (model.diffusion(x) * n) / (2. * push));
                    psi.push_back(model.log_weight(x));
                  }
            const double highest = *std::max_element(psi.begin(), psi.end());
            if (2 * std::count_if(psi.begin(),
                                  psi.end(),
                                  [&](const double value) { return value > highest - likely; }) >
                static_cast<long>(psi.size()))
              layers[wall] = thickness;
          }
      }
    return layers;
  }

  template void
  resolve_weight<1>(Mesh<1> &, const Model<1> &, const double);
  template void
  resolve_weight<2>(Mesh<2> &, const Model<2> &, const double);
  template void
  resolve_weight<3>(Mesh<3> &, const Model<3> &, const double);
  template void
  resolve_features<1>(Mesh<1> &, const Model<1> &, const std::vector<Formula<1>> &);
  template void
  resolve_features<2>(Mesh<2> &, const Model<2> &, const std::vector<Formula<2>> &);
  template void
  resolve_features<3>(Mesh<3> &, const Model<3> &, const std::vector<Formula<3>> &);
  template void
  resolve_on_walls<2>(Mesh<2> &, const Formula<2> &);
  template void
  resolve_on_walls<3>(Mesh<3> &, const Formula<3> &);
  template WallLayers
  find_wall_layers<1>(const DomainParameters &, const Model<1> &);
  template WallLayers
  find_wall_layers<2>(const DomainParameters &, const Model<2> &);
  template WallLayers
  find_wall_layers<3>(const DomainParameters &, const Model<3> &);
} // namespace dynkin
