// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/density_moments.h"
#include "app/known_density.h"
#include "output/current.h"
#include "output/density_tail.h"
#include "output/functionals.h"
#include "problem/stationary_density.h"
#include "problems.h"
#include "theory/closed_moments.h"
#include "utilities/exceptions.h"

#include <cmath>

using namespace dealii;
using namespace dynkin;
using namespace dynkin::tests;

namespace
{
  const Log silent(false);

  /** A model whose weight has another exponent: log w is multiplied by `factor`. */
  template <int dim>
  class OtherWeight : public Model<dim>
  {
  public:
    OtherWeight(const ModelParameters &parameters, const double factor)
      : model(create_model<dim>(parameters))
      , factor(factor)
    {
    }

    Tensor<1, dim>
    drift(const Point<dim> &x) const override
    {
      return model->drift(x);
    }

    SymmetricTensor<2, dim>
    diffusion(const Point<dim> &x) const override
    {
      return model->diffusion(x);
    }

    Tensor<1, dim>
    diffusion_divergence(const Point<dim> &x) const override
    {
      return model->diffusion_divergence(x);
    }

    double
    log_weight(const Point<dim> &x) const override
    {
      return factor * model->log_weight(x);
    }

    Tensor<1, dim>
    log_weight_gradient(const Point<dim> &x) const override
    {
      return factor * model->log_weight_gradient(x);
    }

    bool
    is_reversible() const override
    {
      return factor == 1. && model->is_reversible();
    }

    Point<dim>
    center() const override
    {
      return model->center();
    }

    std::string
    formula() const override
    {
      return model->formula();
    }

  private:
    const std::unique_ptr<Model<dim>> model;
    const double                      factor;
  };

  /** A solved density on the whole space. */
  template <int dim>
  struct Solved
  {
    Solved(const Parameters  &parameters,
           const double       factor,
           const std::string &weight,
           const unsigned int degree,
           const unsigned int refinements)
      : model(parameters.model, factor)
      , mesh(parameters.domain, MPI_COMM_WORLD)
      , space((mesh.refine_uniformly(refinements), mesh), degree)
      , form(model, space, weight)
      , problem(form, parameters.solver, silent)
      , sampler(space)
    {
      problem.solve();
    }

    /** Largest relative error of p where it is above `floor` times its maximum. */
    double
    pointwise_error(const KnownDensity &exact, const double floor) const
    {
      const auto value = [&](const Point<dim> &x) {
        return exact.value(std::vector<double>(x.begin_raw(), x.end_raw()));
      };
      const double largest = value(model.center());
      double       error   = 0.;
      sampler.for_each(problem.density(), [&](const Sample<dim> &sample) {
        const double p = value(sample.x);
        if (p > floor * largest)
          error = std::max(error, std::abs(sample.value / p - 1.));
      });
      return error;
    }

    const OtherWeight<dim>    model;
    Mesh<dim>                 mesh;
    const Discretization<dim> space;
    const GeneratorForm<dim>  form;
    StationaryDensity<dim>    problem;
    const Sampler<dim>        sampler;
  };

  std::string
  whole(const std::string &more = "")
  {
    return domain(" set shape = whole space\n" + more);
  }

  Parameters
  whole_space(const std::string &model_text, const std::string &more = "")
  {
    return parse("stationary density", model_text + whole(more));
  }

  /** H = (k Sigma_g + K) Sigma_H, k = 1.6, K = 0.8 (0 1; -1 0). */
  std::string
  rotating(const std::string &eta)
  {
    return model(2,
                 "coupled",
                 eta,
                 "  set H = 0.768, 1.28; -0.64, 1.568\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                 "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n");
  }

  const std::string free_coupled = "  set H = 2, 0.7; -0.3, 1\n  set Sigma_g = 1, 0.3; 0.3, 0.6\n"
                                   "  set Sigma_H = 0.8, -0.4; -0.4, 1.5\n";
} // namespace

TEST_CASE("power laws on the line from kappa = -1.05 to -50", "[form][problem]")
{
  // eta = 1/(-1 - kappa)
  for (const std::string eta : {"20", "1.5", "0.1", "0.020408163265306"})
    {
      INFO("eta = " << eta);
      const Parameters   parameters = whole_space(decoupled(1, eta, "1", "1", "1", "0.5"));
      const KnownDensity exact(parameters.model, parameters.domain);
      for (const double factor : {1., 0.7, 1.3})
        {
          INFO("factor = " << factor);
          const Solved<1> run(parameters, factor, "natural", 8, 7);
          CHECK(run.pointwise_error(exact, 1e-12) < 1e-8);
          CHECK(run.problem.mass() == Approx(1.).epsilon(1e-12));
          CHECK(lost_mass(run.problem.density()) < 1e-13);
          CHECK(summarise_density(run.sampler, run.problem.density()).minimum > 0.);
        }
      const Solved<1> plain(parameters, 1., "none", 8, 6);
      CHECK(plain.pointwise_error(exact, 1e-5) < 1e-6);
    }
}

TEST_CASE("power laws and Gaussians on the plane", "[problem]")
{
  // the second one Gaussian in y
  for (const auto &[eta, rho, factor, refinements] :
       {std::make_tuple("1.5", "1, 2", 0.7, 6U), std::make_tuple("0.05", "1, 0", 1.1, 5U)})
    {
      INFO("eta = " << eta << ", rho = " << rho);
      const Parameters   parameters = whole_space(decoupled(2, eta, "1, 2", "1, 0.5", rho));
      const KnownDensity exact(parameters.model, parameters.domain);
      const Solved<2>    run(parameters, factor, "natural", 8, refinements);
      CHECK(run.pointwise_error(exact, 1e-12) < 1e-8);
    }
}

TEST_CASE("Student's t with a current, weight off by a fifth", "[problem]")
{
  // tail indices 6 and 0.8
  for (const auto &[eta, factor, tolerance] :
       {std::make_tuple("0.533333333333333", 0.8, 1e-8), std::make_tuple("4", 1.2, 1e-4)})
    {
      INFO("eta = " << eta << ", factor = " << factor);
      const Parameters   parameters = whole_space(rotating(eta));
      const KnownDensity exact(parameters.model, parameters.domain);
      const Solved<2>    run(parameters, factor, "natural", 8, 4);
      CHECK(run.pointwise_error(exact, 1e-10) < tolerance);
      CHECK(summarise_density(run.sampler, run.problem.density()).minimum > 0.);
      const CurrentSummary current =
        summarise_current(run.form, run.sampler, run.problem.density());
      CHECK(current.entropy_production > 0.);
      CHECK(current.divergence < tolerance);
    }
}

TEST_CASE("moments without detailed balance against the closed system", "[problem]")
{
  const Parameters  parameters = whole_space(model(2, "coupled", "0.2", free_coupled));
  const Solved<2>   run(parameters, 1., "natural", 8, 4);
  const MomentTable exact = ClosedMoments(parameters.model, 4).stationary();
  REQUIRE(exact.order() == 4);
  for (const unsigned int order : {2U, 4U})
    {
      const auto computed = density_moments(parameters, run.sampler, run.problem.density(), order);
      CHECK((computed - exact.degree(order)).cwiseAbs().maxCoeff() <
            (order == 2 ? 1e-8 : 1e-6) * exact.degree(order).cwiseAbs().maxCoeff());
    }
}

TEST_CASE("slope of the tail from r = 1e3 on", "[problem]")
{
  const Parameters parameters =
    whole_space(model(2, "coupled", "1.2", free_coupled), " set lost mass tolerance = 1e-30");
  const Solved<2> run(parameters, 1., "natural", 8, 4);
  const auto      fit = fit_tail(run.problem.density());
  REQUIRE(fit);
  CHECK(fit->from > 1e3);
  CHECK(fit->index == Approx(parameters.domain.whole_space.tail_index[0]).epsilon(1e-4));
}

TEST_CASE("no stationary law is said before any mesh", "[problem]")
{
  // eta > 2 k: the tail index 2 (1 + k/eta) - 3 is not positive
  const std::string text =
    "  set H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n  set Sigma_g = 1, 0, 0; 0, 1, 0; 0, "
    "0, 1\n  set Sigma_H = 1, 0, 0; 0, 1, 0; 0, 0, 1\n";
  CHECK_NOTHROW(whole_space(model(3, "coupled", "1.5", text)));
  CHECK_THROWS_AS(whole_space(model(3, "coupled", "2.1", text)), InputError);
}
