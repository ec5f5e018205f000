"""Whatever the data, what is said of balance and of survey rounds is what it says, reckoned anew."""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from any_report import AUTHORITIES, SEXES, examples, tables_of_people
from bs4 import BeautifulSoup
from demonstration_years import published_year
from hypothesis import given
from hypothesis import strategies as st
from published_sample import (
    PEOPLE,
    WITHHELD_NUMBER,
    make_report,
    table_of_people,
    table_of_rounds,
    womens_shares,
)
from swedish_prose import NUMBER, digits, faults_of_prose, half_up, read, small_digits
from test_renditions import FEW, NAMES, assert_legible, assert_same_figures, svgs_of
from words_reckoned import check_share, values_of

from asf_analysis.disclosure.published import WITHHELD
from asf_analysis.errors import WrongUsage
from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.presentation import figures, tables
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.grids import Grid, share_of_women

ROOT = Path(__file__).parent.parent
BY_MUNICIPALITY, BY_ROUND = "participants_by_municipality", "participants_by_round"


@cache
def public_2018():
    return published_year(2018)


def told_in(table) -> dict[str, Fraction]:
    """Give women's exact share, in percent, of each row whose share may be written."""
    shown, grid = values_of(table), Grid.of(table)
    return {
        row: Fraction(100 * shown[row, "women"], shown[row, "total"])
        for row in grid.body
        if share_of_women(grid, row) is not None
    }


def item(said: str, head: str) -> str:
    """Give what stands after an item's head in a list, without its full stop; else nothing."""
    found = re.search(rf"^- {head}: (.+)\.$", said, re.MULTILINE)
    return found[1] if found else ""


def rows_named(listed: str, table) -> set[str]:
    rows = Grid.of(table).body
    return {row for row in rows if re.search(rf"(?<!\w){re.escape(row)}(?!\w)", listed, re.IGNORECASE)}


@examples(60)
@given(tables_of_people())
def test_even_and_uneven_rows_are_told_with_their_shares_and_the_widest_gap(table):
    said = text.balance(make_report(tables=[table], association=AUTHORITIES), table.key).plain
    shares = told_in(table)
    assert faults_of_prose(said.replace("\n- ", "\n")) == []
    assert WITHHELD_NUMBER not in digits(said)
    even = {row for row, share in shares.items() if 40 <= share <= 60}
    for head, rows in (("Jämn fördelning", even), ("Ojämn fördelning", set(shares) - even)):
        listed = item(said, head)
        assert rows_named(listed, table) == rows
        for row in rows:
            written = re.search(rf"{re.escape(row)} \(([^)]+) kvinnor\)", listed, re.IGNORECASE)[1]
            check_share(written, shares[row])
    nobody = sum(values_of(table)[row, "total"] == 0 for row in Grid.of(table).body if row not in shares)
    check_lead(said.split("\n")[0], len(even), len(shares), len(Grid.of(table).body), nobody)
    check_widest(item(said, "Störst skillnad"), shares, table)


def check_lead(lead: str, even: int, told: int, rows: int, nobody: int) -> None:
    if told < 2:
        assert ("redovisas bara för" in lead) == (told == 1)
        assert ("redovisas ingen andel" in lead) == (told == 0)
        return
    assert ("där andelen redovisas" in lead) == (told + nobody < rows)
    assert bool(re.search(" med (deltagare|anställda|tillsvidareanställda|avslutade|personer)", lead)) == (
        told < rows == told + nobody
    )
    assert lead.startswith("Könsfördelningen är jämn" if even else "Könsfördelningen är ojämn")
    part = re.search(rf" i (?:({NUMBER}) av ({NUMBER})|alla ({NUMBER})|båda) ", lead)
    some = (read(part[1]), read(part[2])) if part[1] else (read(part[3] or "två"),) * 2
    assert some == (even or told, told)


def check_widest(said: str, shares: dict[str, Fraction], table) -> None:
    gaps = {row: 2 * share - 100 for row, share in shares.items()}
    widest = max(map(abs, gaps.values()), default=0)
    assert bool(said) == (len(gaps) > 1 and widest > 0)
    if not said:
        return
    rows, points, who = re.fullmatch(r"(.+) \((.+?), (fler kvinnor|fler män|åt olika håll)\)", said).groups()
    widest_rows = {row: gap for row, gap in gaps.items() if abs(gap) == widest}
    assert rows_named(rows, table) == set(widest_rows)
    number = re.fullmatch(rf"({NUMBER}) procentenhet(er)?", points)
    assert (read(number[1]) if number else 0) == half_up(widest)
    assert bool(number) or points == "mindre än en procentenhet"
    sides = {gap > 0 for gap in widest_rows.values()}
    assert who == ("åt olika håll" if len(sides) > 1 else "fler kvinnor" if True in sides else "fler män")


@examples(40)
@given(tables_of_people())
def test_the_table_of_balance_writes_share_gap_and_band_or_says_why_not(table):
    shown = tables.balance(make_report(tables=[table], association=AUTHORITIES), table.key)
    body = BeautifulSoup(shown.html, "html.parser").tbody
    shares, values = told_in(table), values_of(table)
    for row, line in zip(Grid.of(table).rows, body.find_all("tr"), strict=True):
        *_, share, gap, even = [cell.get_text(" ", strip=True) for cell in line.find_all("td")]
        exact = shares.get(row) if row != "total" else None
        if row == "total" and share_of_women(Grid.of(table), row) is not None:
            exact = Fraction(100 * values[row, "women"], values[row, "total"])
        if exact is None:
            assert share == gap == even in ("..", ".", "–")
            continue
        assert read(share) == half_up(exact)
        assert even.endswith("Ja" if 40 <= exact <= 60 else "Nej")
        assert gap.removeprefix("under ")[0] == ("0" if exact == 50 else "+" if exact > 50 else "−")
        points = read(gap[1:]) if gap[0] in "+−" else 0
        assert points == half_up(abs(2 * exact - 100))


ROUNDS = [f"{year}-kv{quarter}" for year in (2017, 2018) for quarter in (1, 2, 3, 4)]
PAIRS = st.sampled_from([15, 9999]).flatmap(lambda most: st.tuples(*[st.integers(0, most)] * 2))
TABLES_OF_ROUNDS = st.dictionaries(
    st.sampled_from(ROUNDS), st.none() | PAIRS | st.just((None, None)), min_size=1, max_size=8
).map(lambda rows: table_of_rounds(dict(sorted(rows.items()))))


def shown_rounds(table) -> list[tuple[int, int]]:
    values = values_of(table)
    pairs = [tuple(values[row, sex] for sex in SEXES) for row in Grid.of(table).body]
    return [pair for pair in pairs if None not in pair]


@examples(60)
@given(TABLES_OF_ROUNDS)
def test_the_rounds_tell_women_and_men_from_the_first_that_is_shown_to_the_last(table):
    said = text.rounds(make_report(tables=[table]), BY_ROUND).plain
    shown = shown_rounds(table)
    assert faults_of_prose(said) == small_digits(said) == []
    assert WITHHELD_NUMBER not in digits(said)
    hidden = len(Grid.of(table).body) - len(shown)
    assert bool(re.search(r"^Uppgifterna om .+ (redovisas inte|saknas)", said, re.MULTILINE)) == (hidden > 0)
    if len(shown) < 2:
        assert ("Bara en omgång kan redovisas" in said) == (len(shown) == 1)
        assert "ökade" not in said
        return
    women = re.search(r"(\w+) antalet kvinnor bland deltagarna (.+?), och antalet män", said)
    men = re.search(r"och antalet män (\w+) (.+?)\.", said)
    for side, (verb, what) in enumerate((women.groups(), men.groups())):
        before, after = shown[0][side], shown[-1][side]
        assert verb == ("ökade" if after > before else "minskade" if after < before else "var")
        numbers = [read(one) for one in re.findall(rf"\b({NUMBER})\b", what)]
        assert numbers == ([before, after] if before != after else [after])


@FEW
@given(TABLES_OF_ROUNDS)
def test_both_charts_of_rounds_tell_the_same_and_can_be_read(table):
    shown = figures.rounds(make_report(tables=[table]), BY_ROUND)
    picture = BeautifulSoup(shown.html, "html.parser").picture
    assert bool(picture) == (len(shown_rounds(table)) > 1)
    if picture:
        assert_legible(shown)
        assert_same_figures(shown)
        assert faults_of_prose(picture.img["alt"]) == []


ROWS = st.one_of(st.none(), st.just((0, 0)), st.just((None, None)), st.tuples(*[st.integers(0, 99_999)] * 2))


@FEW
@given(st.dictionaries(NAMES, ROWS, max_size=8))
def test_both_charts_of_balance_tell_the_same_and_can_be_read(rows):
    table = table_of_people({"Gävle": (70, 80), **rows})
    shown = figures.balance(make_report(tables=[table]), BY_MUNICIPALITY)
    assert_legible(shown)
    assert_same_figures(shown)


def test_the_chart_of_balance_tells_each_row_and_nothing_withheld():
    shown = figures.balance(make_report(), BY_MUNICIPALITY)
    alt = BeautifulSoup(shown.html, "html.parser").img["alt"]
    assert "Gävle: 55\u00a0% kvinnor." in alt
    assert "Nordanstig: redovisas inte. Ockelbo: redovisas inte. Ovanåker: inga personer." in alt
    assert alt.endswith("Totalt: 59\u00a0% kvinnor.")
    assert str(WITHHELD_NUMBER) not in "".join([shown.html, *svgs_of(shown)])


@pytest.mark.parametrize("key", [BY_MUNICIPALITY, "participants_by_authority", "employees_by_municipality"])
def test_a_public_row_of_which_something_is_withheld_tells_no_share_in_table_chart_or_words(key):
    report = public_2018()
    rows = dict(list(report.table(key).frame.groupby(report.table(key).rows)))
    withheld = [row for row, cells in rows.items() if (cells["status"] == WITHHELD).any()]
    assert withheld
    chart, said = figures.balance(report, key), text.balance(report, key).plain
    alt = BeautifulSoup(chart.html, "html.parser").img["alt"]
    for row in withheld:
        [line] = re.findall(rf"^{row} \|.+$", tables.balance(report, key).plain, re.MULTILINE)
        *told, share, difference = line.split(" | ")[1:]
        assert share == difference == ".."
        assert set(told) - {".."} == set(rows[row]["value"].dropna().astype(str))
        assert f"{row}: redovisas inte." in alt
        assert f"{row} (" not in said
    for svg in svgs_of(chart):
        assert len(re.findall(r">\d+\u00a0%<", svg)) == len(told_in(report.table(key))) + 1


def test_without_any_share_there_is_a_table_and_no_chart():
    table = table_of_people({"Bollnäs": None, "Gävle": (None, None)})
    shown = figures.balance(make_report(tables=[table]), BY_MUNICIPALITY)
    assert "inget diagram visas, eftersom ingen andel kan redovisas." in shown.plain
    assert "<table" in shown.html


@pytest.mark.parametrize("function", [text.balance, tables.balance, figures.balance, text.rounds])
def test_a_table_without_women_and_men_is_refused(function):
    with pytest.raises(WrongUsage):
        function(make_report(), "activities_by_month")


def test_a_table_of_rounds_is_told_by_its_rounds_and_has_no_total_row():
    table = table_of_rounds({"2017-kv4": (80, 70), "2018-kv4": (108, 91)})
    shown = tables.breakdown(make_report(tables=[table]), BY_ROUND).plain
    assert shown.startswith("Deltagare efter enkätomgång, fjärde kvartalet 2017 till fjärde kvartalet 2018\n")
    assert "Kvartal 4 2017 | 80 | 70 | 150 | 53" in shown
    assert "Totalt |" not in shown.partition("\n")[2].partition("\n")[2]


SHARES = st.one_of(
    st.integers(1, 400).flatmap(lambda whole: st.builds(Result, st.integers(0, whole), st.just(whole))),
    st.sampled_from([NOT_KNOWN, Result(None, withheld=True), Result(0, whole=0)]),
)


@examples(60)
@given(st.tuples(SHARES, SHARES, SHARES))
def test_the_summary_tells_each_share_with_its_counts_and_whether_it_is_even(results):
    said = text.gender_summary(make_report(indicators=womens_shares(*results))).plain
    assert faults_of_prose(said.replace("\n- ", "\n")) == []
    for head, result in zip(("Deltagare", "Anställda", "Tillsvidareanställda"), results, strict=True):
        told = item(said, head)
        if result.amount is None:
            assert ("redovisas inte" in told) == result.withheld
            assert ("uppgift saknas" in told) == (not result.withheld)
        elif not result.whole:
            assert told == "det fanns inga"
        elif result.whole < 20:
            part, whole = re.fullmatch(rf"({NUMBER}) av ({NUMBER})", told).groups()
            assert (read(part), read(whole)) == (result.amount, result.whole)
        else:
            part, whole, share, even = re.fullmatch(
                rf"({NUMBER}) av ({NUMBER}) \((.+?)\)\. Fördelningen är (jämn|ojämn)", told
            ).groups()
            assert (read(part), read(whole)) == (result.amount, result.whole)
            check_share(share, Fraction(100 * result.amount, result.whole))
            assert (even == "jämn") == (40 * result.whole <= 100 * result.amount <= 60 * result.whole)


def test_an_approximate_share_says_so_and_is_not_called_even():
    about = Result(30, whole=50, low=27.0, high=33.0)
    said = text.gender_summary(make_report(indicators=womens_shares(about, about, about))).plain
    assert item(said, "Deltagare") == "ungefär 30 av 50 (60 procent)"


def test_the_sample_has_what_these_tests_look_for():
    assert None in PEOPLE.values()
    assert (0, 0) in PEOPLE.values()
