"""Equality: how women and men are distributed, in all, in groups, and from one survey round to the next."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import WITHHELD, Published, require_published
from asf_analysis.kpis.balance import EVEN_PERCENT, is_even
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.balance import NOBODY, TOO_FEW, Balance, Group, tell_gap
from asf_analysis.presentation.block import Block, bullet_list, paragraphs, stack
from asf_analysis.presentation.grids import Grid, people_grid, share_of_women
from asf_analysis.presentation.people_words import PeopleWords, rows_in_definite_plural
from asf_analysis.presentation.sentences.people import name_rows, tell_not_shown
from asf_analysis.presentation.shares import in_percent, numeral, out_of, part_in_percent
from asf_analysis.presentation.survey_words import round_of, tell_round
from asf_analysis.presentation.tables.notes import PROTECTED
from asf_analysis.swedish.writing import format_date, join_words, start_sentence

SHARES = ("women_participants", "women_employees", "women_permanent")
"""The indicators of women's share, in the order in which they are told."""


def gender_summary(report: Published) -> Block:
    """Tell women's share of participants, employees and permanently employed, and what an even one is."""
    published = require_published(report)
    outcomes = [published.outcome(key) for key in SHARES]
    lead = f"Så här många var kvinnor den {format_date(outcomes[0].day)}:"
    items = [(f"{start_sentence(one.kpi.plural)}:", _tell_share(one)) for one in outcomes]
    even = f"Könsfördelningen kallas jämn när både kvinnor och män är minst {EVEN_PERCENT} procent."
    return stack(bullet_list(lead, items), paragraphs(even))


def _tell_share(outcome: Outcome) -> str:
    result = outcome.result
    if result.withheld:
        return f"redovisas inte, {PROTECTED}."
    if result.amount is None or result.whole is None:
        return "uppgift saknas."
    if not result.whole:
        return "det fanns inga."
    women, whole = int(result.amount), result.whole
    if not in_percent(whole, outcome.share_base):
        return f"{out_of(women, whole)}."
    part = f"{out_of(women, whole)} ({part_in_percent(women, whole, outcome.share_base)})"
    if result.approximate:
        return f"ungefär {part}."
    return f"{part}. Fördelningen är {'jämn' if is_even(women, whole - women) else 'ojämn'}."


def balance(report: Published, key: str) -> Block:
    """Tell in which rows of a breakdown of people the distribution is even, and where the gap is widest."""
    told = Balance.of(require_published(report).table(key))
    people = PeopleWords.of(told.table)
    items = [
        ("Jämn fördelning:", _listed(report, key, [one for one in told.told if one.even])),
        ("Ojämn fördelning:", _listed(report, key, [one for one in told.told if not one.even])),
        ("Störst skillnad:", _widest(report, key, told)),
        (f"Inga {people.several}:", _named(report, key, told.rows_where(NOBODY))),
        ("För få för en andel:", _named(report, key, told.rows_where(TOO_FEW))),
    ]
    listed = bullet_list(_lead(report, key, told), [(head, text) for head, text in items if text])
    return stack(listed, paragraphs(tell_not_shown(report, key)))


def _lead(report: Published, key: str, told: Balance) -> str:
    people = PeopleWords.of(told.table).definite
    if not told.told:
        return f"För {rows_in_definite_plural(told.table)} redovisas ingen andel kvinnor bland {people}."
    if len(told.told) == 1:
        only = f"Andelen kvinnor bland {people} redovisas bara för"
        return f"{only} {name_rows(report, key, [told.told[0].row])}."
    finding = told.finding
    if finding.startswith("Ojämn"):
        return f"Könsfördelningen är ojämn{finding.removeprefix('Ojämn könsfördelning')}."
    return f"Könsfördelningen är jämn{finding.removeprefix('Jämn könsfördelning')}."


def _listed(report: Published, key: str, groups: Sequence[Group]) -> str:
    """Name rows, each with women's share."""
    base = report.association.rules.share_base
    named = [
        f"{name_rows(report, key, [one.row])} "
        f"({part_in_percent(one.women, one.women + one.men, base)} kvinnor)"
        for one in groups
    ]
    return f"{join_words(named)}." if named else ""


def _named(report: Published, key: str, rows: Sequence[str]) -> str:
    return f"{name_rows(report, key, rows)}." if rows else ""


def _widest(report: Published, key: str, told: Balance) -> str:
    """The widest gap of several, and to whose favour; where none has one, nothing."""
    widest = told.widest
    gap = widest[0].gap if widest else None
    if len(told.told) < 2 or not gap:
        return ""
    sides = {one.women > one.men for one in widest}
    who = "åt olika håll" if len(sides) > 1 else ("fler kvinnor" if True in sides else "fler män")
    return f"{name_rows(report, key, [one.row for one in widest])} ({tell_gap(gap)}, {who})."


def rounds(report: Published, key: str) -> Block:
    """Tell how women and men of a stock changed from the first survey round that is shown to the last."""
    table = require_published(report).table(key)
    grid = people_grid(table)
    shown = [
        row for row in grid.body if None not in (grid.cell(row, "women").value, grid.cell(row, "men").value)
    ]
    return paragraphs(*_changes(grid, shown, PeopleWords.of(table)), *_hidden_rounds(grid, shown))


def _changes(grid: Grid, shown: Sequence[str], people: PeopleWords) -> list[str]:
    if not shown:
        return ["Det finns ingen enkätomgång där kvinnor och män redovisas."]
    first, last = _pair(grid, shown[0]), _pair(grid, shown[-1])
    if len(shown) == 1:
        women, men = (numeral(count, max(*first, 1)) for count in first)
        of_women, of_men = "kvinna" if first[0] == 1 else "kvinnor", "man" if first[1] == 1 else "män"
        counts = f"{women} {of_women} och {men} {of_men}"
        return [
            f"Bara en omgång kan redovisas, {_tell(shown[0])}: {counts} bland {people.definite}. "
            "Därför går det inte att se någon utveckling."
        ]
    greatest = max(*first, *last)
    (verb, women), (other, men) = (
        _change(before, after, greatest) for before, after in zip(first, last, strict=True)
    )
    changed = (
        f"Från {_tell(shown[0])} till {_tell(shown[-1])} {verb} antalet kvinnor bland {people.definite} "
        f"{women}, och antalet män {other} {men}."
    )
    return [f"{changed} {_shares(grid, shown)}".strip()]


def _pair(grid: Grid, row: str) -> tuple[int, int]:
    women, men = (grid.cell(row, sex).value or 0 for sex in ("women", "men"))
    return women, men


def _tell(row: str) -> str:
    held = round_of(row)
    return tell_round(held) if held else row


def _change(before: int, after: int, greatest: int) -> tuple[str, str]:
    """The verb of a change, and from what to what."""
    if before == after:
        return "var", f"oförändrat ({numeral(after, greatest)})"
    verb = "ökade" if after > before else "minskade"
    return verb, f"från {numeral(before, greatest)} till {numeral(after, greatest)}"


def _shares(grid: Grid, shown: Sequence[str]) -> str:
    """Women's share in the first round and the last, where both may be told."""
    ends = (shown[0], shown[-1])
    if any(share_of_women(grid, row) is None for row in ends):
        return ""
    pairs = (_pair(grid, row) for row in ends)
    first, last = (part_in_percent(women, women + men, grid.share_base) for women, men in pairs)
    if first == last:
        return f"Andelen kvinnor var {first} i båda omgångarna."
    return f"Andelen kvinnor var {first} i den första av omgångarna och {last} i den sista."


def _hidden_rounds(grid: Grid, shown: Sequence[str]) -> list[str]:
    """Which rounds are not shown, and why."""
    hidden = [row for row in grid.body if row not in shown]
    withheld = [row for row in hidden if WITHHELD in {grid.cell(row, sex).status for sex in ("women", "men")}]
    missing = [row for row in hidden if row not in withheld]
    told = [
        (withheld, f"redovisas inte, {PROTECTED}."),
        (missing, "saknas."),
    ]
    return [f"Uppgifterna om {join_words([_tell(row) for row in rows])} {why}" for rows, why in told if rows]
