"""What is withheld of answers carried forward is not told by how a KPI is judged, nor by how it changed."""

from dataclasses import replace

import pandas as pd
import pytest
from published_sample import PARTICIPANTS, make_outcome

from asf_analysis.association import Rules
from asf_analysis.disclosure.protect import protect_outcome
from asf_analysis.kpis.outcomes import CARRIED, REACHED, UNKNOWN, Outcome
from asf_analysis.kpis.registry import NOT_KNOWN, Result

RULES = Rules()


def measured(amount: int, alone: int, target: int = 180, baseline: Result = NOT_KNOWN) -> Outcome:
    """Participants of 28 enterprises, one of whom is told by its answer of the round before."""
    result = Result(amount, answered=27, asked=28, carried=1, answered_only=Result(alone))
    return replace(make_outcome(PARTICIPANTS, result, target), baseline=baseline)


def public(outcome: Outcome, rules: Rules = RULES) -> Outcome:
    return protect_outcome(outcome, rules, "public")


@pytest.mark.parametrize("amount", [179, 180, 181, 184, 185, 190])
def test_how_many_were_carried_forward_makes_no_difference_to_what_is_told(amount):
    assert len({repr(public(measured(amount, amount - few))) for few in range(1, RULES.threshold)}) == 1


@pytest.mark.parametrize(("amount", "status"), [(184, UNKNOWN), (185, REACHED)])
def test_a_goal_is_reached_where_it_would_be_without_as_many_as_a_reader_must_reckon_with(amount, status):
    told = public(measured(amount, amount - 1))
    assert (told.status, told.result.answered_only.withheld) == (status, True)
    assert told.reason == (CARRIED if status == UNKNOWN else "")


def test_what_is_told_of_the_answers_is_judged_as_it_is():
    told = public(measured(184, 184 - RULES.threshold))
    assert (told.result.answered_only.amount, told.status) == (179, UNKNOWN)
    assert protect_outcome(measured(184, 183), RULES, "internal").status == REACHED


@pytest.mark.parametrize("baseline", [181, 185, 186, 190])
def test_a_change_is_told_alike_however_many_were_carried_forward(baseline):
    told = {
        public(measured(186, 186 - few, baseline=Result(baseline))).change
        for few in range(1, RULES.threshold)
    }
    assert len(told) == 1


@pytest.mark.parametrize(("baseline", "change"), [(180, "ökade"), (181, "oförändrat"), (187, "minskade")])
def test_a_change_is_one_where_no_few_answers_can_explain_it(baseline, change):
    assert public(measured(186, 185, baseline=Result(baseline))).change == change


def test_with_too_few_enterprises_behind_the_carried_answers_nothing_of_them_is_known():
    rules = Rules(min_enterprises=3)
    told = {repr(public(measured(300, alone), rules)) for alone in (299, 250, 120)}
    assert len(told) == 1
    assert public(measured(300, 250), rules).status == UNKNOWN


def test_no_row_of_raw_data_comes_along_with_a_figure_without_the_carried_answers():
    row = pd.DataFrame({"source_file": ["kv4.csv"], "source_sheet": [None], "source_row": [7]})
    outcome = measured(300, 250)
    alone = Result(250).counted_from(row)
    told = public(replace(outcome, result=replace(outcome.result, answered_only=alone)))
    assert len(alone.evidence) == 1
    assert told.result.answered_only.amount == 250
    assert told.result.answered_only.evidence.empty
