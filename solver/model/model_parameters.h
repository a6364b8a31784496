// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_model_parameters_h
#define dynkin_model_model_parameters_h

#include "model/coupled.h"
#include "model/decoupled.h"
#include "model/expression.h"
#include "model/linear_regression.h"
#include "model/quadratic_covariance.h"

namespace dynkin
{
  /**
   * Which stochastic differential equation dv = b(v) dt + s(v) dB, a = s s^T
   * (Ito) is meant, in any number of dimensions; subsection `Model`.
   */
  struct ModelParameters
  {
    std::string         type;     // Model/type; mandatory
    double              eta = 0.; // Model/learning rate, > 0; mandatory
    std::vector<double> center;   // Model/center; empty in the file: the origin

    std::vector<double> group_sizes; // Model/group sizes d_k, see model/groups.h; empty: no groups

    std::string killing_rate = "0"; // Model/killing rate k(x) >= 0, a formula

    double weight_tail_index = 0.; // of the natural weight; 0: fitted to the drift at infinity
    double weight_eta        = 0.; // learning rate whose law the natural weight is; 0: eta

    DecoupledParameters           decoupled;
    CoupledParameters             coupled;
    QuadraticCovarianceParameters quadratic_covariance;
    LinearRegressionParameters    linear_regression;
    ExpressionParameters          expression;

    /** The table of models: a row for each. */
    std::vector<ModelKind *>
    kinds()
    {
      return {&decoupled, &coupled, &quadratic_covariance, &linear_regression, &expression};
    }

    std::vector<const ModelKind *>
    kinds() const
    {
      const std::vector<ModelKind *> rows = const_cast<ModelParameters *>(this)->kinds();
      return {rows.begin(), rows.end()};
    }

    /** The row of `type`. Throws InputError if there is none. */
    const ModelKind &
    kind() const;

    void
    add_parameters(EntryTable &table);

    /** Of R^d, not of radii: the sum of the group sizes, or what `center` has. */
    double
    state_dimension() const;

    /** Is there a killing rate that does not vanish? */
    bool
    kills() const;

    /** Does anything depend on the learning rate? Formulas do if they name it. */
    bool
    uses_learning_rate() const;

    /**
     * Relations between entries of the chosen model; fills an empty center. The
     * subsections of other models may be set, so that a file can keep several.
     * Throws InputError.
     */
    void
    check(const unsigned int dimension);
  };
} // namespace dynkin

#endif
