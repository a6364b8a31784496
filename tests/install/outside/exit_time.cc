// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "theory/exit/exit_time_1d.h"

#include <iostream>

// Brownian motion leaves (-1, 1): T(x) = 1 - x^2.
int
main()
{
  const dynkin::ExitTime1D exit([](auto) { return 0.; }, [](auto) { return 1.; }, -1., 1.);
  std::cout << "mean exit time " << exit.value(0.5) << std::endl;
}
