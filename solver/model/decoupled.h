// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_decoupled_h
#define dynkin_model_decoupled_h

#include "model/model_kind.h"

namespace dynkin
{
  /**
   * Model "decoupled" (M1), power-law dynamic with diagonal noise, paper (2.16):
   *   dv_i = -h_i z_i dt + sqrt( eta (sigma_i + rho_i z_i^2) ) dB_i.
   */
  struct DecoupledParameters
    : ModelKind
    , IndependentCoordinates
  {
    using IndependentCoordinates::operator=;

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

    std::optional<QuadraticCoefficients>
    as_quadratic(const unsigned int dimension) const override;

    std::optional<IndependentCoordinates>
    as_independent() const override;

    /** 0 without growth. */
    std::optional<Matrix>
    radial_growth() const override;
  };
} // namespace dynkin

#endif
