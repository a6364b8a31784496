// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_other_weight_h
#define dynkin_tests_other_weight_h

#include "model/model_decorator.h"

namespace dynkin::tests
{
  using dealii::Point;
  using dealii::Tensor;

  /** A model whose weight has another exponent: log w is multiplied by `factor`. */
  template <int dim>
  class OtherWeight : public ModelDecorator<dim>
  {
  public:
    OtherWeight(const ModelParameters &parameters, const double factor)
      : ModelDecorator<dim>(create_model<dim>(parameters))
      , factor(factor)
    {
    }

    double
    log_weight(const Point<dim> &x) const override
    {
      return factor * this->model->log_weight(x);
    }

    Tensor<1, dim>
    log_weight_gradient(const Point<dim> &x) const override
    {
      return factor * this->model->log_weight_gradient(x);
    }

    bool
    is_reversible() const override
    {
      return factor == 1. && this->model->is_reversible();
    }

  private:
    const double factor;
  };
} // namespace dynkin::tests

#endif
