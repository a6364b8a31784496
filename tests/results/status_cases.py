# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Exit statuses: 0 done, 1 bad input, 2 tolerance not reached; what is written and said with each."""

import json

from exit_cases import LINE


def check_status(run):
    text = LINE % ("exit time", "", 2, "set points = 0")
    good = run.execute(text, name="good")
    run.equal("converged", good["converged"], True, 0)
    bad = run.execute(text.replace("dimension = 1", "dimension = x"), status=1, name="bad")
    run.equal("results of bad input", bad is None, True, 0)

    # quartic noise: no polynomial is exact, and few unknowns do not reach the tolerance
    short = text.replace("diffusion = 1", "diffusion = 1 + 50*x^4").replace("tolerance = 0", "tolerance = 1e-12\n"
                                                                          "  set maximum dofs = 40")
    result = run.execute(short, status=2, name="short")
    run.equal("converged", result["converged"], False, 0)
    run.equal("a reason is said", "error estimate" in run.log, True, 0)

    # the probability is a polynomial and exact, the reward is not
    place = LINE % ("exit place", "set exit set = right", 2, "set points = 0.3\n  set running reward = 1/(1+400*x^2)")
    run.execute(place.replace("tolerance = 0", "tolerance = 1e-10\n  set maximum dofs = 200"), status=2, name="reward")

    # a density of which no digit is left is not a result
    density = """
set dimension = 2
set problem = stationary density
subsection Model
  set type = expression
  subsection expression
    set drift = -60*x; -60*y
    set diffusion = 1, 0; 0, 1
  end
end
subsection Domain
  set shape = box
  set lower = -1, -1
  set upper = 1, 1
end
subsection Discretization
  set degree = 1
  set refinements = 2
  set weight = none
  set tolerance = 0
end
"""
    result = run.execute(density, status=2, name="coarse")
    run.equal("converged", result["converged"], False, 0)

    run.equal("a reason is said", "no digit is left" in run.log, True, 0)

    # a mesh of the plane that ends too early; a smaller tail index helps, as the reason says
    plane = """
set dimension = 2
set problem = stationary density
subsection Model
  set type = expression
  subsection expression
    set drift = -x + 3*y; -y - 3*x
    set diffusion = 0.3, 0.1; 0.5
  end
end
subsection Domain
  set shape = whole space
  set length scale = 1
  set tail index = %d
end
"""
    run.execute(plane % 40, status=2, name="early")
    run.equal("what to do is said", "with a smaller Domain/tail index the mesh ends further out" in run.log, True, 0)
    result = run.execute(plane % 20, name="further")
    run.equal("converged", result["converged"], True, 0)

    # a sweep with a row that fails: the others stand, and the run says which
    sweep = short.replace("maximum dofs = 40", "maximum dofs = 4000") + """
subsection Study
  set sweep = Discretization/maximum dofs: 40, 4000
end
"""
    run.execute(sweep, status=2, name="sweep")
    report = json.loads((run.output / "results.json").read_text(encoding="utf-8"))
    run.equal("converged sweep", report["converged"], False, 0)
    rows = report["sweep"]
    run.equal("number of rows", len(rows), 2, 0)
    run.equal("converged rows", [row.get("converged") for row in rows].count(True), 1, 0)

    # a disk that is full: a sentence, and nothing that looks whole
    for size, name in ((20000, "vtu"), (100, "parameters")):
        result = run.execute(text.replace("refinements = 2", "refinements = 9"), status=3, name="full_" + name,
                             largest_file=size)
        run.equal("results of a full disk", result is None, True, 0)
        run.equal("what could not be written is said", "cannot write" in run.log, True, 0)
        left = [file.name for file in run.output.glob("*")]
        run.equal("pieces of files", any(file.endswith((".part", ".vtu")) for file in left), False, 0)
