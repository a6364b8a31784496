// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The square (-1, 1)^2 with a slit from the middle to the right side: two walls that share the tip only.
//
//   gmsh -2 -format msh22 slit.geo

n = 4; // cells along half a side

Point(1) = {-1, -1, 0};
Point(2) = {0, -1, 0};
Point(3) = {1, -1, 0};
Point(4) = {-1, 0, 0};
Point(5) = {0, 0, 0};  // the tip
Point(6) = {1, 0, 0};  // end of the slit, seen from below
Point(7) = {1, 0, 0};  // ... and from above
Point(8) = {-1, 1, 0};
Point(9) = {0, 1, 0};
Point(10) = {1, 1, 0};

Line(1) = {1, 2};
Line(2) = {2, 3};
Line(3) = {3, 6};
Line(4) = {7, 10};
Line(5) = {10, 9};
Line(6) = {9, 8};
Line(7) = {8, 4};
Line(8) = {4, 1};
Line(9) = {5, 6};   // the slit from below
Line(10) = {5, 7};  // and from above
Line(11) = {2, 5};
Line(12) = {4, 5};
Line(13) = {5, 9};

Curve Loop(1) = {1, 11, -12, 8};
Curve Loop(2) = {2, 3, -9, -11};
Curve Loop(3) = {10, 4, 5, -13};
Curve Loop(4) = {12, 13, 6, 7};
For k In {1:4}
  Plane Surface(k) = {k};
  Transfinite Surface {k};
EndFor
Transfinite Curve {:} = n + 1;
Recombine Surface {:};
Geometry.AutoCoherence = 0;
Physical Curve("sides", 1) = {1:8};
Physical Curve("slit", 2)  = {9, 10};
Physical Surface("inside", 3) = {1:4};
