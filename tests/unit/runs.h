// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_runs_h
#define dynkin_tests_runs_h

#include "problems.h"
#include "study/application.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

/** Whole runs in a folder of their own, for the tests of the application. */
namespace dynkin::tests
{
  /** A fresh folder for results, removed at the end. */
  class Folder
  {
  public:
    Folder()
      : path(std::filesystem::temp_directory_path() / ("dynkin_test_" + std::to_string(getpid())))
    {
      std::filesystem::remove_all(path);
    }

    ~Folder()
    {
      std::filesystem::remove_all(path);
    }

    nlohmann::json
    results() const
    {
      std::ifstream file(path / "results.json");
      return nlohmann::json::parse(file);
    }

    const std::filesystem::path path;
  };

  inline int
  run_quietly(const Parameters &parameters)
  {
    return run_application(parameters, false, true);
  }
} // namespace dynkin::tests

#endif
