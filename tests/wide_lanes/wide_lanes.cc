// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include <deal.II/base/vectorization.h>

static_assert(dealii::VectorizedArray<double>::size() == 4 &&
                dealii::VectorizedArray<float>::size() == 8,
              "the headers of deal.II are meant to be those of a build for vector registers");
