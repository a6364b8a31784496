// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory_quadratic_models.h"

#include "theory/density/group_tail_index.h"
#include "theory/density/tail_index.h"
#include "theory/moments/closed_moments.h"
#include "theory/moments/group_moments.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dynkin;

namespace
{
  /** The same process coordinate by coordinate; group sizes are whole numbers. */
  ModelParameters
  spread(const ModelParameters &grouped)
  {
    std::vector<std::size_t> group;
    for (std::size_t k = 0; k < grouped.group_sizes.size(); ++k)
      group.insert(group.end(), static_cast<std::size_t>(grouped.group_sizes[k]), k);
    const auto diagonal = [&](const Matrix &matrix) {
      Matrix result(group.size(), std::vector<double>(group.size(), 0.));
      for (std::size_t i = 0; i < group.size() && !matrix.empty(); ++i)
        result[i][i] = matrix[group[i]][group[i]];
      return result;
    };
    ModelParameters model = grouped;
    model.group_sizes.clear();
    model.center  = std::vector<double>(group.size(), 0.);
    model.coupled = {diagonal(grouped.coupled.H),
                     diagonal(grouped.coupled.Sigma_g),
                     diagonal(grouped.coupled.Sigma_H)};
    std::vector<double> eigenvalues;
    for (const std::size_t k : group)
      if (k < grouped.linear_regression.eigenvalues.size())
        eigenvalues.push_back(grouped.linear_regression.eigenvalues[k]);
    model.linear_regression.eigenvalues = eigenvalues;
    return model;
  }

  /** Groups of 1, 2 and 3 coordinates. */
  std::vector<ModelParameters>
  grouped_models()
  {
    ModelParameters coupled = coupled_model(0.1,
                                            {{1., 0., 0.}, {0., 0.5, 0.}, {0., 0., 0.8}},
                                            {{1., 0., 0.}, {0., 0.3, 0.}, {0., 0., 0.5}},
                                            {{0.7, 0., 0.}, {0., 1.2, 0.}, {0., 0., 0.4}});
    coupled.group_sizes     = {1., 2., 3.};
    ModelParameters regression;
    regression.type                                   = "linear regression";
    regression.eta                                    = 0.1;
    regression.center                                 = {0., 0., 0.};
    regression.group_sizes                            = {1., 2., 3.};
    regression.linear_regression.eigenvalues          = {1.5, 0.3, 0.7};
    regression.linear_regression.label_noise_variance = 0.4;
    regression.linear_regression.batch_size           = 2.;
    return {coupled, regression};
  }
} // namespace

TEST_CASE("Moments of groups are those of all their coordinates", "[theory]")
{
  for (const ModelParameters &model : grouped_models())
    {
      INFO(model.type);
      const std::vector<std::vector<unsigned int>> members = {{0}, {1, 2}, {3, 4, 5}};
      const MomentTable     all = ClosedMoments(spread(model), 4).stationary();
      const GroupMoments    moments(model);
      const Eigen::VectorXd second = moments.stationary(1), fourth = moments.stationary(2);
      for (unsigned int k = 0; k < 3; ++k)
        {
          Exponents beta(3, 0);
          beta[k]    = 1;
          double sum = 0.;
          for (const unsigned int i : members[k])
            sum += all.second()[i][i];
          CHECK(second(Monomials::index(beta)) == relatively(sum, 1e-12));
          for (unsigned int l = 0; l < 3; ++l)
            {
              Exponents product = beta;
              ++product[l];
              sum = 0.;
              for (const unsigned int i : members[k])
                for (const unsigned int j : members[l])
                  {
                    Exponents alpha(6, 0);
                    alpha[i] += 2;
                    alpha[j] += 2;
                    sum += all.value(alpha);
                  }
              CHECK(fourth(Monomials::index(product)) == relatively(sum, 1e-12));
            }
        }
    }
}

TEST_CASE("Orders, rates and the largest learning rate of groups are those of all coordinates",
          "[theory]")
{
  for (ModelParameters model : grouped_models())
    {
      INFO(model.type);
      CHECK(GroupMoments(model).growth_rate(1) ==
            relatively(ClosedMoments(spread(model), 2).growth_rate(2), 1e-11));
      CHECK(GroupMoments(model).growth_rate(2) ==
            relatively(ClosedMoments(spread(model), 4).growth_rate(4), 1e-9));
      unsigned int finite = 0;
      while (GroupMoments(model).growth_rate(finite + 1) < 0.)
        ++finite;
      CHECK(finite > 2);
      for (unsigned int most = 1; most < finite + 6; ++most)
        CHECK(GroupMoments(model).finite_degree(most) == std::min(most, finite));
      CHECK(GroupMoments(model).highest_degree() == 75); // 2926 moments
      const double largest = GroupMoments(model).largest_learning_rate();
      for (const double share : {0.999, 1.001})
        {
          model.eta = share * largest;
          CHECK(GroupMoments(model).finite_degree(1) == (share < 1. ? 1 : 0));
          CHECK((ClosedMoments(spread(model), 2).finite_order() == 2) == (share < 1.));
        }
      CHECK(std::isinf(GroupMoments(model).stationary(1)(0)));
      CHECK(std::isinf(GroupMoments(model).loss()));
    }
}

TEST_CASE("The tail index of one group is that of least squares", "[theory]")
{
  ModelParameters model = grouped_models()[1];
  model.eta             = 0.2;
  for (const double d : {1., 3., 10., 1000.})
    {
      model.center                        = {0.};
      model.group_sizes                   = {d};
      model.linear_regression.eigenvalues = {1.};
      model.linear_regression.batch_size  = 50.;
      const double index                  = group_tail_index(model).value;
      CHECK(index == relatively(std::max(0., 50. / 0.2 + 0.5 * (3. - d)), 1e-12));
      for (unsigned int n = 1; n < 8; ++n)
        CHECK((GroupMoments(model).growth_rate(n) < 0.) == (2. * n < index));
    }
  model.type    = "coupled";
  model.coupled = {{{1.}}, {{1.}}, {{0.}}};
  CHECK(std::isinf(group_tail_index(model).value));
  CHECK(std::isinf(GroupMoments(model).largest_learning_rate()));
}

TEST_CASE("The tail index of groups is that of all their coordinates", "[theory]")
{
  for (ModelParameters model : grouped_models())
    for (const std::vector<double> &sizes : {std::vector<double>{1., 1., 1.}, {1., 1.}, {1., 2.}})
      for (const double eta : {0.1, 0.7, 3.})
        {
          const std::size_t K = sizes.size();
          INFO(model.type << ", " << K << " groups, eta = " << eta);
          ModelParameters part = model;
          part.eta             = eta;
          part.group_sizes     = sizes;
          part.center.resize(K);
          part.linear_regression.eigenvalues.resize(K);
          for (Matrix *matrix : {&part.coupled.H, &part.coupled.Sigma_g, &part.coupled.Sigma_H})
            {
              matrix->resize(K);
              for (std::vector<double> &row : *matrix)
                row.resize(K);
            }
          const GroupTailIndex index = group_tail_index(part);
          const TailIndex      all(spread(part));
          if (all.stationary_law() == TailIndex::Existence::no)
            CHECK(index.value == 0.);
          else if (!std::isnan(all.value()) &&
                   (K == 2 || eta < 3.)) // three groups: up to 1e-8 or not
            CHECK(index.value == relatively(all.value(), 1e-8));
        }
}

TEST_CASE("The tail index of many coordinates lies between the finite moments", "[theory]")
{
  for (ModelParameters model : grouped_models())
    for (const std::vector<double> &sizes :
         {std::vector<double>{1., 2., 3.}, {2., 3.5}, {30., 900.}, {10., 999990.}})
      {
        model.group_sizes = sizes;
        model.center.resize(sizes.size());
        model.linear_regression.eigenvalues.resize(sizes.size());
        for (Matrix *matrix : {&model.coupled.H, &model.coupled.Sigma_g, &model.coupled.Sigma_H})
          {
            matrix->resize(sizes.size());
            for (std::vector<double> &row : *matrix)
              row.resize(sizes.size());
          }
        const double largest = GroupMoments(model).largest_learning_rate();
        for (const double share : {0.2, 0.5, 0.99, 1.01})
          {
            model.eta = share * largest;
            INFO(model.type << ", d_2 = " << sizes[1] << ", share " << share);
            const double       index  = group_tail_index(model).value;
            const unsigned int finite = GroupMoments(model).finite_degree(30);
            if (finite < 30) // else it may be too large to be found
              {
                CHECK(index < 2. * finite + 2.);
                CHECK((index > 2. * finite || (finite == 0 && index == 0.)));
              }
          }
      }
}
