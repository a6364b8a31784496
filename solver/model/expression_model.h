// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_model_expression_model_h
#define dynkin_model_expression_model_h

#include <array>

#include "model/formula.h"
#include "model/model.h"

namespace dynkin
{
  /** The texts of an `expression` model taken apart. */
  struct ExpressionTexts
  {
    std::vector<std::string>              drift;     // d formulas
    std::vector<std::vector<std::string>> diffusion; // d rows of d formulas, symmetric

    /**
     * Throws InputError if numbers of formulas do not fit `dimension`, or a full
     * matrix is not the same text on both sides of its diagonal.
     */
    ExpressionTexts(const ExpressionParameters &parameters, const unsigned int dimension);
  };

  /** Those of formulas by name: Model/expression/constants, and eta. Throws InputError. */
  std::map<std::string, double>
  formula_constants(const ModelParameters &parameters);

  /**
   * Any diffusion (M4), drift b and diffusion a = s s^T as formulas in absolute
   * coordinates; the learning rate may be used in them under the name eta. The convention says how dv = b dt + s dB is meant; it becomes an
   * Ito drift exactly, by symbolic differentiation:
   *
   *   Ito                    b
   *   Stratonovich           b_i + 1/2 sum_jk s_jk d_j s_ik,  s the lower triangular
   *                          (Cholesky) root of a; for d = 1: b + a'/4
   *   Haenggi-Klimontovich   b + 1/2 div a
   *
   * Natural weight: if g = a^{-1} (2 b - div a) can be shown to be curl-free (always in 1-D),
   * psi is its integral along the ray from the centre, c = 0 and the model is reversible.
   * Otherwise w = 1. On a domain with holes a curl-free field need not be a gradient, which is
   * for the application to find out.
   *
   * diffusion() throws InputError where a is not positive definite or not finite, as the
   * constructor does where a is singular everywhere (degenerate noise).
   */
  template <int dim>
  class ExpressionModel : public Model<dim>
  {
  public:
    /** Throws InputError for a formula that cannot be read. */
    explicit ExpressionModel(const ModelParameters &parameters);

    dealii::Tensor<1, dim>
    drift(const dealii::Point<dim> &x) const override;

    dealii::SymmetricTensor<2, dim>
    diffusion(const dealii::Point<dim> &x) const override;

    /** At many points: values[c][q], the components of b, then a row by row from the diagonal on; not checked. */
    void
    coefficients(const std::vector<dealii::Point<dim>> &x,
                 std::vector<std::vector<double>>      &values) const;

    dealii::Tensor<1, dim>
    diffusion_divergence(const dealii::Point<dim> &x) const override;

    double
    log_weight(const dealii::Point<dim> &x) const override;

    std::vector<double>
    log_weights(const std::vector<dealii::Point<dim>> &x) const override;

    dealii::Tensor<1, dim>
    log_weight_gradient(const dealii::Point<dim> &x) const override;

    bool
    is_reversible() const override;

    dealii::Point<dim>
    center() const override;

    bool
    knows_weight() const override;

    std::vector<std::pair<double, double>>
    coefficient_ranges(const dealii::Point<dim> &lower,
                       const dealii::Point<dim> &upper) const override;

    std::vector<CoefficientSwitch<dim>>
    switches() const override;

    bool
    holds_at_jumps() const override;

    std::string
    formula() const override;

  private:
    using Vector = std::array<Formula<dim>, dim>;
    using Matrix = std::array<Vector, dim>;

    /** What the convention adds to the drift. */
    Vector
    ito_correction(const std::string &convention) const;

    /** a^{-1} (2 b - div a), for one diffusion that is nowhere singular. */
    Vector
    reversible_gradient() const;
    /** Those of a: a^{-1} det a. */
    Matrix
    cofactors() const;

    Formula<dim>
    determinant_of(const Matrix &cofactor) const;

    /** Throws InputError where the formulas show that a is singular everywhere. */
    void
    require_noise() const;

    bool
    is_curl_free() const;

    dealii::Point<dim> w_star;
    std::string        convention;
    Vector             b, div_a, g;
    Matrix             a;
    bool               reversible = false;
  };
} // namespace dynkin

#endif
