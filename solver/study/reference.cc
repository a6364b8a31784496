// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "study/reference.h"

#include "theory/density/known_density.h"
#include "utilities/log.h"

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
      return {exit->name,
              [exit](const Point<dim> &x) { return exit->value(to_vector(x)); },
              [exit](const Point<dim> &x) {
                const std::vector<double> gradient = exit->gradient(to_vector(x));
                return Tensor<1, dim>(make_array_view(gradient));
              }};
    }

    /** Is the error of a quadrature, where it is known, too small to be taken for that of a solution? */
    bool
    is_accurate(const KnownExit &exit, const std::vector<std::vector<double>> &points)
    {
      constexpr double largest_error = 1e-11;
      try
        {
          return std::all_of(points.begin(), points.end(), [&](const std::vector<double> &x) {
            return exit->relative_error(x) <= largest_error;
          });
        }
      catch (const std::domain_error &)
        {
          return true; // a closed form
        }
    }

    /** The largest relative differences, by the name of the quantity. */
    class Differences
    {
    public:
      Record largest = Record::named();

      /** `exact` is a function that throws std::domain_error where it is not known. */
      template <typename Function>
      void
      compare(const std::string &quantity, const Record &number, const Function &exact)
      {
        try
          {
            const double known = exact(), value = number.number();
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
        Record &so_far = largest[quantity];
        so_far         = so_far.is_nothing() ? difference : std::max(so_far.number(), difference);
      }
    };

    std::vector<double>
    point_of(const Record &entry)
    {
      std::vector<double> x;
      for (const Record &coordinate : entry.find("point")->items())
        x.push_back(coordinate.number());
      return x;
    }

    Record
    differences_at_points(const KnownExit &exit, const Record &results)
    {
      const auto part = [&](const std::string &name) {
        const Record *found = results.find(name);
        return found == nullptr ? Record::list() : *found;
      };
      Differences  differences;
      const Record times = part("mean exit time"), places = part("exit place");
      for (const Record &entry : times.items())
        {
          const std::vector<double> x       = point_of(entry);
          const Record::List       &moments = entry.find("moments")->items();
          const double              mean    = exit->log_mean(x);
          if (std::isfinite(mean)) // by logarithms, which a double always holds
            differences.include(
              "mean exit time",
              std::abs(std::expm1(entry.find("log10")->number() * std::log(10.) - mean)));
          for (unsigned int n = 2; n <= moments.size(); ++n)
            differences.compare("moments", moments[n - 1], [&] { return exit->moment(n, x); });
        }
      if (const Record *law = results.find("exit law"))
        {
          differences.compare("rate", *law->find("rate"), [&] { return exit->rate(); });
          for (const Record &entry : law->find("survival")->items())
            differences.compare("survival", *entry.find("value"), [&] {
              return exit->survival(entry.find("time")->number(), point_of(entry));
            });
        }
      for (const Record &entry : places.items())
        differences.compare("exit place", *entry.find("value"), [&] {
          return exit.probability_of_exit_set(point_of(entry));
        });
      return differences.largest;
    }
  } // namespace

  template <int dim>
  Reference<dim>
  find_reference(const Parameters &parameters)
  {
    using Known          = ProblemKind::Reference;
    const Known    known = parameters.kind->reference;
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
            if (!is_accurate(*reference.exit, parameters.quantities.points))
              return {};
            if (known == Known::exit_time && (*reference.exit)->is_a_field())
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
  Result
  Reference<dim>::errors(const std::optional<ErrorNorms> &norms, const Record &results) const
  {
    Result      result;
    std::string line;
    if (norms || exit)
      result.numbers["reference"] = field ? field->name : (*exit)->name;
    if (norms)
      {
        result.numbers.update({{"L2", norms->L2},
                               {"H1", norms->H1},
                               {"Linf", norms->Linf},
                               {"relative L2", norms->relative_L2},
                               {"relative Linf", norms->relative_Linf}});
        line = "L2 " + format_number(norms->L2, 3) + ", H1 " + format_number(norms->H1, 3) +
               ", Linf " + format_number(norms->Linf, 3);
      }
    const Record differences = exit ? differences_at_points(*exit, results) : Record::named();
    std::string  numbers;
    for (const auto &[name, value] : *differences.as<Record::Named>())
      numbers += (numbers.empty() ? "" : ", ") + name + " " + format_number(value.number(), 2);
    if (!numbers.empty())
      {
        result.numbers["at the points"] = differences;
        line += (line.empty() ? "" : "; ") + ("relative, at the points: " + numbers);
      }
    if (line.empty())
      return {};
    result.tell("errors",
                "against the " + *result.numbers["reference"].as<std::string>() + ": " + line);
    return result;
  }

#define INSTANTIATE(dim)          \
  template struct Reference<dim>; \
  template Reference<dim> find_reference<dim>(const Parameters &);
  INSTANTIATE(1)
  INSTANTIATE(2)
  INSTANTIATE(3)
#undef INSTANTIATE
} // namespace dynkin
