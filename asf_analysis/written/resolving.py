"""From goals to figures by KPI: what is told twice must agree, and what is unsure is told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from asf_analysis.association import Association
from asf_analysis.kpis.registry import Kpi
from asf_analysis.municipalities import municipality_book
from asf_analysis.written.choosing import choose_figure, find_status
from asf_analysis.written.goals import Goal, Told
from asf_analysis.written.labels import Part
from asf_analysis.written.limits import Meter
from asf_analysis.written.matching import KpiBook, Match
from asf_analysis.written.members import definition_in, names_in
from asf_analysis.written.statements import statements_in
from asf_analysis.written.told import Doubt, Found, Value
from asf_analysis.written.values import day_within, other_time, value_of

_CUT_NAME = re.compile(r"[a-zåäö]-(?: (?!och|eller)|$)|%")
"""A word that ends in the middle, or a cell that ran into the next one."""

_WHAT = {"baseline": "ingångsvärde", "target": "mål", "result": "resultat"}


@dataclass
class _Gathered:
    """What is told so far of one KPI."""

    name: str
    place: str
    values: dict[str, list[tuple[Value, bool]]] = field(default_factory=dict)
    """By role, the figures and whether each stands by a label."""
    status: str = ""
    members: tuple[str, ...] = ()
    definitions: dict[str, str] = field(default_factory=dict)
    milestone_text: Told | None = None


def resolve(
    goals: Sequence[Goal], book: KpiBook, year: int, association: Association, meter: Meter
) -> tuple[tuple[Found, ...], tuple[Doubt, ...]]:
    """Give what is sure of every KPI, ours in the order of a report and then others, and what is unsure."""
    resolver = _Resolver(book, year, association)
    for goal in goals:
        meter.check_time()
        resolver.take(goal)
    found = [resolver.conclude(kpi) for kpi in book.kpis if kpi.key in resolver.gathered]
    return (*(one for one in found if one), *resolver.own), tuple(resolver.doubts)


class _Resolver:
    def __init__(self, book: KpiBook, year: int, association: Association) -> None:
        self.book, self.year = book, year
        self.municipalities = municipality_book(association)
        self.places = association.municipality_names()
        self.gathered: dict[str, _Gathered] = {}
        self.own: list[Found] = []
        self.doubts: list[Doubt] = []

    def take(self, goal: Goal) -> None:
        """Take a goal: ours, one that is like ours, or the report's own."""
        told = [one for one in goal.told if one.part.role]
        kpi, name, near = self._kpi_of(goal)
        figures = [one for one in told if one.part.role in ("baseline", "target", "result", "dated")]
        if reason := self._elsewhere(goal):
            for one in figures if kpi else ():
                self._doubt(name, _WHAT.get(one.part.role, "uppgift"), reason, one)
            return
        if kpi and (figures or any(one.part.role == "status" for one in told)):
            self._take_ours(goal, kpi, name)
        elif figures and near:
            like = " eller ".join(f"”{one.label}”" for one in near[:3])
            for one in figures:
                self._doubt(name, _WHAT.get(one.part.role, "uppgift"), f"Målet liknar {like}.", one)
        elif figures:
            self._take_own(goal, name)
        for one in goal.told:
            if one.part.role == "unclear" and kpi:
                self._doubt(name, "uppgift", "Tabellens rubriker säger inte vad talen är.", one)
            if one.part.role in ("", "comment") or (one.part.role == "result" and not kpi):
                self._take_text(one, kpi)

    def _elsewhere(self, goal: Goal) -> str:
        """Tell why a goal is not the whole association's in the report's year, by the heading above it."""
        if self.municipalities.find(goal.above):
            return "Står under en kommuns namn."
        heading = f"{goal.above} {' '.join(goal.names[:1])}"
        years = [int(told) for told in re.findall(r"(?<![0-9-])20[0-9]{2}(?![0-9-])", heading)]
        if years and not min(years) <= self.year <= max(years):
            return "Står under en rubrik om ett annat år."
        return ""

    def _kpi_of(self, goal: Goal) -> tuple[Kpi | None, str, tuple[Kpi, ...]]:
        """Find the KPI by the goal's own name, or by its target's words; a heading above tells too little."""
        targets = goal.of_role("target")
        telling = [name for name in goal.names if self.book.words_of(name)]
        name = (telling or [*goal.names, targets[0].part.text if targets else ""])[0]
        match = self.book.match(name)
        if match.kpi and self.book.another_by_heading(name, goal.above, match.kpi):
            match = Match(None, (match.kpi,))
        if match.kpi or match.near:
            return match.kpi, name, match.near
        if goal.names and not telling and (by_heading := self.book.match(goal.above).kpi):
            return by_heading, goal.above, ()
        for one in targets:
            by_target = self.book.match(one.part.text)
            if by_target.kpi:
                return by_target.kpi, name or by_target.kpi.label, ()
        return None, name, ()

    def _take_ours(self, goal: Goal, kpi: Kpi, name: str) -> None:
        gathered = self.gathered.setdefault(kpi.key, _Gathered(name, goal.place))
        words = (*self.book.words_of(name), *self.book.words_of(kpi.label))
        for one in goal.told:
            role = self._role_of(one.part, goal)
            if role in _WHAT:
                self._take_figure(gathered, kpi, words, role, one)
            if role in ("result", "status", "comment"):
                status = find_status(one.part.text, anywhere=role == "result" or role == "comment")
                gathered.status = gathered.status or status
            if role == "result" and kpi.kind == "milestone":
                gathered.milestone_text = gathered.milestone_text or one

    def _role_of(self, part: Part, goal: Goal) -> str:
        """Tell what a part tells in this year: an earlier year's result is none, a state on a day is one."""
        if part.role == "dated":
            day = part.day or day_within(part.text)
            if day is None:
                return ""
            starts = day == date(self.year, 1, 1) or day == date(self.year - 1, 12, 31)
            if starts and not goal.of_role("baseline"):
                return "baseline"
            return (
                "result" if day.year == self.year and day.month == 12 and not goal.of_role("result") else ""
            )
        if part.role in ("target", "result") and part.year and part.year != self.year:
            return ""
        return part.role

    def _take_figure(self, gathered: _Gathered, kpi: Kpi, words: Sequence[str], role: str, one: Told) -> None:
        choice = choose_figure(one.part.text, words, kpi)
        if kpi.kind == "milestone":
            return
        if choice.figure is None:
            if choice.reason:
                self._doubt(gathered.name, _WHAT[role], choice.reason, one)
            return
        figure = choice.figure
        day = one.part.day or day_within(one.part.text)
        if reason := other_time(role, day, one.part.text, self.year):
            self._doubt(gathered.name, _WHAT[role], reason, one)
            return
        value = value_of(figure, one, day)
        gathered.values.setdefault(role, []).append((value, True))
        if stated := definition_in(one.part.text, kpi):
            gathered.definitions[role] = stated
        if role == "result" and kpi.unit == "kommuner":
            names = names_in(one.part.text, self.municipalities)
            if len(names) == figure.amount:
                gathered.members = gathered.members or names
            elif names:
                self._doubt(gathered.name, "namn", f"{len(names)} namn står vid {value}.", one)

    def _take_own(self, goal: Goal, name: str) -> None:
        """Take a goal that is none of ours, where it has a name, and a figure by more than one label."""
        values: dict[str, Value] = {}
        for one in goal.told:
            role = self._role_of(one.part, goal)
            if role not in _WHAT:
                continue
            choice = choose_figure(one.part.text, (), None)
            if choice.figure and role not in values:
                figure = choice.figure
                values[role] = value_of(figure, one, one.part.day)
            elif choice.reason:
                self._doubt(name, _WHAT[role], choice.reason, one)
        status = next(
            filter(
                None,
                (
                    find_status(one.part.text)
                    for one in goal.told
                    if one.part.role in ("status", "result", "comment")
                ),
            ),
            "",
        )
        if _CUT_NAME.search(name):
            for one in goal.told if values else ():
                if one.part.role in _WHAT:
                    self._doubt(name, _WHAT[one.part.role], "Målets namn kan vara avhugget.", one)
        elif goal.names and not self.book.words_of(name):
            for one in goal.told if len(values) > 1 else ():
                if one.part.role in _WHAT:
                    self._doubt(name, _WHAT[one.part.role], "Det framgår inte vad målet gäller.", one)
        elif goal.names and ("target" in values or "baseline" in values):
            self.own.append(Found(None, name, goal.place, **values, status=status))  # type: ignore[arg-type]

    def _take_text(self, one: Told, kpi: Kpi | None) -> None:
        for said in statements_in(one.part.text, one.passage, self.book, self.year, self.places, kpi):
            known = next((own for own in self.book.kpis if own.key == said.key), None)
            if known is None:
                continue
            gathered = self.gathered.setdefault(said.key, _Gathered(known.label, said.passage.place))
            value = Value(said.amount, said.approximate, said.passage.place, said.sentence)
            labelled = one.part.role == "result"
            gathered.values.setdefault(said.role, []).append((value, labelled))
            if said.names and not gathered.members:
                gathered.members = said.names

    def conclude(self, kpi: Kpi) -> Found | None:
        """Give what is sure of a KPI: by label before running text, and only where all of that agrees."""
        gathered = self.gathered[kpi.key]
        sure: dict[str, Value] = {}
        for role, told in gathered.values.items():
            strong = [value for value, labelled in told if labelled] or [value for value, _ in told]
            if len({(value.amount, value.percent) for value in strong}) == 1:
                sure[role] = next((value for value in strong if value.approximate), strong[0])
                continue
            said = " och ".join(dict.fromkeys(str(value) for value in strong))
            for value in strong:
                reason = f"Rapporten säger både {said}."
                self.doubts.append(Doubt(gathered.name, _WHAT[role], reason, value.place, value.text))
        if kpi.kind == "milestone" and not gathered.status and gathered.milestone_text:
            reason = "Texten säger inte om målet är uppnått."
            self._doubt(gathered.name, "status", reason, gathered.milestone_text)
        if not sure and kpi.kind != "milestone" and not gathered.status:
            return None
        stated = gathered.definitions
        differ = len(set(stated.values())) > 1 or set(stated.values()) - {kpi.definition}
        return Found(
            kpi,
            gathered.name,
            gathered.place,
            sure.get("baseline"),
            sure.get("target"),
            sure.get("result"),
            gathered.status,
            gathered.members if "result" in sure else (),
            stated.get("baseline", "") if differ else "",
            stated.get("result", "") if differ else "",
        )

    def _doubt(self, name: str, what: str, reason: str, one: Told) -> None:
        self.doubts.append(Doubt(name, what, reason, one.passage.place, one.passage.text))
