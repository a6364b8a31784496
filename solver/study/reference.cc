// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/reference.h"

#include "theory/density/known_density.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

using namespace dealii;

namespace dynkin
{
  namespace
  {
    template <int dim>
    std::vector<double>
    to_vector(const Tensor<1, dim> &x)
    {
      return std::vector<double>(x.begin_raw(), x.end_raw());
    }

    /** Throws std::domain_error if it is not known. */
    template <int dim>
    ReferenceSolution<dim>
    known_density(const Parameters &parameters)
    {
      const KnownDensity density(parameters.model, parameters.domain);
      return {density.name(),
              [density](const Point<dim> &x) { return density.value(to_vector(x)); },
              [density](const Point<dim> &x) {
                const std::vector<double> gradient = density.gradient(to_vector(x));
                return Tensor<1, dim>(make_array_view(gradient));
              }};
    }

    template <int dim>
    ReferenceSolution<dim>
    exit_time_field(const KnownExit &exit)
    {
      return {exit.name(),
              [exit](const Point<dim> &x) { return exit.value(to_vector(x)); },
              [exit](const Point<dim> &x) {
                const std::vector<double> gradient = exit.gradient(to_vector(x));
                return Tensor<1, dim>(make_array_view(gradient));
              }};
    }

    /** The largest relative differences, by the name of the quantity. */
    class Differences
    {
    public:
      /** `exact` is a function that throws std::domain_error where it is not known. */
      template <typename Function>
      void
      compare(const std::string            &quantity,
              const nlohmann::ordered_json &number,
              const Function               &exact)
      {
        try
          {
            const double known = exact(), value = number.get<double>();
            if (known != 0. && std::isfinite(known) && std::isfinite(value))
              include(quantity, std::abs(value / known - 1.));
          }
        catch (const std::domain_error &)
          {
            // not known there
          }
      }

      void
      include(const std::string &quantity, const double difference)
      {
        largest[quantity] = std::max(largest.value(quantity, 0.), difference);
      }

      nlohmann::ordered_json largest = nlohmann::ordered_json::object();
    };

    nlohmann::ordered_json
    differences_at_points(const KnownExit &exit, const nlohmann::ordered_json &results)
    {
      using Json = nlohmann::ordered_json;
      Differences differences;
      for (const Json &entry : results.value("mean exit time", Json::array()))
        {
          const auto   x    = entry["point"].get<std::vector<double>>();
          const double mean = exit.log_mean(x);
          if (std::isfinite(mean)) // by logarithms, which a double always holds
            differences.include(
              "mean exit time",
              std::abs(std::expm1(entry["log10"].get<double>() * std::log(10.) - mean)));
          for (unsigned int n = 2; n <= entry["moments"].size(); ++n)
            differences.compare(
              "moments", entry["moments"][n - 1], [&] { return exit.moment(n, x); });
        }
      if (results.contains("exit law"))
        {
          const Json &law = results["exit law"];
          differences.compare("rate", law["rate"], [&] { return exit.rate(); });
          for (const Json &entry : law["survival"])
            differences.compare("survival", entry["value"], [&] {
              return exit.survival(entry["time"], entry["point"]);
            });
        }
      for (const Json &entry : results.value("exit place", Json::array()))
        differences.compare("exit place", entry["value"], [&] {
          return exit.probability_of_exit_set(entry["point"]);
        });
      return differences.largest;
    }
  } // namespace

  template <int dim>
  Reference<dim>
  find_reference(const Parameters &parameters)
  {
    using Known          = ProblemKind::Reference;
    const Known    known = problem_kind(parameters.problem).reference;
    Reference<dim> reference;
    if (known == Known::none || !parameters.domain.periodic_axes().empty() ||
        !parameters.model.group_sizes.empty() || parameters.model.kills())
      return reference;
    try
      {
        if (known == Known::density)
          reference.field = known_density<dim>(parameters);
        else
          {
            reference.exit =
              KnownExit(parameters.model, parameters.domain, parameters.quantities.moments);
            if (known == Known::exit_time && reference.exit->is_a_field())
              reference.field = exit_time_field<dim>(*reference.exit);
          }
      }
    catch (const std::domain_error &)
      {
        // no closed form: there is nothing to compare with
      }
    return reference;
  }

  template <int dim>
  nlohmann::ordered_json
  Reference<dim>::errors(const std::optional<ErrorNorms> &norms,
                         const nlohmann::ordered_json    &results,
                         const Log                       &log) const
  {
    nlohmann::ordered_json json;
    std::string            line;
    if (norms)
      {
        json = {{"L2", norms->L2},
                {"H1", norms->H1},
                {"Linf", norms->Linf},
                {"relative L2", norms->relative_L2},
                {"relative Linf", norms->relative_Linf}};
        line = "L2 " + format_number(norms->L2, 3) + ", H1 " + format_number(norms->H1, 3) +
               ", Linf " + format_number(norms->Linf, 3);
      }
    if (exit)
      if (const auto differences = differences_at_points(*exit, results); !differences.empty())
        {
          json["at the points"] = differences;
          std::string numbers;
          for (const auto &[name, value] : differences.items())
            numbers += (numbers.empty() ? "" : ", ") + name + " " +
                       format_number(value.template get<double>(), 2);
          line += (line.empty() ? "" : "; ") + ("relative, at the points: " + numbers);
        }
    if (json.is_null())
      return json;
    nlohmann::ordered_json all = {{"reference", field ? field->name : exit->name()}};
    all.update(json);
    log.line("errors", "against the " + all["reference"].template get<std::string>() + ": " + line);
    return all;
  }

#define INSTANTIATE(dim)          \
  template struct Reference<dim>; \
  template Reference<dim> find_reference<dim>(const Parameters &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
