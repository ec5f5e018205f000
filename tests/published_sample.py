"""A small `Published`, made by hand: the figures of 2018, so that a reader can check what is shown by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from asf_analysis.association import (
    Association,
    Authority,
    Effort,
    Municipality,
    Party,
    Rules,
    TargetGroup,
    Track,
)
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, Published, PublishedTable, Sources
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.assessments import Assessment
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.contradictions import Contradiction
from asf_analysis.kpis.gender import WOMEN_EMPLOYEES, WOMEN_PARTICIPANTS, WOMEN_PERMANENT
from asf_analysis.kpis.outcomes import (
    Outcome,
    PublishedFigure,
    Status,
    Target,
    fulfilment,
    judge,
    judge_milestone,
    share_of_planned_change,
)
from asf_analysis.kpis.registry import NOT_KNOWN, Kind, Kpi, Period, Result

YEAR = Period.of_year(2018)
FIRST_DAY, LAST_DAY = date(2018, 1, 1), date(2018, 12, 31)
RULES = Rules()
WITHHELD_NUMBER = 987654
"""Stands in withheld cells of the sample, where no number should; it must appear in no output."""

ASSOCIATION = Association(
    name="Samordningsförbund Exempel",
    county="Exempels län",
    region="Region Exempel",
    demonstration=True,
    started_on=date(2016, 8, 1),
    period="augusti 2016–2019",
    contact="info@example.se",
    accessibility_url="https://www.digg.se/tdosanmalan",
    rules=RULES,
    effort=Effort(
        title="Insats",
        summary="Förbundet har en processledare.",
        purpose="Insatsen ska ge stöd.",
        tracks=(
            Track(title="Kunskap", text="Parterna får veta mer."),
            Track(title="Platser", text="Fler får plats."),
        ),
        target_groups=(TargetGroup(text="Personer mellan 16 och 64 år."), TargetGroup(text="Politiker.")),
    ),
    parties=(Party(name="Arbetsförmedlingen"), Party(name="Försäkringskassan")),
    authorities=(Authority(key="employment_service", name="Arbetsförmedlingen"),),
    municipalities=(Municipality(code="2183", name="Bollnäs"), Municipality(code="2180", name="Gävle")),
)


PARTS = Contradiction("sum", 2018, "Deltagare", "350", 435.0, counted_from="221 + 214", source="Rapporten")


def make_kpi(
    key: str,
    label: str,
    unit: str = "",
    kind: Kind = "flow",
    singular: str = "",
    plural: str = "",
    people: bool = False,
) -> Kpi:
    """Make a KPI as a subject file would, without the function that measures it."""
    return Kpi(
        key=key,
        label=label,
        unit=unit,
        kind=kind,
        formula=f"Så räknas {label.lower()}.",
        source="Enkäten" if people else "Registret",
        singular=singular,
        plural=plural,
        people=people,
    )


def make_outcome(
    kpi: Kpi,
    result: Result,
    target: float | None = None,
    baseline: float | None = None,
    published: PublishedFigure | None = None,
    warnings: tuple[str, ...] = (),
) -> Outcome:
    """Judge a figure as the results floor does."""
    aim = None if target is None else Target(target, LAST_DAY, baseline, FIRST_DAY)
    start = NOT_KNOWN if baseline is None else Result(baseline)
    status, reason = judge(result, aim, RULES)
    return Outcome(
        kpi=kpi,
        period=YEAR,
        baseline=start,
        target=aim,
        result=result,
        status=status,
        reason=reason,
        fulfilment=fulfilment(result, aim),
        share_of_planned_change=share_of_planned_change(start, result, aim),
        published=published,
        warnings=warnings,
    )


def make_milestone(kpi: Kpi, reached: bool | None, text: str = "") -> Outcome:
    """Judge a milestone."""
    status, reason = judge_milestone(reached)
    return replace(make_outcome(kpi, NOT_KNOWN), target=Target(None), status=status, reason=reason, text=text)


_BY_KEY = {kpi.key: kpi for kpi in KPIS}
ACTIVE = _BY_KEY["active_enterprises"]
POLITICIANS = _BY_KEY["politicians_informed"]
TRAININGS = _BY_KEY["trainings"]
PARTICIPANTS = _BY_KEY["participants"]
PERMANENT = _BY_KEY["permanent_employees"]
MUNICIPALITIES = _BY_KEY["supporting_municipalities"]
COUNCIL = _BY_KEY["regional_council"]
FOLLOW_UP = _BY_KEY["gender_follow_up"]
BEFORE = ("Hudiksvall", "Nordanstig", "Söderhamn", "Bollnäs")
ADDED = ("Ljusdal", "Gävle", "Hofors")


def outcomes_of_2018() -> tuple[Outcome, ...]:
    """Give the outcomes of 2018, as far as the published report states them."""
    answered = {"answered": 27, "asked": 28, "carried": 1}
    municipalities = make_outcome(MUNICIPALITIES, Result(7, members=BEFORE + ADDED), target=7, baseline=4)
    return (
        make_outcome(TRAININGS, Result(3)),
        make_outcome(
            _BY_KEY["ambassadors"],
            Result(50, low=45, high=55),
        ),
        make_outcome(
            _BY_KEY["organisations_informed"],
            Result(32),
            target=30,
        ),
        make_outcome(
            _BY_KEY["employees_informed"],
            Result(235),
            target=300,
        ),
        make_outcome(
            POLITICIANS,
            Result(75, low=67.5, high=82.5),
            target=250,
            published=PublishedFigure(
                target=250, result=75, approximate=True, source="Årsredovisningen 2018"
            ),
        ),
        make_outcome(
            _BY_KEY["information_activities"],
            Result(63),
            target=50,
        ),
        make_outcome(
            ACTIVE,
            Result(28),
            target=30,
            baseline=25,
            published=PublishedFigure(baseline=25, target=30, result=27, source="Årsredovisningen 2018"),
        ),
        make_outcome(
            PERMANENT,
            Result(209, **answered),
            target=200,
            baseline=190,
            warnings=("Definitionerna skiljer sig åt.",),
        ),
        make_outcome(PARTICIPANTS, Result(199, **answered), target=180, baseline=150),
        replace(municipalities, baseline=Result(4, members=BEFORE)),
        make_outcome(
            _BY_KEY["cooperation_groups"],
            Result(6),
        ),
        make_outcome(
            _BY_KEY["external_lectures"],
            Result(4),
        ),
        make_milestone(COUNCIL, reached=False, text="Styrgruppen är en början."),
        make_milestone(FOLLOW_UP, reached=True),
    )


def womens_shares(*results: Result) -> tuple[Outcome, ...]:
    """Give the indicators of women's share: of participants, employees and permanently employed."""
    shares = (WOMEN_PARTICIPANTS, WOMEN_EMPLOYEES, WOMEN_PERMANENT)
    of_2018 = (Result(118, whole=199), Result(146, whole=251), Result(121, whole=209))
    return tuple(make_outcome(kpi, result) for kpi, result in zip(shares, results or of_2018, strict=True))


def table_of_rounds(
    rows: Mapping[str, tuple[int | None, int | None] | None], key: str = "participants_by_round"
) -> PublishedTable:
    """Make a table of survey rounds, which has no total row; None is withheld or missing as elsewhere."""
    table = table_of_people(rows, key, "Deltagare efter enkätomgång", "round", "Enkätomgång")
    body = table.frame[table.frame["round"] != TOTAL].reset_index(drop=True)
    return replace(table, frame=body, adds_up=False)


def table_of_people(
    rows: Mapping[str, tuple[int | None, int | None] | None],
    key: str = "participants_by_municipality",
    title: str = "Deltagare efter kommun",
    dimension: str = "municipality",
    label: str = "Kommun",
    total: tuple[int, int] | None = None,
) -> PublishedTable:
    """Make a table of women and men; None for a row is withheld, None for a figure is missing.

    `total` is that of all rows, the withheld ones too; without it, of those that are shown.
    """
    known = [pair for pair in rows.values() if pair is not None]
    women, men = total or (sum(pair[0] or 0 for pair in known), sum(pair[1] or 0 for pair in known))
    records: list[tuple[str, str, int | None, str]] = []
    for name, pair in [*rows.items(), (TOTAL, (women, men))]:
        if pair is None:
            records += [(name, sex, WITHHELD_NUMBER, WITHHELD) for sex in ("women", "men", TOTAL)]
            continue
        figures = (*pair, None if None in pair else sum(pair))
        records += [
            (name, sex, figure, MISSING if figure is None else SHOWN)
            for sex, figure in zip(("women", "men", TOTAL), figures, strict=True)
        ]
    return _table(key, title, dimension, label, "sex", "personer", "Enkäten", records)


def table_of_activities(months: Mapping[int, Sequence[int]], kinds: Sequence[str]) -> PublishedTable:
    """Make the table of activities: for each month, how many of each kind."""
    records: list[tuple[str, str, int | None, str]] = []
    sums = [sum(column) for column in zip(*months.values(), strict=True)]
    for name, counts in [*((str(month), counts) for month, counts in months.items()), (TOTAL, sums)]:
        records += [(name, kind, count, SHOWN) for kind, count in zip(kinds, counts, strict=True)]
        records.append((name, TOTAL, sum(counts), SHOWN))
    title = "Informationsinsatser efter månad och slag"
    return _table(
        "activities_by_month", title, "month", "Månad", "kind", "insatser", "Informationsinsatser", records
    )


def _table(
    key: str,
    title: str,
    rows: str,
    label: str,
    columns: str,
    unit: str,
    source: str,
    records: Sequence[tuple[str, str, int | None, str]],
) -> PublishedTable:
    frame = pd.DataFrame(list(records), columns=[rows, columns, "value", "status"]).astype({"value": "Int64"})
    return PublishedTable(
        key=key,
        title=title,
        rows=rows,
        rows_label=label,
        columns=columns,
        unit=unit,
        source=source,
        frame=frame,
    )


KINDS = ("informationsträff", "dialogmöte", "studiebesök", "föreläsning", "mässa", "utbildningsdag")
MONTHS = {
    1: (2, 1, 1, 0, 0, 0),
    2: (3, 1, 1, 0, 0, 0),
    3: (3, 3, 1, 1, 0, 0),
    4: (3, 1, 1, 0, 1, 0),
    5: (3, 2, 1, 1, 0, 0),
    6: (2, 1, 0, 0, 0, 0),
    7: (0, 0, 0, 0, 0, 0),
    8: (1, 1, 0, 1, 0, 0),
    9: (3, 2, 1, 1, 0, 0),
    10: (4, 2, 1, 1, 0, 1),
    11: (3, 2, 1, 1, 0, 0),
    12: (2, 1, 1, 0, 0, 0),
}
"""63 activities: 26, 16, 7, 5, 1 and 1 of the kinds, and most of them (9) in October; see the test."""

PEOPLE = {
    "Bollnäs": (14, 9),
    "Gävle": (31, 25),
    "Hofors": (7, 6),
    "Hudiksvall": (22, 15),
    "Ljusdal": (11, 8),
    "Nordanstig": None,
    "Ockelbo": None,
    "Ovanåker": (0, 0),
    "Sandviken": (14, 10),
    "Söderhamn": (12, 5),
}
EVERYBODY = (118, 81)


def make_report(
    outcomes: Sequence[Outcome] | None = None,
    tables: Sequence[PublishedTable] | None = None,
    assessment: Assessment | None = None,
    lectures: tuple[tuple[str, str], ...] = (("14 mars 2018", "Stockholm"), ("5 maj 2018", "Riga")),
    audience: str = "public",
    association: Association = ASSOCIATION,
    period: Period = YEAR,
    contradictions: tuple[Contradiction, ...] = (PARTS,),
    indicators: Sequence[Outcome] | None = None,
) -> Published:
    """Make a `Published`; what is not given is that of 2018."""
    shown = (
        [table_of_people(PEOPLE, total=EVERYBODY), table_of_activities(MONTHS, KINDS)]
        if tables is None
        else tables
    )
    return Published(
        year=period.year,
        period=period,
        audience=audience,  # type: ignore[arg-type]
        association=association,
        outcomes=tuple(outcomes_of_2018() if outcomes is None else outcomes),
        indicators=tuple(womens_shares() if indicators is None else indicators),
        tables={table.key: table for table in shown},
        assessment=assessment or Assessment(2018, {"Framgångsfaktorer": "# Samverkan\n\nGrupperna träffas."}),
        contradictions=contradictions,
        lectures=lectures,
        sources=Sources(140, 139, 1, warnings=2 if audience == "internal" else None),
    )


def with_status(status: Status, number: int) -> Outcome:
    """Make an outcome of a status, for counting."""
    result = {
        "uppnått": Result(30),
        "nära målet": Result(28),
        "ej uppnått": Result(10),
        "kan ej bedömas": Result(30, low=27, high=33),
    }[status]
    return make_outcome(replace(ACTIVE, key=f"kpi_{number}", label=f"Mått {number}"), result, target=30)
