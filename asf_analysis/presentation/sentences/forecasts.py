"""How the year may end, in words, and how well that could have been told in the years that are over."""

from __future__ import annotations

import pandas as pd

from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.backtest import forecast_errors
from asf_analysis.kpis.forecast import Forecast
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.block import Block, bullet_list, paragraphs, stack
from asf_analysis.presentation.shares import out_of
from asf_analysis.presentation.trend_words import (
    forecasts_made,
    hits,
    prospects,
    told_interval,
    told_known,
    told_target,
)
from asf_analysis.presentation.values import write_period
from asf_analysis.swedish.writing import (
    format_date,
    format_number,
    join_words,
    within_sentence,
)

RELIABLE = 0.75
"""An interval that has held the result less often than this is said to be unreliable."""


def forecasts(report: Trends) -> Block:
    """Tell how the year may end, each figure with its interval; of a year that is over how that was told."""
    trends = require_trends(report)
    day, year = format_date(trends.forecast_day), trends.current.year
    why_not = paragraphs(*_without_forecast(trends))
    if not trends.current.period.whole_year:
        lead = (
            f"Så här kan {year} sluta, räknat från det som är känt den {day}. {prospects(trends)}. "
            "En prognos är osäker: intervallet visar mellan vilka tal resultatet troligen hamnar."
        )
        made = forecasts_made(trends)
        told = [(f"{outcome.kpi.label}:", _told(forecast, outcome)) for forecast, outcome in made]
        return stack(paragraphs(lead), bullet_list("", told), why_not)
    if not trends.forecasts:
        return paragraphs(
            f"{write_period(trends.current.period)} är över, och det finns inget tidigare år att utgå från. "
            "Därför visas ingen prognos."
        )
    lead = (
        f"{year} är över. Så här hade en prognos den {day} sett ut, om den bara hade använt det som var känt "
        f"då. {hits(trends)}."
    )
    return stack(paragraphs(lead), why_not)


def _told(forecast: Forecast, outcome: Outcome) -> str:
    """Tell one forecast: what is known, what may come with its interval, the target, and what it rests on."""
    expected = (
        f"{told_known(forecast)}, troligen {format_number(forecast.amount or 0)} vid årets slut, "
        f"men resultatet kan bli {told_interval(forecast)}"
    )
    earlier = join_words([str(year) for year in forecast.earlier])
    basis = f"bygger på {earlier}" if earlier else "bygger på jämn takt över året"
    return f"{'; '.join(filter(None, [expected, told_target(outcome)]))} ({basis})."


def _without_forecast(trends: Trends) -> list[str]:
    """Say for which KPIs no forecast can be made, by the reason why."""
    reasons: dict[str, list[str]] = {}
    for forecast in trends.forecasts:
        if forecast.amount is None:
            reasons.setdefault(forecast.reason, []).append(within_sentence(forecast.kpi.label))
    return [f"Ingen prognos görs för {join_words(labels)}: {reason}." for reason, labels in reasons.items()]


def forecast_accuracy(report: Trends) -> Block:
    """Tell how far off forecasts have been over the years that are over, and where they are of no use."""
    trends = require_trends(report)
    errors = forecast_errors(trends.tested)
    if errors.empty:
        return paragraphs("Prognoserna kan inte prövas än: det finns inget tidigare år att utgå från.")
    made, within = int(errors["forecasts"].sum()), int(errors["within"].sum())
    error, simple = ((errors[name] * errors["forecasts"]).sum() / made for name in ("error", "simple_error"))
    useless = _labels(trends, errors[errors["error"] >= errors["simple_error"]])
    narrow = _labels(trends, errors[errors["within"] < errors["forecasts"] * RELIABLE])
    return paragraphs(
        f"Prognoserna har prövats {format_number(made)} gånger på år som är över: i slutet av varje månad, "
        "med bara det som var känt då. I genomsnitt missade de resultatet med "
        f"{_percent(error)}. Den som i stället hade sagt att inget mer händer hade missat med "
        f"{_percent(simple)}.",
        f"Resultatet hamnade inom intervallet {out_of(within, made)} gånger. "
        + (f"Minst pålitliga är intervallen för {join_words(narrow)}. " if narrow else "")
        + "Tidigt på året är prognoserna osäkrast.",
        f"För {join_words(useless)} har prognosen inte varit bättre än att säga att inget mer händer. "
        "Där bör den inte användas."
        if useless
        else "",
    )


def _labels(trends: Trends, errors: pd.DataFrame) -> list[str]:
    return [within_sentence(trends.current.outcome(str(key)).kpi.label) for key in errors.index]


def _percent(value: float) -> str:
    return f"{format_number(value)} procent"
