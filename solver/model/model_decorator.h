// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_model_decorator_h
#define dynkin_model_model_decorator_h

#include "model/model.h"

namespace dynkin
{
  /** The process of another model, with a weight of its own. */
  template <int dim>
  class ModelDecorator : public Model<dim>
  {
  public:
    ModelDecorator(std::unique_ptr<Model<dim>>                    model,
                   const std::shared_ptr<const KillingRate<dim>> &killing = nullptr)
      : Model<dim>(killing)
      , model(std::move(model))
    {
    }

    dealii::Tensor<1, dim>
    drift(const dealii::Point<dim> &x) const override
    {
      return model->drift(x);
    }

    dealii::SymmetricTensor<2, dim>
    diffusion(const dealii::Point<dim> &x) const override
    {
      return model->diffusion(x);
    }

    dealii::Tensor<1, dim>
    diffusion_divergence(const dealii::Point<dim> &x) const override
    {
      return model->diffusion_divergence(x);
    }

    dealii::Point<dim>
    center() const override
    {
      return model->center();
    }

    std::string
    formula() const override
    {
      return model->formula();
    }

  protected:
    const std::unique_ptr<Model<dim>> model;
  };
} // namespace dynkin

#endif
