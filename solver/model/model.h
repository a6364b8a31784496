// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_model_h
#define dynkin_model_model_h

#include <deal.II/base/point.h>
#include <deal.II/base/symmetric_tensor.h>
#include <deal.II/base/tensor.h>

#include "model/killing_rate.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace dynkin
{
  /**
   * An Ito diffusion dX = b(X) dt + s(X) dB with a = s s^T, as pure functions
   * of a point x (absolute coordinates; the centre w* is part of the model).
   * It knows nothing of finite elements.
   *
   * Generator:      A f  = 1/2 a : grad grad f + b . grad f
   * Fokker-Planck:  A* p = -div J,  J = b p - 1/2 div(a p)
   *
   * A model also offers a natural reference weight w = exp(psi), chosen such
   * that the part of the drift that is not reversible with respect to w,
   *   c = b - 1/2 div a - 1/2 a grad psi,
   * vanishes or is small.
   *
   * The process may also be killed at a rate k(x); then the generator is A - k.
   */
  template <int dim>
  class Model
  {
  public:
    explicit Model(const std::shared_ptr<const KillingRate<dim>> &killing = nullptr)
      : killing(killing)
    {
    }

    virtual ~Model() = default;

    /** The rate k(x) at which the process is killed; none if it is not. */
    const KillingRate<dim> *
    killing_rate() const
    {
      return killing.get();
    }

    /** b(x) [length/time]. */
    virtual dealii::Tensor<1, dim>
    drift(const dealii::Point<dim> &x) const = 0;

    /** a(x), symmetric positive definite [length^2/time]. */
    virtual dealii::SymmetricTensor<2, dim>
    diffusion(const dealii::Point<dim> &x) const = 0;

    /** (div a)_i = sum_j d_j a_ij [length/time]. */
    virtual dealii::Tensor<1, dim>
    diffusion_divergence(const dealii::Point<dim> &x) const = 0;

    /** Does the model know its natural weight? (In 1-D the form finds one for any model.) */
    virtual bool
    knows_weight() const
    {
      return true;
    }

    /** psi(x), the logarithm of the natural weight; any additive constant. */
    virtual double
    log_weight(const dealii::Point<dim> &x) const = 0;

    /** The same at many points, best next to each other: work is shared where psi is an integral. */
    virtual std::vector<double>
    log_weights(const std::vector<dealii::Point<dim>> &x) const;

    /** grad psi(x) [1/length]. */
    virtual dealii::Tensor<1, dim>
    log_weight_gradient(const dealii::Point<dim> &x) const = 0;

    /** Does c vanish identically for the natural weight? Then w is a stationary density. */
    virtual bool
    is_reversible() const = 0;

    /** Bottom of the well: where paths spend their time [length]. */
    virtual dealii::Point<dim>
    center() const = 0;

    /**
     * Enclosures over a box, by its lower and upper corner: of the drift's components, then
     * of the diffusion's, row by row from the diagonal on. Empty: smooth on the scale of the
     * domain.
     */
    virtual std::vector<std::pair<double, double>>
    coefficient_ranges(const dealii::Point<dim> &, const dealii::Point<dim> &) const
    {
      return {};
    }

    /** Does coefficient_ranges() know any? Then features may be narrow and wells several. */
    bool
    has_enclosures() const
    {
      return !coefficient_ranges(center(), center()).empty();
    }

    /** Where coefficients may jump or have a kink: zeros of functions. */
    virtual std::vector<CoefficientSwitch<dim>>
    switches() const
    {
      return {};
    }

    /**
     * Is the natural weight right where the diffusion jumps? In 1-D in Ito's sense; in the
     * other conventions the drift would have an infinite part there.
     */
    virtual bool
    holds_at_jumps() const
    {
      return false;
    }

    /** The equation with its numbers, for people. */
    virtual std::string
    formula() const = 0;

    /** The formula, and the killing rate if there is one. */
    std::string
    description() const
    {
      return formula() + (killing ? "\nkilled at the rate k = " + killing->text() : "");
    }

  private:
    std::shared_ptr<const KillingRate<dim>> killing;
  };

  /** ModelOf<dimension>(arguments): a dimension known at run time becomes one of the compiler's. */
  template <template <int> class ModelOf, typename... Arguments>
  AnyModel
  make_model(const unsigned int dimension, const Arguments &...arguments)
  {
    if (dimension == 1)
      return std::make_unique<ModelOf<1>>(arguments...);
    if (dimension == 2)
      return std::make_unique<ModelOf<2>>(arguments...);
    return std::make_unique<ModelOf<3>>(arguments...);
  }

  /** Create the model named by `Model/type` (a checked set of parameters). */
  template <int dim>
  std::unique_ptr<Model<dim>>
  create_model(const ModelParameters &parameters);
} // namespace dynkin

#endif
