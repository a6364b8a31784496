// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/direct.h"

#include <Amesos.h>
#include <Epetra_LinearProblem.h>
#include <Epetra_Vector.h>
#include <Teuchos_ParameterList.hpp>

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr int largest_mumps_workspace = 1600; // percent above MUMPS' own estimate

    template <int dim>
    class Direct : public ApproximateInverse
    {
    public:
      explicit Direct(const ScaledOperator<dim> &scaled_operator)
        : package(best_package(scaled_operator.form().discretization()))
      {
        scaled_operator.assemble(matrix);
        // Epetra's problems take a pointer to an operator that they do not change
        problem.SetOperator(const_cast<Epetra_CrsMatrix *>(&matrix.trilinos_matrix()));
        factorization.reset(Amesos().Create("Amesos_" + package, problem));
        for (int workspace = 100;; workspace *= 4)
          {
            Teuchos::ParameterList parameters;
            parameters.sublist("mumps").set("ICNTL(14)", workspace);
            factorization->SetParameters(parameters);
            if (factorization->NumericFactorization() == 0)
              break;
            if (package != "Mumps" || workspace >= largest_mumps_workspace)
              throw_singular();
          }
      }

      unsigned int
      solve(Vector &c, const Vector &r, const double) const override
      {
        const Epetra_Map &map = matrix.trilinos_matrix().RowMap();
        Epetra_Vector     solution(View, map, c.begin());
        Epetra_Vector     right_hand_side(View, map, const_cast<double *>(r.begin())); // only read
        problem.SetLHS(&solution);
        problem.SetRHS(&right_hand_side);
        if (factorization->Solve() != 0)
          throw_singular();
        return 0;
      }

      double
      estimate(const Vector &) const override
      {
        return 0.;
      }

      std::string
      name() const override
      {
        return "direct (" + package + ")";
      }

    private:
      static std::string
      best_package(const Discretization<dim> &space)
      {
        const bool is_serial = Utilities::MPI::n_mpi_processes(space.communicator()) == 1;
        return is_serial && (dim == 1 || space.dof_handler().n_dofs() < 1000) ? "Klu" : "Mumps";
      }

      [[noreturn]] static void
      throw_singular()
      {
        throw ConvergenceError(
          "the matrix was not factorised: it is singular in double precision, as "
          "where the weight or the coefficients underflow somewhere in the domain, "
          "or so near to it that pivoting takes too much memory");
      }

      const std::string                  package;
      TrilinosWrappers::SparseMatrix     matrix;
      mutable Epetra_LinearProblem       problem;
      std::unique_ptr<Amesos_BaseSolver> factorization;
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
