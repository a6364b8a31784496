// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Heavy headers of the unit tests, compiled once.
#include "catch2.h"
#include "precompiled.h"
