// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/path_sampler.h"

#include "kernels/pack.h"
#include "utilities/numerics.h"

#include <cstring>
#include <limits>

namespace dynkin
{
  namespace
  {
    constexpr unsigned int n_sub = 4; // steps between two looks at who has left

    /** Numbers of a step that are the same for all. */
    struct Constants
    {
      double       h, root_h, shift; // shift: s of shifted_margin()
      double       last;             // no steps after this one
      unsigned int sub, other;       // which of the normal numbers
      double       of_sub, of_other; // the sum of both, times these
    };

    /** s of a = s s^T, lower triangular; a is positive definite, but for rounding. */
    template <int dim>
    [[gnu::always_inline]] inline void
    cholesky(const double *a, double (&s)[dim][dim])
    {
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
#pragma GCC unroll 8
        for (int j = 0; j <= i; ++j)
          {
            double rest = a[symmetric_index<dim>(i, j)];
#pragma GCC unroll 8
            for (int k = 0; k < j; ++k)
              rest -= s[i][k] * s[j][k];
            s[i][j] = i == j ? std::sqrt(std::abs(rest)) : rest / s[j][j];
          }
    }

    template <int dim>
    [[gnu::always_inline]] inline double
    normal_of(const PathLanes<dim> &lanes,
              const int             i,
              const Constants      &constants,
              const unsigned        q)
    {
      return constants.of_sub * lanes.normals[i][constants.sub][q] +
             constants.of_other * lanes.normals[i][constants.other][q];
    }

    /** One of two numbers, by a mask: the compiler makes no branch of it. */
    [[gnu::always_inline]] inline double
    choose(const bool is_first, const double first, const double second)
    {
      const std::uint64_t mask = is_first ? ~std::uint64_t(0) : 0;
      std::uint64_t       a, b;
      std::memcpy(&a, &first, sizeof(a));
      std::memcpy(&b, &second, sizeof(b));
      a = (a & mask) | (b & ~mask);
      double chosen;
      std::memcpy(&chosen, &a, sizeof(a));
      return chosen;
    }

    /** Takes the steps that are some, and looks whether they are out of the domain. */
    template <int dim, bool is_checked_before, typename Walls>
    [[gnu::always_inline]] inline void
    go_on(PathLanes<dim> &lanes, const unsigned int n, const Walls &walls, const double last)
    {
      for (unsigned int q = 0; q < n; ++q)
        {
          double       next[dim];
          const double stays     = is_checked_before ? choose(lanes.margin[q] >= 0., 1., 0.) : 1.;
          const double is_inside = lanes.is_inside[q] * stays;
          const double goes      = is_inside * choose(lanes.steps[q] <= last, 1., 0.);
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            {
              next[i]       = lanes.next[i][q];
              lanes.x[i][q] = choose(goes > 0., next[i], lanes.x[i][q]);
            }
          lanes.steps[q] += goes;
          lanes.is_inside[q] =
            is_checked_before
              ? is_inside
              : choose(goes > 0., choose(walls.margin(next) > 0., 1., 0.), is_inside);
        }
    }

    /** Of radii, or with walls that reflect, neither, never both. */
    enum class StepKind
    {
      plain,
      radial,
      reflecting
    };

    template <int dim, bool is_sde, StepKind kind, typename Walls>
    DYNKIN_FOR_ALL_PROCESSORS void
    step_of_diffusion(PathLanes<dim>     &lanes,
                      const unsigned int  n,
                      const PathLaw<dim> &law,
                      const Walls        &walls_of_law,
                      const Constants     constants)
    {
      const Walls  walls  = walls_of_law; // nothing that is written can change it
      const double h      = constants.h;
      const auto   growth = law.growth;
      for (unsigned int q = 0; q < n; ++q)
        {
          double x[dim], a[n_symmetric<dim>], s[dim][dim];
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            x[i] = lanes.x[i][q];
#pragma GCC unroll 8
          for (unsigned int e = 0; e < n_symmetric<dim>; ++e)
            a[e] = lanes.a[e][q];
          lanes.margin[q] = is_sde ? walls.shifted_margin(x, a, constants.shift) : 0.;
          cholesky<dim>(a, s);
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            {
              double noise = 0.;
#pragma GCC unroll 8
              for (int k = 0; k <= i; ++k)
                noise += s[i][k] * normal_of(lanes, k, constants, q);
              double next = x[i] + h * lanes.b[i][q] + constants.root_h * noise;
              if (kind == StepKind::radial)
                {
                  const double alpha = a[symmetric_index<dim>(i, i)] - growth[i] * x[i] * x[i];
                  next               = std::sqrt(next * next + h * alpha * lanes.across[i][q]);
                }
              x[i] = next;
            }
          if (kind == StepKind::reflecting)
            walls.reflect(x, a);
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            lanes.next[i][q] = x[i];
        }
      go_on<dim, is_sde>(lanes, n, walls, constants.last);
    }

    template <int dim, bool is_radial, typename Walls>
    DYNKIN_FOR_ALL_PROCESSORS void
    step_of_sgd(PathLanes<dim>     &lanes,
                const unsigned int  n,
                const PathLaw<dim> &law_of_paths,
                const Walls        &walls_of_law,
                const Constants     constants)
    {
      const Walls  walls  = walls_of_law;
      const auto   center = law_of_paths.center;
      const auto   L      = law_of_paths.root;
      const double sigma = law_of_paths.label_noise, rate = constants.h / law_of_paths.batch_size;
      for (unsigned int q = 0; q < n; ++q)
        {
          double c[dim], xi[dim], square = sigma * sigma;
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            {
              c[i] = 0.;
#pragma GCC unroll 8
              for (int j = i; j < dim; ++j)
                c[i] += L[j][i] * (lanes.x[j][q] - center[j]);
              square += c[i] * c[i];
              xi[i] = lanes.normals[i][constants.sub][q];
            }
          const double norm = std::sqrt(square), X = std::sqrt(lanes.batch[q]);
          double       along = 0.;
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            {
              c[i] /= norm;
              along += c[i] * xi[i];
            }
          const double gamma = along / (1. + sigma / norm);
#pragma GCC unroll 8
          for (int i = 0; i < dim; ++i)
            {
              double gradient = 0.;
#pragma GCC unroll 8
              for (int k = 0; k <= i; ++k)
                gradient += L[i][k] * (X * c[k] + xi[k] - gamma * c[k]);
              double next = lanes.x[i][q] - rate * norm * X * gradient;
              if (is_radial)
                {
                  const double t = rate * L[i][i] * norm * X;
                  next           = std::sqrt(next * next + t * t * lanes.across[i][q]);
                }
              lanes.next[i][q] = next;
            }
        }
      go_on<dim, false>(lanes, n, walls, constants.last);
    }

    template <int dim, StepKind kind>
    void
    step_of(PathLanes<dim>     &lanes,
            const unsigned int  n,
            const PathLaw<dim> &law,
            const Constants    &constants)
    {
      std::visit(
        [&](const auto &walls) {
          if (law.process == PathProcess::sde)
            step_of_diffusion<dim, true, kind>(lanes, n, law, walls, constants);
          else if (law.process == PathProcess::chain)
            step_of_diffusion<dim, false, kind>(lanes, n, law, walls, constants);
          else
            step_of_sgd<dim, kind == StepKind::radial>(lanes, n, law, walls, constants);
        },
        law.walls);
    }

    template <int dim>
    void
    move_lane(PathLanes<dim> &lanes, const unsigned int to, const unsigned int from)
    {
      lanes.places.path_low[to]  = lanes.places.path_low[from];
      lanes.places.path_high[to] = lanes.places.path_high[from];
      lanes.places.step[to]      = lanes.places.step[from];
      lanes.steps[to]            = lanes.steps[from];
      lanes.is_inside[to]        = lanes.is_inside[from];
      lanes.highest[to]          = lanes.highest[from];
      lanes.verdict[to]          = lanes.verdict[from];
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        lanes.x[i][to] = lanes.x[i][from];
    }

    /** Ends the paths whose score is beyond the bounds. */
    template <int dim>
    void
    watch(const PathBatch<dim> &batch, const unsigned int n, PathLanes<dim> &lanes)
    {
      Lanes<double> scores;
      if (batch.falling != nullptr)
        {
          batch.falling->evaluate(n, lanes, scores);
          for (unsigned int q = 0; q < n; ++q)
            if (lanes.is_inside[q] > 0. && scores[q] <= batch.lower)
              lanes.verdict[q] = PathEnds::fell;
        }
      if (batch.rising != nullptr)
        {
          batch.rising->evaluate(n, lanes, scores);
          for (unsigned int q = 0; q < n; ++q)
            if (lanes.is_inside[q] > 0.)
              {
                lanes.highest[q] = std::max(lanes.highest[q], scores[q]);
                if (scores[q] >= batch.upper && lanes.verdict[q] == 0)
                  lanes.verdict[q] = PathEnds::rose;
              }
        }
      for (unsigned int q = 0; q < n; ++q)
        if (lanes.verdict[q] != 0)
          lanes.is_inside[q] = 0.;
    }
  } // namespace

  template <int dim>
  PathSampler<dim>::PathSampler(const PathLaw<dim> &law, const std::uint64_t seed)
    : law(law)
    , random_numbers(seed)
  {
  }

  template <int dim>
  PathEnds
  PathSampler<dim>::sample(const PathBatch<dim> &batch, std::atomic<std::size_t> *n_left) const
  {
    const double       maximum      = batch.maximum;
    const bool         is_coarse    = batch.is_coarse;
    const double       h            = is_coarse ? 2. * law.step : law.step;
    const unsigned int n_of_noise   = is_coarse ? 2 : 1;
    const double       part         = is_coarse ? std::sqrt(0.5) : 0.;
    Constants          constants    = {h,
                                       std::sqrt(h),
                                       boundary_shift * boundary_shift * h,
                                       maximum,
                                       0,
                                       0,
                           is_coarse ? part : 1.,
                                       part};
    const auto         lanes_of_all = std::make_unique<PathLanes<dim>>();
    PathLanes<dim>    &lanes        = *lanes_of_all;
    PathEnds           ends         = ends_of(batch);
    unsigned int       n = 0, n_begun = 0;

    const auto begin = [&](const unsigned int q) {
      const std::size_t   start = (std::size_t(dim) * n_begun) % batch.starts.size();
      const std::uint64_t path  = batch.first + n_begun++;
      lanes.places.path_low[q]  = static_cast<std::uint32_t>(path);
      lanes.places.path_high[q] = static_cast<std::uint32_t>(path >> 32);
      lanes.places.step[q]      = 0;
      lanes.steps[q]            = 0.;
      lanes.is_inside[q]        = 1.;
      lanes.highest[q]          = -std::numeric_limits<double>::infinity();
      lanes.verdict[q]          = 0;
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        lanes.x[i][q] = batch.starts[start + i];
    };
    const auto end = [&](const unsigned int q) {
      const std::uint64_t path =
        lanes.places.path_low[q] | (static_cast<std::uint64_t>(lanes.places.path_high[q]) << 32);
      const std::size_t k = path - batch.first;
      double            x[dim];
#pragma GCC unroll 8
      for (int i = 0; i < dim; ++i)
        ends.places[dim * k + i] = x[i] = lanes.x[i][q];
      ends.steps[k] = lanes.is_inside[q] > 0. ? maximum + 1. : lanes.steps[q];
      ends.walls[k] =
        lanes.verdict[q] != 0
          ? lanes.verdict[q]
          : std::visit([&x](const auto &walls) { return walls.wall_of(x); }, law.walls);
      if (batch.rising != nullptr)
        ends.highest[k] = lanes.highest[q];
    };

    while (n < n_lanes && n_begun < batch.n_paths)
      begin(n++);
    while (n > 0)
      {
        for (unsigned int i = 0; i < dim; ++i)
          random_numbers.normals(lanes.places, n, i, lanes.normals[i]);
        for (constants.sub = 0; constants.sub < n_sub; constants.sub += n_of_noise)
          {
            constants.other = constants.sub + n_of_noise - 1;
            if (law.is_radial)
              for (unsigned int k = 0; k < dim; ++k)
                {
                  if (law.across[k] > 0.)
                    random_numbers.chi_square(lanes.places, n, k, law.across[k], lanes.across[k]);
                  else
                    std::fill_n(lanes.across[k].begin(), n, 0.);
                }
            if (law.process == PathProcess::sgd)
              random_numbers.chi_square(lanes.places, n, dim, law.batch_size, lanes.batch);
            else
              law.coefficients->evaluate(n, lanes);
            if (law.is_radial)
              step_of<dim, StepKind::radial>(lanes, n, law, constants);
            else if (law.reflects)
              step_of<dim, StepKind::reflecting>(lanes, n, law, constants);
            else
              step_of<dim, StepKind::plain>(lanes, n, law, constants);
            if (batch.falling != nullptr || batch.rising != nullptr)
              watch(batch, n, lanes);
            for (unsigned int q = 0; q < n; ++q)
              lanes.places.step[q] += n_of_noise;
          }
        for (unsigned int q = 0; q < n;)
          if (lanes.is_inside[q] > 0. && lanes.steps[q] <= maximum)
            ++q;
          else
            {
              end(q);
              if (n_left != nullptr)
                ++*n_left;
              if (n_begun < batch.n_paths)
                begin(q++);
              else if (q != --n)
                move_lane(lanes, q, n);
            }
      }
    return ends;
  }

  template class PathSampler<1>;
  template class PathSampler<2>;
  template class PathSampler<3>;
} // namespace dynkin
