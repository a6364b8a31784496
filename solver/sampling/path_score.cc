// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/path_score.h"

#include "kernels/pack.h"
#include "model/model.h"
#include "model/quadratic_model.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim, typename Walls>
    DYNKIN_FOR_ALL_PROCESSORS void
    wall_scores(const unsigned int    n,
                const PathLanes<dim> &lanes,
                const Walls          &walls_of_all,
                Lanes<double>        &scores)
    {
      const Walls walls = walls_of_all; // nothing that is written can change it
      for (unsigned int q = 0; q < n; ++q)
        {
          double x[dim];
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            x[i] = lanes.x[i][q];
          scores[q] = -walls.margin(x);
        }
    }

    template <int dim>
    DYNKIN_FOR_ALL_PROCESSORS void
    radius_scores(const unsigned int     n,
                  const PathLanes<dim>  &lanes,
                  const ShellWalls<dim> &ellipsoid_of_all,
                  Lanes<double>         &scores)
    {
      const ShellWalls<dim> ellipsoid = ellipsoid_of_all;
      for (unsigned int q = 0; q < n; ++q)
        {
          double x[dim], y[dim];
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            x[i] = lanes.x[i][q];
          scores[q] = std::sqrt(ellipsoid.square(x, y));
        }
    }

    template <int dim>
    class WallScore : public PathScore<dim>
    {
    public:
      explicit WallScore(const LaneWalls<dim> &walls)
        : walls(walls)
      {
      }

      void
      evaluate(const unsigned int    n,
               const PathLanes<dim> &lanes,
               Lanes<double>        &scores) const override
      {
        std::visit([&](const auto &walls) { wall_scores(n, lanes, walls, scores); }, walls);
      }

    private:
      const LaneWalls<dim> walls;
    };

    template <int dim>
    class RadiusScore : public PathScore<dim>
    {
    public:
      explicit RadiusScore(const ShellWalls<dim> &ellipsoid)
        : ellipsoid(ellipsoid)
      {
      }

      void
      evaluate(const unsigned int    n,
               const PathLanes<dim> &lanes,
               Lanes<double>        &scores) const override
      {
        radius_scores(n, lanes, ellipsoid, scores);
      }

    private:
      const ShellWalls<dim> ellipsoid;
    };

    template <int dim>
    class WeightScore : public PathScore<dim>
    {
    public:
      explicit WeightScore(std::unique_ptr<Model<dim>> model)
        : model(std::move(model))
      {
      }

      void
      evaluate(const unsigned int    n,
               const PathLanes<dim> &lanes,
               Lanes<double>        &scores) const override
      {
        for (unsigned int q = 0; q < n; ++q)
          {
            Point<dim> x;
            for (unsigned int i = 0; i < dim; ++i)
              x[i] = lanes.x[i][q];
            scores[q] = -model->log_weight(x);
          }
      }

    private:
      const std::unique_ptr<Model<dim>> model;
    };
  } // namespace

  template <int dim>
  std::vector<std::unique_ptr<PathScore<dim>>>
  create_scores(const ModelParameters &parameters, const LaneWalls<dim> &walls)
  {
    std::vector<std::unique_ptr<PathScore<dim>>> scores;
    scores.push_back(std::make_unique<WallScore<dim>>(walls));
    if (parameters.group_sizes.empty())
      if (auto model = create_model<dim>(parameters);
          model->knows_weight() && !model->has_enclosures()) // not by formulas
        scores.push_back(std::make_unique<WeightScore<dim>>(std::move(model)));
    return scores;
  }

  template <int dim>
  std::unique_ptr<PathScore<dim>>
  create_radius_score(const ShellWalls<dim> &ellipsoid)
  {
    return std::make_unique<RadiusScore<dim>>(ellipsoid);
  }

  template std::unique_ptr<PathScore<1>>
  create_radius_score<1>(const ShellWalls<1> &);
  template std::unique_ptr<PathScore<2>>
  create_radius_score<2>(const ShellWalls<2> &);
  template std::unique_ptr<PathScore<3>>
  create_radius_score<3>(const ShellWalls<3> &);
  template std::vector<std::unique_ptr<PathScore<1>>>
  create_scores<1>(const ModelParameters &, const LaneWalls<1> &);
  template std::vector<std::unique_ptr<PathScore<2>>>
  create_scores<2>(const ModelParameters &, const LaneWalls<2> &);
  template std::vector<std::unique_ptr<PathScore<3>>>
  create_scores<3>(const ModelParameters &, const LaneWalls<3> &);
} // namespace dynkin
