"""The index as one HTML page without script or request; its relative addresses let it open anywhere."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from asf_analysis.association import Association
from asf_analysis.presentation.block import legible
from asf_analysis.presentation.cover import DEMONSTRATION
from asf_analysis.presentation.sparklines import HEIGHT, WIDTH
from asf_analysis.presentation.values import MARKS
from asf_analysis.reports.cover import Cover
from asf_analysis.reports.export import TEMPLATE, TEMPLATES, dated, style_hash, stylesheet
from asf_analysis.reports.hyphens import soften
from asf_analysis.reports.index.courses import courses_of
from asf_analysis.reports.index.shelf import Year
from asf_analysis.swedish.writing import count_phrase, format_number, join_words

FOLDER = "asf_index"
TITLE = "Rapporter om mål och resultat"


def write_page(association: Association, shelf: Sequence[Year], now: datetime) -> str:
    """Write the index of what is published, as it stood at `now`."""
    cover = _cover(association, shelf)
    style = Markup(stylesheet(cover) + _own_style())
    with_figures = {year.year: year.figures for year in reversed(shelf) if year.figures}
    without = [year.year for year in shelf if not year.figures]
    page = (
        _environment()
        .get_template(f"{FOLDER}/index.html.j2")
        .render(
            cover=cover,
            style=style,
            style_hash=style_hash(style),
            updated=Markup(dated("Uppdaterad", now)),
            shelf=shelf,
            years=list(with_figures),
            years_in_words=write_years(list(with_figures)),
            missing_years=write_years(without) if with_figures else "",
            courses=courses_of(with_figures),
            readers_page={year.year: year.reports[0] for year in shelf if year.reports},
            marks=list(MARKS.values()),
            width=WIDTH,
            height=HEIGHT,
        )
    )
    return legible(page)


def _cover(association: Association, shelf: Sequence[Year]) -> Cover:
    reports = sum(len(year.reports) + len(year.parts) for year in shelf)
    covered = write_years([year.year for year in shelf])
    return Cover(
        title=TITLE,
        subtitle=f"Arbetsintegrerande sociala företag i {association.place}",
        organisation=association.name,
        description=(
            f"Rapporter och data om arbetsintegrerande sociala företag från {association.name}, alla år."
        ),
        facts=(("År", covered or "–"), ("Rapporter", format_number(reports))),
        stamps=_stamps(association, shelf),
        contact=association.contact,
        accessibility_url=association.accessibility_url,
        version=version("asf-analysis"),
    )


def _stamps(association: Association, shelf: Sequence[Year]) -> tuple[str, ...]:
    """Say that figures are invented: all of them, or those of the years whose pages say so."""
    if association.demonstration:
        return (DEMONSTRATION,)
    invented = [year.year for year in shelf if year.demonstration]
    return (f"Demonstrationsdata: uppgifterna för {write_years(invented)} är påhittade.",) if invented else ()


def write_years(years: Sequence[int]) -> str:
    """Write years as briefly as they can be told, the first one first.

    >>> write_years([2016, 2019, 2018, 2014])
    '2014, 2016 och 2018–2019'
    """
    in_order = enumerate(sorted(years))
    runs = [[year for _, year in run] for _, run in groupby(in_order, key=lambda pair: pair[1] - pair[0])]
    return join_words([f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs])


def write_size(size: int) -> str:
    """Write a file's size, in bytes, as a reader wants to know it; nothing is smaller than 1 kB.

    >>> [write_size(size).replace("\u00a0", " ") for size in (1, 96_400, 1_250_000)]
    ['1 kB', '96 kB', '1,3 MB']
    """
    if size < 999_500:
        return f"{format_number(max(size / 1000, 1))}\u00a0kB"
    return f"{format_number(size / 1_000_000, decimals=1)}\u00a0MB"


def as_address(svg: str) -> str:
    """Put a picture into an address, so that the page holds it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, TEMPLATES / TEMPLATE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "soften": soften, "size": write_size, "address": as_address, "count": count_phrase,
    }  # fmt: skip
    return environment


@cache
def _own_style() -> str:
    return (TEMPLATES / FOLDER / "index.css").read_text(encoding="utf-8")
