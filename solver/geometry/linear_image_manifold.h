// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_geometry_linear_image_manifold_h
#define dynkin_geometry_linear_image_manifold_h

#include <deal.II/grid/manifold.h>

#include <memory>

namespace dynkin
{
  /**
   * The image of a manifold under x = center + M y: new points are those of the
   * original, mapped. The image of the unit sphere is an ellipsoid, and a mesh
   * of it is the linear image of the mesh of the ball at every refinement and
   * degree.
   */
  template <int dim>
  class LinearImageManifold : public dealii::Manifold<dim>
  {
  public:
    /** M must be invertible. */
    LinearImageManifold(const dealii::Manifold<dim>  &original,
                        const dealii::Tensor<2, dim> &M,
                        const dealii::Point<dim>     &center)
      : original(original.clone())
      , M(M)
      , M_inverse(dealii::invert(M))
      , center(center)
    {
    }

    std::unique_ptr<dealii::Manifold<dim>>
    clone() const override
    {
      return std::make_unique<LinearImageManifold<dim>>(*original, M, center);
    }

    dealii::Point<dim>
    get_new_point(const dealii::ArrayView<const dealii::Point<dim>> &points,
                  const dealii::ArrayView<const double>             &weights) const override
    {
      std::vector<dealii::Point<dim>> originals;
      for (const dealii::Point<dim> &x : points)
        originals.emplace_back(M_inverse * (x - center));
      return center + M * original->get_new_point(dealii::make_array_view(originals), weights);
    }

  private:
    const std::unique_ptr<dealii::Manifold<dim>> original;
    const dealii::Tensor<2, dim>                 M, M_inverse;
    const dealii::Point<dim>                     center;
  };
} // namespace dynkin

#endif
