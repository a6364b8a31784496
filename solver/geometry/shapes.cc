// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "geometry/shapes.h"

#include <deal.II/grid/grid_generator.h>

#include "utilities/exceptions.h"

#include <algorithm>
#include <cmath>
#include <sstream>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    Point<dim>
    to_point(const std::vector<double> &coordinates)
    {
      Point<dim> point;
      for (unsigned int i = 0; i < dim; ++i)
        point[i] = coordinates.at(i);
      return point;
    }

    template <int dim>
    void
    create_box(const DomainParameters &domain, Triangulation<dim> &triangulation)
    {
      const Point<dim> lower = to_point<dim>(domain.lower), upper = to_point<dim>(domain.upper);
      double           shortest = upper[0] - lower[0];
      for (unsigned int i = 1; i < dim; ++i)
        shortest = std::min(shortest, upper[i] - lower[i]);
      std::vector<unsigned int> repetitions(dim);
      for (unsigned int i = 0; i < dim; ++i)
        repetitions[i] = static_cast<unsigned int>(
          std::clamp(std::round((upper[i] - lower[i]) / shortest), 1., 100.));
      GridGenerator::subdivided_hyper_rectangle(triangulation, repetitions, lower, upper, true);
    }

    std::string
    list(const std::vector<double> &numbers)
    {
      std::ostringstream out;
      for (std::size_t i = 0; i < numbers.size(); ++i)
        out << (i > 0 ? ", " : "") << numbers[i];
      return "(" + out.str() + ")";
    }
  } // namespace

  template <int dim>
  void
  create_coarse_mesh(const DomainParameters &domain, Triangulation<dim> &triangulation)
  {
    if (domain.shape == "interval" || domain.shape == "box")
      create_box(domain, triangulation);
    else if (domain.shape == "ball")
      {
        if constexpr (dim > 1)
          GridGenerator::hyper_ball_balanced(
            triangulation, to_point<dim>(domain.center), domain.radius);
      }
    else
      throw InputError("Domain/shape", "must be one of: interval, box, ball");
  }

  std::set<types::boundary_id>
  boundary_ids(const DomainParameters &domain,
               const unsigned int      dimension,
               const BoundaryKind      kind)
  {
    const std::vector<std::string> names = domain.wall_names(dimension);
    std::set<types::boundary_id>   ids;
    for (unsigned int id = 0; id < names.size(); ++id)
      if (domain.walls.at(names[id]) == kind)
        ids.insert(id);
    return ids;
  }

  std::string
  describe(const DomainParameters &domain, const unsigned int dimension)
  {
    std::ostringstream out;
    if (domain.shape == "ball")
      out << "ball |v - " << list(domain.center) << "| < " << domain.radius;
    else
      out << domain.shape << ' ' << list(domain.lower) << " < v < " << list(domain.upper);
    for (const std::string &name : domain.wall_names(dimension))
      out << (name == domain.wall_names(dimension).front() ? "; " : ", ") << name << ": "
          << (domain.walls.at(name) == BoundaryKind::absorbing ? "absorbing" : "reflecting");
    return out.str();
  }

  template void
  create_coarse_mesh<1>(const DomainParameters &, Triangulation<1> &);
  template void
  create_coarse_mesh<2>(const DomainParameters &, Triangulation<2> &);
  template void
  create_coarse_mesh<3>(const DomainParameters &, Triangulation<3> &);
} // namespace dynkin
