// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "sampling/lane_coefficients.h"

#include "kernels/pack.h"
#include "model/expression_model.h"
#include "model/quadratic_model.h"
#include "utilities/exceptions.h"
#include "utilities/log.h"

#include <cmath>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** b = -H z, a_ij = Sigma_ij + sum_(k <= l) S_ijkl z_k z_l, z = x - w*. */
    template <int dim>
    class QuadraticLanes : public LaneCoefficients<dim>
    {
    public:
      QuadraticLanes(const QuadraticCoefficients &of,
                     const double                 eta,
                     const std::vector<double>   &w_star)
      {
        for (unsigned int i = 0; i < dim; ++i)
          {
            center[i] = w_star[i];
            for (unsigned int j = 0; j < dim; ++j)
              H[i][j] = of.H(i, j);
            for (unsigned int j = i; j < dim; ++j)
              {
                const unsigned int e = symmetric_index<dim>(i, j);
                constant[e]          = eta * of.Sigma(i, j);
                for (unsigned int k = 0; k < dim; ++k)
                  for (unsigned int l = k; l < dim; ++l)
                    growth[e][symmetric_index<dim>(k, l)] =
                      eta * (k == l ? of.S[i * dim + j](k, k)
                                    : of.S[i * dim + j](k, l) + of.S[i * dim + j](l, k));
              }
          }
      }

      void
      evaluate(const unsigned int n, PathLanes<dim> &lanes) const override
      {
        fill(n, lanes);
      }

    private:
      DYNKIN_FOR_ALL_PROCESSORS void
      fill(const unsigned int n, PathLanes<dim> &lanes) const
      {
        for (unsigned int q = 0; q < n; ++q)
          {
            double z[dim], zz[n_symmetric<dim>];
#pragma GCC unroll 8
            for (int i = 0; i < dim; ++i)
              z[i] = lanes.x[i][q] - center[i];
#pragma GCC unroll 8
            for (int i = 0; i < dim; ++i)
#pragma GCC unroll 8
              for (int j = i; j < dim; ++j)
                zz[symmetric_index<dim>(i, j)] = z[i] * z[j];
#pragma GCC unroll 8
            for (int i = 0; i < dim; ++i)
              {
                double sum = 0.;
#pragma GCC unroll 8
                for (int j = 0; j < dim; ++j)
                  sum -= H[i][j] * z[j];
                lanes.b[i][q] = sum;
              }
#pragma GCC unroll 8
            for (unsigned int e = 0; e < n_symmetric<dim>; ++e)
              {
                double sum = constant[e];
#pragma GCC unroll 8
                for (unsigned int f = 0; f < n_symmetric<dim>; ++f)
                  sum += growth[e][f] * zz[f];
                lanes.a[e][q] = sum;
              }
          }
      }

      std::array<double, dim>                                            center;
      std::array<std::array<double, dim>, dim>                           H;
      std::array<double, n_symmetric<dim>>                               constant;
      std::array<std::array<double, n_symmetric<dim>>, n_symmetric<dim>> growth;
    };

    /** By the values of formulas. */
    template <int dim>
    class FormulaLanes : public LaneCoefficients<dim>
    {
    public:
      explicit FormulaLanes(const ModelParameters &parameters)
        : model(parameters)
      {
      }

      void
      evaluate(const unsigned int n, PathLanes<dim> &lanes) const override
      {
        std::vector<Point<dim>>   points;
        std::vector<unsigned int> lane_of;
        for (unsigned int q = 0; q < n; ++q)
          if (lanes.is_inside[q] > 0.)
            {
              Point<dim> x;
              for (unsigned int i = 0; i < dim; ++i)
                x[i] = lanes.x[i][q];
              points.push_back(x);
              lane_of.push_back(q);
            }
        std::vector<std::vector<double>> values;
        model.coefficients(points, values);
        for (std::size_t p = 0; p < points.size(); ++p)
          {
            for (unsigned int i = 0; i < dim; ++i)
              lanes.b[i][lane_of[p]] = values[i][p];
#pragma GCC unroll 8
            for (unsigned int e = 0; e < n_symmetric<dim>; ++e)
              lanes.a[e][lane_of[p]] = values[dim + e][p];
            check(points[p], lane_of[p], lanes);
          }
      }

    private:
      void
      check(const Point<dim> &x, const unsigned int q, const PathLanes<dim> &lanes) const
      {
        bool is_fine = true;
        for (unsigned int i = 0; i < dim; ++i)
          if (!std::isfinite(lanes.b[i][q]))
            throw InputError("Model/expression/drift",
                             "needs a finite value where paths come, but has none " +
                               point_in_words({x.begin_raw(), x.end_raw()}));
        SymmetricTensor<2, dim> a;
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = i; j < dim; ++j)
            a[i][j] = lanes.a[symmetric_index<dim>(i, j)][q];
        for (unsigned int i = 0; i < dim; ++i)
          is_fine = is_fine && a[i][i] > 0. && std::isfinite(a[i][i]);
        if (dim > 1)
          is_fine = is_fine && a[0][0] * a[1 % dim][1 % dim] > a[0][1 % dim] * a[0][1 % dim] &&
                    determinant(a) > 0.;
        if (!is_fine)
          throw InputError("Model/expression/diffusion",
                           "needs a positive definite matrix where paths come, but has none " +
                             point_in_words({x.begin_raw(), x.end_raw()}));
      }

      const ExpressionModel<dim> model;
    };
  } // namespace

  template <int dim>
  std::unique_ptr<LaneCoefficients<dim>>
  create_lane_coefficients(const ModelParameters &parameters)
  {
    if (const auto quadratic = parameters.kind().as_quadratic(dim))
      return std::make_unique<QuadraticLanes<dim>>(*quadratic, parameters.eta, parameters.center);
    return std::make_unique<FormulaLanes<dim>>(parameters);
  }

  template std::unique_ptr<LaneCoefficients<1>>
  create_lane_coefficients<1>(const ModelParameters &);
  template std::unique_ptr<LaneCoefficients<2>>
  create_lane_coefficients<2>(const ModelParameters &);
  template std::unique_ptr<LaneCoefficients<3>>
  create_lane_coefficients<3>(const ModelParameters &);
} // namespace dynkin
