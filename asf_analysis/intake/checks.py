"""Checks across rows and tables, of what each cell alone cannot show.

A *fel* stops publication, a *varning* is published with a note, an *upplysning* is worth a look. No message
shows an answer or an enterprise's name: file, sheet, row and column tell the analyst where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from asf_analysis.errors import Fault
from asf_analysis.intake.answers import (
    changed_much,
    more_permanent_than_employed,
    more_reasons_than_completed,
    outside_target_group,
    parts_that_do_not_add_up,
    with_enterprise,
)
from asf_analysis.intake.findings import SOURCE, Check, Finding, Titles, faults_of
from asf_analysis.intake.spans import running_on
from asf_analysis.swedish.dates import last_day


def check_tables(tables: Mapping[str, pd.DataFrame], titles: Titles) -> list[Fault]:
    """Run every check whose tables could be read; `tables` holds only those.

    Beside each organisation number they find `enterprise`: its digits as a number, 0 where there is none.
    """
    return [fault for _, finding in findings_in(tables) for fault in faults_of(finding, titles)]


def findings_in(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Finding]]:
    """Give what each check finds in the first of the tables that it needs, also where that is nothing."""
    tables = {table: with_enterprise(rows) for table, rows in tables.items()}
    for needs, checks in _CHECKS.items():
        if all(table in tables for table in needs):
            for check in checks:
                for finding in check(tables):
                    yield needs[0], finding


def registered_twice(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find enterprises that stand more than once in the register."""
    enterprises = tables["enterprises"]
    twice = enterprises.duplicated("enterprise", keep=False) & (enterprises["enterprise"] != 0)
    remedy = "Behåll en rad per företag; ett tidigare namn har en egen kolumn."
    yield Finding(
        enterprises[twice],
        "organisation_number",
        "Företaget står flera gånger i registret.",
        remedy,
        subject="Register och enkät",
    )


def ended_before_start(table: str) -> Check:
    """Make the check that nothing in a table ends before it starts."""

    def check(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
        rows = tables[table]
        backwards = rows["ended_on"] < rows["started_on"]
        remedy = "Rätta startdatum eller slutdatum."
        yield Finding(
            rows[backwards], "ended_on", "Slutdatum är före startdatum.", remedy, subject="Datum och datum"
        )

    return check


def outside_year(table: str) -> Check:
    """Make the check that everything in a year's file was held in that year."""

    def check(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
        rows = tables[table]
        years = rows["source_file"].str.split("/").str[0].astype("Int64")
        other = rows["held_on"].notna() & (rows["held_on"].dt.year != years)
        remedy = "Rätta datumet, eller flytta raden till rätt års fil."
        problem = "Datumet ligger utanför filens år."
        yield Finding(rows[other.fillna(False)], "held_on", problem, remedy, subject="Datum och datum")

    return check


def answered_twice(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find enterprises that answered more than once in a round."""
    responses = tables["responses"]
    rounds = responses["year"] * 10 + responses["quarter"].fillna(0).astype("int64")
    twice = (responses["enterprise"] * 100_000 + rounds).duplicated(keep=False)
    rows = responses[twice & (responses["enterprise"] != 0)]
    remedy = "Behåll det svar som gäller."
    problem = "Företaget har svarat flera gånger i samma omgång."
    yield Finding(rows, "organisation_number", problem, remedy, subject="Omgång och omgång")


def not_registered(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find answers from enterprises that the register does not have."""
    responses, register = tables["responses"], tables["enterprises"]["enterprise"]
    strangers = ~responses["enterprise"].isin(register) & (responses["enterprise"] != 0)
    remedy = "Lägg till företaget i registret, eller rätta organisationsnumret."
    yield Finding(
        responses[strangers],
        "organisation_number",
        "Företaget finns inte i företagsregistret.",
        remedy,
        subject="Register och enkät",
    )


def named_as_another(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find answers with one enterprise's number and another's name, exactly as the register has it."""
    register = tables["enterprises"]
    answers = tables["responses"]
    own = register.drop_duplicates("enterprise").set_index("enterprise")["name"]
    otherwise = answers["name"].notna() & (answers["enterprise"] != 0)
    otherwise &= answers["name"].array != own.reindex(answers["enterprise"]).array
    named = pd.concat(
        register[["enterprise", name]].set_axis(["owner", "name"], axis=1) for name in ("name", "former_name")
    )
    named = named[named["name"].isin(answers.loc[otherwise, "name"])].drop_duplicates()
    owner = answers["name"][otherwise].map(
        named.drop_duplicates("name", keep=False).set_index("name")["owner"]
    )
    other = owner.index[owner.notna() & (owner != answers["enterprise"][otherwise])]
    remedy = "Kontrollera med företaget vems svaret är, och rätta namnet eller organisationsnumret."
    problem = "Namnet är ett annat företags i registret än organisationsnumret."
    yield Finding(answers.loc[other], "name", problem, remedy, "varning", "Register och enkät")


def not_active(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find answers from enterprises that closed before the round's quarter, or started after it."""
    answers = _with_register(tables)
    first = pd.to_datetime(
        pd.DataFrame({"year": answers["year"], "month": 3 * answers["quarter"] - 2, "day": 1})
    )
    after = first + pd.DateOffset(months=3)
    remedy = "Kontrollera datumen i registret och vilken omgång svaret hör till."
    for rows, problem in (
        (answers[answers["registered_end"] < first], "Företaget upphörde före kvartalet."),
        (answers[answers["registered_start"] >= after], "Företaget startade efter kvartalet."),
    ):
        yield Finding(rows, "organisation_number", problem, remedy, "varning", "Register och enkät")


def placed_outside_register(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find supervised places at enterprises that the register does not have."""
    places, register = tables["supervised_places"], tables["enterprises"]["enterprise"]
    strangers = ~places["enterprise"].isin(register) & (places["enterprise"] != 0)
    remedy = "Lägg till företaget i registret, eller rätta organisationsnumret."
    problem = "Platserna finns hos ett företag som inte står i företagsregistret."
    yield Finding(places[strangers], "organisation_number", problem, remedy, "varning", "Register och enkät")


def paid_more_than_granted(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find supervised places for which more kronor were paid than granted."""
    places = tables["supervised_places"]
    more = (places["paid_sek"] > places["granted_sek"]).fillna(False)
    remedy = "Kontrollera båda beloppen mot beslutet."
    problem = "Det utbetalda beloppet är större än det beviljade."
    yield Finding(places[more], "paid_sek", problem, remedy, "varning", "Delar och summor")


def not_answered(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find enterprises that were active on a round's last day and did not answer it."""
    enterprises, responses = tables["enterprises"], tables["responses"]
    for name, answers in responses[["round", "year", "quarter", "enterprise"]].groupby("round"):
        year, quarter = (int(answers[part].iloc[0]) for part in ("year", "quarter"))
        active = running_on(enterprises, last_day(year, quarter))
        silent = active[~active["enterprise"].isin(answers["enterprise"])]
        yield Finding(
            silent,
            "organisation_number",
            f"Företaget har inget svar i omgången {name}.",
            "Be företaget svara, eller rätta dess datum i registret.",
            "upplysning",
        )


_CHECKS: Mapping[tuple[str, ...], tuple[Check, ...]] = {
    ("enterprises",): (registered_twice, ended_before_start("enterprises")),
    ("support_structures",): (ended_before_start("support_structures"),),
    ("activities",): (outside_year("activities"),),
    ("trainings",): (outside_year("trainings"),),
    ("responses",): (
        answered_twice,
        more_permanent_than_employed,
        parts_that_do_not_add_up,
        more_reasons_than_completed,
        outside_target_group,
        changed_much,
    ),
    ("supervised_places",): (paid_more_than_granted,),
    ("supervised_places", "enterprises"): (placed_outside_register,),
    ("responses", "enterprises"): (not_registered, named_as_another, not_active, not_answered),
}


def _with_register(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the answers with their enterprise's dates; an enterprise listed twice is a fault of its own."""
    register = tables["enterprises"].drop_duplicates("enterprise")
    register = register[register["enterprise"] != 0]
    dates = register.set_index("enterprise")[["started_on", "ended_on"]]
    return tables["responses"][["year", "quarter", "enterprise", *SOURCE]].join(
        dates.set_axis(["registered_start", "registered_end"], axis=1), on="enterprise"
    )
