// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "linear_algebra/eigenvalues.h"

#include <AnasaziBasicEigenproblem.hpp>
#include <AnasaziBlockKrylovSchurSolMgr.hpp>
#include <AnasaziEpetraAdapter.hpp>
#include <Epetra_Map.h>
#include <Epetra_MpiComm.h>
#include <Epetra_MultiVector.h>
#include <Epetra_Operator.h>

#include <algorithm>
#include <cmath>
#include <complex>

#include "utilities/exceptions.h"

using namespace dealii;

namespace dynkin
{
  namespace
  {
    constexpr int    block_size         = 3;
    constexpr int    maximum_restarts   = 50;
    constexpr double relative_tolerance = 1e-12;
    constexpr double no_digit_left      = 1e-12; // of a vector, without others

    /** A function of vectors as Epetra sees it. */
    class Operator : public Epetra_Operator
    {
    public:
      Operator(const std::function<void(Vector &, const Vector &)> &apply,
               const Vector                                        &layout,
               const Epetra_Map                                    &map)
        : apply(apply)
        , map(map)
        , from(layout)
        , to(layout)
      {
      }

      int
      Apply(const Epetra_MultiVector &X, Epetra_MultiVector &Y) const override
      {
        for (int k = 0; k < X.NumVectors(); ++k)
          {
            std::copy_n(X[k], map.NumMyElements(), from.begin());
            apply(to, from);
            std::copy_n(to.begin(), map.NumMyElements(), Y[k]);
          }
        return 0;
      }

      int
      ApplyInverse(const Epetra_MultiVector &, Epetra_MultiVector &) const override
      {
        return -1;
      }

      int
      SetUseTranspose(const bool) override
      {
        return -1;
      }

      double
      NormInf() const override
      {
        return 0.;
      }

      const char *
      Label() const override
      {
        return "operator";
      }

      bool
      UseTranspose() const override
      {
        return false;
      }

      bool
      HasNormInf() const override
      {
        return false;
      }

      const Epetra_Comm &
      Comm() const override
      {
        return map.Comm();
      }

      const Epetra_Map &
      OperatorDomainMap() const override
      {
        return map;
      }

      const Epetra_Map &
      OperatorRangeMap() const override
      {
        return map;
      }

    private:
      const std::function<void(Vector &, const Vector &)> apply;
      const Epetra_Map                                   &map;
      mutable Vector                                      from, to;
    };

    using Function = std::function<void(Vector &, const Vector &)>;

    /** The vectors made orthonormal in the inner product of M, as many as are independent. */
    std::vector<Vector>
    orthonormal(const std::vector<Vector> &vectors, const Function &M)
    {
      std::vector<Vector> basis;
      for (Vector v : vectors)
        {
          Vector load(v);
          M(load, v);
          const double before = std::sqrt(std::abs(v * load));
          for (int pass = 0; pass < 2; ++pass)
            for (const Vector &e : basis)
              {
                M(load, v);
                v.add(-(e * load), e);
              }
          M(load, v);
          const double norm = std::sqrt(std::abs(v * load));
          if (norm > no_digit_left * before)
            {
              v /= norm;
              basis.push_back(v);
            }
        }
      return basis;
    }

    /** The eigenpairs of X in the space of one or two vectors that are orthonormal in M. */
    std::vector<Eigenpair>
    ritz_pairs(const std::vector<Vector> &basis, const Function &X, const Function &M)
    {
      const unsigned int n       = basis.size();
      double             H[2][2] = {};
      for (unsigned int j = 0; j < n; ++j)
        {
          Vector image(basis[j]), load(basis[j]);
          X(image, basis[j]);
          M(load, image);
          for (unsigned int i = 0; i < n; ++i)
            H[i][j] = basis[i] * load;
        }
      if (n == 1)
        return {{H[0][0], basis[0]}};
      const double middle = 0.5 * (H[0][0] + H[1][1]), half = 0.5 * (H[0][0] - H[1][1]);
      const std::complex<double> root =
        std::sqrt(std::complex<double>(half * half + H[0][1] * H[1][0]));
      const double           sign = middle < 0. ? -1. : 1.;
      std::vector<Eigenpair> pairs;
      for (const std::complex<double> theta : {middle + sign * root, middle - sign * root})
        {
          // a column of H - the other eigenvalue, the larger one
          const std::complex<double> other = 2. * middle - theta;
          const bool                 first = std::abs(H[0][0] - other) + std::abs(H[1][0]) >
                             std::abs(H[1][1] - other) + std::abs(H[0][1]);
          Vector v(basis[0]);
          v *= first ? (H[0][0] - other).real() : H[0][1];
          v.add(first ? H[1][0] : (H[1][1] - other).real(), basis[1]);
          pairs.push_back({theta, v});
        }
      return pairs;
    }
  } // namespace

  std::vector<Eigenpair>
  largest_eigenpairs(const std::function<void(Vector &, const Vector &)> &X,
                     const std::function<void(Vector &, const Vector &)> &M,
                     const bool                                           is_symmetric,
                     const Vector                                        &start,
                     const unsigned int                                   n)
  {
    // The space of admissible vectors has to hold the basis and, without symmetry, a block and a
    // vector more: when no new direction is left, Anasazi looks for one without an end.
    const int n_free = Utilities::MPI::sum(
      static_cast<int>(std::count_if(start.begin(), start.end(), [](double x) { return x != 0.; })),
      start.get_mpi_communicator());
    const int n_blocks = std::min<int>(std::max<int>((3 * n + 20) / block_size, 10),
                                       (is_symmetric ? n_free + 2 : n_free - 4) / block_size - 1);
    if (n_blocks * block_size < static_cast<int>(n) + 2 * block_size + (is_symmetric ? 0 : 1))
      throw ConvergenceError("there are too few unknowns for " + std::to_string(n) +
                             " eigenvalues; refine the mesh");
    using Many                   = Epetra_MultiVector;
    const int            n_owned = start.locally_owned_size();
    const Epetra_MpiComm communicator(start.get_mpi_communicator());
    const Epetra_Map     map(static_cast<long long>(start.size()), n_owned, 0LL, communicator);
    const auto           block = Teuchos::rcp(new Many(map, block_size));
    {
      // X makes an admissible block of arbitrary but reproducible vectors
      const Operator smooth(X, start, map);
      Many           rough(*block);
      for (int k = 0; k < block_size; ++k)
        for (int i = 0; i < n_owned; ++i)
          rough[k][i] =
            start.local_element(i) * std::cos((k + 1.) * (1. + map.GID64(i)) * 0.61803398875);
      smooth.Apply(rough, *block);

      std::vector<Vector> images(block_size, start);
      for (int k = 0; k < block_size; ++k)
        std::copy_n((*block)[k], n_owned, images[k].begin());
      const std::vector<Vector> dominant = orthonormal(images, M);
      if (dominant.size() < block_size)
        {
          // so much larger than all others that nothing else is left of an image
          std::vector<Eigenpair> pairs = ritz_pairs(dominant, X, M);
          if (pairs.size() < n)
            throw InputError("Quantities/eigenvalues",
                             "needs to be at most " + std::to_string(1 + pairs.size()) +
                               ": so many modes are more than 1e12 times slower than all others, "
                               "which are lost in rounding beside them");
          pairs.resize(n);
          return pairs;
        }
    }
    const auto problem = Teuchos::rcp(new Anasazi::BasicEigenproblem<double, Many, Epetra_Operator>(
      Teuchos::rcp(new Operator(X, start, map)), Teuchos::rcp(new Operator(M, start, map)), block));
    problem->setHermitian(is_symmetric);
    problem->setNEV(n + (is_symmetric ? 0 : 1)); // half of a complex pair alone crashes Anasazi
    if (!problem->setProblem())
      throw ConvergenceError("the eigenvalue problem could not be set up");
    Teuchos::ParameterList options;
    options.set("Which", std::string("LM"));
    options.set("Block Size", block_size);
    options.set("Num Blocks", n_blocks);
    options.set("Maximum Restarts", maximum_restarts);
    options.set("Convergence Tolerance", relative_tolerance);
    options.set("Relative Convergence Tolerance", true);
    options.set("Verbosity", 0);
    Anasazi::BlockKrylovSchurSolMgr<double, Many, Epetra_Operator> manager(problem, options);
    const auto                                                     solve = [&]() {
      try
        {
          return manager.solve();
        }
      catch (const std::exception &) // no new direction: the space has too few for these modes
        {
          throw ConvergenceError("no space was found for " + std::to_string(n) +
                                 " eigenvalues; refine the mesh");
        }
    };
    const Anasazi::ReturnType                   outcome  = solve();
    const Anasazi::Eigensolution<double, Many> &solution = problem->getSolution();
    if (outcome != Anasazi::Converged || solution.numVecs < static_cast<int>(n))
      throw ConvergenceError("only " + std::to_string(solution.numVecs) + " of " +
                             std::to_string(n) + " eigenvalues were found");
    std::vector<Eigenpair> pairs;
    for (unsigned int k = 0; k < n; ++k)
      {
        // the second of a complex pair holds the imaginary part of the first
        const int column = solution.index[k] < 0 ? k - 1 : k;
        pairs.push_back({{solution.Evals[k].realpart, solution.Evals[k].imagpart}, start});
        std::copy_n((*solution.Evecs)[column], n_owned, pairs.back().v.begin());
      }
    return pairs;
  }
} // namespace dynkin
