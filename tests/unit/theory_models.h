// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_unit_theory_models_h
#define dynkin_tests_unit_theory_models_h

#include "model/model_parameters.h"

#include <catch2/catch.hpp>

/** A model `decoupled` about the origin. */
inline dynkin::ModelParameters
decoupled_model(const double               eta,
                const std::vector<double> &h,
                const std::vector<double> &sigma,
                const std::vector<double> &rho)
{
  dynkin::ModelParameters model;
  model.type      = "decoupled";
  model.eta       = eta;
  model.center    = std::vector<double>(h.size(), 0.);
  model.decoupled = {h, sigma, rho};
  return model;
}

/** Equal to a relative tolerance, and to nothing else (no absolute slack). */
inline Approx
relatively(const double value, const double tolerance)
{
  return Approx(value).epsilon(tolerance);
}

#endif
