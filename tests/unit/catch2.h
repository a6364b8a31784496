// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#ifndef dynkin_tests_catch2_h
#define dynkin_tests_catch2_h

// Catch2 of version 3 or 2.
#if __has_include(<catch2/catch_test_macros.hpp>)
#  include <catch2/catch_approx.hpp>
#  include <catch2/catch_session.hpp>
#  include <catch2/catch_test_macros.hpp>

using Catch::Approx;
#else
#  include <catch2/catch.hpp>
#endif

#endif
