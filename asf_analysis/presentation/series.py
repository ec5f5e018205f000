"""A KPI over the years as it may be shown: its figure each year, and which of them can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.backtest import first_whole_year
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Kpi, Result
from asf_analysis.presentation.values import goals_first, has_target, write_outcome
from asf_analysis.swedish.writing import count_phrase, format_date, join_words

HIGHER, LOWER, SAME = "högre", "lägre", "oförändrat"


@dataclass(frozen=True)
class YearFigure:
    """A KPI in a year; without an outcome the year has no data, and is a gap.

    `part` says that the figure tells a part of a year, and is not to be compared with a whole one.
    """

    year: int
    outcome: Outcome | None
    part: bool = False

    @property
    def value(self) -> float | None:
        """The figure as it is drawn: a share in percent; None where there is none to show."""
        if self.outcome is None:
            return None
        percent = self.outcome.result.percent()
        return self.outcome.result.amount if percent is None else percent

    @property
    def target(self) -> float | None:
        """What was to be reached that year, if anything in figures."""
        return self.outcome.target.value if self.outcome and self.outcome.target else None

    @property
    def approximate(self) -> bool:
        """Whether the figure is known only within bounds."""
        return self.outcome is not None and self.outcome.result.approximate


@dataclass(frozen=True)
class Series:
    """A KPI over the years, first to last, gaps included."""

    kpi: Kpi
    figures: tuple[YearFigure, ...]

    @property
    def comparable(self) -> tuple[YearFigure, YearFigure] | None:
        """The first and the last figure that can be compared; None where there are not two."""
        whole = [figure for figure in self.figures if figure.value is not None and not figure.part]
        return (whole[0], whole[-1]) if len(whole) > 1 else None

    @property
    def course(self) -> str:
        """Whether the last comparable figure is higher or lower than the first; empty where that is open.

        Approximate figures whose bounds meet leave it open.
        """
        if self.comparable is None:
            return ""
        first, last = (_bounds(figure.outcome.result) for figure in self.comparable if figure.outcome)
        if last[0] > first[1]:
            return HIGHER
        if last[1] < first[0]:
            return LOWER
        return SAME if first == last and first[0] == first[1] else ""


def _bounds(result: Result) -> tuple[float, float]:
    amount, whole = result.amount or 0.0, result.whole or 1
    low = amount if result.low is None else result.low
    high = amount if result.high is None else result.high
    return low / whole, high / whole


def series_of(trends: Trends) -> tuple[Series, ...]:
    """Give the KPIs in figures over the years: those that have had a target, or all where none has."""
    require_trends(trends)
    kpis = [
        outcome.kpi for outcome in goals_first(trends.current.outcomes) if outcome.kpi.kind != "milestone"
    ]
    every = tuple(Series(kpi, tuple(_figures(kpi, trends))) for kpi in kpis)
    aimed = tuple(one for one in every if any(figure.target is not None for figure in one.figures))
    return aimed or every


def _figures(kpi: Kpi, trends: Trends) -> Sequence[YearFigure]:
    told = {
        one.year: YearFigure(one.year, one.outcome(kpi.key), kpi.kind == "flow" and is_part(one))
        for one in trends.years
    }
    return [told.get(year, YearFigure(year, None)) for year in all_years(trends)]


def all_years(trends: Trends) -> list[int]:
    """Name every year from the first to the last, gaps included."""
    require_trends(trends)
    return sorted([*(one.year for one in trends.years), *trends.gaps])


def is_part(report: Published) -> bool:
    """Whether what is counted over a year is counted over a part of it: an interim or the first one."""
    require_published(report)
    return not report.period.whole_year or report.year < first_whole_year(report.association.started_on)


def has_goals(series: Sequence[Series]) -> bool:
    """Whether the KPIs are those that have had a target."""
    return any(figure.outcome and has_target(figure.outcome) for one in series for figure in one.figures)


def told_figure(figure: YearFigure) -> str:
    """Write a figure for a reader; a gap is told in words."""
    return "inget underlag" if figure.outcome is None else write_outcome(figure.outcome)


def notes_of_years(trends: Trends) -> list[str]:
    """Tell which years are gaps, and which tell only a part of a year."""
    require_trends(trends)
    started, last = trends.association.started_on, trends.current
    notes = []
    if trends.gaps:
        years = join_words([str(year) for year in trends.gaps])
        notes.append(
            f"För {years} finns inget underlag. "
            f"{'Året' if len(trends.gaps) == 1 else 'Åren'} hoppas över i tabeller och diagram."
        )
    if any(one.year == started.year and is_part(one) for one in trends.years):
        notes.append(
            f"Insatsen började den {format_date(started)}. Det som räknas under året gäller därför "
            f"bara en del av {started.year}, och jämförs inte med senare år."
        )
    if not last.period.whole_year:
        notes.append(
            f"Uppgifterna för {last.year} gäller till och med den {format_date(last.period.end)}. "
            "Det som räknas under året jämförs inte med hela år."
        )
        surveyed = {table.on for table in last.tables.values() if table.on and table.surveyed}
        notes += [
            f"De som kommer ur enkäten gäller den {format_date(day)}, den senaste omgångens dag."
            for day in sorted(surveyed - {last.period.end})
        ]
    return notes


def years_in_words(trends: Trends) -> str:
    """Name the years that are told; those that follow each other as a span."""
    require_trends(trends)
    years = [one.year for one in trends.years]
    if trends.gaps or len(years) == 1:
        return join_words([str(year) for year in years])
    return f"{years[0]}–{years[-1]}"


def enterprises_in_words(number: int) -> str:
    """Write a number of enterprises.

    >>> enterprises_in_words(1), enterprises_in_words(0)
    ('ett företag', 'inget företag')
    """
    return "inget företag" if number == 0 else count_phrase(number, "företag", "företag", neuter=True)
