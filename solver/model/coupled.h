// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_coupled_h
#define dynkin_model_coupled_h

#include "model/model_kind.h"

namespace dynkin
{
  /** Model "coupled" (M2), paper (2.13) to (2.15): dv = -H z dt + sqrt(eta Sigma_g (1 + z^T Sigma_H z)) dB. */
  struct CoupledParameters
    : ModelKind
    , CommonFactor
  {
    using CommonFactor::operator=;

    Choice
    choice() const override;

    void
    add_parameters(EntryTable &table) override;

    void
    check(const unsigned int dimension) override;

    AnyModel
    create(const ModelParameters &parameters, const unsigned int dimension) const override;

    bool
    is_even(const unsigned int i) const override;

    /** S^ij = (Sigma_g)_ij Sigma_H. */
    std::optional<QuadraticCoefficients>
    as_quadratic(const unsigned int dimension) const override;

    /** On the line: rho = Sigma_g Sigma_H. */
    std::optional<IndependentCoordinates>
    as_independent() const override;

    std::optional<CommonFactor>
    as_common_factor() const override;

    /** 0 for diagonal matrices. */
    std::optional<Matrix>
    radial_growth() const override;
  };
} // namespace dynkin

#endif
