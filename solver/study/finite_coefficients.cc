// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/finite_coefficients.h"

#include "study/sample_cells.h"
#include "utilities/exceptions.h"

#include <cmath>
#include <sstream>

using namespace dealii;

namespace dynkin
{
  template <int dim>
  const Parameters &
  with_finite_coefficients(const Parameters &parameters, const Model<dim> &model)
  {
    const bool has_formulas = parameters.model.kind().has_formulas();
    if (!has_formulas && model.killing_rate() == nullptr)
      return parameters;
    for (const CellSample<dim> &cell : sample_cells<dim>(parameters.domain))
      {
        const Point<dim> x = cell.center;
        if (const KillingRate<dim> *k = model.killing_rate())
          k->value(x); // refuses what is no rate
        if (!has_formulas)
          continue;
        const auto fail = [&](const std::string &entry, const double value) {
          std::ostringstream text;
          text << "needs finite numbers inside the domain, but is " << std::abs(value) << " at ("
               << x << ")";
          throw InputError(entry, text.str());
        };
        const Tensor<1, dim> b = model.drift(x);
        for (unsigned int i = 0; i < dim; ++i)
          if (!std::isfinite(b[i]))
            fail("Model/expression/drift", b[i]);
        const SymmetricTensor<2, dim> a = model.diffusion(x);
        for (unsigned int k = 0; k < a.n_independent_components; ++k)
          if (!std::isfinite(a.access_raw_entry(k)))
            fail("Model/expression/diffusion", a.access_raw_entry(k));
      }
    return parameters;
  }

#define INSTANTIATE(dim) \
  template const Parameters &with_finite_coefficients<dim>(const Parameters &, const Model<dim> &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
