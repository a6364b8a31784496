// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/direct.h"

#include <deal.II/lac/trilinos_solver.h>

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    /** Run a step of a direct solver; its failure is that of the matrix. */
    template <typename Step>
    void
    refusing_singular(const Step &step)
    {
      try
        {
          step();
        }
      catch (const TrilinosWrappers::SolverDirect::ExcTrilinosError &)
        {
          throw ConvergenceError("the matrix is singular in double precision: the weight or the "
                                 "coefficients underflow somewhere in the domain");
        }
    }

    template <int dim>
    class Direct : public ApproximateInverse
    {
    public:
      explicit Direct(const ScaledOperator<dim> &scaled_operator)
        : type(package(scaled_operator.form().discretization()))
        , control(1, 0.)
        , factorization(control,
                        TrilinosWrappers::SolverDirect::AdditionalData(false, "Amesos_" + type))
      {
        scaled_operator.assemble(matrix);
        refusing_singular([&]() { factorization.initialize(matrix); });
      }

      unsigned int
      solve(Vector &c, const Vector &r, const double) const override
      {
        refusing_singular([&]() { factorization.solve(c, r); });
        return 0;
      }

      std::string
      name() const override
      {
        return "direct (" + type + ")";
      }

    private:
      static std::string
      package(const Discretization<dim> &space)
      {
        const bool is_serial = Utilities::MPI::n_mpi_processes(space.communicator()) == 1;
        return is_serial && (dim == 1 || space.dof_handler().n_dofs() < 1000) ? "Klu" : "Mumps";
      }

      const std::string                      type;
      TrilinosWrappers::SparseMatrix         matrix;
      SolverControl                          control;
      mutable TrilinosWrappers::SolverDirect factorization;
    };
  } // namespace

  template <int dim>
  std::unique_ptr<ApproximateInverse>
  create_direct(const ScaledOperator<dim> &scaled_operator)
  {
    return std::make_unique<Direct<dim>>(scaled_operator);
  }

  template std::unique_ptr<ApproximateInverse>
  create_direct<1>(const ScaledOperator<1> &);
  template std::unique_ptr<ApproximateInverse>
  create_direct<2>(const ScaledOperator<2> &);
  template std::unique_ptr<ApproximateInverse>
  create_direct<3>(const ScaledOperator<3> &);
} // namespace dynkin
