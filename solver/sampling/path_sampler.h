// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_sampling_path_sampler_h
#define dynkin_sampling_path_sampler_h

#include "domain/domain_parameters.h"
#include "sampling/lane_coefficients.h"
#include "sampling/lane_walls.h"

#include <atomic>

namespace dynkin
{
  /** What makes a step. */
  enum class PathProcess
  {
    sde,   // Euler-Maruyama between walls that are moved inwards
    chain, // Euler's chain itself
    sgd    // mini-batches of a linear regression
  };

  /** Of Monte Carlo/process. */
  PathProcess
  process_of(const std::string &name);

  /**
   * Paths of a diffusion, of Euler's chain or of SGD, each until it leaves the domain, with step h and xi ~ N(0, 1):
   *
   *   sde     x' = x + h b(x) + sqrt(h) s(x) xi. A path has left as soon as its distance from a wall is below
   *           0.5826 |n . s| sqrt(h), since it leaves between the steps as well (E. Gobet, S. Menozzi, Stoch. Proc.
   *           Appl. 120, 2010): E tau to o(sqrt(h)), in practice O(h).
   *   chain   the same x', until it is outside: h is a parameter, not an error.
   *   sgd     z' = z - eta/B sum_b x_b (x_b . z - y_b), x_b ~ N(0, S), y_b ~ N(0, sigma^2), B samples of S = L L^T.
   *           With p = L^T z, |q|^2 = |p|^2 + sigma^2, c = p/|q| and X^2 ~ chi^2_B it is, exactly and for any B,
   *           z' = z - eta/B L g,   g = |q| X (X c + (1 - c c^T)^(1/2) xi),
   *           for x_b . z - y_b is |q| times a normal number, and what is normal to it is independent.
   *
   * With group sizes d_k coordinates are radii r_k = |v_k|, and r_k'^2 = (.)^2 + t_k Y_k: in the bracket what the step is
   * along v_k, Y_k ~ chi^2 with d_k - 1 degrees of freedom, and t_k = h alpha_k, or (eta/B)^2 s_k |q|^2 X^2 for SGD.
   */
  template <int dim>
  struct PathLaw
  {
    PathProcess                                  process;
    double                                       step; // h [time]; eta for sgd
    LaneWalls<dim>                               walls;
    bool                                         reflects;     // does one of them?
    std::shared_ptr<const LaneCoefficients<dim>> coefficients; // not for sgd
    std::array<double, dim>                      across;       // d_k - 1; 0 without groups
    std::array<double, dim>                      growth;       // eta m_kk, if there are groups
    bool                                         is_radial;

    std::array<double, dim>                  center;                  // w*; from here on for sgd
    std::array<std::array<double, dim>, dim> root;                    // L, lower triangular
    double                                   label_noise, batch_size; // sigma, B
  };

  /** A number of where a path is, the higher the nearer it is to leaving. */
  template <int dim>
  class PathScore
  {
  public:
    virtual ~PathScore() = default;

    /** Of the first n lanes. */
    virtual void
    evaluate(const unsigned int n, const PathLanes<dim> &lanes, Lanes<double> &scores) const = 0;
  };

  /** Paths from their starts until they leave, or are no longer watched. */
  template <int dim>
  struct PathBatch
  {
    std::uint64_t       first; // number of the first path; the others follow
    unsigned int        n_paths;
    std::vector<double> starts;  // one place for all of them, or one each, coordinate by coordinate
    double              maximum; // steps

    bool is_coarse = false; // steps twice as long, driven by the same noise

    /** Paths end as well after a step to where a score is at most `lower`, or another one at least `upper`. */
    const PathScore<dim> *falling = nullptr, *rising = nullptr;
    double                lower = 0., upper = 0.;
  };

  /** Where and when paths end. */
  struct PathEnds
  {
    static constexpr unsigned char fell = 254, rose = 255;

    std::vector<double>        steps;        // more than the maximum: still inside
    std::vector<unsigned char> walls;        // boundary ids, fell, or rose
    std::vector<double>        places;       // coordinate by coordinate
    std::vector<double>        highest = {}; // rising score after a step, if there is one
  };

  /** Of as many paths as the batch has, to be filled. */
  template <int dim>
  PathEnds
  ends_of(const PathBatch<dim> &batch)
  {
    const std::size_t n = batch.n_paths;
    return {std::vector<double>(n),
            std::vector<unsigned char>(n),
            std::vector<double>(dim * n),
            std::vector<double>(batch.rising != nullptr ? n : 0)};
  }

  /** Throws InputError for a model that has none. */
  template <int dim>
  PathLaw<dim>
  create_path_law(const ModelParameters  &model,
                  const DomainParameters &domain,
                  const PathProcess       process,
                  const double            step);

  template <int dim>
  class PathSampler
  {
  public:
    PathSampler(const PathLaw<dim> &law, const std::uint64_t seed);

    /** `n_left` counts those that have ended. */
    PathEnds
    sample(const PathBatch<dim> &batch, std::atomic<std::size_t> *n_left = nullptr) const;

  private:
    const PathLaw<dim>  law;
    const RandomNumbers random_numbers;
  };
} // namespace dynkin

#endif
