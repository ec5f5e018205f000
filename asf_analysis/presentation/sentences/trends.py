"""Several years in words: what has grown, what came and went, how many are left, how the year may end."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import WITHHELD
from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.outcomes import REACHED, UNKNOWN
from asf_analysis.kpis.survival import ACTIVE, BEFORE, CLOSED, FOLLOWED, STARTED
from asf_analysis.presentation.block import Block, bullet_list, paragraphs, stack
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.series import (
    Series,
    enterprises_in_words,
    notes_of_years,
    series_of,
    told_figure,
    years_in_words,
)
from asf_analysis.presentation.shares import balance, in_percent, numeral, part_in_percent
from asf_analysis.presentation.trend_words import (
    courses_in_words,
    out_of_years,
)
from asf_analysis.presentation.values import has_target, write_period
from asf_analysis.swedish.writing import (
    count_phrase,
    format_date,
    format_number,
    number_word,
    start_sentence,
)

METHOD = (
    (
        "Jämförelser.",
        "Varje år är räknat på samma sätt, och jämförs med det årets egna mål. En ungefärlig uppgift sägs "
        "vara högre eller lägre bara om det är säkert. Det som räknas under en del av ett år jämförs inte "
        "med hela år.",
    ),
    (
        "Starter och nedläggningar.",
        "Ett företag räknas som nedlagt dagen efter sin sista dag. Antalet verksamma ändras därför precis "
        "med skillnaden mellan startade och nedlagda.",
    ),
    (
        "Företag som finns kvar.",
        "Varje företag följs från sin startdag. En grupp redovisas för ett visst antal år först när alla "
        "företag i den kan ha funnits så länge.",
    ),
    (
        "Prognos för det som räknas under året.",
        "Resultatet hittills delas med den andel av årets resultat som brukar vara klar vid samma tid. Utan "
        "tidigare hela år antas takten vara jämn. Intervallet rymmer alla tidigare års takt, och når alltid "
        "minst hälften av det som väntas återstå åt varje håll, men aldrig under det som redan har hänt.",
    ),
    (
        "Prognos för läget på en dag.",
        "Till det senaste läget läggs den vanliga ändringen på ett år, för den del av året som återstår. "
        "Intervallet rymmer alla tidigare års ändringar, och är bredare ju mer av året som återstår.",
    ),
    (
        "Prövning av prognoser.",
        "Antalet anställda och deltagare prövas inte: de mäts bara i enkäten, högst två gånger om året.",
    ),
)


def trends_summary(report: Trends) -> Block:
    """Tell how each KPI has gone from the first year that can be compared to the last, and its goals."""
    trends = require_trends(report)
    if len(trends.years) == 1:
        return paragraphs(
            f"Det finns bara underlag för {write_period(trends.current.period)}. Därför finns det inget att "
            "jämföra med än. Jämförelser över tid kommer när underlag för fler år har lagts in.",
            *notes_of_years(trends),
        )
    series = series_of(trends)
    finding = courses_in_words(series, trends.current.year)
    lead = paragraphs(
        f"Rapporten jämför {years_in_words(trends)}." + (f" {finding}." if finding else ""),
        *notes_of_years(trends),
    )
    return stack(lead, bullet_list("", [(f"{one.kpi.label}:", _told_course(one)) for one in series]))


def _told_course(series: Series) -> str:
    """Tell a KPI's first and last comparable figures, and in how many years its goal was reached."""
    if series.comparable is None:
        told = "det finns inte två år att jämföra."
    else:
        first, last = series.comparable
        told = f"{told_figure(first)} ({first.year}), {told_figure(last)} ({last.year})."
    judged = [
        figure.outcome
        for figure in series.figures
        if figure.outcome
        and has_target(figure.outcome)
        and figure.outcome.status != UNKNOWN
        and figure.outcome.period.whole_year
    ]
    if not judged:
        return told
    reached = sum(outcome.status == REACHED for outcome in judged)
    if reached in (0, len(judged)):
        every = "alla" if len(judged) > 2 else "båda" if len(judged) == 2 else "det enda"
        none = "inte något" if len(judged) > 1 else "inte det enda"
        which = f"{every if reached else none} år"
        return f"{told} Målet nåddes {which}{' som har bedömts' if len(judged) == 1 else ''}."
    return f"{told} Målet nåddes {out_of_years(reached, len(judged))}."


def enterprise_changes(report: Trends) -> Block:
    """Tell how many enterprises have started and closed, and how many are active."""
    trends = require_trends(report)
    grid = Grid.of(trends.table("starts_and_closures"))
    if grid.holds(WITHHELD):
        return paragraphs("Uppgifterna om företagen redovisas inte, för att skydda företagen bakom dem.")
    started, closed = (
        sum(grid.cell(row, what).value or 0 for row in grid.body) for what in (STARTED, CLOSED)
    )
    active = grid.cell(str(trends.current.year), ACTIVE).value or 0
    day = format_date(trends.current.period.end)
    return paragraphs(
        f"{start_sentence(enterprises_in_words(started))} startade {years_in_words(trends)}, "
        f"och {enterprises_in_words(closed)} lades ned. "
        f"Den {day} var {enterprises_in_words(active)} {'verksamt' if active < 2 else 'verksamma'}."
        + (" Åren utan underlag är inte med i summorna." if trends.gaps else "")
    )


def survival(report: Trends) -> Block:
    """Tell how many of the new enterprises are left after one, two, three … years, as counts."""
    trends = require_trends(report)
    grid = Grid.of(trends.table("survival"))
    if grid.holds(WITHHELD):
        return paragraphs("Hur länge företagen finns kvar redovisas inte, för att skydda företagen bakom.")
    told = [sentence for span in grid.columns if span != FOLLOWED for sentence in _left_after(grid, span)]
    if not told:
        return paragraphs("Inget företag som har startat under åren har funnits i ett helt år än.")
    return paragraphs(
        " ".join(told),
        "Talen räknar bara de företag som har hunnit fylla så många år. De är få, och därför anges antal och "
        "inte procent.",
    )


def _left_after(grid: Grid, span: str) -> Sequence[str]:
    """Tell of all cohorts together that have had so many years; nothing where none has."""
    had = [row for row in grid.body if row != BEFORE and grid.cell(row, span).value is not None]
    whole = sum(grid.cell(row, FOLLOWED).value or 0 for row in had)
    if not whole:
        return ()
    left = sum(grid.cell(row, span).value or 0 for row in had)
    years = f"{number_word(int(span), neuter=True)} år"
    when = f"startade {had[0]}" if len(had) == 1 else f"startade {had[0]}–{had[-1]}"
    if whole == 1:
        return (f"Det enda företag som {when} var {'kvar' if left else 'inte kvar'} efter {years}.",)
    of = f"{numeral(whole, whole)} företag som {when}"
    if left in (0, whole):
        return (f"{'Alla' if left else 'Inget av de'} {of} var kvar efter {years}.",)
    return (f"Av de {of} var {numeral(left, whole)} kvar efter {years}.",)


def people_by_year(report: Trends, key: str) -> Block:
    """Tell how many women and men there were first and last, and how even they are at the last."""
    trends = require_trends(report)
    if key not in trends.tables:
        return paragraphs("Uppgift om kvinnor och män saknas för åren.")
    grid = Grid.of(trends.table(key))
    shown = [
        row
        for row in grid.rows
        if all(grid.cell(row, column).value is not None for column in ("women", "men", "total"))
    ]
    if not shown:
        return paragraphs("Antalet kvinnor och män redovisas inte, eller saknas, för alla år.")
    last = shown[-1]
    women, men, total = (grid.cell(last, column).value or 0 for column in ("women", "men", "total"))
    told = [
        f"{_when(row, trends)} var det {_women_and_men(grid, row)}" for row in dict.fromkeys((shown[0], last))
    ]
    share = ""
    if total and in_percent(total, grid.share_base):
        percent = part_in_percent(women, total, grid.share_base)
        share = f" Kvinnornas andel var {percent} {last}. {balance(women, men)}"
    return paragraphs(f"{trends.table(key).title}: {', '.join(told)}.{share}")


def _when(row: str, trends: Trends) -> str:
    """Name a year, or the day that an interim one ends on."""
    last = trends.current.period
    return row if last.whole_year or row != str(last.year) else f"den {format_date(last.end)}"


def _women_and_men(grid: Grid, row: str) -> str:
    women, men = (grid.cell(row, sex).value or 0 for sex in ("women", "men"))
    return (
        f"{count_phrase(women, 'kvinna', 'kvinnor')} och {count_phrase(men, 'man', 'män')}"
        if max(women, men) <= 12
        else f"{format_number(women)} kvinnor och {format_number(men)} män"
    )


def trends_method(report: Trends) -> Block:
    """Tell how figures over the years are counted, what is compared, and how forecasts are made."""
    require_trends(report)
    return bullet_list("", list(METHOD))
