"""The report's sentences: every number in its prose comes from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from asf_analysis.association import Association
from asf_analysis.disclosure.published import WITHHELD, Published, PublishedTable, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.outcomes import MISSED, NEAR, REACHED, UNKNOWN, Outcome, Status
from asf_analysis.presentation.block import Block, MarkdownBlock, bullet_list, paragraphs
from asf_analysis.presentation.cover import days_of_measurement
from asf_analysis.presentation.findings import (
    ROWS_IN_PLURAL,
    GoalCounts,
    Top,
    balance,
    busiest_months,
    goals_reached,
    in_short,
    kinds_by_size,
    part_in_percent,
    top_rows,
)
from asf_analysis.presentation.tables import told_answers, why_withheld
from asf_analysis.presentation.telling import tell_figure, tell_milestone, tell_outcome
from asf_analysis.presentation.values import (
    Grid,
    has_goal,
    has_target,
    name_value,
    people_grid,
    write_outcome,
    write_period,
    write_target,
)
from asf_analysis.presentation.written import plain_markdown, shift_headings
from asf_analysis.swedish.writing import (
    count_phrase,
    format_date,
    format_number,
    join_words,
    number_word,
    start_sentence,
    within_sentence,
)


def summary(report: Published) -> Block:
    """Tell the year in a few sentences: goals reached, the best one, and those that were missed."""
    published = require_published(report)
    outcomes = _with_goal(published)
    counts = GoalCounts.of(outcomes)
    return paragraphs(
        " ".join(
            filter(
                None,
                [
                    f"{goals_reached(outcomes, published.period)}.",
                    _near_and_missed(counts) if counts.judged > 1 else "",
                    _furthest(outcomes),
                ],
            )
        ),
        _named("Nära målet kom", _of_status(outcomes, NEAR)),
        _named(
            "Målet nåddes inte för" if counts.missed == 1 else "Målen nåddes inte för",
            _of_status(outcomes, MISSED),
        ),
    )


def _near_and_missed(counts: GoalCounts) -> str:
    near = f"{number_word(counts.near, neuter=True)} var nära målet" if counts.near else ""
    missed = f"{number_word(counts.missed, neuter=True)} nåddes inte" if counts.missed else ""
    told = join_words([text for text in (near, missed) if text])
    return f"{start_sentence(told)}." if told else ""


def _furthest(outcomes: Sequence[Outcome]) -> str:
    exceeded = [outcome for outcome in _of_status(outcomes, REACHED) if (outcome.fulfilment or 0) > 1]
    if not exceeded:
        return ""
    best = max(exceeded, key=lambda outcome: outcome.fulfilment or 0)
    alone = sum(outcome.fulfilment == best.fulfilment for outcome in exceeded) == 1
    if not alone:
        return ""
    return (
        f"I förhållande till målet gick det bäst för {in_short(best)}: "
        f"{write_outcome(best)}, mot målet {write_target(best)}."
    )


def _named(lead: str, outcomes: Sequence[Outcome]) -> str:
    return f"{lead} {listed([_with_figures(outcome) for outcome in outcomes])}." if outcomes else ""


def listed(phrases: Sequence[str]) -> str:
    """Join phrases into a list; with semicolons where a phrase holds a comma or an *och* of its own.

    >>> listed(["stöd", "råd"]), listed(["stöd och råd", "platser"])
    ('stöd och råd', 'stöd och råd; platser')
    """
    if any("," in phrase or " och " in phrase for phrase in phrases):
        return "; ".join(phrases)
    return join_words(phrases)


def _with_figures(outcome: Outcome) -> str:
    if not has_target(outcome):
        return in_short(outcome)
    return f"{in_short(outcome)} ({write_outcome(outcome)} av {write_target(outcome)})"


def _with_goal(report: Published) -> list[Outcome]:
    return [outcome for outcome in report.outcomes if has_goal(outcome)]


def _of_status(outcomes: Sequence[Outcome], status: Status) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.status == status]


def goals(report: Published) -> Block:
    """Tell how many goals were reached, and which belong to each status."""
    published = require_published(report)
    outcomes = _with_goal(published)
    heads: tuple[tuple[Status, str], ...] = (
        (REACHED, "Uppnådda:"),
        (NEAR, "Nära målet:"),
        (MISSED, "Ej uppnådda:"),
        (UNKNOWN, "Kan ej bedömas:"),
    )
    items = [
        (head, f"{listed([in_short(outcome) for outcome in having])}.")
        for status, head in heads
        if (having := _of_status(outcomes, status))
    ]
    return bullet_list(f"{goals_reached(outcomes, published.period)}.", items)


def kpi(report: Published, key: str) -> Block:
    """Tell one KPI: its figure, its target, where it started from, and what a reader must know about it."""
    published = require_published(report)
    outcome = published.outcome(key)
    if outcome.kpi.kind == "milestone":
        return paragraphs(tell_milestone(outcome))
    return paragraphs(
        tell_outcome(outcome, published.association.rules),
        " ".join(filter(None, [told_answers(outcome.result), *outcome.warnings])),
    )


def milestones(report: Published) -> Block:
    """Tell of each milestone whether it was reached, with what people wrote about it."""
    published = require_published(report)
    outcomes = [outcome for outcome in published.outcomes if outcome.kpi.kind == "milestone"]
    if not outcomes:
        return paragraphs(f"Inga milstolpar är satta för {write_period(published.period)}.")
    return paragraphs(*(tell_milestone(outcome) for outcome in outcomes))


def effort(report: Published) -> Block:
    """Tell what the effort is and what it is for, in the association's own words."""
    told = require_published(report).association.effort
    return paragraphs(told.summary, told.purpose)


def tracks(report: Published) -> Block:
    """Tell the effort's tracks, in the association's own words."""
    told = require_published(report).association.effort.tracks
    lead = (
        "Arbetet följer ett spår:"
        if len(told) == 1
        else f"Arbetet följer {number_word(len(told), neuter=True)} spår:"
    )
    return bullet_list(lead, [(f"{track.title}.", track.text) for track in told])


def target_groups(report: Published) -> Block:
    """Tell whom the effort is for."""
    groups = require_published(report).association.effort.target_groups
    lead = (
        "Insatsen har en målgrupp:"
        if len(groups) == 1
        else f"Insatsen har {number_word(len(groups))} målgrupper:"
    )
    return bullet_list(lead, [("", group.text) for group in groups])


def parties(report: Published) -> Block:
    """Name the association's members: authorities, region and municipalities."""
    association = require_published(report).association
    names = association.municipality_names()
    together = join_words(
        [*(party.name for party in association.parties), count_phrase(len(names), "kommun", "kommuner")]
    )
    which = "Kommunen är" if len(names) == 1 else "Kommunerna är"
    return paragraphs(
        f"{association.name} driver insatsen tillsammans med sina medlemmar: {together}.",
        f"{which} {join_words(names)}.",
    )


def period(report: Published) -> Block:
    """Tell how long the effort goes on, and which part of it the report covers."""
    published = require_published(report)
    return paragraphs(
        f"Satsningen omfattar {published.association.period}. "
        f"Den här rapporten gäller {write_period(published.period)}."
    )


def supporting_municipalities(report: Published) -> Block:
    """Name the municipalities in a support structure: those from before, those added and those that left."""
    outcome = require_published(report).outcome("supporting_municipalities")
    now, before = outcome.result.members, outcome.baseline.members
    if not before:
        return paragraphs(tell_figure(outcome), _all_names(now))
    stayed = [name for name in now if name in before]
    added = [name for name in now if name not in before]
    left = [name for name in before if name not in now]
    return paragraphs(
        " ".join(
            filter(
                None,
                [
                    tell_figure(outcome),
                    _stayed(stayed, everyone=len(stayed) == len(now)) if now else "",
                    f"{join_words(added)} har tillkommit." if added else "Ingen kommun har tillkommit.",
                    f"{join_words(left)} ingår inte längre." if left else "",
                ],
            )
        )
    )


def _all_names(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"{'Kommunen' if len(names) == 1 else 'Kommunerna'} är {join_words(names)}."


def _stayed(names: Sequence[str], everyone: bool) -> str:
    if not names:
        return "Ingen av dem var med vid årets början."
    who = f"{start_sentence(number_word(len(names)))} av dem" if not everyone else "Alla"
    if len(names) == 1 and everyone:
        who = "Den"
    return f"{who} var med redan vid årets början: {join_words(names)}."


def activities(report: Published) -> Block:
    """Tell how many activities were carried out, of which kinds, and in which months most of them."""
    published = require_published(report)
    table = published.table("activities_by_month")
    grid = Grid.of(table)
    whole = grid.cell(TOTAL, TOTAL).value
    when = f"Under {write_period(published.period)}"
    if whole is None:
        return paragraphs(f"{when}: uppgift om antalet informationsinsatser saknas.")
    if whole == 0:
        return paragraphs(f"{when} genomfördes inga informationsinsatser.")
    told = count_phrase(whole, "informationsinsats", "informationsinsatser")
    months = busiest_months(table)
    return paragraphs(
        " ".join(
            filter(
                None,
                [
                    f"{when} genomfördes {told}.",
                    _kinds(grid, whole),
                    f"{months}." if months and whole > 1 else "",
                ],
            )
        )
    )


def _kinds(grid: Grid, whole: int) -> str:
    """The most usual kinds, with what each of them is of the whole."""
    sizes = {kind: value for kind in kinds_by_size(grid) if (value := grid.cell(TOTAL, kind).value)}
    if whole == 1 or not sizes:
        return ""
    if len(sizes) == 1:
        return f"Alla var av samma slag: {within_sentence(next(iter(sizes)))}."
    first, *others = list(sizes.items())[:3]
    shared = list(sizes.values()).count(first[1]) > 1
    lead = "Bland de vanligaste slagen är" if shared else "Vanligast var"
    named = [f"{within_sentence(kind)} ({format_number(size)})" for kind, size in (first, *others)]
    if shared:
        return f"{lead} {join_words(named)}."
    return f"{lead} {named[0]}, följt av {join_words(named[1:])}."


def lectures(report: Published) -> Block:
    """Tell how many lectures were given outside the county, and where."""
    published = require_published(report)
    when = f"Under {write_period(published.period)}"
    places = Counter(place for _, place in published.lectures)
    if not places:
        return paragraphs(f"{when} hölls inga föreläsningar utanför länet.")
    named = [
        place if times == 1 else f"{place} ({number_word(times)} gånger)" for place, times in places.items()
    ]
    told = count_phrase(len(published.lectures), "föreläsning", "föreläsningar")
    return paragraphs(f"{when} hölls {told} utanför länet: {join_words(named)}.")


def people(report: Published, key: str) -> Block:
    """Tell of a breakdown of people: women and men in all, which row has most, and what is withheld."""
    published = require_published(report)
    table = published.table(key)
    grid = people_grid(table)
    told = [_women_and_men(table, grid), _most(table, grid, published.association)]
    return paragraphs(" ".join(filter(None, told)), _not_shown(table, grid))


def _women_and_men(table: PublishedTable, grid: Grid) -> str:
    women, men, everyone = (grid.cell(TOTAL, sex).value for sex in ("women", "men", TOTAL))
    noun = people_noun(table)
    if everyone is None:
        return f"Hur många {noun} det var totalt redovisas inte."
    if everyone == 0:
        return f"Det fanns inga {noun}."
    if women is None or men is None:
        return (
            f"Det fanns {format_number(everyone)} {noun}. Hur många som var kvinnor och män redovisas inte."
        )
    if not women or not men:
        return f"Det fanns {format_number(everyone)} {noun}, och alla var {'kvinnor' if women else 'män'}."
    of_them = "Av {all} {noun} var {women} kvinnor ({share}) och {men} män."
    return (
        of_them.format(
            all=format_number(everyone),
            noun=noun,
            women=format_number(women),
            men=format_number(men),
            share=part_in_percent(women, everyone),
        )
        + f" {balance(women, men)}"
    )


def people_noun(table: PublishedTable) -> str:
    """Name the people of a breakdown, in the indefinite plural: *deltagare*."""
    return {"participants": "deltagare", "employees": "anställda"}.get(
        table.key.partition("_by_")[0], table.unit
    )


def _most(table: PublishedTable, grid: Grid, association: Association) -> str:
    """Which row has most; where some are not shown, only of those that are."""
    top = top_rows(grid)
    if top is None or len(grid.body) < 2:
        return ""
    rows = ROWS_IN_PLURAL.get(table.rows, "grupper")
    return _sentence_of_most(table, top, association).format(
        noun=people_noun(table),
        names=join_words([_row_within_sentence(table, row, association) for row in top.rows]),
        number=format_number(top.value) + (" vardera" if len(top.rows) > 1 else ""),
        among="" if top.all_shown else f"Av de {rows} som redovisas ",
    )


def _sentence_of_most(table: PublishedTable, top: Top, association: Association) -> str:
    """How it is said that most belong to a row, by what the rows are and whether all of them are shown."""
    named = {authority.name for authority in association.authorities if authority.key != "other"}
    if table.rows == "municipality":
        return (
            "Flest {noun} fanns i {names}: {number}."
            if top.all_shown
            else "{among}har {names} flest {noun}: {number}."
        )
    if table.rows == "authority" and named.issuperset(top.rows):
        return (
            "Flest {noun} hade placerats av {names}: {number}."
            if top.all_shown
            else "{among}är de som {names} har placerat flest: {number}."
        )
    groups = "gruppen" if len(top.rows) == 1 else "grupperna"
    return (
        f"Flest {{noun}} fanns i {groups} {{names}}: {{number}}."
        if top.all_shown
        else "{among}har {names} flest {noun}: {number}."
    )


def _row_within_sentence(table: PublishedTable, row: str, association: Association) -> str:
    """A row's name in running text; the municipality as an authority is no name of its own."""
    common = {authority.name for authority in association.authorities if authority.key == "municipality"}
    name = name_value(table.rows, row)
    return (
        within_sentence(name)
        if table.rows == "age" or (table.rows == "authority" and row in common)
        else name
    )


def _not_shown(table: PublishedTable, grid: Grid) -> str:
    withheld = [
        row for row in grid.body if any(grid.cell(row, column).status == WITHHELD for column in grid.columns)
    ]
    if not withheld:
        return ""
    if len(withheld) == len(grid.body):
        return "För att skydda enskilda personer redovisas inte alla uppgifter för någon av raderna."
    names = join_words([name_value(table.rows, row) for row in withheld])
    return f"För {names} redovisas inga eller bara vissa uppgifter, för att skydda enskilda personer."


def assessment(report: Published, section: str) -> MarkdownBlock:
    """Give a section of the year's written assessment, with its headings below the notebook's own."""
    published = require_published(report)
    text = published.assessment.sections.get(section, "").strip()
    if not text:
        return MarkdownBlock(
            f"Ingenting är skrivet under rubriken *{plain_markdown(section)}* för {published.year}."
        )
    return MarkdownBlock(shift_headings(text))


def method(report: Published) -> Block:
    """Tell how the figures came about: period, days of measurement, answers, limits and rows used."""
    published = require_published(report)
    rules = published.association.rules
    days = join_words([f"den {format_date(day)}" for day in days_of_measurement(published)])
    items = [
        ("Period.", f"Flöden, som insatser och utbildningar, räknas under {write_period(published.period)}."),
        ("Mätdagar.", f"Lägen, som antalet företag och deltagare, räknas {days}." if days else ""),
        ("Svar.", _survey(published)),
        ("Bedömning.", _judging(rules.near_target_percent)),
        (
            "Ungefärliga uppgifter.",
            "Ett värde som någon har angett med ca antas ligga inom "
            f"{rules.approximate_percent} procent från det rätta, åt vardera hållet. "
            "Om resultatet då kan hamna på båda sidor om en gräns bedöms målet inte.",
        ),
        ("Underlag.", _rows_used(published)),
    ]
    return bullet_list("", [(head, text) for head, text in items if text])


def _judging(near: int) -> str:
    return (
        "Ett mål är uppnått när resultatet är minst lika stort som målet, "
        f"och nära när det är minst {near} procent av målet."
    )


def _survey(report: Published) -> str:
    surveyed = [outcome.result for outcome in report.outcomes if outcome.kpi.kind == "stock"]
    told = next((text for result in surveyed if (text := told_answers(result))), "")
    return f"{told} Ett uteblivet svar räknas aldrig som noll." if told else ""


def _rows_used(report: Published) -> str:
    sources = report.sources
    read = f"{start_sentence(count_phrase(sources.raw_rows, 'rad', 'rader'))} lästes in"
    doubts = f"Kontrollerna gav {count_phrase(sources.warnings, 'varning', 'varningar')}."
    if sources.set_aside:
        aside = count_phrase(sources.set_aside, "rad", "rader")
        return (
            f"{read}, varav {number_word(sources.clean_rows)} användes och {aside} lades åt sidan. {doubts}"
        )
    used = " och användes" if sources.raw_rows == 1 else ", och alla användes"
    return f"{read}{used if sources.raw_rows else ''}. {doubts}"


def disclosure(report: Published) -> Block:
    """Tell what is withheld to protect people, or that the edition is internal and withholds nothing."""
    published = require_published(report)
    if published.audience == "internal":
        return paragraphs(
            "Det här är en intern utgåva: inga uppgifter är borttagna för att skydda enskilda, "
            "och den får inte spridas."
        )
    withheld = sum(table.withheld for table in published.tables.values())
    how_many = (
        f"I den här rapporten gäller det {count_phrase(withheld, 'uppgift', 'uppgifter')}, "
        "som visas med två punkter (..)."
        if withheld
        else "I den här rapporten har ingen uppgift behövt tas bort."
    )
    zeros = "Noll visas som noll, utom där det skulle röja ett skyddat tal."
    return paragraphs(" ".join(filter(None, [why_withheld(published.association.rules), zeros, how_many])))
