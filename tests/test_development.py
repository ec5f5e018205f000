"""How the enterprises' development is told: words, charts and tables say what the data says, and no more."""

import base64
import re
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from any_report import examples
from bs4 import BeautifulSoup
from enterprise_years import ANSWERS, facts, register, survey
from hypothesis import given
from hypothesis import strategies as st
from published_sample import PARTICIPANTS, WITHHELD_NUMBER, make_outcome, make_report
from swedish_prose import NUMBER, faults_of_prose, read, small_digits

from asf_analysis.association import Rules
from asf_analysis.disclosure.protect import protect_breakdown, protect_outcome
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, Published, PublishedTable
from asf_analysis.errors import WrongUsage
from asf_analysis.kpis import changes, enterprise_counts, panel, sizes
from asf_analysis.kpis.assessments import Assessment
from asf_analysis.kpis.breakdowns import TOTAL, Facts, tidy
from asf_analysis.kpis.changes import BASELINE, COMPONENTS
from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.kpis.results import Plans, outcome_of
from asf_analysis.presentation import figures, tables
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.accounts import Account
from asf_analysis.presentation.block import Block

SUBJECTS = (changes, panel, enterprise_counts, sizes)
INDICATORS = (sizes.CONCENTRATION_EMPLOYEES, sizes.CONCENTRATION_PARTICIPANTS, sizes.MEDIAN_EMPLOYEES)
KEY = "participants_changes"
FOR_PROTECTION = "för att skydda enskilda personer"


def report_of(measured: Facts, audience: str = "internal", subjects=SUBJECTS) -> Published:
    """Bring what some subjects tell of a small year through the door, with the indicators of sizes."""
    rules = measured.association.rules
    plans = Plans({}, Assessment(2018), {})
    indicators = INDICATORS if sizes in subjects else ()
    told = [outcome_of(one, measured.tables, rules, measured.period, plans) for one in indicators]
    taken_apart = [one for subject in subjects for one in subject.breakdowns_of(measured)]
    shown = [protect_breakdown(one, rules, audience) for one in taken_apart]
    report = make_report([], shown, audience=audience, association=measured.association)
    return replace(report, indicators=tuple(protect_outcome(one, rules, audience) for one in told))


@pytest.fixture(scope="module")
def report() -> Published:
    return report_of(facts())


@pytest.fixture(scope="module")
def public() -> Published:
    return report_of(facts(), "public")


@cache
def head() -> PublishedTable:
    """A published table of a change, whose frame a test exchanges for its own."""
    return report_of(facts(), subjects=(changes,)).table(KEY)


def account_report(baseline, parts, hidden=(), approximate=False) -> Published:
    """Make a report with a table of one change: by component, women and men; `hidden` ones are withheld."""
    counts = {BASELINE: baseline, **{one: parts.get(one, (0, 0)) for one in COMPONENTS}}
    counts[TOTAL] = tuple(sum(column) for column in zip(*counts.values(), strict=True))
    frame = pd.DataFrame(
        [
            (row, sex, WITHHELD_NUMBER if row in hidden else number, WITHHELD if row in hidden else SHOWN)
            for row, (women, men) in counts.items()
            for sex, number in (("women", women), ("men", men), (TOTAL, women + men))
        ],
        columns=["component", "sex", "value", "status"],
    ).astype({"value": "Int64"})
    bounds = {"low": 0, "high": 999} if approximate else {}
    outcome = make_outcome(PARTICIPANTS, Result(sum(counts[TOTAL]), **bounds))
    return make_report([outcome], [replace(head(), frame=frame)])


def changed(*arguments, **named) -> str:
    return text.changes(account_report(*arguments, **named), KEY).plain


def test_the_enterprises_that_started_closed_grew_and_shrank_are_told(report):
    assert text.development(report).plain.split("\n\n") == [
        "Den 31 december 2017 fanns det fem verksamma företag, och den 31 december 2018 fanns det fem. "
        "Däremellan har ett företag startat och ett avslutats.",
        "Vid båda tillfällena har tre företag svarat på enkäten. Antalet anställda ökade i ett, minskade i "
        "ett och var oförändrat i ett av dem. Antalet deltagare ökade i ett, minskade i ett och var "
        "oförändrat i ett av dem.",
    ]


@pytest.mark.parametrize(
    ("lives", "told"),
    [
        ((("a", None, None),), "Inget företag har startat eller avslutats däremellan."),
        ((("a", "2018-02-01", None),), "Den 31 december 2017 fanns det inga verksamma företag"),
        ((("a", "2018-02-01", None),), "Däremellan har ett företag startat och inget avslutats."),
        (
            (("a", None, "2018-02-01"),),
            "fanns det inget. Däremellan har inget företag startat och ett avslutats.",
        ),
    ],
)
def test_enterprises_that_are_none_or_one_are_told_in_good_swedish(lives, told):
    enterprises = register(*((name, started or "2010-01-01", ended) for name, started, ended in lives))
    said = text.development(report_of(facts(enterprises), subjects=(changes, panel))).plain
    assert told in said
    assert faults_of_prose(said) == []


def test_without_the_year_before_only_the_end_is_told():
    first = report_of(facts(years=(2018,)), subjects=(changes, panel))
    assert text.development(first).plain == (
        "Den 31 december 2018 fanns det fem verksamma företag. Hur många som har startat och avslutats "
        "redovisas inte, eftersom uppgifter om läget den 31 december 2017 saknas."
    )
    for block in (text.changes(first, KEY), figures.changes(first, KEY)):
        assert "saknas" in block.plain
        assert "<img" not in block.html
    assert tables.panel(first).plain.endswith("det finns inga uppgifter att visa.")


def test_a_change_is_told_by_its_ends_women_and_men_and_parts(report):
    assert text.changes(report, KEY).plain == (
        "Den 31 december 2017 hade de verksamma företagen 40 deltagare, och den 31 december 2018 hade de 39. "
        "Det är en färre: sju fler kvinnor och åtta färre män. Förändringen består av sju färre i företag "
        "som avslutades, fyra fler i företag som startade, fyra fler i företag som växte, tre färre i "
        "företag som minskade och en fler genom svar som saknas eller är äldre."
    )


def test_what_is_withheld_is_told_together_and_nothing_of_its_parts():
    said = changed(
        (30, 20), {"started": (9, 8), "closed": (-2, -1), "shrunk": (-6, -6)}, ("closed", "shrunk")
    )
    assert said.split("\n\n") == [
        "Den 31 december 2017 hade de verksamma företagen 50 deltagare, och den 31 december 2018 hade de 52. "
        "Det är två fler: en fler kvinnor och en fler män. I förändringen ingår 17 fler i företag som "
        "startade.",
        f"Förändringen i företag som avslutades eller minskade redovisas bara tillsammans (15 färre), "
        f"{FOR_PROTECTION}.",
    ]


def test_a_number_that_has_not_changed_is_told_as_unchanged_and_who_changed_places_too():
    assert "Antalet är oförändrat." in changed((9, 9), {})
    assert "Antalet är oförändrat: en fler kvinnor och en färre män." in changed(
        (9, 9), {"unchanged": (1, -1)}
    )


@pytest.mark.parametrize(("carried", "told"), [(0, True), (1, False)])
def test_enterprises_without_any_answer_are_told_of_beside_the_change(carried, told):
    made = account_report((30, 20), {})
    outcome = make_outcome(PARTICIPANTS, Result(50, answered=4, asked=5, carried=carried))
    said = text.changes(replace(made, outcomes=(outcome,)), KEY).plain
    assert ("Svar saknas från ett företag, som inte räknas med." in said) is told


def test_an_approximate_change_is_told_with_ca():
    said = changed((30, 20), {"grown": (9, 8)}, approximate=True)
    assert "ca 50 deltagare" in said
    assert "Det är ca 17 fler" in said


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        ({"grown": (9, 8), "closed": (-3, -3)}, "ökade från 50 till 61, med 17 fler i företag som växte"),
        ({"closed": (-3, -3)}, "minskade från 50 till 44, med 6 färre i företag som avslutades"),
        ({"started": (3, 3), "grown": (3, 3)}, "ökade från 50 till 62"),
        ({"unchanged": (1, -1)}, "var oförändrat: 50"),
    ],
)
def test_the_charts_title_tells_the_ends_and_the_part_that_made_most(parts, title):
    shown = figures.changes(account_report((30, 20), parts), KEY)
    assert shown.plain.splitlines()[0] == f"Antalet deltagare {title}"


def renditions(shown: Block) -> list[str]:
    picture = BeautifulSoup(shown.html, "html.parser").select_one("picture")
    addresses = [picture.source["srcset"], picture.img["src"]]
    return [base64.b64decode(address.split(",")[1]).decode() for address in addresses]


def test_withheld_parts_are_one_striped_bar_that_says_so_and_move_nothing_else():
    parts = {"started": (9, 8), "closed": (-2, -1), "shrunk": (-6, -6)}
    others = {"started": (9, 8), "closed": (-6, -6), "shrunk": (-2, -1)}
    first, second = (
        figures.changes(account_report((30, 20), one, ("closed", "shrunk")), KEY) for one in (parts, others)
    )
    assert first.html == second.html
    assert "Randigt: redovisas bara tillsammans." in first.plain
    assert "Avslutade företag och företag som minskade: −15 tillsammans." in first.plain
    for svg in renditions(first):
        assert "−15 tillsammans" in svg
        assert str(WITHHELD_NUMBER) not in svg


def test_a_chart_of_a_change_is_small_and_has_no_small_letters(report):
    for svg in renditions(figures.changes(report, KEY)):
        assert len(svg) < 15_000
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 12


def test_a_rise_a_fall_and_no_change_are_told_apart_by_more_than_colour(report):
    wide = renditions(figures.changes(report, KEY))[1]
    assert {"+4", "−7", "−3", "+1"} <= set(re.findall(r">([+−]?\d+)<", wide))
    assert "Pil åt höger: fler. Pil åt vänster: färre." in figures.changes(report, KEY).plain


def test_where_the_ends_are_withheld_no_chart_is_drawn():
    hidden = account_report((3, 1), {}, (BASELINE, *COMPONENTS))
    for shown in (figures.changes(hidden, KEY), text.changes(hidden, KEY)):
        assert FOR_PROTECTION in shown.plain
        assert "<img" not in shown.html


PARTS = st.dictionaries(
    st.sampled_from(COMPONENTS), st.tuples(st.integers(-40, 40), st.integers(-40, 40)), max_size=7
)


@examples(50)
@given(st.tuples(st.integers(300, 400), st.integers(300, 400)), PARTS, st.sets(st.sampled_from(COMPONENTS)))
def test_the_parts_that_are_told_are_the_whole_change_whatever_is_withheld(baseline, parts, hidden):
    made = account_report(baseline, parts, tuple(hidden))
    said = text.changes(made, KEY).plain
    assert faults_of_prose(said) == []
    assert small_digits(said) == []
    assert str(WITHHELD_NUMBER) not in said
    net = sum(map(sum, parts.values()))
    _, _, of_parts = said.partition("förändringen ingår" if hidden else "Förändringen består av")
    together = re.search(rf"tillsammans \(({NUMBER}) (fler|färre|skillnad)", said)
    assert bool(together) == bool(hidden)
    counted = of_parts.partition("\n\n")[0]
    told = [*re.findall(rf"({NUMBER}) (fler|färre) ", counted), *([together.groups()] if together else [])]
    assert sum(int(read(number)) * (1 if which == "fler" else -1) for number, which in told) == net
    whole = re.search(rf"Det är ({NUMBER}) (fler|färre)", said)
    assert (int(read(whole[1])) * (1 if whole[2] == "fler" else -1) if whole else 0) == net


@examples(12)
@given(st.tuples(st.integers(300, 400), st.integers(300, 400)), PARTS, st.sets(st.sampled_from(COMPONENTS)))
def test_the_steps_of_the_chart_lead_from_the_baseline_to_the_result_whatever_is_withheld(
    baseline, parts, hidden
):
    shown = figures.changes(account_report(baseline, parts, tuple(hidden)), KEY)
    alternative = BeautifulSoup(shown.html, "html.parser").img["alt"]
    steps_told = alternative[alternative.index("31 december 2017: ") :]
    steps = re.findall(r": ([+−]?)(\d+)(?: tillsammans)?\.(?: |$)", steps_told)
    first, *between, last = [int(number) * (-1 if sign == "−" else 1) for sign, number in steps]
    net = sum(map(sum, parts.values()))
    assert (first, first + sum(between), last) == (sum(baseline), sum(baseline) + net, sum(baseline) + net)
    assert str(WITHHELD_NUMBER) not in "".join([shown.html, *renditions(shown)])


def test_the_panels_people_are_shown_internally_and_else_the_page_says_why_not(report, public):
    internal, outside = tables.panel(report).plain, tables.panel(public).plain
    assert "Deltagare 31 december 2018 | 17 | 9 | 26" in internal
    assert "redovisas inte" not in internal
    assert "Personer i de företag" not in outside
    assert tables.development.NOT_IN_PUBLIC in outside


def test_an_enterprise_whose_way_of_counting_changed_has_a_row_of_its_own_where_there_is_one(report):
    assert "Ändrat räknesätt" not in tables.panel(report).plain
    women, off = ANSWERS["participants_women"].astype("Float64"), ANSWERS.index == 3
    bounded = ANSWERS.assign(participants_women_low=women - off, participants_women_high=women + off)
    shown = report_of(facts(responses=bounded), subjects=(changes, panel))
    assert "Ändrat räknesätt | 0 | 0 | 1" in tables.panel(shown).plain
    assert "går inte att jämföra i ett av dem" in text.development(shown).plain


def test_the_sizes_are_told_with_the_middle_and_the_largest():
    numbers = [1, 2, 6, 7, 8, 30, 12]
    lives = [(str(place), "2010-01-01", None) for place in range(len(numbers))]
    told = [("2018-kv4", str(place), number, 0) for place, number in enumerate(numbers)]
    said = text.sizes(report_of(facts(register(*lives), survey(*told)), subjects=(sizes,))).plain
    assert said.split("\n\n") == [
        "Vanligast är 5–9 anställda: tre av sju företag. Företaget i mitten, när de ordnas efter storlek, "
        "har sju anställda.",
        "De tre företag som har flest anställda har 76 procent (50 av 66) av alla anställda. De tre företag "
        "som har flest deltagare har 76 procent (50 av 66) av alla deltagare.",
    ]


def test_a_share_of_the_largest_is_not_told_of_few_enterprises_and_the_reason_is(report):
    assert text.sizes(report).plain.split("\n\n")[1].split(". ")[0] == (
        "Hur stor andel av alla anställda som finns i de tre största företagen redovisas inte, eftersom det "
        "kräver svar från minst sex företag"
    )


@pytest.mark.parametrize(
    ("result", "withheld"),
    [(Result(50, whole=54), True), (Result(4, whole=60), True), (Result(50, whole=55), False),
     (Result(50, whole=50), False), (Result(0, whole=50), False)],
)  # fmt: skip
def test_a_share_of_people_is_withheld_where_those_in_it_or_outside_it_are_few(result, withheld):
    outcome = make_outcome(PARTICIPANTS, result)
    assert protect_outcome(outcome, Rules(), "public").result.withheld is withheld
    assert not protect_outcome(outcome, Rules(), "internal").result.withheld


def test_sizes_that_rest_on_too_few_enterprises_are_withheld_and_said_to_be():
    shown = report_of(facts(rules=Rules(min_enterprises=3)), "public", (sizes,))
    assert "redovisas inte, för att skydda företagen" in text.sizes(shown).plain
    assert " | .. | " in tables.sizes(shown).plain
    assert shown.outcome("concentration_employees").result == NOT_KNOWN


def test_the_table_of_sizes_has_a_row_for_unknown_only_where_somebody_is_there(report):
    assert "Ej känt" not in tables.sizes(report).plain
    answers = ANSWERS[ANSWERS["organisation_number"] != "grown"]
    silent = report_of(facts(responses=answers), subjects=(sizes,))
    assert "Ej känt | 1 | . | . | ." in tables.sizes(silent).plain


def test_every_sentence_and_table_is_clean(report, public):
    for one in (report, public):
        said = [text.development(one), text.changes(one, KEY), text.sizes(one)]
        assert [fault for block in said for fault in faults_of_prose(block.plain)] == []
        for block in (tables.panel(one), tables.sizes(one)):
            soup = BeautifulSoup(block.html, "html.parser")
            assert all(table.caption.get_text() for table in soup.find_all("table"))


def test_an_account_reads_missing_cells_as_unknown():
    made = account_report((30, 20), {})
    table = made.table(KEY)
    frame = table.frame.assign(status=MISSING, value=pd.array([None] * len(table.frame), "Int64"))
    account = Account.of(make_report([], [replace(table, frame=frame)]), KEY)
    assert not account.known
    assert account.hidden == ()


@pytest.mark.parametrize(
    ("number", "shown"), [(-5, True), (-4, False), (-1, False), (0, True), (1, False), (4, False), (5, True)]
)
def test_a_small_change_is_withheld_whether_more_or_fewer_and_so_is_what_would_tell_it(number, shown):
    wide = pd.DataFrame(
        {"women": [300, number, 20, 40, 60, 420 + number], "men": [300, 10, 20, 40, 60, 430]},
        index=[BASELINE, "grown", "started", "carried", "definition", TOTAL],
    )
    wide[TOTAL] = wide["women"] + wide["men"]
    frame = tidy(wide.astype("Int64"), "component", "sex").assign(enterprises=9)
    seen = protect_breakdown(changes.people_account(KEY, "", frame), Rules(), "public").frame
    hidden = {tuple(cell) for *cell, _, status in seen.to_numpy() if status == WITHHELD}
    assert (("grown", "women") in hidden) is not shown
    assert len(hidden) == (0 if shown else 4)
    assert not {row for row, _ in hidden} & {BASELINE, TOTAL}


def test_an_internal_table_is_withheld_as_a_whole_in_public_and_what_is_missing_stays_missing():
    made = next(one for one in panel.breakdowns_of(facts()) if one.key == "panel_participants")
    amounts = made.frame["amount"].mask(made.frame["component"] == "definition")
    table = protect_breakdown(replace(made, frame=made.frame.assign(amount=amounts)), Rules(), "public")
    statuses = table.frame.groupby("component")["status"].unique().map(list).to_dict()
    assert statuses.pop("definition") == [MISSING]
    assert set(map(tuple, statuses.values())) == {(WITHHELD,)}
    assert table.frame["value"].isna().all()


@pytest.mark.parametrize("show", [text.changes, figures.changes])
def test_a_table_that_tells_no_change_of_people_is_refused_with_those_that_do(report, show):
    with pytest.raises(WrongUsage, match="participants_changes"):
        show(report, "enterprise_changes")


@pytest.mark.parametrize("show", [text.people, figures.women_and_men])
def test_a_change_is_not_told_as_if_it_were_people(report, show):
    with pytest.raises(WrongUsage, match="kvinnor och män"):
        show(report, KEY)
