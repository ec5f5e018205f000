"""What several years say, in words: the findings that titles, alternative texts and sentences share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.forecast import Forecast
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.series import HIGHER, LOWER, SAME, Series, has_goals
from asf_analysis.presentation.shares import LAST_WORD, numeral, out_of
from asf_analysis.presentation.values import has_target, write_amount, write_result
from asf_analysis.swedish.writing import format_number, join_words, number_word, start_sentence


def courses_in_words(series: Sequence[Series], year: int) -> str:
    """Tell how many KPIs are higher and lower than when they could first be compared, without a full stop.

    Empty where no KPI has two years to compare.
    """
    compared = [one for one in series if one.comparable]
    if not compared:
        return ""
    counts = Counter(one.course for one in compared)
    which = " med mål" if has_goals(series) else ""
    if len(compared) < len(series):
        which += " som går att jämföra"
    since = f"{year} än första jämförbara året"
    if counts[HIGHER] == len(compared) > 2:
        return f"Alla {number_word(len(compared))} nyckeltal{which} är högre {since}"
    told = [
        f"{_neuter(counts[course], len(compared))} {'lika högt' if counts[course] == 1 else 'lika höga'}"
        if course == SAME
        else f"{_neuter(counts[course], len(compared))} {course}"
        for course in (HIGHER, LOWER, SAME)
        if counts[course]
    ]
    if not told:
        return f"Nyckeltalen{which} är för osäkra för att säga om de är högre eller lägre {since}"
    return f"Av {numeral(len(compared), len(compared))} nyckeltal{which} är {join_words(told)} {since}"


def _neuter(number: int, greatest: int) -> str:
    """Write a number of things of neuter gender, in the way of the greatest it stands beside."""
    return "ett" if number == 1 and greatest <= LAST_WORD else numeral(number, greatest)


def out_of_years(number: int, whole: int) -> str:
    """Write how many of some years.

    >>> out_of_years(1, 2), out_of_years(3, 4)
    ('ett av två år', 'tre av fyra år')
    """
    return f"{_neuter(number, whole)} av {numeral(whole, whole)} år"


def told_forecast(forecast: Forecast) -> str:
    """Write a forecast with its interval, always both."""
    if forecast.amount is None or forecast.low is None or forecast.high is None:
        return ""
    return f"{format_number(forecast.amount)} ({told_interval(forecast)})"


def told_interval(forecast: Forecast) -> str:
    """Write the interval of a forecast."""
    low, high = forecast.low or 0, forecast.high or 0
    return f"{format_number(low)}–{format_number(high)}"


def prospects(trends: Trends) -> str:
    """Tell how the goals are likely to end: surely, perhaps or hardly, by their intervals; no full stop."""
    require_trends(trends)
    judged = [
        (forecast, outcome.target.value)
        for forecast, outcome in forecasts_made(trends)
        if has_target(outcome) and outcome.target and outcome.target.value is not None
    ]
    if not judged:
        return "Inget nyckeltal med mål går att förutse än"
    likely = sum((forecast.low or 0) >= target for forecast, target in judged)
    unlikely = sum((forecast.high or 0) < target for forecast, target in judged)
    open_ = len(judged) - likely - unlikely
    told = [
        (count, verb)
        for count, verb in (
            (likely, "ser ut att nås"),
            (open_, "är osäkert" if open_ == 1 else "är osäkra"),
            (unlikely, "ser inte ut att nås"),
        )
        if count
    ]
    (first, verb), *others = told
    clauses = [f"{_neuter(first, len(judged))} mål {verb}"] + [
        f"{_neuter(count, len(judged))} {verb}" for count, verb in others
    ]
    return start_sentence(join_words(clauses))


def hits(trends: Trends) -> str:
    """Tell for how many KPIs the interval held what came, without a full stop."""
    require_trends(trends)
    judged = [
        forecast.holds(outcome.result.amount)
        for forecast, outcome in forecasts_made(trends)
        if outcome.result.amount is not None
    ]
    if not judged:
        return "Inget nyckeltal gick att förutse"
    return f"{start_sentence(out_of(sum(judged), len(judged)))} resultat hamnade inom prognosens intervall"


def forecasts_made(trends: Trends) -> list[tuple[Forecast, Outcome]]:
    """Give the forecasts that could be made, each with the KPI's outcome as far as it is known."""
    require_trends(trends)
    return [
        (forecast, trends.current.outcome(forecast.kpi.key))
        for forecast in trends.forecasts
        if forecast.amount is not None
    ]


def told_known(forecast: Forecast) -> str:
    """Write what was known on the day of a forecast."""
    when = "läget" if forecast.kpi.kind == "stock" else "hittills"
    return f"{when} {write_result(forecast.known)}"


def told_target(outcome: Outcome) -> str:
    """Write a target within a list of figures; nothing where none is set."""
    value = outcome.target.value if outcome.target else None
    return "" if value is None else f"mål {write_amount(value)}"
