// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// The unit disk with a window of 30 degrees, |angle| < 15 degrees, in its circle. Near the two ends of the
// window the exit time is like the square root of the distance: rings of cells shrink towards them.
//
//   gmsh -2 -format msh22 window.geo

half  = Pi/12;  // half angle of the window
reach = 0.2;    // angle from an end of the window to its outermost ring
rings = 12;     // number of rings; each is a quarter of the next in size
size  = 0.3;    // cells elsewhere

tiny = reach * 0.25^rings;
origin = newp; Point(origin) = {0, 0, 0, size};

// Each end: five spokes from a tiny polygon to a large one, two cells within the tiny one. Spokes 0 and 4
// run along the circle, 0 on the side of larger angles; a[] and b[] are the spokes' inner and outer points.
For end In {0:1}
  t = (end == 0) ? half : -half;
  tip = newp; Point(tip) = {Cos(t), Sin(t), 0, tiny};
  a[] = {}; b[] = {}; spokes[] = {}; inner[] = {}; outer[] = {};
  For k In {0:4}
    For s In {0:1}
      r = (s == 0) ? tiny : reach;
      u = t + Pi/2 + k * Pi/4;
      p = newp;
      If (k == 0)
        Point(p) = {Cos(t + r), Sin(t + r), 0, size};
      ElseIf (k == 4)
        Point(p) = {Cos(t - r), Sin(t - r), 0, size};
      Else
        Point(p) = {Cos(t) + r * Cos(u), Sin(t) + r * Sin(u), 0, size};
      EndIf
      If (s == 0)
        a[] += p;
      Else
        b[] += p;
      EndIf
    EndFor
    c = newl;
    If (k == 0 || k == 4)
      Circle(c) = {a[k], origin, b[k]};
    Else
      Line(c) = {a[k], b[k]};
    EndIf
    Transfinite Curve {c} = rings + 1 Using Progression 4;
    spokes[] += c;
  EndFor
  For k In {0:3}
    c = newl; Line(c) = {a[k], a[k + 1]}; inner[] += c;
    c = newl; Line(c) = {b[k], b[k + 1]}; outer[] += c;
    Transfinite Curve {inner[k], outer[k]} = 2;
    l = newll; Curve Loop(l) = {spokes[k], outer[k], -spokes[k + 1], -inner[k]};
    s = news; Plane Surface(s) = {l};
    Transfinite Surface {s};
  EndFor
  c0 = newl; Circle(c0) = {tip, origin, a[0]};
  c1 = newl; Line(c1) = {tip, a[2]};
  c2 = newl; Circle(c2) = {tip, origin, a[4]};
  Transfinite Curve {c0, c1, c2} = 2;
  l = newll; Curve Loop(l) = {c0, inner[0], inner[1], -c1};
  s = news; Plane Surface(s) = {l}; Transfinite Surface {s} = {tip, a[0], a[1], a[2]};
  l = newll; Curve Loop(l) = {c1, inner[2], inner[3], -c2};
  s = news; Plane Surface(s) = {l}; Transfinite Surface {s} = {tip, a[2], a[3], a[4]};
  If (end == 0)
    open[] = {c2, spokes[4]}; closed[] = {c0, spokes[0]}; rim[] = {outer[]};
    top = b[0]; gap1 = b[4];
  Else
    open[] += {c0, spokes[0]}; closed[] += {c2, spokes[4]}; rim2[] = {outer[]};
    gap2 = b[0]; bottom = b[4];
  EndIf
EndFor

// The rest of the circle and of the disk.
left = newp; Point(left) = {-1, 0, 0, size};
c0 = newl; Circle(c0) = {gap1, origin, gap2};
c1 = newl; Circle(c1) = {bottom, origin, left};
c2 = newl; Circle(c2) = {left, origin, top};
Transfinite Curve {c0} = 3;
Transfinite Curve {c1, c2} = 10;
l = newll; Curve Loop(l) = {rim[], c0, rim2[], c1, c2};
s = news; Plane Surface(s) = {l};

Recombine Surface {:};
Mesh.RecombinationAlgorithm = 1;
Mesh.Algorithm = 6;
Physical Curve("window", 1) = {open[], c0};
Physical Curve("wall", 2)   = {closed[], c1, c2};
Physical Surface("inside", 3) = {Surface {:}};
