// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "problem/transient_density_computation.h"

#include <deal.II/base/data_out_base.h>
#include <deal.II/dofs/dof_tools.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include "measure/compared_densities.h"
#include "measure/distances.h"
#include "measure/functionals.h"
#include "problem/transient_report.h"
#include "theory/density/whole_space_map.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr double largest_defect = 1e-8; // of the mass of the start on the mesh

    /** |a - b| + defect |a| number by number, of two records of the same things. */
    Record
    differences(const Record &a, const Record &b, const double defect)
    {
      if (const double *x = a.as<double>())
        return std::abs(*x - b.number()) + defect * std::abs(*x);
      if (const Record::List *list = a.as<Record::List>())
        {
          Record result = Record::list();
          for (std::size_t k = 0; k < list->size(); ++k)
            result.add(differences((*list)[k], (*b.as<Record::List>())[k], defect));
          return result;
        }
      if (const Record::Named *named = a.as<Record::Named>())
        {
          Record result = Record::named();
          for (const auto &[name, item] : *named)
            result[name] = differences(item, *b.find(name), defect);
          return result;
        }
      return {};
    }
  } // namespace

  template <int dim>
  TransientDensityComputation<dim>::TransientDensityComputation(const Parameters  &parameters,
                                                                const Model<dim>  &model,
                                                                const Mesh<dim>   &mesh,
                                                                const unsigned int degree,
                                                                const Log         &log)
    : Computation<dim>(parameters, model, mesh, degree, log)
    , equilibrium(this->form, parameters.solver, log)
    , times(parameters.quantities.times)
  {
    if (times.front() > 0.)
      times.insert(times.begin(), 0.);
  }

  template <int dim>
  TransientDensityComputation<dim>::Law::Law(const ModelParameters             &parameters,
                                             const TransientDensityComputation &computation)
    : model(create_model<dim>(parameters))
    , form(*model, computation.space, computation.form.weight().name())
    , density(form, computation.parameters.solver, computation.log)
  {
    density.solve();
  }

  template <int dim>
  void
  TransientDensityComputation<dim>::solve()
  {
    equilibrium.solve();
    density_fields             = {start()};
    ModelParameters in_the_end = this->parameters.model;
    in_the_end.weight_eta = in_the_end.weight_tail_index = 0.;
    if (this->parameters.model.weight_eta > 0.)
      in_own_weight = std::make_unique<Law>(in_the_end, *this);
    std::vector<Vector> points;
    for (const auto &point : this->parameters.quantities.points)
      points.push_back(point_functional(this->form, {point}, {1.}));
    TransientDensity<dim> problem(this->form,
                                  *equilibrium.density().u,
                                  density_fields.front(),
                                  points,
                                  this->parameters.solver,
                                  this->log);
    for (Vector &u : problem.at({times.begin() + 1, times.end()}))
      density_fields.push_back(std::move(u));
    for (const Vector &u : density_fields) // copies have none
      u.update_ghost_values();
    accuracy = problem.accuracy();
    total    = equilibrium.report();
    total.add(problem.report());
    for (unsigned int i = 0; i < times.size(); ++i)
      {
        about.push_back(values_about(field(i), this->parameters.quantities.points));
        values.emplace_back();
        for (const std::vector<double> &at_point : about.back())
          values.back().push_back(at_point.front());
      }
  }

  template <int dim>
  Vector
  TransientDensityComputation<dim>::start()
  {
    const StartParameters      &law    = this->parameters.start;
    const ReferenceWeight<dim> &weight = this->form.weight();
    Vector                      u;
    this->form.initialize(u);
    if (law.law == "stationary")
      {
        ModelParameters before = this->parameters.model;
        before.weight_eta      = before.weight_eta > 0. ? before.weight_eta : before.eta;
        before.eta             = law.learning_rate;
        u                      = *Law(before, *this).density.density().u;
      }
    else
      {
        std::map<types::global_dof_index, Point<dim>> nodes;
        DoFTools::map_dofs_to_support_points(
          this->space.mapping(), this->space.dof_handler(), nodes);
        const CoordinateMap<dim> &coordinates = this->space.mesh().coordinates();
        for (const auto &[i, y] : nodes)
          if (u.in_local_range(i))
            {
              const Point<dim> x = coordinates.to_space(y);
              u(i) = std::exp(log_start({x.begin_raw(), x.end_raw()}) - weight.log_value(x));
            }
        this->space.constraints().distribute(u);
      }
    Vector load;
    this->form.load(load);
    start_mass = load * u;
    u *= 1. / start_mass;
    inside = start_mass;
    if (law.law == "stationary" || this->parameters.domain.shape->is_bounded())
      start_mass = 1.; // normalised, or restricted to the domain
    u.update_ghost_values();
    return u;
  }

  template <int dim>
  double
  TransientDensityComputation<dim>::log_start(const std::vector<double> &x) const
  {
    constexpr double        farthest = 10.; // standard deviations, of images around periodic axes
    const StartParameters  &law      = this->parameters.start;
    const DomainParameters &domain   = this->parameters.domain;
    std::vector<std::vector<double>> images = {x};
    for (const unsigned int axis : domain.periodic_axes())
      {
        const double period = domain.upper[axis] - domain.lower[axis];
        const int    reach  = 1 + farthest * std::sqrt(law.covariance[axis][axis]) / period;
        const auto   before = std::move(images);
        images.clear();
        for (std::vector<double> image : before)
          {
            image[axis] -= period * std::round((image[axis] - law.mean[axis]) / period);
            for (int k = -reach; k <= reach; ++k)
              {
                images.push_back(image);
                images.back()[axis] += k * period;
              }
          }
      }
    std::vector<double> logs;
    for (const std::vector<double> &image : images)
      logs.push_back(law.log_gaussian(image));
    const double largest = *std::max_element(logs.begin(), logs.end());
    double       sum     = 0.;
    for (const double log : logs)
      sum += std::exp(log - largest);
    return largest + std::log(sum);
  }

  template <int dim>
  Field<dim>
  TransientDensityComputation<dim>::field(const unsigned int i) const
  {
    return {&this->space, &density_fields[i], &this->form.weight()};
  }

  template <int dim>
  PointValues
  TransientDensityComputation<dim>::evaluate()
  {
    companion = std::make_unique<TransientDensityComputation<dim>>(
      this->parameters, this->form.model(), this->space.mesh(), this->richer_degree(), this->log);
    companion->solve();
    const StartParameters &start = this->parameters.start;
    defect                       = accuracy + total.residual;
    estimates                    = values;
    PointValues result;
    const auto &points     = this->parameters.quantities.points;
    const auto  in_the_end = point_values(equilibrium.density(), points);
    // the integration in time is right to `accuracy` in the norm of L2(w), and direct solves round, by
    // measurement on a ring of 513 to 65537 unknowns, by 15 to 42 eps for each unknown in a direction
    const double per_direction = std::pow(this->space.dof_handler().n_dofs(), 1. / dim);
    const double in_norm = accuracy + 40. * std::numeric_limits<double>::epsilon() * per_direction;
    std::vector<double> norms;
    Vector              load;
    for (const Vector &u : density_fields)
      {
        this->form.load(load, &u);
        norms.push_back(std::sqrt(std::abs(u * load)));
      }
    this->form.load(load);
    const double total_weight = load.mean_value() * load.size();
    for (unsigned int k = 0; k < points.size(); ++k)
      {
        Point<dim> x;
        std::copy_n(points[k].begin(), dim, x.begin_raw());
        const double norm_at_point = std::sqrt(this->form.weight().value(x) / total_weight);
        double       largest       = 0.;
        for (unsigned int i = 0; i < times.size(); ++i)
          {
            estimates[i][k] = ComparedDensities<dim>::safety *
                                difference_about(companion->about[i][k], about[i][k]) +
                              defect * std::abs(values[i][k]) + in_norm * norms[i] * norm_at_point;
            if (i == 0 && start.law != "stationary")
              estimates[i][k] =
                std::max(estimates[i][k],
                         ComparedDensities<dim>::safety *
                           std::abs(std::exp(log_start(points[k])) / inside - values[i][k]));
            largest = std::max(largest, estimates[i][k]);
          }
        // what the law has not yet reached, or left, counts as 0 beside the density at other times
        double scale = std::abs(in_the_end[k]);
        for (const std::vector<double> &at_points : values)
          scale = std::max(scale, std::abs(at_points[k]));
        largest /= scale;
        result.list.push_back({points[k], {values.back()[k], estimates.back()[k]}, largest, false});
      }
    return result;
  }

  template <int dim>
  std::string
  TransientDensityComputation<dim>::objection() const
  {
    if (std::abs(start_mass - 1.) > largest_defect)
      return "the mesh holds a mass of " + format_number(start_mass, 12) +
             " of the law at time 0 instead of 1; refine the mesh";
    if (!(accuracy < 1.))
      return "no digit is left: what the Krylov space of the way from the law at time 0 to the "
             "later ones still changes is " +
             format_number(accuracy, 2) +
             " times the density; ask for later times, or begin nearer to where it settles";
    return "";
  }

  template <int dim>
  Field<dim>
  TransientDensityComputation<dim>::field() const
  {
    return field(density_fields.size() - 1);
  }

  template <int dim>
  const SolverReport &
  TransientDensityComputation<dim>::report() const
  {
    return total;
  }

  template <int dim>
  Record
  TransientDensityComputation<dim>::figures(const unsigned int i, const Sampler<dim> &sampler) const
  {
    const StartParameters &start = this->parameters.start;
    const Field<dim>       q     = equilibrium.density();
    const Field<dim>       far   = in_own_weight ? in_own_weight->density.density() : q;
    const Distances        away  = distances(sampler, field(i), q, far, start.chi_squared_decay);
    const bool has_chi_squared   = start.chi_squared_is_finite() && start.chi_squared_is_resolved;
    Record     record            = {{"L1 distance", away.L1},
                                    {"chi^2 distance", has_chi_squared ? Record(away.chi_squared) : Record()},
                                    {"relative entropy", away.entropy}};
    if constexpr (dim == 1)
      record["W2 distance"] =
        start.tail_index > 2. ? Record(wasserstein_distance(sampler, field(i), q)) : Record();
    record.update(mean_and_covariance(this->parameters, sampler, field(i)));
    return record;
  }

  template <int dim>
  Record
  TransientDensityComputation<dim>::snapshot(const unsigned int  i,
                                             const Sampler<dim> &sampler,
                                             const Sampler<dim> &other_sampler,
                                             Result             &result) const
  {
    const auto   summary = summarise_density(sampler, field(i));
    const Record own     = figures(i, sampler),
                 errors  = differences(own, companion->figures(i, other_sampler), defect);
    std::string text     = "t = " + format_number(times[i], 6);
    for (const auto &[key, name] : {std::make_pair("L1 distance", "L1"),
                                    std::make_pair("relative entropy", "relative entropy"),
                                    std::make_pair("chi^2 distance", "chi^2"),
                                    std::make_pair("W2 distance", "W2")})
      if (const Record *distance = own.find(key); distance != nullptr && !distance->is_nothing())
        text += std::string(", ") + name + " " + format_number(distance->number(), 8) + " +- " +
                format_number(errors.find(key)->number(), 1);
    result.tell("distance", text);

    Record list = Record::list();
    for (unsigned int k = 0; k < values[i].size(); ++k)
      {
        const std::vector<double> &point = this->parameters.quantities.points[k];
        Record                     entry = {{"point", point}};
        result.quantity(entry,
                        "value",
                        {values[i][k], estimates[i][k]},
                        "p",
                        "t = " + format_number(times[i], 6) + ", " + point_in_words(point) + "   ");
        list.add(entry);
      }
    Record record = {{"time", times[i]},
                     {"mass", summary.mass},
                     {"minimum", summary.minimum},
                     {"maximum", summary.maximum},
                     {"negative cells", summary.negative_cells},
                     {"negative nodes", summary.negative_nodes},
                     {"values", list}};
    record.update(own);
    record["error estimates"] = errors;
    if (!this->parameters.start.chi_squared_is_finite())
      record["infinite distances"] = "chi^2: the tail of the start is too heavy";
    else if (!this->parameters.start.chi_squared_is_resolved)
      record["unresolved distances"] = "chi^2: only the far tails of the start count in it";
    if (const auto error = second_moment_error(this->parameters, sampler, field(i), times[i]))
      record["error of the second moments"] = *error;
    return record;
  }

  template <int dim>
  Result
  TransientDensityComputation<dim>::results(const PointValues &, const Sampler<dim> &sampler) const
  {
    Result result;
    result.tell("start",
                this->parameters.start.description() + "; mass on the mesh " +
                  format_number(start_mass, 15));
    const Sampler<dim>        other_sampler(companion->space);
    Record                    snapshots = Record::list();
    std::vector<TimeDistance> distances;
    for (unsigned int i = 0; i < times.size(); ++i)
      {
        const Record  record = snapshot(i, sampler, other_sampler, result);
        const Record *W2     = record.find("W2 distance");
        distances.push_back({times[i], W2 == nullptr ? Record().number() : W2->number()});
        snapshots.add(record);
      }
    Record density = {{"start", this->parameters.start.description()},
                      {"mass of the start on the mesh", start_mass},
                      {"accuracy in time", accuracy},
                      {"times", snapshots}};
    result.include(contraction_report(this->parameters.model, distances), density);
    result.numbers["transient density"] = density;
    return result;
  }

  template <int dim>
  std::vector<FieldFile<dim>>
  TransientDensityComputation<dim>::fields() const
  {
    const double                window = this->parameters.output.window;
    const auto                  extras = NamedField<dim>::Extras::logarithm_and_current;
    std::vector<FieldFile<dim>> files  = {{"solution", {{"density", field(), extras}}, window}};
    for (unsigned int i = 0; i < times.size(); ++i)
      files.push_back(
        {"solution_" + std::to_string(i), {{"density", field(i), extras}}, window, times[i]});
    return files;
  }

  template class TransientDensityComputation<1>;
  template class TransientDensityComputation<2>;
  template class TransientDensityComputation<3>;
} // namespace dynkin
