"""Shares, small bases, ratios, and what answers carried forward may change."""

import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest
from any_report import examples
from hypothesis import given
from hypothesis import strategies as st
from published_sample import (
    PARTICIPANTS,
    RULES,
    make_kpi,
    make_outcome,
    make_report,
    table_of_people,
)
from words_reckoned import bounds, reach

from asf_analysis.association import Rules
from asf_analysis.disclosure.protect import protect_outcome
from asf_analysis.disclosure.published import Published
from asf_analysis.kpis.outcomes import (
    CARRIED,
    MISSED,
    NEAR,
    NO_WHOLE,
    REACHED,
    UNDECIDED,
    UNKNOWN,
    Target,
    exact_fulfilment,
    fulfilment,
    judge,
    share_of_planned_change,
)
from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.pipeline import load
from asf_analysis.presentation import figures, tables
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.open_data import open_data
from asf_analysis.presentation.records import kpi_records
from asf_analysis.presentation.terminal import kpis_in_terminal
from asf_analysis.presentation.values import write_fulfilment, write_outcome, write_target
from asf_analysis.reports.index.courses import Figure, courses_of

DONE = replace(make_kpi("done", "Andel som fullföljde", "procent"), people=True)
RATIO = replace(make_kpi("ratio", "Deltagare per anställd", "deltagare per anställd", "stock"), decimals=2)
COST = make_kpi("cost", "Kostnad per plats", "kronor")


def expected_status(value: Fraction, target: float, near: int) -> str:
    if value >= Fraction(str(target)):
        return REACHED
    return NEAR if value * 100 >= Fraction(str(target)) * near else MISSED


@pytest.mark.parametrize(
    ("amount", "whole", "target", "status"),
    [
        (2, 3, 66.66, REACHED),
        (2, 3, 66.67, NEAR),
        (1, 3, 33.33, REACHED),
        (1, 3, 33.34, NEAR),
        (60, 100, 60, REACHED),
        (599, 1000, 60, NEAR),
        (54, 100, 60, NEAR),
        (539, 1000, 60, MISSED),
        (7, 7, 100, REACHED),
        (0, 7, 1, MISSED),
    ],
)
def test_a_share_is_judged_on_its_exact_percent(amount, whole, target, status):
    assert judge(Result(amount, whole=whole), Target(target), RULES) == (status, "")


@given(st.integers(1, 2000), st.data(), st.integers(1, 100))
def test_judging_a_share_is_judging_the_ratio_of_its_counts(whole, data, near):
    amount = data.draw(st.integers(0, whole))
    beside = [round(amount * 100 / whole, digits) for digits in (0, 1, 2)]
    target = data.draw(st.sampled_from([*beside, 50, 66.67]))
    status, _ = judge(Result(amount, whole=whole), Target(target), Rules(near_target_percent=near))
    assert status == expected_status(Fraction(amount * 100, whole), target, near)


def test_a_share_of_nothing_is_neither_reached_nor_missed():
    outcome = make_outcome(DONE, Result(0, whole=0), target=50)
    assert (outcome.status, outcome.reason) == (UNKNOWN, NO_WHOLE)
    assert outcome.fulfilment is None
    assert write_outcome(outcome) == "–"
    assert "det finns inget att räkna andelen av" in text.kpi(make_report([outcome]), "done").plain


def test_the_bounds_of_an_approximate_share_are_parts_of_its_whole():
    share = Result(40, whole=80, low=36, high=44)
    assert judge(share, Target(45), RULES) == (REACHED, "")
    assert judge(share, Target(46), RULES) == (UNKNOWN, UNDECIDED)


def test_fulfilment_and_planned_change_of_a_share_are_reckoned_in_percent():
    assert fulfilment(Result(3, whole=5), Target(80)) == 0.75
    assert exact_fulfilment(Result(2, whole=3), Target(50)) == Fraction(4, 3)
    assert share_of_planned_change(Result(1, whole=2), Result(3, whole=5), Target(75)) == 0.4


@pytest.mark.parametrize(
    ("amount", "whole", "target", "written", "aim"),
    [
        (796, 1000, 80, "79,6 %", "80 %"),
        (7996, 10000, 80, "79,96 %", "80 %"),
        (80, 100, 80, "80 %", "80 %"),
        (200, 300, 66.67, "66,67 %", "66,67 %"),
        (19, 19, 80, "19 av 19", "80 %"),
        (20, 20, 80, "100 %", "80 %"),
    ],
)
def test_a_share_is_written_in_percent_on_its_side_of_the_target(amount, whole, target, written, aim):
    outcome = make_outcome(DONE, Result(amount, whole=whole), target)
    shown = [
        one.replace("\N{NO-BREAK SPACE}", " ") for one in (write_outcome(outcome), write_target(outcome))
    ]
    assert shown == [written, aim]


def test_a_share_of_few_is_told_in_counts_everywhere():
    outcome = replace(make_outcome(DONE, Result(3, whole=7), 50), baseline=Result(5, whole=8))
    told = text.kpi(make_report([outcome]), "done").plain
    assert told.startswith("Andel som fullföljde: tre av sju under 2018. Målet på 50 procent nåddes inte.")
    assert "Andelen minskade från utgångsläget, som var fem av åtta" in told
    assert write_fulfilment(outcome, RULES) == "–"
    (record,) = kpi_records(make_report([outcome]))
    assert (record["result"], record["whole"], record["baseline_whole"]) == (3, 7, 8)
    assert [record[name] for name in ("percent", "fulfilment", "share_of_planned_change")] == [None] * 3


def test_a_ratio_is_written_with_its_decimals_and_is_no_share():
    outcome = replace(make_outcome(RATIO, Result(199 / 251), 0.8), baseline=Result(0.7))
    told = text.kpi(make_report([outcome]), "ratio").plain
    assert told.startswith("Deltagare per anställd: 0,79 den 31 december 2018. Målet på 0,80 nåddes nästan")
    assert "Värdet ökade med 0,09 från utgångsläget, som var 0,70 den" in told
    assert write_outcome(make_outcome(RATIO, Result(0.8))) == "0,80"
    assert write_outcome(make_outcome(COST, Result(45230.4))).replace("\N{NO-BREAK SPACE}", " ") == "45 230"


def carried(amount: float, alone: float | None, number: int = 1) -> Result:
    without = NOT_KNOWN if alone is None else Result(alone)
    answered = 0 if alone is None else 27
    return Result(amount, answered=answered, asked=answered + number, carried=number, answered_only=without)


@pytest.mark.parametrize(
    ("amount", "alone", "status", "reason"),
    [
        (200, 196, REACHED, ""),
        (196, 196, REACHED, ""),
        (200, 195, UNKNOWN, CARRIED),
        (195, 177, NEAR, ""),
        (195, 176, UNKNOWN, CARRIED),
        (176, 100, MISSED, ""),
        (200, None, UNKNOWN, CARRIED),
    ],
)
def test_no_status_is_given_where_it_rests_on_answers_carried_forward(amount, alone, status, reason):
    assert judge(carried(amount, alone), Target(196), RULES) == (status, reason)


RANGES = st.builds(
    lambda alone, more, below, above, whole: Result(
        alone + more,
        low=(alone + more) * below / 100,
        high=(alone + more) * above / 100,
        whole=whole and alone + more + whole,
        carried=1,
        answered_only=Result(
            alone, low=alone * below / 100, high=alone * above / 100, whole=whole and alone + whole
        ),
    ),
    st.integers(0, 300), st.integers(0, 30), st.integers(80, 100), st.integers(100, 120),
    st.one_of(st.none(), st.integers(1, 100)),
)  # fmt: skip


@examples(150)
@given(RANGES, st.integers(1, 320), st.integers(1, 100))
def test_a_status_that_is_given_is_the_same_at_every_end_of_the_range(result, target, near):
    status, reason = judge(result, Target(target), Rules(near_target_percent=near))
    ends = {expected_status(end, target, near) for end in (*bounds(result), *reach(result))}
    assert status == (ends.pop() if len(ends) == 1 else UNKNOWN)
    assert bool(reason) == (status == UNKNOWN)


@pytest.mark.parametrize(
    ("alone", "hidden"), [(199, False), (198, True), (195, True), (194, False), (None, False)]
)
def test_a_figure_without_what_was_carried_is_withheld_where_few_people_make_the_difference(alone, hidden):
    outcome = make_outcome(PARTICIPANTS, carried(199, alone), target=100)
    seen = protect_outcome(outcome, Rules(), "public").result
    assert seen.amount == 199
    assert seen.answered_only.withheld is hidden
    assert seen.answered_only.amount == (None if hidden else alone)
    assert protect_outcome(outcome, Rules(), "internal") == outcome


def test_a_figure_without_what_was_carried_needs_enough_enterprises_too():
    rules = Rules(min_enterprises=3)
    assert protect_outcome(
        make_outcome(PARTICIPANTS, carried(199, 150, 2)), rules, "public"
    ).result == Result(199, answered=27, asked=29, carried=2, answered_only=Result(None, withheld=True))
    few = replace(carried(199, 150, 3), answered=2)
    assert protect_outcome(make_outcome(PARTICIPANTS, few), rules, "public").result.answered_only.withheld
    gone = replace(carried(199, 150, 1), answered=1)
    assert protect_outcome(make_outcome(PARTICIPANTS, gone), rules, "public").result.answered_only is None


def test_both_editions_call_a_change_unchanged_that_withheld_answers_can_explain():
    outcome = make_outcome(PARTICIPANTS, carried(199, 196), target=300, baseline=197)
    told = {
        text.kpi(make_report([protect_outcome(outcome, Rules(), audience)]), "participants").plain.split(
            "\n"
        )[0]
        for audience in ("public", "internal")
    }
    (sentence,) = told
    assert sentence.endswith(
        "Antalet är oförändrat sedan utgångsläget, som var 197 den 1 januari 2018: skillnaden ryms inom det "
        "som svar från en tidigare enkätomgång kan förklara."
    )


def test_the_answers_behind_a_figure_stand_beside_it_everywhere():
    brief, figure = "27 av 28 företag svarade; 1 svar från förra omgången", carried(199, 150)
    table = replace(table_of_people({"Gävle": (31, 25)}), answered=27, asked=28, carried=1)
    report = make_report([make_outcome(PARTICIPANTS, figure, target=180)], tables=[table])
    assert brief in tables.kpi_cards(report).plain
    assert f"{brief}." in tables.breakdown(report, table.key).plain
    assert "27 av 28 företag" in tables.goals(report).plain
    assert tables.coverage(report).plain.splitlines()[2].endswith("| 27 | 28 | 1 | 96 | 150")
    assert brief in open_data(report)["datapackage.json"]
    (record,) = kpi_records(report)
    assert (record["answered"], record["carried"], record["answered_only"]) == (27, 1, 150)
    assert next(iter(kpis_in_terminal(report).columns[5].cells)).plain == "27 av 28 (+1 äldre)"


PERCENT = re.compile(r"\d\s?%|\d(?:,\d+)? procent")


def told_in_all(report: Published) -> str:
    """Gather what a page says of shares: sentences, tables, charts with their texts, and open data."""
    parts = [tables.kpi_cards(report), tables.goals(report), tables.coverage(report), text.summary(report)]
    parts += [text.kpi(report, outcome.kpi.key) for outcome in report.outcomes]
    for key in report.tables:
        parts += [text.people(report, key), figures.women_and_men(report, key), tables.breakdown(report, key)]
    files = open_data(report)
    return "\n".join([*(f"{part.html}\n{part.plain}" for part in parts), files["kpis.csv"]])


def report_of_few(women: int, men: int, base: int) -> Published:
    asked = women + men
    outcomes = [
        make_outcome(DONE, Result(women, whole=asked)),
        make_outcome(PARTICIPANTS, Result(asked, answered=women, asked=asked)),
    ]
    association = make_report().association
    rules = association.rules.model_copy(update={"share_base": base})
    return make_report(
        [replace(one, share_base=base) for one in outcomes],
        tables=[replace(table_of_people({"Gävle": (women, men), "Hofors": (0, 0)}), share_base=base)],
        association=association.model_copy(update={"rules": rules}),
    )


@pytest.mark.parametrize(
    ("women", "men", "base", "told"),
    [(3, 4, 20, False), (9, 10, 20, False), (10, 10, 20, True), (30, 29, 60, False), (1, 1, 1, True)],
)
def test_no_percentage_is_told_of_fewer_than_the_smallest_base(women, men, base, told):
    assert bool(PERCENT.search(told_in_all(report_of_few(women, men, base)))) is told


def test_the_smallest_base_of_a_share_is_what_the_association_configured(data_copy):
    configured = data_copy / "association.toml"
    written = configured.read_text(encoding="utf-8")
    assert "share_base = 20" in written
    configured.write_text(written.replace("share_base = 20", "share_base = 60"), encoding="utf-8")
    report = load(2018, data=data_copy)
    assert {one.share_base for one in (*report.outcomes, *report.tables.values())} == {60}
    rows = {
        line.split(" | ")[0]: line
        for line in tables.breakdown(report, "participants_by_municipality").plain.splitlines()
    }
    assert rows["Gävle"].endswith(" | 51 | –")
    assert re.search(r" \| 199 \| \d\d$", rows["Totalt"])
    assert "färre än 60 personer eller företag" in text.tolerance(report).plain
    assert not PERCENT.search(tables.coverage(report).plain)


def figure(**told) -> Figure:
    told = {"kpi": "done", "label": "Andel", "unit": "procent", "kind": "flow", "target": None, **told}
    rest = {"approximate": False, "withheld": False, "status": "kan ej bedömas"}
    return Figure.model_validate_json(json.dumps({**rest, **told}))


def test_the_index_writes_shares_as_the_report_did_and_reads_files_from_before():
    share = figure(result=27, whole=28, percent=96, target=80)
    few, old = figure(result=3, whole=7, percent=None), figure(unit="företag", result=28.0)
    assert [one.written.replace("\N{NO-BREAK SPACE}", " ") for one in (share, few, old)] == [
        "96 %", "3 av 7", "28",
    ]  # fmt: skip
    assert share.drawn == pytest.approx(2700 / 28)
    (course,) = courses_of({2018: [share], 2017: [few]})
    assert "mål 80\N{NO-BREAK SPACE}%" in course.alt
    assert figure(unit="deltagare per anställd", result=0.8, decimals=2).written == "0,80"


def test_the_records_of_a_report_are_what_the_index_reads():
    outcome = make_outcome(DONE, Result(27, whole=28), target=80)
    records = kpi_records(make_report([outcome]))
    (read,) = [Figure.model_validate_json(json.dumps(record)) for record in records]
    assert (read.written, read.written_target) == (write_outcome(outcome), write_target(outcome))
