"""A small year of support and information, made by hand, so that what is told of it can be checked by eye."""

from dataclasses import fields, replace
from functools import cache

import pandas as pd
from published_sample import ASSOCIATION, YEAR, make_outcome, make_report

from asf_analysis.disclosure.protect import protect_breakdown, protect_outcome
from asf_analysis.disclosure.published import Published
from asf_analysis.intake.schemas import SURVEY_COUNTS, CleanTables
from asf_analysis.kpis import completed, meetings, moving_on, places, reach, staffing
from asf_analysis.kpis.breakdowns import Breakdown, Facts
from asf_analysis.kpis.registry import Indicator, Period

BOLLNAS, GAVLE = "555555-0001", "555555-0002"


def activities(*rows: tuple) -> pd.DataFrame:
    """Make activities of (party, municipality, employees, politicians, others), all held in May 2018."""
    held = pd.DataFrame(list(rows), columns=["party", "municipality", "employees", "politicians", "others"])
    counts = {name: pd.array(held[name], "Int64") for name in ("employees", "politicians", "others")}
    return held.assign(
        **counts,
        held_on=pd.Timestamp(2018, 5, 2),
        kind="dialogmöte",
        place=None,
        organisation=None,
    ).astype({"party": object, "municipality": object, "place": object})


def groups(*rows: tuple) -> pd.DataFrame:
    """Make rows of (group, municipality, meetings a year, first day, last day or None)."""
    made = pd.DataFrame(
        list(rows), columns=["group", "municipality", "meetings_per_year", "started_on", "ended_on"]
    )
    return made.assign(
        meetings_per_year=pd.array(made["meetings_per_year"], "Int64"),
        started_on=pd.to_datetime(made["started_on"]),
        ended_on=pd.to_datetime(made["ended_on"]),
    )


def supervised(*rows: tuple) -> pd.DataFrame:
    """Make rows of (enterprise, places, participants, granted, paid, first day, last day)."""
    names = ["organisation_number", "places", "participants", "granted_sek", "paid_sek"]
    made = pd.DataFrame(list(rows), columns=[*names, "started_on", "ended_on"])
    return made.assign(
        places=pd.array(made["places"], "Int64"),
        participants=pd.array(made["participants"], "Int64"),
        granted_sek=made["granted_sek"].astype("Float64"),
        paid_sek=made["paid_sek"].astype("Float64"),
        started_on=pd.to_datetime(made["started_on"]),
        ended_on=pd.to_datetime(made["ended_on"]),
    )


def responses(*rows: tuple[str, str, dict[str, int]]) -> pd.DataFrame:
    """Make answers of (round, enterprise, counts by column); a count that is not given is missing."""
    made = pd.DataFrame(
        [{"round": name, "organisation_number": number, **counts} for name, number, counts in rows],
        columns=["round", "organisation_number", "municipality", *SURVEY_COUNTS],
    )
    return made.astype({**dict.fromkeys(SURVEY_COUNTS, "Int64"), "municipality": object})


REGISTER = pd.DataFrame(
    {
        "organisation_number": [BOLLNAS, GAVLE],
        "municipality": ["Bollnäs", "Gävle"],
        "started_on": pd.to_datetime(["2016-01-01", "2016-01-01"]),
        "ended_on": pd.to_datetime([None, None]),
    }
)
ACTIVITIES = activities(
    ("Arbetsförmedlingen", "Gävle", 8, 0, 2),
    ("Gävle", "Gävle", 3, 5, 0),
    ("Gävle", None, 1, 0, 0),
    (None, "Gävle", 2, 0, 1),
)
GROUPS = groups(
    ("Norra", "Bollnäs", 4, "2015-01-01", None),
    ("Norra", "Gävle", 4, "2015-01-01", None),
    ("Forum", "Gävle", 6, "2018-05-01", None),
)
PLACES = supervised(
    (BOLLNAS, 4, 6, 100000, 90000, "2018-01-01", "2018-12-31"),
    (GAVLE, 2, 3, 30000, 30000, "2018-07-01", "2018-12-31"),
)


def _answer(completed: tuple, work: tuple, studies: tuple, other: tuple) -> dict[str, int]:
    counts = {
        "participants": (6, 4),
        "employees": (8, 12),
        "completed": completed,
        "completed_to_work": work,
        "completed_to_studies": studies,
        "completed_to_other": other,
    }
    return {
        f"{name}_{sex}": number
        for name, pair in counts.items()
        for sex, number in zip(("women", "men"), pair, strict=True)
    }


ANSWERS = responses(
    ("2018-kv1", BOLLNAS, _answer((10, 10), (5, 3), (2, 1), (3, 6))),
    ("2018-kv4", BOLLNAS, _answer((6, 4), (2, 2), (1, 0), (3, 2))),
    ("2018-kv4", GAVLE, _answer((7, 3), (4, 1), (1, 1), (2, 1))),
)
"""40 completed, 17 of them to work and 6 to studies; last, 20 participants beside 40 employees."""


def clean_tables(**given: pd.DataFrame) -> CleanTables:
    """Make the clean tables of the sample, with others in the place of some."""
    empty = pd.DataFrame()
    known = {
        "enterprises": REGISTER,
        "responses": ANSWERS,
        "activities": ACTIVITIES,
        "support_structures": GROUPS,
        "supervised_places": PLACES,
    }
    names = [field.name for field in fields(CleanTables) if field.name not in ("warnings", "years")]
    frames = {name: given.get(name, known.get(name, empty)) for name in names}
    return CleanTables(**frames, warnings=(), years=(2018,))


def breakdowns(period: Period = YEAR, **given: pd.DataFrame) -> dict[str, Breakdown]:
    """Take the sample apart."""
    facts = Facts(clean_tables(**given), ASSOCIATION, period)
    made = [
        table for subject in (reach, meetings, places, completed) for table in subject.breakdowns_of(facts)
    ]
    return {table.key: table for table in made}


INDICATORS = tuple(
    one
    for subject in (moving_on, staffing, meetings, places)
    for one in vars(subject).values()
    if isinstance(one, Indicator)
)


def support_report(period: Period = YEAR, **given: pd.DataFrame) -> Published:
    """Make the report of the sample, through the door, with other tables in the place of some."""
    tables, rules = clean_tables(**given), ASSOCIATION.rules
    shown = [protect_breakdown(table, rules, "public") for table in breakdowns(period, **given).values()]
    outcomes = [
        replace(
            make_outcome(one, one.measure(*(tables.table(name) for name in one.tables), period)),
            period=period,
        )
        for one in INDICATORS
    ]
    report = make_report([], shown, period=period)
    return replace(
        report, indicators=tuple(protect_outcome(outcome, rules, "public") for outcome in outcomes)
    )


@cache
def sample_report() -> Published:
    """Make the report of the sample as it is, once."""
    return support_report()
