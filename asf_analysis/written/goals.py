"""Goals: which passages belong to one goal, from headings, labels and the rows of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from asf_analysis.written.labels import DAY, Part, Role, parts_of, read_label
from asf_analysis.written.passages import Passage

_LONGEST_NAME = 140
_TIME_WITHIN = re.compile(rf"\b{DAY}", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"^(?:- )?(?:(?:mål|delmål|indikator) ?)?[0-9]{1,2}(?:\.[0-9]{1,2})*[.):]? ?", re.I)


@dataclass(frozen=True)
class Told:
    """A part of a goal, with the passage that it stands in."""

    part: Part
    passage: Passage


@dataclass(frozen=True)
class Goal:
    """What a report tells of one goal.

    `names` are what it may be called, the nearest first; `above` the heading that it stands under.
    """

    names: tuple[str, ...]
    place: str
    told: tuple[Told, ...] = ()
    above: str = ""

    def of_role(self, role: Role) -> tuple[Told, ...]:
        """Give the parts that tell one thing."""
        return tuple(one for one in self.told if one.part.role == role)


@dataclass
class _Open:
    """A goal that more can still be told of."""

    names: tuple[str, ...] = ()
    place: str = ""
    above: str = ""
    told: list[Told] = field(default_factory=list)
    roles: set[Role] = field(default_factory=set)


@dataclass
class _Gatherer:
    """Follows passages, and ends a goal where another begins."""

    goals: list[Goal] = field(default_factory=list)
    current: _Open = field(default_factory=_Open)
    titles: dict[int, str] = field(default_factory=dict)
    pending: Role = ""
    lasting: bool = False
    """Whether the pending role is a heading's, which holds until the next one."""

    def begin(self, *names: str, place: str, above: str | None = None) -> None:
        now = self.current
        if now.told:
            self.goals.append(Goal(now.names, now.place, tuple(now.told), now.above))
        above = self.title if above is None else above
        self.current = _Open(tuple(filter(None, names)), place, above)

    def add(self, part: Part, passage: Passage) -> None:
        self.current.place = self.current.place or passage.place
        self.current.told.append(Told(part, passage))
        self.current.roles.add(part.role)

    def has(self, *roles: Role) -> bool:
        return bool(self.current.roles.intersection(roles))

    def name(self, text: str) -> None:
        """Give the goal another name, before those that it has."""
        self.current.names = (bare_name(text), *self.current.names)

    @property
    def title(self) -> str:
        """The nearest heading, without its number."""
        return bare_name(self.titles[max(self.titles)]) if self.titles else ""


def goals_of(passages: Sequence[Passage]) -> tuple[Goal, ...]:
    """Gather the goals of a report in its order; text under a heading without any label is one, too.

    >>> told = [Passage("Antal ASF", "stycke 1"), Passage("Mål: 30", "stycke 2"), Passage("Utfall: 28", "s")]
    >>> [(goal.names, [one.part.role for one in goal.told]) for goal in goals_of(told)]
    [(('Antal ASF',), ['target', 'result'])]
    """
    gatherer = _Gatherer()
    for place, passage in enumerate(passages):
        if passage.table:
            continue
        after = next((one for one in passages[place + 1 : place + 2] if not one.table), None)
        _take(gatherer, passage, after)
    gatherer.begin(place="")
    return tuple(gatherer.goals)


def _take(gatherer: _Gatherer, passage: Passage, after: Passage | None) -> None:
    alone = read_label(passage.text)
    if alone and (passage.level or alone.role in ("target", "result", "baseline", "status", "comment")):
        if alone.role == "target" and gatherer.has("result", "target"):
            gatherer.begin(place=passage.place)
        gatherer.pending, gatherer.lasting = alone.role, bool(passage.level)
        return
    parts = parts_of(passage.text)
    if passage.level and not any(part.role for part in parts):
        _take_heading(gatherer, passage)
        return
    if any(part.role for part in parts):
        gatherer.pending = ""
        for part in parts:
            _take_part(gatherer, part, passage)
        return
    if gatherer.pending and not (_is_name(passage.text) and after and _is_labelled(after)):
        gatherer.add(Part(gatherer.pending, passage.text), passage)
        gatherer.pending = gatherer.pending if gatherer.lasting else ""
        return
    if _is_name(passage.text) and (not passage.text.startswith("- ") or (after and _is_labelled(after))):
        alone_above = gatherer.current.names[:1] if not gatherer.current.told else ()
        above = alone_above[0] if alone_above else None
        gatherer.begin(bare_name(passage.text), place=passage.place, above=above)
        gatherer.pending = ""
    elif gatherer.current.names and _TIME_WITHIN.search(passage.text) and not gatherer.has("result"):
        gatherer.add(Part("dated", passage.text), passage)
    else:
        gatherer.add(Part("", passage.text), passage)


def _take_heading(gatherer: _Gatherer, passage: Passage) -> None:
    gatherer.titles = {level: text for level, text in gatherer.titles.items() if level < passage.level}
    above = gatherer.title
    gatherer.titles[passage.level] = passage.text
    gatherer.begin(bare_name(passage.text), place=passage.place, above=above)
    gatherer.pending = ""


def _take_part(gatherer: _Gatherer, part: Part, passage: Passage) -> None:
    if part.role == "name":
        if gatherer.current.roles - {"", "comment"}:
            only_target = not gatherer.has("result", "baseline", "name") and gatherer.has("target")
            if only_target:
                gatherer.name(part.text)
                gatherer.add(part, passage)
                return
            gatherer.begin(bare_name(part.text), place=passage.place)
        else:
            gatherer.name(part.text)
        gatherer.add(part, passage)
        return
    again = part.role == "target" and gatherer.has("result")
    if again or (part.role in ("target", "baseline") and gatherer.has(part.role)):
        gatherer.begin(place=passage.place)
    if not part.role and _is_name(part.text) and not gatherer.current.roles - {""}:
        gatherer.name(part.text)
        return
    if not part.role and _is_name(part.text) and passage.text.startswith(("- ", part.text)):
        gatherer.begin(bare_name(part.text), place=passage.place)
        return
    gatherer.add(part, passage)


def bare_name(text: str) -> str:
    """Give a goal's name without its number and what marks a point of a list."""
    return _OWN_NUMBER.sub("", text).strip(" .:;-–").removeprefix("- ") or text


def _is_name(text: str) -> bool:
    """Tell whether a passage could be what a goal is called: short, and no sentence."""
    bare = text.removeprefix("- ").strip()
    begins = bool(re.match(r"[A-ZÅÄÖ0-9”\"]", bare)) or text.startswith("- ")
    return begins and 2 < len(bare) <= _LONGEST_NAME and not re.search(r"[.;!?,:]$", bare)


def _is_labelled(passage: Passage) -> bool:
    if read_label(passage.text):
        return True
    return any(part.role for part in parts_of(passage.text)) or bool(_TIME_WITHIN.search(passage.text))
