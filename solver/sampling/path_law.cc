// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/quadratic_model.h"
#include "sampling/path_sampler.h"
#include "utilities/dense_matrix.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  PathProcess
  process_of(const std::string &name)
  {
    return name == "sde" ? PathProcess::sde : name == "sgd" ? PathProcess::sgd : PathProcess::chain;
  }

  template <int dim>
  PathLaw<dim>
  create_path_law(const ModelParameters  &model,
                  const DomainParameters &domain,
                  const PathProcess       process,
                  const double            step)
  {
    PathLaw<dim>      law = {};
    std::vector<bool> reflects;
    for (const std::string &wall : domain.shape->wall_names)
      reflects.push_back(domain.walls.at(wall) == BoundaryKind::reflecting);
    law.reflects  = std::find(reflects.begin(), reflects.end(), true) != reflects.end();
    law.process   = process;
    law.step      = step;
    law.walls     = create_lane_walls<dim>(*domain.shape, reflects);
    law.is_radial = !model.group_sizes.empty();
    std::copy_n(model.center.begin(), dim, law.center.begin());
    if (law.is_radial)
      {
        const Matrix growth = model.kind().radial_growth().value();
        for (unsigned int k = 0; k < dim; ++k)
          {
            law.across[k] = model.group_sizes[k] - 1.;
            law.growth[k] = model.eta * growth[k][k];
          }
      }
    if (process == PathProcess::sgd)
      {
        if (model.kind().choice().name != model.linear_regression.choice().name)
          throw InputError("Monte Carlo/process",
                           "needs Model/type = linear regression for sgd: other models do not say "
                           "what a sample is");
        // H = S
        const Eigen::MatrixXd S = model.kind().as_quadratic(dim)->H, L = cholesky(S);
        for (unsigned int i = 0; i < dim; ++i)
          for (unsigned int j = 0; j < dim; ++j)
            law.root[i][j] = L(i, j);
        law.label_noise = std::sqrt(model.linear_regression.label_noise_variance);
        law.batch_size  = model.linear_regression.batch_size;
      }
    else
      law.coefficients = create_lane_coefficients<dim>(model);
    return law;
  }

  template PathLaw<1>
  create_path_law<1>(const ModelParameters &,
                     const DomainParameters &,
                     const PathProcess,
                     const double);
  template PathLaw<2>
  create_path_law<2>(const ModelParameters &,
                     const DomainParameters &,
                     const PathProcess,
                     const double);
  template PathLaw<3>
  create_path_law<3>(const ModelParameters &,
                     const DomainParameters &,
                     const PathProcess,
                     const double);
} // namespace dynkin
