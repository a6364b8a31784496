// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "measure/current.h"

#include <cmath>

#include "form/interpolation.h"

using namespace dealii;

namespace dynkin
{
  template <int dim>
  CurrentSummary
  summarise_current(const GeneratorForm<dim> &form,
                    const Sampler<dim>       &sampler,
                    const Field<dim>         &density)
  {
    CurrentSummary summary;
    // a drift that is a gradient everywhere may still push round and round
    const bool is_round = !form.discretization().mesh().domain().periodic_axes().empty();
    if (is_round ? form.is_symmetric() : form.model().is_reversible())
      return summary;
    const ReferenceWeight<dim> &weight = form.weight();
    const Model<dim>           &model  = form.model();
    sampler.for_each(density, [&](const Sample<dim> &sample) {
      if (sample.value <= 0.)
        return;
      // c p - 1/2 a (grad p - p grad psi)
      const SymmetricTensor<2, dim> a = model.diffusion(sample.x);
      const Tensor<1, dim>          J =
        sample.value * weight.nonreversible_drift(sample.x) -
        0.5 * (a * (sample.gradient - sample.value * weight.log_gradient(sample.x)));
      summary.entropy_production += 2. * sample.JxW / sample.value * (J * (invert(a) * J));
    });
    summary.entropy_production =
      Utilities::MPI::sum(summary.entropy_production, sampler.communicator());

    const Discretization<dim> rich_space(form.discretization(), form.discretization().degree() + 1);
    const GeneratorForm<dim>  rich(model, rich_space, weight.name());
    Vector                    u = interpolate_between(form, *density.u, rich), residual, diagonal;
    u.update_ghost_values();
    rich.initialize(residual);
    rich.apply(residual, u, Direction::forward);
    rich.diagonal(diagonal);
    double square = 0.;
    for (unsigned int i = 0; i < residual.locally_owned_size(); ++i)
      if (diagonal.local_element(i) > 0.)
        square += Utilities::fixed_power<2>(residual.local_element(i)) / diagonal.local_element(i);
    square = Utilities::MPI::sum(square, sampler.communicator());
    // the two forms have different units of w
    const Point<dim> bottom = form.discretization().mesh().coordinates().to_space(form.pin());
    const double     unit   = std::exp(weight.log_value(bottom) - rich.weight().log_value(bottom));
    if (summary.entropy_production > 0.)
      summary.divergence = std::sqrt(unit * square / summary.entropy_production);
    return summary;
  }

  template CurrentSummary
  summarise_current<1>(const GeneratorForm<1> &, const Sampler<1> &, const Field<1> &);
  template CurrentSummary
  summarise_current<2>(const GeneratorForm<2> &, const Sampler<2> &, const Field<2> &);
  template CurrentSummary
  summarise_current<3>(const GeneratorForm<3> &, const Sampler<3> &, const Field<3> &);
} // namespace dynkin
