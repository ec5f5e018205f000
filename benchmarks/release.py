"""The whole release of a year: how long it takes to choose what is withheld of it, what goes, and an attack.

The attacker knows the release's figures and sums, and what is shown; the finished folder, as a stranger has
it, is audited on every run.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from asf_analysis.association import Rules
from asf_analysis.disclosure.audit.attack import Knowledge, narrowed
from asf_analysis.disclosure.choice import Choice, choose, is_inner
from asf_analysis.disclosure.demands import primary_figures, system_of
from asf_analysis.disclosure.figures import Figure
from asf_analysis.disclosure.release import Release, TableId
from asf_analysis.folders import find_data
from asf_analysis.pipeline import load_results
from benchmarks.timing import seconds

YEAR, ROUNDS = 2018, 3
TITLE = f"The whole release of {YEAR} (to reach: nothing withheld worked out; proven to be the cheapest)"
NEAR = 1e-6


def measure() -> Iterator[tuple[str, str]]:
    """Give how long the choice takes, what it costs, and what each table loses."""
    results = load_results(YEAR, find_data())
    release = Release.of(results)
    chosen: list[Choice] = []
    rules = results.association.rules
    taken = [seconds(lambda: chosen.append(choose(release, rules))) for _ in range(ROUNDS)]
    choice = chosen[0]
    gap = (choice.cost - choice.bound) / max(choice.cost, 1.0)
    size = f"{len(release.tables)}, {len(release.amounts)}, {len(release.sums)}"
    yield "tables, figures, sums", size
    yield "choice: the first, the fastest of three", f"{taken[0]:.2f} s, {min(taken):.2f} s"
    yield "cost, bound, gap", f"{choice.cost:,.0f}, {choice.bound:,.0f}, {gap:.1%}"
    yield "figures withheld; less well kept", f"{len(choice.withheld)}; {len(choice.limited)}"
    closely = _closely_known(choice, rules)
    yield "withheld figures worked out more closely than they may be", f"{len(closely)}"
    for table in release.tables:
        yield "  " + " ".join(table).strip(), _told_of(choice, table)
    if closely or any(one.withheld != choice.withheld for one in chosen):
        raise SystemExit(f"Missed: nothing of {YEAR} worked out, and the same choice each time")


def _closely_known(choice: Choice, rules: Rules) -> list[Figure]:
    """Give the withheld figures, but limited ones, that the sums and all that is shown narrow too far."""
    release = choice.release
    order, system = system_of(release)
    shown = [one in release.empty or (one in release.printed and one not in choice.withheld) for one in order]
    zeros = np.zeros(system.equations.shape[0])
    known = Knowledge(
        lower=np.where(shown, system.values, system.lower),
        upper=np.where(shown, system.values, system.upper),
        relations=system.equations,
        low=zeros,
        high=zeros,
        whole=np.ones(len(order), bool),
    )
    attacked_too = [place for place, one in enumerate(order) if one in choice.withheld]
    primary = primary_figures(release, rules)
    found = []
    for place, least, most in zip(attacked_too, *narrowed(known, attacked_too), strict=True):
        value, small = system.values[place], primary.get(order[place]) == "small"
        inside = sorted((0.0, float(np.copysign(rules.threshold, value))))
        excludes = small and (least > inside[0] + NEAR or most < inside[1] - NEAR)
        too_narrow = value and most - least < rules.threshold - NEAR
        if (excludes or too_narrow) and order[place] not in choice.limited:
            found.append(order[place])
    return found


def _told_of(choice: Choice, table: TableId) -> str:
    cells = choice.release.tables[table]
    inner = [cell for cell in cells if is_inner(cell)]
    gone = choice.reasons(table)
    coarse = "; told by its totals alone" if table in choice.coarse else ""
    margins = len(gone) - sum(cell in gone for cell in inner)
    return f"{sum(cell in gone for cell in inner)} of {len(inner)} cells, {margins} of its totals{coarse}"
