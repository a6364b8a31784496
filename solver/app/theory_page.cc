// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "app/theory_page.h"

#include "app/theory_sections.h"
#include "theory/simplest_form.h"
#include "utilities/log.h"

#include <sstream>

namespace dynkin
{
  TheoryPage::TheoryPage(const Parameters &parameters)
  {
    const ModelParameters model = simplest_form(parameters.model);
    page["theory"]              = Json::object();
    add_exit_theory(parameters, model, page);
    add_small_noise_theory(parameters, model, page);
    add_density_theory(parameters, model, page);
    add_ergodic_theory(parameters, model, page);
  }

  const nlohmann::ordered_json &
  TheoryPage::json() const
  {
    return page;
  }

  std::string
  TheoryPage::text() const
  {
    std::ostringstream out;
    const auto print = [&](const auto &self, const std::string &name, const Json &value) -> void {
      if (value.is_object())
        for (const auto &[key, inner] : value.items())
          self(self, name.empty() ? key : name + ", " + key, inner);
      else if (value.is_array() && !value.empty() && value[0].is_object())
        for (const Json &inner : value)
          self(self, name, inner);
      else
        out << name << " = "
            << (value.is_number_float() ? format_number(value.get<double>(), 15) : value.dump())
            << '\n';
    };
    print(print, "", page);
    return out.str();
  }
} // namespace dynkin
