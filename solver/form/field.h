// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_form_field_h
#define dynkin_form_field_h

#include <optional>
#include <string>
#include <vector>

#include "form/generator_form.h"

namespace dynkin
{
  /**
   * A function on the domain as it is solved for: g = s u, or p = s w u where the
   * unknown is u = p/w, with a scale s that may be beyond 1e308 (then values are
   * infinite and only their logarithms finite). It refers to its parts, which
   * must outlive it; the ghost values of the nodal vector are up to date.
   */
  template <int dim>
  struct Field
  {
    const Discretization<dim>  *discretization = nullptr;
    const Vector               *u              = nullptr;
    const ReferenceWeight<dim> *weight         = nullptr; // none: w = 1
    long double                 scale          = 1.;

    /** g(x) from u(x). */
    double
    value(const dealii::Point<dim> &x, const double u_x) const
    {
      return static_cast<double>(scale * (weight != nullptr ? weight->value(x) * u_x : u_x));
    }

    /** s w at many points, next to each other: g = s w u. */
    std::vector<long double>
    factors(const std::vector<dealii::Point<dim>> &x) const
    {
      std::vector<long double> values(x.size(), scale);
      if (weight != nullptr)
        {
          const std::vector<double> log_w = weight->log_values(x);
          for (std::size_t q = 0; q < x.size(); ++q)
            values[q] *= std::exp(static_cast<long double>(log_w[q])); // may be below 1e-308
        }
      return values;
    }

    /** grad g(x) = s w (grad u + u grad psi), with the factor s w. */
    dealii::Tensor<1, dim>
    gradient(const dealii::Point<dim>     &x,
             const long double             factor,
             const double                  u_x,
             const dealii::Tensor<1, dim> &grad_u) const
    {
      return static_cast<double>(factor) *
             (weight != nullptr ? grad_u + u_x * weight->log_gradient(x) : grad_u);
    }
  };

  /** What is drawn of a field, under its name. */
  template <int dim>
  struct NamedField
  {
    enum class Extras
    {
      none,
      logarithm, // log10_NAME; of times, which are 0 on walls, cut off 16 decades below the scale
      logarithm_and_current // log10_NAME, not a number where p <= 0, and probability_current
    };

    std::string name;
    Field<dim>  field;
    Extras      extras = Extras::none;
  };

  /** One file of fields on the same cells. */
  template <int dim>
  struct FieldFile
  {
    std::string                  name; // without folder and ending
    std::vector<NamedField<dim>> fields;
    double window = 0.; // > 0: only cells with a vertex so near the centre of the model
    std::optional<double> time = {}; // of a series
  };
} // namespace dynkin

#endif
