// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_model_kind_h
#define dynkin_model_model_kind_h

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "utilities/entry_values.h"

namespace dynkin
{
  class EntryTable;
  struct ModelParameters;
  struct QuadraticCoefficients;
  template <int dim>
  class Model;

  /** Rows of a matrix. */
  using Matrix = std::vector<std::vector<double>>;

  /** Independent scalar diffusions, dz_i = -h_i z_i dt + sqrt(eta (sigma_i + rho_i z_i^2)) dB_i. */
  struct IndependentCoordinates
  {
    std::vector<double> h;     // > 0 [1/time]
    std::vector<double> sigma; // > 0 [length^2/time]
    std::vector<double> rho;   // >= 0 [1/time]; 0 is Ornstein-Uhlenbeck
  };

  /** Noise that grows by the same factor in all directions, dz = -H z dt + sqrt(eta Sigma_g (1 + z^T Sigma_H z)) dB. */
  struct CommonFactor
  {
    Matrix H;       // eigenvalues with positive real part [1/time]
    Matrix Sigma_g; // symmetric positive definite [length^2/time]
    Matrix Sigma_H; // symmetric positive semi-definite [1/length^2]
  };

  /** A model whose dimension is known at run time. */
  using AnyModel =
    std::variant<std::unique_ptr<Model<1>>, std::unique_ptr<Model<2>>, std::unique_ptr<Model<3>>>;

  /**
   * A row of the table of models, with the entries of the subsection of its name: all that
   * depends on which model it is, in any dimension, z = v - w*. What is known about it
   * is asked by what it is good for, never by its name. Learning rate and
   * centre are those of ModelParameters.
   */
  class ModelKind
  {
  public:
    /** Name and equation, for people. */
    virtual Choice
    choice() const = 0;

    virtual void
    add_parameters(EntryTable &table) = 0;

    /** Throws InputError. A number where a matrix is wanted becomes that multiple of the identity. */
    virtual void
    check(const unsigned int dimension) = 0;

    /** The model of checked parameters, for finite elements: `dimension` <= 3. */
    virtual AnyModel
    create(const ModelParameters &parameters, const unsigned int dimension) const = 0;

    /** Formulas may name it or not. */
    virtual bool
    uses_learning_rate() const
    {
      return true;
    }

    /** May coefficients be anything, singular and not finite, too? */
    virtual bool
    has_formulas() const
    {
      return false;
    }

    /** Are both reflected where z_i is: b and a at (z_1, ..., -z_i, ...)? */
    virtual bool
    is_even(const unsigned int /*i*/) const
    {
      return false;
    }

    /** Are the drift linear and the diffusion quadratic in z, so that as_quadratic() is known? */
    virtual bool
    is_quadratic() const
    {
      return true;
    }

    /** Throws std::domain_error for sizes other than `dimension` and a growth that is not positive semi-definite. */
    virtual std::optional<QuadraticCoefficients>
    as_quadratic(const unsigned int dimension) const = 0;

    /** Any quadratic model on the line is one of independent coordinates. */
    virtual std::optional<IndependentCoordinates>
    as_independent() const
    {
      return {};
    }

    virtual std::optional<CommonFactor>
    as_common_factor() const
    {
      return {};
    }

    /**
     * m, K x K, if each coordinate may stand for a group v_k of any number of them, with
     * C(v) = direct sum of alpha_k(r) 1 + m_kl v_k v_l^T and r_k = |v_k|; see model/groups.h.
     */
    virtual std::optional<Matrix>
    radial_growth() const
    {
      return {};
    }

  protected:
    ~ModelKind() = default;
  };
} // namespace dynkin

#endif
