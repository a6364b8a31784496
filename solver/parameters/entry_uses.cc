// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/entry_uses.h"

#include <algorithm>
#include <vector>

namespace dynkin
{
  namespace
  {
    using Names = std::vector<std::string>;

    /** An entry or a subsection, and the values of another entry that give it a meaning. */
    struct EntryUse
    {
      std::string path, choice; // the path of the other entry
      Names       values;
    };

    // `theory` takes whatever a problem on a mesh takes, so that both can be laid side by side.
    const std::vector<EntryUse> uses = {
      {"Quantities/times", "problem", {"exit law", "transient density", "theory"}},
      {"Quantities/quantiles", "problem", {"exit law", "stationary density", "theory"}},
      {"Quantities/distances", "problem", {"stationary density", "theory"}},
      {"Quantities/distances", "Domain/shape", {"whole space"}},
      {"Quantities/eigenvalues", "problem", {"spectrum", "theory"}},
      {"Quantities/moments", "problem", {"exit time", "exit law", "theory"}},
      {"Quantities/running reward", "problem", {"exit place", "theory"}},
      {"Quantities/terminal reward", "problem", {"exit place", "theory"}},
      {"Domain/exit set", "problem", {"exit place", "theory"}},
      {"Domain/exit direction", "problem", {"exit place", "theory"}},
      {"Domain/exit angle", "problem", {"exit place", "theory"}},
      {"Start", "problem", {"transient density"}},
      {"Start/learning rate", "Start/law", {"stationary"}},
      {"Start/mean", "Start/law", {"gaussian", "point"}},
      {"Start/covariance", "Start/law", {"gaussian"}},
      {"Start/width", "Start/law", {"point"}},
      {"Output/window", "problem", {"stationary density", "transient density"}},
      {"Domain/lower", "Domain/shape", {"interval", "box"}},
      {"Domain/upper", "Domain/shape", {"interval", "box"}},
      {"Domain/center", "Domain/shape", {"ball", "ellipsoid", "annulus"}},
      {"Domain/radius", "Domain/shape", {"ball", "ellipsoid"}},
      {"Domain/inner radius", "Domain/shape", {"annulus"}},
      {"Domain/outer radius", "Domain/shape", {"annulus"}},
      {"Domain/semi-axes", "Domain/shape", {"ellipsoid"}},
      {"Domain/matrix", "Domain/shape", {"ellipsoid"}},
      {"Domain/mesh file", "Domain/shape", {"mesh file"}},
      {"Domain/round walls", "Domain/shape", {"mesh file"}},
      {"Domain/length scale", "Domain/shape", {"whole space"}},
      {"Domain/tail index", "Domain/shape", {"whole space"}},
      {"Domain/lost mass tolerance", "Domain/shape", {"whole space"}}};

    /** "a, b or c" */
    std::string
    in_words(const Names &names)
    {
      std::string text = names.front();
      for (unsigned int i = 1; i < names.size(); ++i)
        text += (i + 1 < names.size() ? ", " : " or ") + names[i];
      return text;
    }

    const std::string &
    choice_of(const std::string &path, const Parameters &parameters)
    {
      return path == "problem"     ? parameters.problem
             : path == "Start/law" ? parameters.start.law
                                   : parameters.domain.shape;
    }
  } // namespace

  std::string
  why_without_meaning(const std::string &path, const Parameters &parameters)
  {
    for (const EntryUse &use : uses)
      if (path == use.path || path.rfind(use.path + "/", 0) == 0)
        {
          const std::string &chosen = choice_of(use.choice, parameters);
          if (!chosen.empty() &&
              std::find(use.values.begin(), use.values.end(), chosen) == use.values.end())
            return use.choice + " = " + chosen + ", only for " + in_words(use.values);
        }
    if (path == "Quantities/quantiles" && parameters.problem == "stationary density" &&
        parameters.dimension > 1)
      return "densities in more than one dimension, only in one";
    if (path == "Model/learning rate" && !parameters.model.uses_learning_rate())
      return "Model/type = expression without eta in a formula";
    return "";
  }
} // namespace dynkin
