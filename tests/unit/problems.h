// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_problems_h
#define dynkin_tests_problems_h

#include "form/generator_form.h"
#include "parameters/parameter_file.h"
#include "study/problem_table.h"

#include <string>

#include "catch2.h"
#include "utilities/log.h"

/** Parameters of small problems, written as a user would, for the tests of all rooms. */
namespace dynkin::tests
{
  inline const Log silent(false);

  /** The numbers of a list for the first `dim` coordinates: "1, 2". */
  inline std::string
  first(const int dim, const std::string &numbers)
  {
    std::size_t end = 0;
    for (int i = 0; i < dim && end != std::string::npos; ++i)
      end = numbers.find(',', end + (i > 0 ? 1 : 0));
    return numbers.substr(0, end);
  }

  /** Model `decoupled` with different coefficients in each coordinate, off-centre on request. */
  inline std::string
  decoupled(const int          dim,
            const std::string &eta,
            const std::string &h      = "1, 2, 0.5",
            const std::string &sigma  = "1, 0.5, 0.3",
            const std::string &rho    = "1, 0.7, 0.2",
            const std::string &center = "0, 0, 0")
  {
    return "set dimension = " + std::to_string(dim) +
           "\nsubsection Model\n set type = decoupled\n set learning rate = " + eta +
           "\n set center = " + first(dim, center) +
           "\n subsection decoupled\n  set h = " + first(dim, h) +
           "\n  set sigma = " + first(dim, sigma) + "\n  set rho = " + first(dim, rho) +
           "\n end\nend\n";
  }

  /** A model of any type by the entries of its subsection. */
  inline std::string
  model(const int dim, const std::string &type, const std::string &eta, const std::string &entries)
  {
    return "set dimension = " + std::to_string(dim) + "\nsubsection Model\n set type = " + type +
           (eta.empty() ? "" : "\n set learning rate = " + eta) + "\n subsection " + type + "\n" +
           entries + " end\nend\n";
  }

  inline std::string
  domain(const std::string &entries)
  {
    return "subsection Domain\n" + entries + "\nend\n";
  }

  inline std::string
  ball(const std::string &more = "")
  {
    return domain(" set shape = ball\n set radius = 1\n" + more);
  }

  /** The interval or box [-1, 1.5] x [-1, 1] x [-1, 1]. */
  inline std::string
  box(const int dim, const std::string &more = "")
  {
    return domain(std::string(" set shape = ") + (dim == 1 ? "interval" : "box") +
                  "\n set lower = " + first(dim, "-1, -1, -1") +
                  "\n set upper = " + first(dim, "1.5, 1, 1") + "\n" + more);
  }

  /** The whole domain is meshed unless the text says `symmetry = auto`. */
  inline Parameters
  parse(const std::string &problem, const std::string &text)
  {
    Parameters parameters =
      ParameterFile("test.prm", "set problem = " + problem + "\n" + text, problem_kinds()).read();
    if (text.find("symmetry = auto") == std::string::npos)
      parameters.domain.mirror.clear();
    return parameters;
  }

  /** Model, mesh, unknowns and form of a problem. */
  template <int dim>
  struct Setup
  {
    Setup(const Parameters  &parameters,
          const unsigned int degree,
          const unsigned int refinements,
          const std::string &weight = "natural")
      : model(create_model<dim>(parameters.model))
      , mesh(parameters.domain, MPI_COMM_WORLD)
      , space((mesh.refine_uniformly(refinements), mesh), degree)
      , form(*model, space, weight)
    {
    }

    const std::unique_ptr<Model<dim>> model;
    Mesh<dim>                         mesh;
    const Discretization<dim>         space;
    const GeneratorForm<dim>          form;
  };
} // namespace dynkin::tests

#endif
