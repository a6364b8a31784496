// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_utilities_exceptions_h
#define dynkin_utilities_exceptions_h

#include <stdexcept>
#include <string>

namespace dynkin
{
  /**
   * The input is wrong (exit status 1). `entry()` is the full path of the
   * parameter at fault, e.g. "Model/decoupled/h"; the message says what is
   * required of it. File, line and value are added by ParameterFile, the only
   * one who knows them.
   */
  class InputError : public std::runtime_error
  {
  public:
    InputError(const std::string &entry, const std::string &requirement)
      : std::runtime_error(requirement)
      , path(entry)
    {
    }

    const std::string &
    entry() const
    {
      return path;
    }

  private:
    std::string path;
  };

  /**
   * A computation did not reach its tolerance (exit status 2). The message
   * names the system, the target and what was reached.
   */
  class ConvergenceError : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };

  /**
   * A fault of the machine (exit status 3): a disk that is full, a file that cannot be written any
   * more. Neither the input nor the computation is to blame, and nothing looks whole that is not.
   */
  class MachineError : public std::runtime_error
  {
  public:
    using std::runtime_error::runtime_error;
  };

  /** The weight leaves the range of a double: a fine mesh does not help where a coarse one does not. */
  class WeightRangeError : public ConvergenceError
  {
  public:
    WeightRangeError()
      : ConvergenceError("the weight or the coefficients underflow or overflow somewhere in the "
                         "domain: it is too large for double precision; take a domain that ends "
                         "where the process hardly ever comes, with a reflecting wall")
    {
    }
  };
} // namespace dynkin

#endif
