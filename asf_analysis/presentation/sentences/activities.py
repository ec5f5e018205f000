"""What was done: information activities and whom they reached, trainings, and lectures outside the county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.findings import kinds_by_size
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.sentences.kpis import target_of, tell_together
from asf_analysis.presentation.values import write_period
from asf_analysis.swedish.writing import count_phrase, format_number, join_words, number_word, within_sentence

MOST_RUNNERS_UP = 3
"""More kinds than these are not told after the most usual one."""


def activities(report: Published) -> Block:
    """Tell how many activities were carried out, against the target, and of which kinds.

    The chart tells of the months.
    """
    published = require_published(report)
    grid = Grid.of(published.table("activities_by_month"))
    whole = grid.cell(TOTAL, TOTAL).value
    when = f"Under {write_period(published.period)}"
    if whole is None:
        return paragraphs(f"Uppgift om antalet informationsinsatser {when.lower()} saknas.")
    told = count_phrase(whole, "informationsinsats", "informationsinsatser")
    parts = [
        f"{when} genomfördes {told}.",
        target_of(published, "information_activities"),
        _kinds(grid, whole) if whole else "",
    ]
    return paragraphs(" ".join(filter(None, parts)))


def _kinds(grid: Grid, whole: int) -> str:
    """The most usual kinds, with how many there were of each; nothing where not all of them are known."""
    kinds = kinds_by_size(grid)
    sizes = {kind: value for kind in kinds if (value := grid.cell(TOTAL, kind).value)}
    if whole == 1 or not sizes or any(grid.cell(TOTAL, kind).value is None for kind in kinds):
        return ""
    if len(sizes) == 1:
        return f"Alla var av samma slag: {within_sentence(next(iter(sizes)))}."
    first, *others = sizes
    as_usual = [kind for kind in others if sizes[kind] == sizes[first]]
    if as_usual:
        return f"De vanligaste slagen var {_counted(sizes, [first, *as_usual])}."
    return (
        f"Det vanligaste slaget var {_counted(sizes, [first])}, "
        f"följt av {_counted(sizes, _runners_up(sizes, others))}."
    )


def _runners_up(sizes: Mapping[str, int], others: Sequence[str]) -> list[str]:
    """The next two kinds, and those that are as usual as the last of them, unless they are many."""
    last = sizes[others[:2][-1]]
    runners_up = [kind for kind in others if sizes[kind] >= last]
    more = [kind for kind in others if sizes[kind] > last]
    return more if more and len(runners_up) > MOST_RUNNERS_UP else runners_up


def _counted(sizes: Mapping[str, int], kinds: Sequence[str]) -> str:
    return join_words([f"{within_sentence(kind)} ({format_number(sizes[kind])})" for kind in kinds])


def lectures(report: Published) -> Block:
    """Tell how many lectures were given outside the county, and where."""
    published = require_published(report)
    when, area = f"Under {write_period(published.period)}", published.association.area
    places = Counter(place for _, place in published.lectures)
    target = target_of(published, "external_lectures")
    if not places:
        return paragraphs(f"{when} hölls inga föreläsningar utanför {area}. {target}".strip())
    named = [
        place if times == 1 else f"{place} ({number_word(times)} gånger)" for place, times in places.items()
    ]
    told = count_phrase(len(published.lectures), "föreläsning", "föreläsningar")
    return paragraphs(f"{when} hölls {told} utanför {area}: {join_words(named)}. {target}".strip())


def informed(report: Published) -> Block:
    """Tell whom the information reached: organisations, employees and politicians, each with its target."""
    keys = ("organisations_informed", "employees_informed", "politicians_informed")
    return paragraphs(*tell_together(require_published(report), keys))


def trainings(report: Published) -> Block:
    """Tell how many trainings were held, and how many people were trained."""
    return paragraphs(" ".join(tell_together(require_published(report), ("trainings", "ambassadors"))))
