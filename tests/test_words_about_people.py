"""Whatever a breakdown of people shows, withholds or lacks, its sentences and titles say just that."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from any_report import AUTHORITIES, NOT_GROUPS, SEXES, examples, tables_of_people
from hypothesis import example, given
from published_sample import WITHHELD_NUMBER, make_report, table_of_people
from swedish_prose import NUMBER, digits, faults_of_prose, names, read, small_digits
from words_reckoned import check_share, values_of

from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, PublishedTable
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.findings import more_women_or_men, women_in_all

PEOPLE = "(?:deltagare|(?:tillsvidare)?anställda|avslutade deltagare|personer)"


def rows_with(table: PublishedTable, status: str) -> tuple[set[str], set[str]]:
    """Give the rows that show nothing for a reason, and those that show a part."""
    body = table.frame[table.frame[table.rows] != "total"].groupby(table.rows)["status"].agg(set)
    whole = {row for row, found in body.items() if found == {status}}
    return whole, {row for row, found in body.items() if found == {status, SHOWN}}


def bare(listed: str) -> set[str]:
    """Give the names of a list, without what they are called, in small letters."""
    return {name.removeprefix("grupperna ").removeprefix("gruppen ").lower() for name in names(listed)}


def small(rows: set[str]) -> set[str]:
    return {row.lower() for row in rows}


@examples(60)
@given(tables_of_people())
@example(table_of_people({"Gävle": (5, 5), "Hofors": (0, 1)}))
@example(table_of_people({"Gävle": (7, 5), "Hofors": (0, 0)}))
def test_people_are_counted_shared_and_compared_as_the_table_shows(table):
    report, shown = make_report(tables=[table], association=AUTHORITIES), values_of(table)
    said, apart = text.people(report, table.key).plain, text.groups(report, table.key).plain
    for one in (said, apart):
        assert faults_of_prose(one) == []
        assert small_digits(re.sub(r"\d\d–\d\d år", "", one)) == []
        assert WITHHELD_NUMBER not in digits(one)
    check_women_and_men(shown, said)
    check_most(table, shown, apart)
    if len(set(table.frame[table.rows])) > 2:
        check_most(table, shown, said)
    check_not_shown(table, apart)


@examples(40)
@given(tables_of_people(NOT_GROUPS))
@example(
    table_of_people({"Arbete": (9, 9), "Ej angivet": (20, 1)}, "completed_by_outcome", dimension="outcome")
)
@example(table_of_people({"Arbete": None, "Annat": (7, 5)}, "completed_by_outcome", dimension="outcome"))
@example(table_of_people({"Deltagare": (9, 9), "Övriga anställda": None}, "people_by_role", dimension="role"))
def test_roles_and_outcomes_are_told_as_what_people_are_and_went_on_to(table):
    report, shown = make_report(tables=[table], association=AUTHORITIES), values_of(table)
    said, apart = text.people(report, table.key).plain, text.groups(report, table.key).plain
    for one in (said, apart):
        assert faults_of_prose(one) == []
        assert small_digits(one) == []
        assert WITHHELD_NUMBER not in digits(one)
        assert "gruppen" not in one
    check_women_and_men(shown, said)
    totals = {row: shown[row, "total"] for row in dict.fromkeys(row for row, _ in shown) if row != "total"}
    not_stated = totals.pop("Ej angivet", None)
    count = re.search(rf"För ({NUMBER}) {PEOPLE[:-1]}|avslutad deltagare) är det inte angivet", apart)
    assert bool(count) == bool(not_stated)
    if count:
        assert read(count[1]) == not_stated
    known = {row: value for row, value in totals.items() if value is not None}
    most = max(known.values(), default=0)
    told = re.search(rf"(?:gick (?:flest )?vidare till|var) (.+?)(?: flest)?: ({NUMBER})( vardera)?\.", apart)
    every = re.search(r"(?:Alla|Båda|Den enda) .*gick vidare till (.+?)\.", apart)
    assert bool(told or every) == bool(most)
    if most:
        assert {name.lower() for name in names((told or every)[1])} == {
            row.lower() for row, value in known.items() if value == most
        }
    if told:
        assert read(told[2]) == most
        assert ("redovisas" in told[0] or "redovisas" in apart) or len(known) == len(totals)


@pytest.mark.parametrize(
    ("key", "dimension", "where"),
    [
        ("participants_by_municipality", "municipality", "i kommunerna"),
        ("participants_by_age", "age", "i åldersgrupperna"),
        ("completed_by_outcome", "outcome", "efter vad de gick vidare till"),
    ],
)
def test_where_only_totals_are_shown_the_words_say_that_women_and_men_are_not_told_apart(
    key, dimension, where
):
    table = table_of_people({"Arbete": (9, 8), "Studier": (7, 6), "Annat": None}, key, dimension=dimension)
    inner = (table.frame["sex"] != "total") & (table.frame[dimension] != "total")
    frame = table.frame.assign(
        status=table.frame["status"].mask(inner, WITHHELD),
        value=table.frame["value"].mask(inner, WITHHELD_NUMBER),
    )
    told = text.groups(make_report(tables=[replace(table, frame=frame)]), key).plain
    assert f"Kvinnor och män redovisas inte var för sig {where}, och uppgifterna om" in told
    assert told.endswith("redovisas inte alls, för att skydda enskilda personer.")


def check_women_and_men(shown, said: str) -> None:
    women, men, everyone = (shown["total", sex] for sex in (*SEXES, "total"))
    both = re.match(
        rf"Av ({NUMBER}) {PEOPLE} var ({NUMBER}) (kvinnor|kvinna)(?: \((.+?)\))? "
        rf"och ({NUMBER}) (män|man)\.",
        said,
    )
    assert bool(both) == bool(everyone and women and men)
    if both:
        assert [read(both[group]) for group in (1, 2, 5)] == [everyone, women, men]
        assert (both[3], both[6]) == ("kvinna" if women == 1 else "kvinnor", "man" if men == 1 else "män")
        assert bool(both[4]) == (everyone >= 20)
        if everyone < 20:
            assert "procent" not in said
            return
        check_share(both[4], Fraction(women * 100, everyone))
        even = min(women, men) * 5 >= everyone * 2
        assert ("Könsfördelningen är jämn" in said, "Könsfördelningen är ojämn" in said) == (even, not even)
        if not even:
            assert ("männen är färre" if women > men else "kvinnorna är färre") in said
    elif everyone is None:
        assert re.search("det var totalt( redovisas inte)?\\.", said)
    elif everyone and women is not None and men is not None:
        assert re.search(f"{'kvinnor|en kvinna' if women else 'män|en man'}\\.", said)


def check_most(table, shown, said: str) -> None:
    totals = {row: value for (row, sex), value in shown.items() if sex == "total" and row != "total"}
    known = {row: value for row, value in totals.items() if value is not None}
    most = max(known.values(), default=0)
    top = {row for row, value in known.items() if value == most}
    told = re.search(
        rf"(?:Flest \w+ (?:fanns i|hade placerats av|hade) |Av de \w+ som redovisas hade )(.+?)"
        rf"(?: placerat)?(?: flest \w+)?: ({NUMBER})( vardera)?\.", said,
    )  # fmt: skip
    every = re.search(
        r"(?:Alla [\w\u00a0]+|Båda|Den enda) ?(?:\w+)? (?:fanns i|hade placerats av) (.+?)\.(?: |\n|$)", said
    )
    assert bool(told or every) == bool(most)
    if not most:
        return
    assert bare((told or every)[1]) == small(top)
    if every:
        assert shown["total", "total"] == most
        assert len(known) == len(totals)
    else:
        assert read(told[2]) == most
        assert bool(told[3]) == (len(top) > 1)
        assert ("som redovisas" in told[0]) == (len(known) < len(totals))


def statuses_of(table: PublishedTable) -> dict[tuple[str, str], str]:
    """Give the status of every cell but those of the total row."""
    body = table.frame[table.frame[table.rows] != "total"]
    return dict(zip(zip(body[table.rows], body["sex"], strict=True), body["status"], strict=True))


def check_not_shown(table, said: str) -> None:
    if "redovisas inte var för sig" in said:
        assert {status for (row, sex), status in statuses_of(table).items() if sex in SEXES} == {WITHHELD}
        return
    (withheld, some_withheld), (missing, some_missing) = (
        rows_with(table, one) for one in (WITHHELD, MISSING)
    )
    rows = set(table.frame[table.rows]) - {"total"}
    if withheld == rows or missing == rows:
        every = re.search(
            r"Uppgifterna om (kommunerna|åldersgrupperna|grupperna) (redovisas inte|saknas)", said
        )
        assert every[2] == ("redovisas inte" if withheld else "saknas")
        return
    patterns = {
        r"ppgifterna om (.+?) redovisas inte": withheld,
        r"[Oo]m ([^.,]+?(?:, [^.]+?)*?) redovisas bara vissa uppgifter": some_withheld,
        r"ppgifter om ([^.]+?) saknas": missing,
        r"(?:^|\. |\n|och )[Oo]m ([^.]+?) saknas vissa uppgifter": some_missing,
    }
    for pattern, expected in patterns.items():
        told = re.search(pattern, said.replace(", och om ", "; och om "))
        assert bool(told) == bool(expected), (pattern, said)
        if told:
            assert bare(told[1].rpartition("; och om ")[2]) == small(expected)


@examples(60)
@given(tables_of_people())
def test_the_titles_about_women_and_men_count_the_rows_that_are_shown(table):
    shown, title = values_of(table), more_women_or_men(table)
    rows = [row for row, sex in shown if sex == "women" and row != "total"]
    pairs = [(shown[row, "women"], shown[row, "men"]) for row in rows]
    known = [pair for pair in pairs if None not in pair]
    assert bool(title) == (len(known) > 1)
    if title:
        women, men = (sum(one[side] > one[1 - side] for one in known) for side in (0, 1))
        check_title(title, women, men, len(known))
        assert ("redovisade" in title) == (len(known) < len(pairs))
        assert faults_of_prose(f"{title}.") == []
    check_womens_share(women_in_all(table), *(shown["total", sex] for sex in SEXES))


def check_title(title: str, women: int, men: int, rows: int) -> None:
    if not women and not men:
        assert title.startswith("Lika många kvinnor som män")
        count = re.search(rf"i (?:båda|alla ({NUMBER}))", title)
        assert (read(count[1]) if count[1] else 2) == rows
        return
    said = re.match("Fler (kvinnor|män) än (kvinnor|män)", title)
    more, fewer = (women, men) if said[1] == "kvinnor" else (men, women)
    assert said[2] != said[1]
    assert more >= fewer
    part = re.search(rf"i (?:({NUMBER}) av ({NUMBER})|båda|alla ({NUMBER}))", title)
    assert (read(part[1]) if part[1] else rows) == more
    assert read(part[2] or part[3] or "två") == rows
    others = re.search(rf"fler (?:kvinnor|män) i ({NUMBER}|den andra)|lika många i", title)
    assert bool(others) == (more * 2 <= rows)
    if others and others[1]:
        assert (1 if others[1] == "den andra" else read(others[1])) == fewer
    elif others:
        assert fewer == 0


def check_womens_share(title: str, women: int | None, men: int | None) -> None:
    assert bool(title) == (women is not None and men is not None and women + men > 0)
    if not title:
        return
    everyone = women + men
    if title.startswith("Hälften"):
        assert women == men
    elif title.startswith(("Alla", "Båda", "Den enda")):
        assert 0 in (women, men)
        assert bool(re.search("kvinnor$|kvinna$", title)) == (men == 0)
        assert title.startswith({1: "Den enda", 2: "Båda"}.get(everyone, "Alla"))
    else:
        share = re.fullmatch(r"Av (?:deltagarna|de (?:tillsvidare)?anställda) är (.+) kvinnor", title)
        if everyone < 20:
            assert [read(number) for number in share[1].split(" av ")] == [women, everyone]
            return
        check_share(share[1], Fraction(women * 100, everyone))
