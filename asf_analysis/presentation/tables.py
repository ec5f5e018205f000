"""The tables of a report, and its KPI cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import MISSING, WITHHELD, Published, PublishedTable, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.outcomes import NEAR, Outcome, PublishedFigure
from asf_analysis.kpis.reconciliation import differences
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.block import Block, Html, element, join, legible, paragraphs
from asf_analysis.presentation.values import (
    KIND_WORDS,
    MISSING_SIGN,
    NOTHING_SIGN,
    TOTAL_WORD,
    WITHHELD_SIGN,
    Grid,
    StatusMark,
    goals_first,
    has_goal,
    has_target,
    is_by_sex,
    label_with_unit,
    measured_on,
    name_value,
    share_of_women,
    status_mark,
    write_amount,
    write_baseline,
    write_fulfilment,
    write_outcome,
    write_period,
    write_share,
    write_target,
)
from asf_analysis.swedish.writing import (
    approximately,
    count_phrase,
    format_date,
    format_number,
    join_words,
    number_word,
    start_sentence,
)

AGREES, DIFFERS = "Stämmer", "Avviker"


@dataclass(frozen=True)
class Column:
    """A table's column: its heading, whether it holds figures, and the heading it shares with others."""

    heading: str
    number: bool = True
    group: str = ""


@dataclass(frozen=True)
class Layout:
    """What a data table is made of; each row begins with its heading."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | StatusMark]]
    notes: Sequence[str] = ()
    source: str = ""
    css: str = "data"


def data_table(layout: Layout) -> Block:
    """Draw a data table with its caption, the scope of every heading, its notes and its source."""
    table = element(
        "table",
        element("caption", layout.caption),
        element("thead", *_head(layout.columns)),
        element("tbody", *(_row(layout.columns, row) for row in layout.rows)),
        class_=layout.css,
    )
    source = f"Källa: {layout.source}." if layout.source else ""
    notes = [element("p", note, class_="note") for note in layout.notes]
    below = [element("p", source, class_="source")] if source else []
    headings = " | ".join(f"{column.group} {column.heading}".strip() for column in layout.columns)
    lines = [
        layout.caption,
        headings,
        *(" | ".join(map(str, row)) for row in layout.rows),
        *layout.notes,
        source,
    ]
    return Block(join(table, *notes, *below), legible("\n".join(filter(None, lines))))


def _head(columns: Sequence[Column]) -> list[Html]:
    """One row of headings, or two where neighbours share one."""
    if not any(column.group for column in columns):
        return [
            element(
                "tr", *(element("th", column.heading, scope="col", class_=_css(column)) for column in columns)
            )
        ]
    upper, lower = [], []
    for index, column in enumerate(columns):
        if not column.group:
            upper.append(element("th", column.heading, scope="col", rowspan=2, class_=_css(column)))
            continue
        lower.append(element("th", column.heading, scope="col", class_=_css(column)))
        if index == 0 or columns[index - 1].group != column.group:
            width = sum(other.group == column.group for other in columns)
            upper.append(element("th", column.group, scope="colgroup", colspan=width))
    return [element("tr", *upper), element("tr", *lower)]


def _css(column: Column) -> str | None:
    return "number" if column.number else None


def _row(columns: Sequence[Column], values: Sequence[str | StatusMark]) -> Html:
    heading, *cells = values
    return element(
        "tr",
        element("th", str(heading), scope="row"),
        *(
            element("td", _shown(cell), class_=_css(column))
            for column, cell in zip(columns[1:], cells, strict=True)
        ),
        class_="total" if heading == TOTAL_WORD else None,
    )


def _shown(cell: str | StatusMark) -> str:
    return status_line(cell, name="span") if isinstance(cell, StatusMark) else cell


def status_line(mark: StatusMark, name: str = "p") -> Html:
    """Write a status: its symbol, which a screen reader passes over, and its word."""
    return element(
        name, element("span", mark.symbol, aria_hidden="true"), " ", mark.word, class_=f"status {mark.css}"
    )


def kpi_cards(report: Published) -> Block:
    """Show every KPI as a card, those with a goal first."""
    outcomes = goals_first(require_published(report).outcomes)
    plain = [
        f"{outcome.kpi.label}: {write_outcome(outcome)} ({_compared(outcome)}). {status_mark(outcome).word}"
        for outcome in outcomes
    ]
    return Block(
        element("ul", *(_card(outcome) for outcome in outcomes), class_="kpi-cards"),
        legible("\n".join(plain)),
    )


def _card(outcome: Outcome) -> Html:
    mark = status_mark(outcome)
    return element(
        "li",
        element("p", outcome.kpi.label, class_="kpi-label"),
        element("p", write_outcome(outcome), class_="kpi-value"),
        element("p", _compared(outcome), class_="kpi-compare"),
        status_line(mark),
        class_=f"kpi-card {mark.css}",
    )


def _compared(outcome: Outcome) -> str:
    if outcome.kpi.kind == "milestone":
        return "Milstolpe"
    if has_target(outcome):
        return f"Mål {write_target(outcome)} · utgångsläge {write_baseline(outcome)}"
    if outcome.baseline.amount is not None:
        return f"Utgångsläge {write_baseline(outcome)}"
    return start_sentence(measured_on(outcome))


def goals(report: Published) -> Block:
    """Show every KPI's baseline, target, result and status, those with a goal first."""
    published = require_published(report)
    outcomes = goals_first(published.outcomes)
    return data_table(
        Layout(
            caption=f"Mål och resultat {write_period(published.period)}",
            columns=[
                Column("Nyckeltal (enhet)", number=False),
                Column("Utgångsläge"),
                Column("Mål"),
                Column("Resultat"),
                Column("Måluppfyllelse (%)"),
                Column("Andel av planerad förändring (%)"),
                Column("Status", number=False),
            ],
            rows=[_goal_row(outcome, published.association.rules) for outcome in outcomes],
            notes=[*_notes_of_goals(outcomes, published.association.rules), *notes_of_outcomes(outcomes)],
            source=sources_of(outcomes),
            css="data goals",
        )
    )


def _goal_row(outcome: Outcome, rules: Rules) -> list[str | StatusMark]:
    return [
        label_with_unit(outcome.kpi.label, outcome.kpi.unit),
        write_baseline(outcome),
        write_target(outcome),
        write_outcome(outcome),
        write_fulfilment(outcome, rules),
        write_share(outcome.share_of_planned_change, outcome),
        status_mark(outcome),
    ]


def _notes_of_goals(outcomes: Sequence[Outcome], rules: Rules) -> list[str]:
    """Explain the signs and words that the table of goals uses, and no others."""
    explanations = [
        (
            any(outcome.status == NEAR for outcome in outcomes),
            f"Nära målet: resultatet är minst {rules.near_target_percent} procent av målet.",
        ),
        (
            any(outcome.result.approximate or outcome.baseline.approximate for outcome in outcomes),
            "ca: uppgiften är ungefärlig, och det som räknas fram ur den likaså. Den kan avvika "
            f"{rules.approximate_percent} procent åt vardera hållet, om inget annat är angivet.",
        ),
        (
            any(outcome.kpi.kind == "milestone" for outcome in outcomes),
            "Milstolpar har inget tal: målet är att de nås (ja).",
        ),
        (
            True,
            f"{NOTHING_SIGN} betyder att det inte finns något att visa, till exempel inget mål.",
        ),
        (
            any(write_outcome(outcome) == MISSING_SIGN for outcome in outcomes),
            f"{MISSING_SIGN} betyder att uppgift saknas.",
        ),
    ]
    return [text for holds, text in explanations if holds]


def notes_of_outcomes(outcomes: Sequence[Outcome]) -> list[str]:
    """What must stand beside KPIs: why one cannot be judged, warnings, and what was carried forward.

    What is true of several KPIs is said once.
    """
    labels: dict[str, list[str]] = {}
    for outcome in outcomes:
        for text in (*_reason(outcome), *outcome.warnings, *_answers(outcome.result)):
            labels.setdefault(text, []).append(outcome.kpi.label)
    return [f"{'; '.join(having)}: {text}" for text, having in labels.items()]


def sources_of(outcomes: Sequence[Outcome]) -> str:
    """Name every source that some KPIs rest on, once."""
    named = [part for outcome in outcomes for part in outcome.kpi.source.split("; ")]
    return join_words(list(dict.fromkeys(named)))


def _reason(outcome: Outcome) -> list[str]:
    if not outcome.reason or not has_goal(outcome):
        return []
    return [f"kan inte bedömas: {outcome.reason}."]


def _answers(result: Result) -> list[str]:
    text = told_answers(result)
    return [text] if text else []


def told_answers(result: Result) -> str:
    """Tell how many enterprises stand behind a survey figure, and what became of the others; else nothing.

    >>> told_answers(Result(199, answered=27, asked=28, carried=1))
    'Uppgiften bygger på svar från 27 av 28 företag. För ett företag används svaret från förra omgången.'
    """
    if result.answered is None or result.asked is None:
        return ""
    silent = result.asked - result.answered - result.carried
    sentences = [f"Uppgiften bygger på svar från {result.answered} av {result.asked} företag."]
    if result.carried:
        who = count_phrase(result.carried, "företag", "företag", neuter=True)
        sentences.append(f"För {who} används svaret från förra omgången.")
    if silent > 0:
        who = start_sentence(count_phrase(silent, "företag", "företag", neuter=True))
        sentences.append(f"{who} har inte svarat och räknas inte med.")
    return " ".join(sentences)


def breakdown(report: Published, key: str) -> Block:
    """Show one breakdown: women, men and total with women's share, or the columns that it has."""
    published = require_published(report)
    return data_table(breakdown_layout(published, published.table(key)))


def breakdown_layout(report: Published, table: PublishedTable) -> Layout:
    """Lay out one breakdown as a table, with notes on what is withheld or missing."""
    grid = Grid.of(table)
    by_sex = is_by_sex(table)
    figures = [
        Column(name_value(table.columns, column), group=start_sentence(table.unit)) for column in grid.columns
    ]
    share = [Column("Andel kvinnor (%)")] if by_sex else []
    return Layout(
        caption=f"{table.title}, {time_of_table(report, table)}",
        columns=[Column(table.rows_label, number=False), *figures, *share],
        rows=[_breakdown_row(table, grid, row, by_sex) for row in grid.rows],
        notes=notes_of_signs(grid, report.association.rules),
        source=table.source,
    )


def _breakdown_row(table: PublishedTable, grid: Grid, row: str, by_sex: bool) -> list[str]:
    cells = [str(grid.cell(row, column)) for column in grid.columns]
    return [name_value(table.rows, row), *cells, *([_share_cell(grid, row)] if by_sex else [])]


def _share_cell(grid: Grid, row: str) -> str:
    share = share_of_women(grid, row)
    if share is not None:
        return format_number(share)
    statuses = {grid.cell(row, column).status for column in ("women", TOTAL)}
    if WITHHELD in statuses:
        return WITHHELD_SIGN
    return MISSING_SIGN if MISSING in statuses else NOTHING_SIGN


def time_of_table(report: Published, table: PublishedTable) -> str:
    """Tell when a breakdown was counted: people on the period's last day, other things over the period."""
    return format_date(report.period.end) if is_by_sex(table) else write_period(report.period)


def notes_of_signs(grid: Grid, rules: Rules) -> list[str]:
    """Explain the signs for withheld and missing figures that a table holds."""
    notes = []
    if grid.holds(WITHHELD):
        notes.append(f"{WITHHELD_SIGN} betyder att uppgiften inte redovisas. {why_withheld(rules)}".strip())
    if grid.holds(MISSING):
        notes.append(f"{MISSING_SIGN} betyder att uppgift saknas.")
    return notes


def why_withheld(rules: Rules) -> str:
    """Tell which figures about people are withheld, and why; nothing where none ever are."""
    groups = []
    if rules.threshold > 1:
        groups.append("en person" if rules.threshold == 2 else f"1–{rules.threshold - 1} personer")
    if rules.min_enterprises > 1:
        groups.append(f"färre än {number_word(rules.min_enterprises)} företag bakom uppgiften")
    if not groups:
        return ""
    return (
        f"Grupper med {join_words(groups, 'eller')} skyddas, och så många andra tal "
        "att de skyddade inte går att räkna fram."
    )


def lectures(report: Published) -> Block:
    """Show the lectures given outside the county, by day and place."""
    published = require_published(report)
    when = write_period(published.period)
    if not published.lectures:
        return paragraphs(f"Inga föreläsningar hölls utanför länet under {when}.")
    return data_table(
        Layout(
            caption=f"Föreläsningar utanför länet {when}",
            columns=[Column("Datum", number=False), Column("Plats", number=False)],
            rows=[list(lecture) for lecture in published.lectures],
            source=_source_of(published, "external_lectures"),
        )
    )


def _source_of(report: Published, key: str) -> str:
    return next((outcome.kpi.source for outcome in report.outcomes if outcome.kpi.key == key), "")


def reconciliation(report: Published) -> Block:
    """Show every computed figure beside the one that was published, and whether they agree."""
    published = require_published(report)
    compared = [(outcome, outcome.published) for outcome in published.outcomes if outcome.published]
    if not compared:
        return paragraphs(f"Inga tidigare publicerade uppgifter finns att jämföra med för {published.year}.")
    groups = ("Utgångsläge", "Mål", "Resultat")
    parts = [Column(heading, group=group) for group in groups for heading in ("Beräknat", "Publicerat")]
    sources = list(dict.fromkeys(figure.source for _, figure in compared if figure.source))
    return data_table(
        Layout(
            caption=f"Beräknade och tidigare publicerade uppgifter {published.year}",
            columns=[Column("Nyckeltal", number=False), *parts, Column("Jämförelse", number=False)],
            rows=[_reconciled(outcome, figure) for outcome, figure in compared],
            notes=[f"{NOTHING_SIGN} betyder att uppgiften inte finns, eller inte har publicerats."],
            source=join_words(sources),
        )
    )


def _reconciled(outcome: Outcome, figure: PublishedFigure) -> list[str]:
    result = NOTHING_SIGN if figure.result is None else write_amount(figure.result)
    if outcome.kpi.kind == "milestone":
        return [
            outcome.kpi.label,
            *[NOTHING_SIGN] * 4,
            status_mark(outcome).word,
            start_sentence(figure.status) or NOTHING_SIGN,
            agreement(outcome, figure),
        ]
    return [
        outcome.kpi.label,
        write_baseline(outcome),
        _written(figure.baseline),
        write_target(outcome),
        _written(figure.target),
        write_outcome(outcome),
        approximately(result) if figure.approximate and figure.result is not None else result,
        agreement(outcome, figure),
    ]


def _written(value: float | None) -> str:
    return NOTHING_SIGN if value is None else write_amount(value)


def agreement(outcome: Outcome, figure: PublishedFigure) -> str:
    """Tell whether a computed figure agrees with the published one, and in which parts it does not."""
    told = (figure.baseline, figure.target, figure.result)
    if all(value is None for value in told) and not figure.status and not figure.members:
        return NOTHING_SIGN
    differing = differences(outcome)
    return f"{DIFFERS} ({join_words(differing)})" if differing else AGREES


def definitions(report: Published) -> Block:
    """Show what each KPI counts, of which kind it is, its unit and its source."""
    published = require_published(report)
    return data_table(
        Layout(
            caption="Så räknas nyckeltalen",
            columns=[
                Column("Nyckeltal", number=False),
                Column("Vad som räknas", number=False),
                Column("Slag", number=False),
                Column("Enhet", number=False),
                Column("Källa", number=False),
            ],
            rows=[
                [
                    outcome.kpi.label,
                    outcome.kpi.formula,
                    start_sentence(KIND_WORDS[outcome.kpi.kind]),
                    outcome.kpi.unit or NOTHING_SIGN,
                    outcome.kpi.source,
                ]
                for outcome in published.outcomes
            ],
        )
    )


def coverage(report: Published) -> Block:
    """Show how many of the active enterprises stand behind each figure of the survey."""
    published = require_published(report)
    surveyed = [outcome for outcome in published.outcomes if outcome.result.asked is not None]
    if not surveyed:
        return paragraphs(f"Inga uppgifter för {write_period(published.period)} kommer från enkäten.")
    return data_table(
        Layout(
            caption=f"Svar på enkäten {write_period(published.period)}",
            columns=[
                Column("Nyckeltal", number=False),
                Column("Svarande", group="Företag"),
                Column("Tillfrågade", group="Företag"),
                Column("Svar från förra omgången", group="Företag"),
                Column("Svarsandel (%)"),
            ],
            rows=[_coverage_row(outcome) for outcome in surveyed],
            source=sources_of(surveyed),
        )
    )


def _coverage_row(outcome: Outcome) -> list[str]:
    result = outcome.result
    share = Result(result.answered, whole=result.asked).percent()
    return [
        outcome.kpi.label,
        MISSING_SIGN if result.answered is None else format_number(result.answered),
        MISSING_SIGN if result.asked is None else format_number(result.asked),
        format_number(result.carried),
        NOTHING_SIGN if share is None else format_number(share),
    ]
