// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_other_weight_h
#define dynkin_tests_other_weight_h

#include "model/model.h"

#include <memory>

namespace dynkin::tests
{
  using dealii::Point;
  using dealii::SymmetricTensor;
  using dealii::Tensor;

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
} // namespace dynkin::tests

#endif
