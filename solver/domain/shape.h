// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_domain_shape_h
#define dynkin_domain_shape_h

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dynkin
{
  /**
   * An open set D of R^d, in any dimension d and without a mesh: what it contains, its walls and
   * its symmetry. Points are lists of d coordinates [length]. Shapes do not change, so that
   * copies of a domain share theirs.
   */
  class Shape
  {
  public:
    virtual ~Shape() = default;

    /** For people: "ball", and with its sizes, "ball |v - (0, 0)| < 1". */
    const std::string name, description;

    /** In the order of their boundary ids. */
    const std::vector<std::string> wall_names;

    /** The centre that D is described by; empty if there is none. */
    const std::vector<double> center;

    /** The boundary ids of the walls, 0, 1, ... if nothing else is said. */
    virtual std::vector<unsigned int>
    wall_ids() const;

    /** Is the point in the closure of D, up to rounding? */
    virtual bool
    contains(const std::vector<double> &point) const = 0;

    /** Does contains() decide? If not, it is always true, and only the mesh knows. */
    virtual bool
    knows_what_it_contains() const
    {
      return true;
    }

    virtual bool
    is_bounded() const
    {
      return true;
    }

    /** Are the walls 2 i and 2 i + 1 planes across axis i, opposite to each other? */
    virtual bool
    has_opposite_walls() const
    {
      return false;
    }

    /** From a point of D to the nearest wall [length], < 0 outside of D; nothing if it is not known. */
    virtual std::optional<double>
    distance_to_wall(const std::vector<double> &point) const;

    /** Is D even in every coordinate about the point, and its orthant meshed? */
    virtual bool
    is_even_about(const std::vector<double> &point) const;

    /** How often the coarse mesh is refined first, if nothing else is said: 0 if it has many cells. */
    virtual unsigned int
    first_refinements() const
    {
      return 1;
    }

    /** The shape as one of this class, or nullptr: for formulas that hold for one shape. */
    template <typename Special>
    const Special *
    as() const
    {
      return dynamic_cast<const Special *>(this);
    }

  protected:
    static constexpr double rounding = 1e-12; // relative

    Shape(const std::string              &name,
          const std::string              &description,
          const std::vector<std::string> &wall_names,
          const std::vector<double>      &center = {});
  };

  /** |x - y|, without overflow. */
  double
  euclidean_distance(const std::vector<double> &x, const std::vector<double> &y);
} // namespace dynkin

#endif
