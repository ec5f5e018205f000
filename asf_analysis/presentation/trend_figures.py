"""The charts of several years: KPIs over the years, starts and closures, and forecasts."""

from __future__ import annotations

from asf_analysis.disclosure.published import WITHHELD
from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.forecast import Forecast
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.survival import ACTIVE, CLOSED, STARTED
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.chart import Chart, draw_both, figure_block
from asf_analysis.presentation.coming_and_going import YearChange, draw_changes, draw_narrow_changes
from asf_analysis.presentation.forecast_bars import ForecastBar, draw_forecasts, draw_narrow_forecasts
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.series import (
    Series,
    all_years,
    has_goals,
    series_of,
    told_figure,
    years_in_words,
)
from asf_analysis.presentation.tables.forecasts import forecasts_layout
from asf_analysis.presentation.tables.trends import changes_layout, courses_layout
from asf_analysis.presentation.trend_lines import draw_narrow_trends, draw_trends
from asf_analysis.presentation.trend_words import (
    courses_in_words,
    forecasts_made,
    hits,
    prospects,
    told_forecast,
    told_known,
    told_target,
)
from asf_analysis.presentation.values import write_amount, write_result
from asf_analysis.swedish.writing import format_date, format_number

__all__ = ["forecasts", "starts_and_closures", "trend_lines"]


def trend_lines(report: Trends) -> Block:
    """Draw each KPI with a target over the years, results as a line and targets as dashes."""
    trends = require_trends(report)
    series = series_of(trends)
    if not any(figure.value is not None for one in series for figure in one.figures):
        return paragraphs("Det finns inga siffror att visa i diagram.")
    title = courses_in_words(series, trends.current.year) or f"Mål och resultat {years_in_words(trends)}"
    part = any(figure.part for one in series for figure in one.figures)
    about = any(figure.approximate for one in series for figure in one.figures)
    return figure_block(
        Chart(
            title=title,
            subtitle="Linje och siffra: resultat."
            + (" Streck: årets mål." if has_goals(series) else "")
            + (" Fyrkant: del av ett år." if part else "")
            + (" Ofylld: ungefärlig uppgift." if about else ""),
            alt=f"Små linjediagram, ett för varje nyckeltal. {title}. " + " ".join(map(_told_series, series)),
            drawn=draw_both(lambda: draw_trends(series), lambda: draw_narrow_trends(series)),
            data=courses_layout(trends, series),
        )
    )


def _told_series(series: Series) -> str:
    told = "; ".join(
        f"{figure.year} {told_figure(figure)}"
        + ("" if figure.target is None else f" (mål {write_amount(figure.target)})")
        for figure in series.figures
    )
    return f"{series.kpi.label}: {told}."


def starts_and_closures(report: Trends) -> Block:
    """Draw how many enterprises started and closed each year, and how many were active at its end."""
    trends = require_trends(report)
    table = trends.table("starts_and_closures")
    grid = Grid.of(table)
    if grid.holds(WITHHELD):
        return paragraphs(f"{table.title}: uppgifterna redovisas inte, för att skydda företagen bakom dem.")
    changes = [
        YearChange(str(year), *(grid.cell(str(year), what).value for what in (STARTED, CLOSED, ACTIVE)))
        for year in all_years(trends)
    ]
    started, closed = (
        sum(grid.cell(row, what).value or 0 for row in grid.body) for what in (STARTED, CLOSED)
    )
    if started == closed:
        more = "Lika många företag har startat som lagts ned"
    else:
        more = f"{'Fler' if started > closed else 'Färre'} företag har startat än lagts ned"
    title = f"{more}: {format_number(started)} mot {format_number(closed)}"
    return figure_block(
        Chart(
            title=title,
            subtitle=f"Antal företag {years_in_words(trends)}. Uppåt: startade. Nedåt: nedlagda.",
            alt="Staplar uppåt för företag som startade och nedåt för företag som lades ned. "
            f"{title}. " + " ".join(map(_told_change, changes)),
            drawn=draw_both(lambda: draw_changes(changes), lambda: draw_narrow_changes(changes)),
            data=changes_layout(trends),
        )
    )


def _told_change(change: YearChange) -> str:
    if change.active is None:
        return f"{change.year}: inget underlag."
    return f"{change.year}: {change.started} startade, {change.closed} lades ned, {change.active} verksamma."


def forecasts(report: Trends) -> Block:
    """Draw how the year is likely to end, or where it is over how well that could have been told."""
    trends = require_trends(report)
    made = forecasts_made(trends)
    if not made:
        return paragraphs("Ingen prognos går att visa i diagram.")
    over = trends.current.period.whole_year
    title = hits(trends) if over else prospects(trends)
    bars = [_bar(forecast, outcome, over) for forecast, outcome in made]
    day = format_date(trends.forecast_day)
    aimed = any(bar.target is not None for bar in bars)
    return figure_block(
        Chart(
            title=title,
            subtitle=f"Prognos den {day} för hela {trends.current.year}. Blå stapel: känt den dagen. "
            "Romb: prognos. Linje: intervall."
            + (" Prick: årets resultat." if over else "")
            + (" Lodrätt streck: målet." if aimed else ""),
            alt="Liggande staplar med en prognos och dess intervall för varje nyckeltal. "
            f"{title}. " + " ".join(f"{bar.label}: {bar.told}." for bar in bars),
            drawn=draw_both(lambda: draw_forecasts(bars), lambda: draw_narrow_forecasts(bars)),
            data=forecasts_layout(trends),
        )
    )


def _bar(forecast: Forecast, outcome: Outcome, over: bool) -> ForecastBar:
    target = outcome.target.value if outcome.target else None
    came = outcome.result.amount if over else None
    told = [
        told_known(forecast),
        f"prognos {told_forecast(forecast)}",
        f"resultat {write_result(outcome.result)}" if over else "",
        told_target(outcome),
    ]
    return ForecastBar(
        label=outcome.kpi.label,
        told=", ".join(filter(None, told)),
        known=forecast.known.amount or 0,
        expected=forecast.amount or 0,
        low=forecast.low or 0,
        high=forecast.high or 0,
        target=target,
        outcome=came,
    )
