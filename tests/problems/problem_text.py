# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Parameter files from dimensionless formulas, in any unit of length and time, with what the results should be."""

import collections
import math

# text: the parameter file. quantities: what its results are compared with. mesh: the text of mesh.msh, if any.
Problem = collections.namedtuple("Problem", "text quantities mesh", defaults=("",))

# value, estimate: paths in results.json. exact: the reference. own: what the reference itself may be
# off by. unit: the factor by which the value grows with the units.
Quantity = collections.namedtuple("Quantity", "name value estimate exact own unit")

CONVENTIONS = {"Ito": 0.0, "Stratonovich": 0.5, "Haenggi-Klimontovich": 1.0}
LISTS = {"stationary density": ("stationary density", "values"),
         "quasi-stationary density": ("spectrum", "quasi-stationary density"),
         "survival": ("exit law", "survival"), "quantile": ("exit law", "quantiles"),
         "density quantile": ("stationary density", "quantiles")}


class Units:
    """X in units of length is x = origin + sign length X, in every coordinate; `time` is the unit of time."""

    def __init__(self, length=1.0, time=1.0, signs=(1, 1, 1), origin=(0.0, 0.0, 0.0)):
        self.length, self.time, self.signs, self.origin = length, time, signs, origin

    @staticmethod
    def random(rng):
        signs = [rng.choice([1, 1, -1]) for _ in range(3)]
        origin = [rng.choice([0, 0, 1]) * rng.uniform(-3, 3) for _ in range(3)]
        return Units(10 ** rng.uniform(-3, 3), 10 ** rng.uniform(-6, 6), signs, origin)

    def place(self, i=0):
        return self.signs[i] * self.length

    def x(self, value, i=0):
        return self.origin[i] * self.length + self.place(i) * float(value)

    def point(self, values):
        return [self.x(v, i) for i, v in enumerate(values)]

    def interval(self, l, r, i=0):
        return sorted((self.x(l, i), self.x(r, i)))

    def walls(self, left, right, i=0):
        return (left, right) if self.signs[i] > 0 else (right, left)

    def formula(self, text):
        """X, Y, Z replaced by the scaled coordinates."""
        for i, name in enumerate("XYZ"):
            origin = self.x(0.0, i)
            shifted = "xyz"[i] if origin == 0 else "(%s-%s)" % ("xyz"[i], number(origin))
            text = text.replace(name, "(%s/%s)" % (shifted, number(self.place(i))))
        return text

    def drift(self, texts):
        return "; ".join("%s*(%s)" % (number(self.place(i) / self.time), self.formula(t)) for i, t in enumerate(texts))

    def diffusion(self, rows):
        """rows[i][j], j >= i."""
        factor = self.length**2 / self.time
        return "; ".join(", ".join(
            "0" if t == "0" else "%s*(%s)" % (number(factor * self.signs[i] * self.signs[i + j]), self.formula(t))
            for j, t in enumerate(row)) for i, row in enumerate(rows))


def number(v):
    v = float(v)
    return repr(v) if v >= 0 and not (v == 0 and math.copysign(1, v) < 0) else "(%r)" % v


def plain(values):
    return ", ".join(repr(float(v)) for v in values)


def write(units, problem, drift, diffusion, domain, points, model=(), quantities=(), convention="Ito", other=()):
    """drift: formulas in X, Y, Z; diffusion: rows from the diagonal on; points: in units of length."""
    lines = ["set dimension = %d" % len(drift), "set problem = " + problem,
             "subsection Model", "set type = expression", "subsection expression",
             "set drift = " + units.drift(drift), "set diffusion = " + units.diffusion(diffusion)]
    lines += ["set convention = " + convention] if convention != "Ito" else []
    lines += ["end", *model, "end", "subsection Domain", *domain, "end", "subsection Quantities"]
    lines += ["set points = " + "; ".join(plain(units.point(p)) for p in points), *quantities, "end", *other]
    return "\n".join(lines) + "\n"


def at(key, index, exact, unit=1.0, own=0.0, value="value", estimate="error estimate"):
    path = LISTS.get(key, (key,)) + (index,)
    return Quantity("%s %d" % (value if value != "value" else key, index), path + (value,), path + (estimate,),
                    float(exact), own, float(unit))


def listed(key, name, index, estimates, exact, unit=1.0, own=0.0):
    return Quantity("%s %d" % (name, index), (key, name, index), (key, estimates, index), float(exact), own, float(unit))


def follow(results, path):
    for step in path:
        results = results[step]
    return results
