"""The tables of forecasts: how the year may end, and how far off forecasts have been."""

from __future__ import annotations

from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.backtest import forecast_errors
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.shares import out_of
from asf_analysis.presentation.tables.layout import (
    COMPACT,
    Cell,
    Column,
    Layout,
    data_table,
)
from asf_analysis.presentation.tables.notes import sources_of
from asf_analysis.presentation.trend_words import forecasts_made, told_forecast
from asf_analysis.presentation.values import label_with_unit, write_result, write_target
from asf_analysis.swedish.writing import format_date, format_number, format_percent


def forecasts_layout(trends: Trends) -> Layout:
    """Lay out the forecasts that could be made."""
    require_trends(trends)
    over = trends.current.period.whole_year
    made = forecasts_made(trends)
    return Layout(
        caption=f"Prognos den {format_date(trends.forecast_day)} för hela {trends.current.year}",
        columns=[
            Column("Nyckeltal (enhet)", number=False),
            Column("Känt den dagen"),
            Column("Prognos (intervall)"),
            *([Column("Resultat")] if over else []),
            Column("Mål"),
        ],
        rows=[
            [
                label_with_unit(outcome.kpi.label, outcome.kpi.unit),
                write_result(forecast.known),
                told_forecast(forecast),
                *([write_result(outcome.result)] if over else []),
                write_target(outcome),
            ]
            for forecast, outcome in made
        ],
        source=sources_of([outcome for _, outcome in made]),
        css=COMPACT,
    )


def forecast_errors_by_kpi(report: Trends) -> Block:
    """Show how far off forecasts have been at each month's end, beside the simplest forecast there is."""
    trends = require_trends(report)
    errors = forecast_errors(trends.tested)
    if errors.empty:
        return paragraphs("Prognoserna kan inte prövas än: det finns inget tidigare år att utgå från.")
    rows: list[list[Cell]] = []
    for key, error in errors.iterrows():
        kpi = trends.current.outcome(str(key)).kpi
        rows.append(
            [
                kpi.label,
                format_number(error["forecasts"]),
                format_percent(error["error"]),
                format_percent(error["simple_error"]),
                out_of(int(error["within"]), int(error["forecasts"])),
            ]
        )
    return data_table(
        Layout(
            caption="Hur mycket prognoserna har missat, i genomsnitt",
            columns=[
                Column("Nyckeltal", number=False),
                Column("Antal prognoser"),
                Column("Prognosens fel"),
                Column("Fel om inget mer hade hänt"),
                Column("Resultatet inom intervallet"),
            ],
            rows=rows,
            notes=["Fel: genomsnittlig skillnad mellan prognos och resultat, i procent av resultatet."],
            source=sources_of([trends.current.outcome(str(key)) for key in errors.index]),
            css=COMPACT,
        )
    )
