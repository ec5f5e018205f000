"""Sentences agree with the data and with Swedish grammar, at every edge."""

import inspect
import re
from dataclasses import replace
from datetime import date
from importlib.metadata import version

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_sample import (
    ACTIVE,
    ADDED,
    ASSOCIATION,
    BEFORE,
    COUNCIL,
    KINDS,
    MUNICIPALITIES,
    PARTICIPANTS,
    POLITICIANS,
    TRAININGS,
    WITHHELD_NUMBER,
    make_kpi,
    make_milestone,
    make_outcome,
    make_report,
    table_of_activities,
    table_of_people,
    with_status,
)
from quality_sample import is_of_quality, takes_another_report
from support_sample import sample_report

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import WITHHELD, Sources
from asf_analysis.errors import UnknownName, WrongUsage
from asf_analysis.kpis.assessments import Assessment
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.findings import goals_reached
from asf_analysis.presentation.written import shift_headings

BY_MUNICIPALITY = "participants_by_municipality"
STATUSES = ("uppnått", "nära målet", "ej uppnått", "kan ej bedömas")
COMPARING = ("ökade", "minskade", "oförändra", "överträffades", "procent av målet")
OFFERED = {
    name: function for name, function in inspect.getmembers(text, inspect.isfunction) if name in text.__all__
}
PUBLIC = {
    name: function
    for name, function in OFFERED.items()
    if not is_of_quality(function) and not takes_another_report(function)
}
OF_DEVELOPMENT = {"changes", "development", "sizes"}
"""What test_development.py reads."""
OF_RATES = {"rates"}
"""What test_rates.py reads."""

ARGUMENTS = {
    "kpi": ("trainings",),
    "people": (BY_MUNICIPALITY,),
    "groups": (BY_MUNICIPALITY,),
    "assessment": ("Framgångsfaktorer",),
    "balance": (BY_MUNICIPALITY,),
    "rounds": (BY_MUNICIPALITY,),
}
OF_SUPPORT = {"completed", "meetings", "participants_per_employee", "reach", "supervised_places"}
"""Sentences of indicators, which have a sample of their own."""


def told(outcome: Outcome) -> str:
    return text.kpi(make_report([outcome]), outcome.kpi.key).plain


def test_every_sentence_that_a_notebook_needs_is_there():
    assert set(OFFERED) == set(text.__all__)
    assert set(PUBLIC) == {
        "activities", "assessment", "balance", "changes", "coverage", "development", "disclosure", "effort",
        "gender_summary", "goals", "groups", "informed", "judging", "kpi", "lectures", "measuring",
        "milestones", "parties", "people", "period", "rates", "rounds", "sizes", "summary",
        "supporting_municipalities", "target_groups", "tolerance", "tracks", "trainings", "versions",
        *OF_SUPPORT,
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(PUBLIC) - OF_DEVELOPMENT - OF_RATES))
def test_sentences_are_whole_and_clean(name):
    report = sample_report() if name in OF_SUPPORT else make_report()
    shown = PUBLIC[name](report, *ARGUMENTS.get(name, ()))._repr_mimebundle_()["text/plain"]
    assert not re.search(r"  |\.\.\.|None|nan| [,;:]|\{|\}| \.(?!\.)", shown)
    assert str(WITHHELD_NUMBER) not in shown


def test_the_year_in_short_names_the_best_and_what_was_missed():
    assert text.summary(make_report()).plain.split("\n\n") == [
        "Sex av tio mål nåddes 2018. Av de övriga nåddes ett nästan, och tre nåddes inte. I förhållande till "
        "målet gick det bäst för genomförda informationsinsatser: 63, mot målet 50.",
        "Nära målet kom aktivt verksamma ASF (28 av 30).",
        "Målen nåddes inte för medarbetare som fått information om ASF (235 av 300), politiker som fått "
        "information om ASF (ca 75 av 250) och länsövergripande råd eller akademi för ASF.",
    ]


def test_a_year_without_goals_says_so():
    assert (
        text.summary(make_report([make_outcome(TRAININGS, Result(3))])).plain == "Inga mål är satta för 2018."
    )


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        ([], "Inga mål är satta för 2018"),
        (["uppnått"], "Målet nåddes 2018"),
        (["ej uppnått"], "Målet nåddes inte 2018"),
        (["kan ej bedömas"], "Målet för 2018 kan inte bedömas"),
        (["kan ej bedömas"] * 2, "Inget av de två målen för 2018 kan bedömas"),
        (["uppnått"] * 2, "Båda målen nåddes 2018"),
        (["uppnått"] * 12, "Alla tolv målen nåddes 2018"),
        (["uppnått"] * 13, "Alla 13 målen nåddes 2018"),
        (["uppnått"] * 13 + ["ej uppnått"], "Under 2018 nåddes 13 av 14 mål"),
        (["ej uppnått", "nära målet"], "Inget av två mål nåddes 2018"),
        (["uppnått", "ej uppnått"], "Ett av två mål nåddes 2018"),
        (["uppnått", "kan ej bedömas"], "Det enda bedömda målet nåddes 2018, och ett mål kan inte bedömas"),
        (
            ["ej uppnått", "kan ej bedömas"],
            "Det enda bedömda målet nåddes inte 2018, och ett mål kan inte bedömas",
        ),
        (
            ["uppnått", "ej uppnått", "kan ej bedömas", "kan ej bedömas"],
            "Ett av två bedömda mål nåddes 2018, och två mål kan inte bedömas",
        ),
        (
            ["uppnått"] * 3 + ["kan ej bedömas"],
            "Alla tre bedömda målen nåddes 2018, och ett mål kan inte bedömas",
        ),
    ],
)
def test_how_many_goals_were_reached(statuses, sentence):
    outcomes = [with_status(status, number) for number, status in enumerate(statuses)]
    assert goals_reached(outcomes, Period.of_year(2018)) == sentence


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (["uppnått"] * 3, ""),
        (["ej uppnått"] * 3, ""),
        (["nära målet"] * 2, " Båda nåddes nästan."),
        (["nära målet"] * 3, " Alla tre nåddes nästan."),
        (["uppnått", "nära målet"], " Det återstående nåddes nästan."),
        (["uppnått", "ej uppnått"], " Det återstående nåddes inte."),
        (["uppnått"] + ["ej uppnått"] * 13, " De övriga 13 nåddes inte."),
        (["ej uppnått", "nära målet"], " Av dem nåddes ett nästan, och ett nåddes inte."),
        (["uppnått", "ej uppnått", "nära målet"], " Av de övriga nåddes ett nästan, och ett nåddes inte."),
    ],
)
def test_how_many_goals_were_near_and_missed(statuses, sentence):
    report = make_report([with_status(status, number) for number, status in enumerate(statuses)])
    assert text.summary(report).plain.split("\n\n")[0].partition(".")[2] == sentence


def test_an_unfinished_year_says_until_when():
    until = Period(date(2018, 1, 1), date(2018, 6, 30))
    outcomes = [with_status("uppnått", 1), with_status("ej uppnått", 2)]
    assert goals_reached(outcomes, until) == (
        "Hittills i år, till och med den 30 juni 2018, är ett av två mål uppnått"
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(STATUSES), min_size=1, max_size=15))
def test_goals_are_listed_under_their_own_status(statuses):
    report = make_report([with_status(status, number) for number, status in enumerate(statuses)])
    lines = text.goals(report).plain.splitlines()[1:]
    heads = dict(zip(STATUSES, ("Uppnådda", "Nära målet", "Ej uppnådda", "Kan ej bedömas"), strict=True))
    for status, head in heads.items():
        named = [line for line in lines if line.startswith(f"- {head}:")]
        assert sum(len(re.findall(r"mått \d+", line)) for line in named) == statuses.count(status)


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (0, "Under 2018 hölls inga utbildningar om ASF."),
        (1, "Under 2018 hölls en utbildning om ASF."),
        (2, "Under 2018 hölls två utbildningar om ASF."),
        (12, "Under 2018 hölls tolv utbildningar om ASF."),
        (13, "Under 2018 hölls 13 utbildningar om ASF."),
        (1234, "Under 2018 hölls 1\u00a0234 utbildningar om ASF."),
    ],
)
def test_a_count_agrees_with_its_noun(amount, sentence):
    assert told(make_outcome(TRAININGS, Result(amount))) == f"{sentence} Inget mål är satt."


def test_one_enterprise_is_neuter():
    assert told(make_outcome(ACTIVE, Result(1))).startswith(
        "Den 31 december 2018 fanns det ett verksamt företag i länet."
    )


def test_a_missing_figure_is_not_nothing():
    assert told(make_outcome(TRAININGS, NOT_KNOWN)).startswith(
        "Genomförda ASF-utbildningar: uppgift saknas för 2018."
    )


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (make_outcome(ACTIVE, Result(31), target=30), "Målet på 30 överträffades."),
        (make_outcome(ACTIVE, Result(30), target=30), "Målet på 30 nåddes."),
        (
            make_outcome(ACTIVE, Result(28), target=30),
            "Målet på 30 nåddes nästan: resultatet är 93 procent av målet.",
        ),
        (
            make_outcome(ACTIVE, Result(15), target=30),
            "Målet på 30 nåddes inte: resultatet är 50 procent av målet.",
        ),
        (make_outcome(ACTIVE, Result(7), target=7), "Målet på sju nåddes."),
        (
            make_outcome(POLITICIANS, Result(75, low=67.5, high=82.5), target=250),
            "Målet på 250 nåddes inte: resultatet är ca 30 procent av målet.",
        ),
        (
            make_outcome(POLITICIANS, Result(75, low=67.5, high=82.5), target=80),
            "Om målet på 80 nåddes kan inte bedömas: "
            "den ungefärliga uppgiften kan ligga på båda sidor om en gräns.",
        ),
        (
            make_outcome(ACTIVE, NOT_KNOWN, target=30),
            "Om målet på 30 nåddes kan inte bedömas: resultatet är inte känt.",
        ),
    ],
)
def test_a_result_is_compared_with_its_target(outcome, sentence):
    assert told(outcome).split(". ", 1)[-1].endswith(sentence)


@pytest.mark.parametrize(
    ("result", "baseline", "sentence"),
    [
        (Result(28), 25, "Antalet ökade med tre från utgångsläget, som var 25 den 1 januari 2018."),
        (Result(20), 25, "Antalet minskade med fem från utgångsläget, som var 25 den 1 januari 2018."),
        (Result(26), 25, "Antalet ökade med ett från utgångsläget, som var 25 den 1 januari 2018."),
        (Result(25), 25, "Antalet är oförändrat sedan utgångsläget den 1 januari 2018."),
        (
            Result(40, low=36, high=44),
            25,
            "Antalet ökade med ca 15 från utgångsläget, som var 25 den 1 januari 2018.",
        ),
        (
            Result(26, low=23, high=29),
            25,
            "Antalet är oförändrat sedan utgångsläget, som var 25 den 1 januari 2018: skillnaden ryms inom "
            "det som ungefärliga uppgifter kan förklara.",
        ),
        (
            Result(25, low=23, high=27),
            25,
            "Antalet är oförändrat sedan utgångsläget, som var 25 den 1 januari 2018, så vitt ungefärliga "
            "uppgifter kan visa.",
        ),
        (
            Result(28, answered=27, asked=28, carried=1, answered_only=Result(25)),
            25,
            "Antalet är oförändrat sedan utgångsläget, som var 25 den 1 januari 2018: skillnaden ryms inom "
            "det som svar från en tidigare enkätomgång kan förklara.",
        ),
    ],
)
def test_the_change_since_the_baseline_is_told_where_it_is_certain(result, baseline, sentence):
    said = told(make_outcome(ACTIVE, result, target=100, baseline=baseline))
    assert said.split("\n\n")[0].endswith(sentence)


def test_a_share_changes_by_percentage_points():
    outcome = make_outcome(ACTIVE, Result(41, whole=100), target=100, baseline=1)
    shown = told(replace(outcome, baseline=Result(38, whole=100)))
    assert "41 procent den 31 december 2018" in shown
    assert (
        "Andelen ökade med tre procentenheter från utgångsläget, som var 38 procent den 1 januari 2018."
        in shown
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.integers(1, 200), st.one_of(st.none(), st.integers(0, 200)))
def test_nothing_is_compared_where_the_status_cannot_be_judged(amount, target, baseline):
    outcome = make_outcome(ACTIVE, Result(amount, low=amount * 0.9, high=amount * 1.1), target, baseline)
    shown = told(outcome)
    assert f"ca {amount} " in shown
    if outcome.status == "kan ej bedömas":
        assert not any(word in shown for word in COMPARING)
    else:
        assert ("nåddes inte" in shown) == (outcome.status == "ej uppnått")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 200))
def test_the_sentence_of_a_kpi_agrees_with_its_figures(amount, target, baseline):
    shown = told(make_outcome(ACTIVE, Result(amount), target, baseline))
    assert ("ökade" in shown, "minskade" in shown, "oförändrat" in shown) == (
        amount > baseline, amount < baseline, amount == baseline,
    )  # fmt: skip
    assert ("överträffades" in shown) == (amount > target)
    assert "100 procent" not in shown


def test_answers_and_warnings_stand_in_a_paragraph_of_their_own():
    outcome = make_outcome(PARTICIPANTS, Result(199, answered=27, asked=28, carried=1), warnings=("Se upp.",))
    assert told(outcome).split("\n\n")[1] == (
        "Uppgiften bygger på svar från 27 av 28 företag. "
        "För ett företag används svaret från förra omgången. Se upp."
    )


@pytest.mark.parametrize(("amount", "counted"), [(0, "inga möten"), (1, "ett möte"), (3, "tre möten")])
def test_a_kpi_that_somebody_adds_is_told_by_its_label(amount, counted):
    added = replace(make_kpi("added", "Nya möten", "möten", singular="möte", plural="möten"), neuter=True)
    assert told(make_outcome(added, Result(amount), target=5)).startswith(f"Nya möten: {counted} under 2018.")


def test_a_kpi_without_nouns_is_counted_in_its_unit():
    assert told(make_outcome(make_kpi("added", "Stöd", "kronor"), Result(1))).startswith(
        "Stöd: 1 kronor under 2018."
    )


@pytest.mark.parametrize(
    ("reached", "sentence"),
    [
        (True, "Länsövergripande råd eller akademi för ASF: målet nåddes. En början."),
        (False, "Länsövergripande råd eller akademi för ASF: målet nåddes inte. En början."),
        (
            None,
            "Länsövergripande råd eller akademi för ASF: det går inte att bedöma om målet nåddes. "
            "Ingen bedömning är skriven. En början.",
        ),
    ],
)
def test_a_milestone_is_told_with_what_was_written(reached, sentence):
    outcome = make_milestone(COUNCIL, reached, text="En början.")
    assert told(outcome) == text.milestones(make_report([outcome])).plain == sentence


def test_a_year_without_milestones_says_so():
    assert text.milestones(make_report([])).plain == "Inga milstolpar är satta för 2018."


def municipalities(now: tuple[str, ...], before: tuple[str, ...]) -> str:
    outcome = make_outcome(MUNICIPALITIES, Result(len(now), members=now), target=7, baseline=len(before))
    report = make_report([replace(outcome, baseline=Result(len(before), members=before))])
    return text.supporting_municipalities(report).plain.rpartition(" Målet på sju ")[0]


@pytest.mark.parametrize(
    ("now", "before", "ending"),
    [
        (
            BEFORE + ADDED,
            BEFORE,
            "Redan vid årets början var fyra av dem med: Hudiksvall, Nordanstig, Söderhamn och Bollnäs. "
            "Ljusdal, Gävle och Hofors har tillkommit.",
        ),
        (("Gävle",), ("Gävle",), "Redan vid årets början var den med: Gävle. Ingen kommun har tillkommit."),
        (
            ("Gävle", "Hofors"),
            ("Gävle", "Ljusdal"),
            "Redan vid årets början var en av dem med: Gävle. "
            "Hofors har tillkommit. Ljusdal ingår inte längre.",
        ),
        (("Gävle",), (), "Kommunen är Gävle."),
        ((), ("Gävle",), "Ingen kommun har tillkommit. Gävle ingår inte längre."),
    ],
)
def test_municipalities_are_named_as_old_new_and_gone(now, before, ending):
    assert municipalities(now, before).endswith(ending)


def test_activities_are_told_by_kind():
    assert text.activities(make_report()).plain == (
        "Under 2018 genomfördes 63 informationsinsatser. Målet på 50 överträffades. Det vanligaste slaget "
        "var informationsträff (29), följt av dialogmöte (17) och studiebesök (9)."
    )


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({1: (0, 0)}, "Under 2018 genomfördes inga informationsinsatser."),
        ({1: (1, 0)}, "Under 2018 genomfördes en informationsinsats."),
        (
            {1: (1, 0), 2: (2, 0)},
            "Under 2018 genomfördes tre informationsinsatser. Alla var av samma slag: informationsträff.",
        ),
        (
            {1: (1, 1), 2: (1, 1)},
            "Under 2018 genomfördes fyra informationsinsatser. De vanligaste slagen var "
            "informationsträff (2) och dialogmöte (2).",
        ),
        (
            {1: (5, 2)},
            "Under 2018 genomfördes sju informationsinsatser. Det vanligaste slaget var "
            "informationsträff (5), följt av dialogmöte (2).",
        ),
    ],
)
def test_activities_are_told_at_the_edges(counts, sentence):
    report = make_report(outcomes=[], tables=[table_of_activities(counts, KINDS[:2])])
    assert text.activities(report).plain == sentence


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ((9, 3, 2, 1), "dialogmöte (3) och studiebesök (2)"),
        ((9, 3, 2, 2), "dialogmöte (3), studiebesök (2) och föreläsning (2)"),
        ((9, 3, 2, 2, 2), "dialogmöte (3)"),
        ((9, 2, 2, 2, 2), "dialogmöte (2), studiebesök (2), föreläsning (2) och mässa (2)"),
        ((9, 3, 0, 0), "dialogmöte (3)"),
    ],
)
def test_kinds_that_are_equally_usual_are_all_told_or_none_of_them(counts, named):
    report = make_report(tables=[table_of_activities({1: counts}, KINDS[: len(counts)])])
    assert text.activities(report).plain.endswith(f" var informationsträff (9), följt av {named}.")


@pytest.mark.parametrize(
    ("lectures", "sentence"),
    [
        ((), "Under 2018 hölls inga föreläsningar utanför länet."),
        ((("1 maj 2018", "Riga"),), "Under 2018 hölls en föreläsning utanför länet: Riga."),
        (
            (("1 maj 2018", "Riga"), ("2 maj 2018", "Riga"), ("3 maj 2018", "Oslo")),
            "Under 2018 hölls tre föreläsningar utanför länet: Riga (två gånger) och Oslo.",
        ),
    ],
)
def test_lectures_are_told_with_their_places(lectures, sentence):
    assert text.lectures(make_report(lectures=lectures)).plain == sentence


def people(rows: dict, total: tuple[int, int] | None = None) -> str:
    return text.people(make_report(tables=[table_of_people(rows, total=total)]), BY_MUNICIPALITY).plain


def test_people_are_told_with_womens_share_and_only_rows_that_are_shown():
    assert text.people(make_report(), BY_MUNICIPALITY).plain.split("\n\n") == [
        "Av 199 deltagare var 118 kvinnor (59 procent) och 81 män. Könsfördelningen är jämn: både kvinnor "
        "och män är minst 40 procent. Av de kommuner som redovisas hade Gävle flest deltagare: 56.",
        "Uppgifterna om Nordanstig och Ockelbo redovisas inte, för att skydda enskilda personer.",
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({"Gävle": (0, 0)}, "Det fanns inga deltagare."),
        ({"Gävle": (6, 0)}, "Det fanns sex deltagare, och alla var kvinnor."),
        ({"Gävle": (0, 6)}, "Det fanns sex deltagare, och alla var män."),
        (
            {"Gävle": (61, 39)},
            "Av 100 deltagare var 61 kvinnor (61 procent) och 39 män. "
            "Könsfördelningen är ojämn: männen är färre än 40 procent.",
        ),
        (
            {"Gävle": (39, 61)},
            "Av 100 deltagare var 39 kvinnor (39 procent) och 61 män. "
            "Könsfördelningen är ojämn: kvinnorna är färre än 40 procent.",
        ),
    ],
)
def test_people_are_told_at_the_edges(rows, sentence):
    assert people(rows) == sentence


def test_rows_that_have_equally_many_are_both_named():
    assert people({"Gävle": (6, 6), "Hofors": (7, 5)}).endswith(
        "Flest deltagare fanns i Gävle och Hofors: tolv vardera."
    )


def test_people_of_which_nothing_is_shown_are_not_told():
    assert people({"Gävle": None, "Hofors": None}, total=(20, 20)).endswith(
        "Uppgifterna om kommunerna redovisas inte, för att skydda enskilda personer."
    )


def test_groups_are_told_apart_without_women_and_men_in_all():
    told = text.groups(make_report(), BY_MUNICIPALITY).plain
    assert told.split("\n\n") == [
        "Av de kommuner som redovisas hade Gävle flest deltagare: 56.",
        "Uppgifterna om Nordanstig och Ockelbo redovisas inte, för att skydda enskilda personer.",
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({"Gävle": (0, 0), "Hofors": (0, 0)}, "Det fanns inga deltagare."),
        ({"Gävle": (None, None), "Hofors": (None, None)}, "Uppgifterna om kommunerna saknas."),
    ],
)
def test_groups_that_nothing_sets_apart_are_told_in_words(rows, sentence):
    report = make_report(tables=[table_of_people(rows, total=None if rows["Gävle"] == (0, 0) else (9, 9))])
    assert text.groups(report, BY_MUNICIPALITY).plain == sentence


def test_a_group_that_everybody_belongs_to_is_told_as_such():
    report = make_report(tables=[table_of_people({"Gävle": (6, 6)})])
    assert text.groups(report, BY_MUNICIPALITY).plain == "Alla tolv deltagare fanns i Gävle."


def test_rows_that_are_withheld_are_told_apart_from_those_that_are_so_in_part():
    table = table_of_people({"Gävle": (6, 6), "Hofors": None, "Ljusdal": (7, 5)}, total=(20, 20))
    hidden = (table.frame["municipality"] == "Ljusdal") & (table.frame["sex"] != TOTAL)
    frame = table.frame.assign(
        value=table.frame["value"].mask(hidden), status=table.frame["status"].mask(hidden, WITHHELD)
    )
    report = make_report(tables=[replace(table, frame=frame)])
    assert text.groups(report, BY_MUNICIPALITY).plain.endswith(
        "Uppgifterna om Hofors redovisas inte, och om Ljusdal redovisas bara vissa uppgifter, "
        "för att skydda enskilda personer."
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            {"Arbetsförmedlingen": (9, 9), "Annan": None},
            "Av de myndigheter som redovisas hade Arbetsförmedlingen placerat flest deltagare: 18.\n\n"
            "Uppgifterna om gruppen Annan redovisas inte, för att skydda enskilda personer.",
        ),
        (
            {"Arbetsförmedlingen": None, "Annan": (9, 9)},
            "Av de grupper som redovisas hade gruppen Annan flest deltagare: 18.\n\n"
            "Uppgifterna om Arbetsförmedlingen redovisas inte, för att skydda enskilda personer.",
        ),
    ],
)
def test_the_largest_group_is_told_of_those_that_are_shown(rows, sentence):
    table = table_of_people(rows, "participants_by_authority", dimension="authority", total=(20, 20))
    assert text.groups(make_report(tables=[table]), "participants_by_authority").plain == sentence


def test_authorities_place_and_age_groups_are_groups():
    by_authority = table_of_people(
        {"Arbetsförmedlingen": (9, 9), "Annan": (5, 5)}, "participants_by_authority", dimension="authority"
    )
    by_age = table_of_people({"16–29 år": (5, 5), "30–64 år": (9, 9)}, "participants_by_age", dimension="age")
    report = make_report(tables=[by_authority, by_age])
    assert text.people(report, "participants_by_authority").plain.endswith(
        "Flest deltagare hade placerats av Arbetsförmedlingen: 18."
    )
    assert text.people(report, "participants_by_age").plain.endswith(
        "Flest deltagare fanns i gruppen 30–64 år: 18."
    )


def test_what_does_not_exist_is_refused_with_what_does():
    with pytest.raises(UnknownName, match="trainings"):
        text.kpi(make_report(), "utbildningar")
    with pytest.raises(WrongUsage, match="kvinnor och män"):
        text.people(make_report(), "activities_by_month")
    with pytest.raises(WrongUsage, match="kvinnor och män"):
        text.groups(make_report(), "activities_by_month")


def test_the_frame_is_told_in_the_associations_own_words():
    report = make_report()
    assert text.effort(report).plain == "Förbundet har en processledare.\n\nInsatsen ska ge stöd."
    assert text.tracks(report).plain.splitlines()[:2] == [
        "Arbetet följer två spår:",
        "- Kunskap. Parterna får veta mer.",
    ]
    assert text.target_groups(report).plain.splitlines()[-1] == "- Politiker."
    assert text.parties(report).plain.endswith(
        "Försäkringskassan och två kommuner.\n\nKommunerna är Bollnäs och Gävle."
    )
    assert text.period(report).plain == "Insatsen pågår augusti 2016–2019. Den här rapporten gäller 2018."


def test_written_text_has_its_headings_below_the_notebooks():
    written = (
        "# Samverkan\n\nText # inte rubrik\n\n### Djupt\n\nUnder\n=====\n\n```\n# kod\n```\n\n- a\n---\n"
    )
    report = make_report(assessment=Assessment(2018, {"Bedömning": written}))
    assert text.assessment(report, "Bedömning").markdown == (
        "### Samverkan\n\nText # inte rubrik\n\n##### Djupt\n\n### Under\n\n```\n# kod\n```\n\n- a\n---"
    )
    assert set(text.assessment(report, "Bedömning")._repr_mimebundle_()) == {"text/markdown", "text/plain"}


@pytest.mark.parametrize("sections", [{}, {"Bedömning": "  \n"}])
def test_a_text_that_nobody_wrote_is_said_to_be_missing(sections):
    shown = text.assessment(make_report(assessment=Assessment(2018, sections or {"X": "y"})), "Bedömning")
    assert shown.markdown == "Ingenting är skrivet under rubriken *Bedömning* för 2018."


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_start_at_the_third_level_and_end_at_the_sixth(level):
    assert shift_headings(f"{'#' * level} A\n\n###### B") == "### A\n\n" + "#" * min(6, 9 - level) + " B"


def test_the_days_of_stocks_and_of_their_baselines_are_told():
    assert text.measuring(make_report()).plain.splitlines() == [
        "- Period. Rapporten gäller 2018. Flöden, till exempel insatser och utbildningar, räknas under hela "
        "perioden.",
        "- Mätdag. Lägen, till exempel antalet företag och deltagare, räknas den 31 december 2018.",
        "- Utgångslägen. De gäller den 1 januari 2018.",
    ]
    assert text.measuring(make_report([make_outcome(TRAININGS, Result(3))])).plain.count("\n") == 0


def test_a_full_count_is_said_to_need_no_test_of_significance():
    told = text.coverage(make_report()).plain.split("\n\n")
    assert "totalundersökning" in told[0]
    assert "signifikanstest" in told[0]
    assert told[1] == (
        "Uppgifter från enkäten bygger på svar från 27 av 28 företag. För ett företag används svaret från "
        "förra omgången. Ett uteblivet svar räknas aldrig som noll."
    )
    assert len(text.coverage(make_report([])).plain.split("\n\n")) == 1


def test_the_limits_of_the_statuses_are_those_of_the_configuration():
    told = text.judging(make_report()).plain
    assert "Nära målet. Resultatet är mindre än målet, men minst 90 procent av det." in told
    assert "Ej uppnått. Resultatet är mindre än 90 procent av målet." in told
    assert "minst 80 procent av de aktiva företagen" in told
    strict = ASSOCIATION.model_copy(update={"rules": Rules(near_target_percent=100)})
    lines = text.judging(make_report([], association=strict)).plain.splitlines()
    assert [line.partition(".")[0] for line in lines] == ["- Uppnått", "- Ej uppnått", "- Kan ej bedömas"]
    assert "Ej uppnått. Resultatet är mindre än målet." in lines[1]


@pytest.mark.parametrize(
    ("outcomes", "ending"),
    [
        (None, "är två resultat ungefärliga: utbildade ASF-ambassadörer och "
         "politiker som fått information om ASF."),
        ([make_outcome(POLITICIANS, Result(75, low=67.5, high=82.5))],
         "är ett resultat ungefärligt: politiker som fått information om ASF."),
        ([], "är inget resultat ungefärligt."),
    ],
)  # fmt: skip
def test_what_ca_means_and_which_results_it_is_true_of(outcomes, ending):
    told = text.tolerance(make_report(outcomes)).plain.split("\n\n")[0]
    assert "högst 10 procent från det rätta" in told
    assert told.endswith(ending)


@pytest.mark.parametrize(
    ("sources", "ending"),
    [
        (Sources(280, 280, 0), "Underlaget är 280 rader, och alla används."),
        (Sources(1, 1, 0, 0), "Underlaget är en rad. Kontrollerna av det gav inga varningar."),
        (Sources(0, 0, 0, 0), "Underlaget är tomt. Kontrollerna av det gav inga varningar."),
        (Sources(280, 280, 0, 3),
         "Underlaget är 280 rader, och alla används. Kontrollerna av det gav tre varningar."),
        (
            Sources(14, 12, 2, 1),
            "Underlaget är 14 rader, varav 12 används och 2 har lagts åt sidan. "
            "Kontrollerna av det gav en varning.",
        ),
    ],
)  # fmt: skip
def test_version_and_rows_are_told_at_the_edges(sources, ending):
    told = text.versions(replace(make_report(), sources=sources)).plain
    assert f"asf-analysis, version {version('asf-analysis')}." in told
    assert told.endswith(ending)


def test_disclosure_tells_the_threshold_and_how_much_is_withheld():
    told = text.disclosure(make_report()).plain
    assert told.startswith("Grupper med 1–4 personer skyddas")
    assert (
        "I statistiken bakom rapporten gäller det sex uppgifter, som här visas med två punkter (..)." in told
    )


def test_disclosure_tells_that_only_totals_are_shown_where_they_are():
    table = table_of_people({"Gävle": (9, 8), "Hofors": (7, 6)})
    inner = (table.frame["sex"] != TOTAL) & (table.frame["municipality"] != TOTAL)
    hidden = table.frame.assign(status=table.frame["status"].mask(inner, WITHHELD))
    coarser = "Där mer än hälften av talen i en tabell annars skulle ha dolts visas bara summorna."
    told = replace(table, frame=hidden, only_totals=True)
    assert coarser in text.disclosure(make_report(tables=[told])).plain
    assert coarser not in text.disclosure(make_report()).plain


def test_disclosure_tells_when_nothing_is_withheld_and_when_the_edition_is_internal():
    assert "ingen uppgift behövt tas bort." in text.disclosure(make_report(tables=[])).plain
    assert text.disclosure(make_report(audience="internal")).plain.startswith("Det här är en intern utgåva")


def test_one_of_each_in_the_frame_is_told_in_the_singular():
    effort = ASSOCIATION.effort.model_copy(
        update={
            "tracks": ASSOCIATION.effort.tracks[:1],
            "target_groups": ASSOCIATION.effort.target_groups[:1],
        }
    )
    association = ASSOCIATION.model_copy(
        update={"effort": effort, "municipalities": ASSOCIATION.municipalities[:1]}
    )
    report = make_report(association=association)
    assert text.tracks(report).plain.startswith("Arbetet följer ett spår:")
    assert text.target_groups(report).plain.startswith("Insatsen har en målgrupp:")
    assert text.parties(report).plain.endswith("och en kommun.\n\nKommunen är Bollnäs.")
