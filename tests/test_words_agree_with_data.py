"""Whatever the data, titles, alternative texts and sentences say what it says, and nothing else.

The checks read the Swedish text back (`swedish_prose`) and reckon anew from the data (`words_reckoned`).
Numbers in a text stand in the data, or are one of: a difference from the baseline, a share or a fulfilment
rounded half up, a count of goals, rows or enterprises. People have a file of their own.
"""

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from any_report import (
    ADDED,
    AUTHORITIES,
    COUNTED,
    PLACES,
    SEXES,
    activities_of_a_year,
    each_named,
    examples,
    outcomes_in_figures,
    reports,
    sets_of_goals,
    tables_of_people,
)
from bs4 import BeautifulSoup
from hypothesis import assume, example, given
from hypothesis import strategies as st
from published_sample import MUNICIPALITIES, WITHHELD_NUMBER, make_kpi, make_outcome, make_report
from swedish_prose import DATE, MONTHS, NUMBER, digits, faults_of_prose, half_up, names, read, small_digits
from words_reckoned import (
    bounds,
    by_status,
    check_how_many,
    check_months,
    check_target,
    column,
    direction_of,
    labels_in,
    reach,
    status_of,
    values_of,
    written_exactly,
)

from asf_analysis.disclosure.published import WITHHELD, Sources
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.outcomes import Outcome, PublishedFigure
from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.presentation import figures, tables
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.findings import busiest_months, goals_reached, more_women_or_men, women_in_all

AT_ITS_BOUND = make_outcome(COUNTED[0], Result(100, low=90, high=110), target=90, baseline=110)
"""Not surely more than its target, nor surely less than its baseline."""

NOT_JUDGED = make_outcome(COUNTED[0], Result(100, low=90, high=110), target=100, baseline=10)
"""Surely more than its baseline, but perhaps less than its target."""


@examples(75)
@given(outcomes_in_figures())
@example(AT_ITS_BOUND)
@example(NOT_JUDGED)
def test_a_kpis_sentences_say_its_figure_its_target_and_its_change(outcome):
    kpi, result, said = outcome.kpi, outcome.result, text.kpi(make_report([outcome]), outcome.kpi.key).plain
    assert faults_of_prose(said) == []
    if result.amount is None:
        missing = "uppgiften redovisas inte" if result.withheld else "uppgift saknas"
        assert said.startswith(f"{kpi.label}: {missing} för 2018.")
        assert not re.search("ökade|minskade|oförändra|överträffades|nåddes\\.|nåddes inte", said)
        return
    if kpi.singular:
        assert small_digits(said.split("\n\n")[0]) == []
    counted = re.fullmatch(rf"(ca )?({NUMBER}) ?(.*)", said_count(kpi, said))
    assert bool(counted[1]) == result.approximate
    assert written_exactly(counted[2], result.amount)
    assert counted[3] == (kpi.singular if result.amount == 1 and kpi.singular else kpi.plural or kpi.unit)
    assert ("Inget mål är satt." in said) == (outcome.target is None)
    check_target(outcome, said)
    check_change(outcome, said)
    check_answers(result, said)


def said_count(kpi, said: str) -> str:
    """Take out what the figure is told with: at its place in the KPI's sentence, or after the label."""
    when = r"(?:[Uu]nder 2018|[Dd]en 31 december 2018)"
    before, _, after = map(re.escape, kpi.sentence.partition("{count}"))
    in_sentence = rf"{when} {before}(.+?){after}\.(?: |$|\n)"
    return re.match(in_sentence if kpi.sentence else rf"{re.escape(kpi.label)}: (.+?) {when}\.", said)[1]


def check_change(outcome: Outcome, said: str) -> None:
    baseline, found = (
        outcome.baseline,
        re.search("ökade|minskade|är oförändrat|i stort sett oförändrat", said),
    )
    if baseline.amount is None:
        assert found is None
        assert "tgångsläge" not in said
        return
    compared = outcome.target is not None and status_of(outcome) != "okänt"
    direction = direction_of(outcome) if compared else ""
    change = abs(Fraction(str(outcome.result.amount)) - Fraction(str(baseline.amount)))
    assert (found[0] if found else "") == direction
    then = re.search(rf"(?:Utgångsläget var|som var|var antalet|var beloppet) (ca )?({NUMBER})", said)
    ranges = [reach(one) for one in (outcome.result, baseline)]
    exact = all(low == high for low, high in ranges)
    unchanged = direction == "är oförändrat"
    assert bool(then) == (not unchanged or not exact)
    assert ("kan förklara" in said) == (unchanged and not exact and change != 0)
    assert ("kan visa" in said) == (unchanged and not exact and change == 0)
    if unchanged and not exact:
        carried = any(reach(one) != bounds(one) for one in (outcome.result, baseline))
        approximate = baseline.approximate or outcome.result.approximate
        assert ("ungefärliga uppgifter" in said, "från en tidigare enkätomgång" in said) == (
            approximate, carried,
        )  # fmt: skip
    if then:
        assert written_exactly(then[2], baseline.amount)
        assert bool(then[1]) == baseline.approximate
    if direction in ("ökade", "minskade"):
        by = re.search(rf"{direction} med (ca )?({NUMBER}) från", said)
        assert bool(by[1]) == (baseline.approximate or outcome.result.approximate)
        assert written_exactly(by[2], change)


def check_answers(result: Result, said: str) -> None:
    told = said.partition("\n\n")[2]
    if result.asked is None:
        assert told == ""
        return
    silent = result.asked - result.answered - result.carried
    some = re.search(rf"svar från ({NUMBER}) av ({NUMBER}) företag", told)
    if some:
        assert (read(some[1]), read(some[2])) == (result.answered, result.asked)
        assert 0 < result.answered < result.asked
    else:
        assert bool(re.search("svar från (alla|båda|det enda)", told)) == (result.answered == result.asked)
        assert bool(re.search("har svarat\\.|Företaget har inte", told)) == (result.answered == 0)
    carried = re.search(rf"För ({NUMBER}) företag används svaret från förra omgången", told)
    assert (read(carried[1]) if carried else 0) == result.carried
    left_out = re.search(rf"Svar saknas från ({NUMBER}) företag", told)
    assert (read(left_out[1]) if left_out else 0) == (silent if silent < result.asked else 0)
    alone = re.search(rf"Utan (svaret|svaren) från förra omgången vore resultatet (ca )?({NUMBER})\.", told)
    without = result.answered_only
    assert bool(alone) == (without is not None and without.amount is not None)
    if alone:
        assert written_exactly(alone[3], without.amount)
        assert (alone[1] == "svaret", bool(alone[2])) == (result.carried == 1, without.approximate)


PERCENTS = st.integers(1, 400).flatmap(lambda whole: st.builds(Result, st.integers(0, whole), st.just(whole)))


@examples(60)
@given(PERCENTS, PERCENTS)
@example(Result(40, whole=100), Result(38, whole=100))
@example(Result(39, whole=100), Result(38, whole=100))
def test_a_share_is_told_in_percent_and_its_change_in_percentage_points(result, baseline):
    outcome = replace(make_outcome(ADDED[0], result, target=1), baseline=baseline)
    said = text.kpi(make_report([outcome]), "added").plain
    exact, before = (Fraction(one.amount * 100, one.whole) for one in (result, baseline))
    now, then = check_written_share(result, said), half_up(before)
    few = min(result.whole, baseline.whole) < 20
    changed = re.search(rf"Andelen (ökade|minskade) med ({NUMBER}) procentenhet(er)? från", said)
    assert bool(changed) == (now != then and exact != before and not few)
    if changed:
        assert read(changed[2]) == abs(now - then)
        assert bool(changed[3]) == (abs(now - then) != 1)
    told = re.search("Andelen (ökade|minskade)", said)
    assert (told[1] if told else "") in (
        "ökade" if exact > before else "minskade" if exact < before else "",
        "",
    )
    assert ("är oförändrad" in said) == (exact == before)
    assert ("i stort sett" in said) == (now == then and exact != before and not few)
    assert faults_of_prose(said) == []


def check_written_share(result: Result, said: str) -> Fraction | None:
    """A share of twenty or more is told in percent, on its side of the target of 1; of fewer in counts."""
    exact = Fraction(result.amount * 100, result.whole)
    if result.whole < 20:
        told = re.match(rf"Nytt mått: ({NUMBER}) av ({NUMBER}) under 2018\.", said)
        assert (read(told[1]), read(told[2])) == (result.amount, result.whole)
        assert "procent av målet" not in said
        return None
    told = re.match(rf"Nytt mått: ({NUMBER}) procent under 2018\.", said)
    decimals = len(told[1].partition(",")[2])
    assert read(told[1]) == half_up(exact, decimals)
    assert (read(told[1]) >= 1) == (exact >= 1) or decimals == 2
    return read(told[1])


TWICE = [make_outcome(COUNTED[0], Result(20), target=10), make_outcome(COUNTED[1], Result(40), target=20)]
PERHAPS_MORE = make_outcome(COUNTED[1], Result(19, low=18, high=22), target=10)


@examples(50)
@given(sets_of_goals())
@example(each_named(TWICE))
@example(each_named([TWICE[0], PERHAPS_MORE]))
def test_the_year_in_short_counts_and_names_every_goal(outcomes):
    report, found = make_report(outcomes), by_status(outcomes)
    summary, listed = text.summary(report).plain, text.goals(report).plain
    assert faults_of_prose(summary) == faults_of_prose(listed) == []
    check_how_many(summary, found)
    check_how_many(listed, found)
    check_how_many(goals_reached([one for group in found.values() for one in group], report.period), found)
    heads = {"Nära målet kom": "nåddes nästan", "(?:Målet|Målen) nåddes inte för": "nåddes inte"}
    for head, status in heads.items():
        line = re.search(rf"^{head} (.+)\.$", summary, re.MULTILINE)
        assert labels_in(line[1] if line else "", outcomes) == {one.kpi.key for one in found[status]}
    items = ("Uppnådda", "Nära målet", "Ej uppnådda", "Kan ej bedömas")
    for head, group in zip(items, found.values(), strict=True):
        line = re.search(rf"^- {head}: (.+)\.$", listed, re.MULTILINE)
        assert labels_in(line[1] if line else "", outcomes) == {one.kpi.key for one in group}
    check_best(summary, found)
    check_not_reached(summary, found)


def check_not_reached(summary: str, found: dict[str, list[Outcome]]) -> None:
    """Check *av de övriga nåddes ett nästan, och tre nåddes inte* against the goals themselves."""
    reached, near, missed = (len(found[status]) for status in ("nåddes", "nåddes nästan", "nåddes inte"))
    both = re.search(rf"Av (?:de övriga|dem) nåddes ({NUMBER}) nästan, och ({NUMBER}) nåddes inte\.", summary)
    assert bool(both) == (near > 0 and missed > 0)
    if both:
        assert (read(both[1]), read(both[2])) == (near, missed)
        assert ("de övriga" in both[0]) == (reached > 0)
    rest = re.search(
        rf"(?:De övriga|Alla) ({NUMBER}) nåddes (inte|nästan)|Det återstående nåddes (inte|nästan)", summary
    )
    if rest:
        assert (read(rest[1]) if rest[1] else 1) == near + missed
        assert ((rest[2] or rest[3]) == "nästan") == (near > 0)


def check_best(summary: str, found: dict[str, list[Outcome]]) -> None:
    """Only a goal that was exceeded more than every other, whatever *ca* hides, is called the best."""
    told = re.search(
        rf"bäst för (.+?): (?:ca )?({NUMBER})(?:\u00a0%| av {NUMBER})?, mot målet ({NUMBER})(?:\u00a0%)?\.",
        summary,
    )
    targets = {one.kpi.key: one.target.value for group in found.values() for one in group if one.target}
    goals = [
        one
        for group in found.values()
        for one in group
        if targets.get(one.kpi.key) and one.result.amount is not None
    ]
    ends = {
        one.kpi.key: [end / Fraction(str(targets[one.kpi.key])) for end in bounds(one.result)]
        for one in goals
    }
    best = [
        one
        for one in goals
        if ends[one.kpi.key][0] > max([1, *(ends[other.kpi.key][1] for other in goals if other is not one)])
    ]
    assert bool(told) == bool(best)
    if told:
        assert labels_in(told[1], best) == {best[0].kpi.key}
        assert read(told[3]) == Fraction(str(best[0].target.value)) or written_exactly(
            told[3], best[0].target.value
        )
        if best[0].result.whole is None:
            assert written_exactly(told[2], best[0].result.amount)


@examples(60)
@given(activities_of_a_year(), st.one_of(st.none(), st.integers(0, 60)))
def test_activities_are_counted_by_kind_and_by_month(table, target):
    whole = sum(column(table, "month", "kind").values())
    activities = next(kpi for kpi in KPIS if kpi.key == "information_activities")
    report = make_report([make_outcome(activities, Result(whole), target)], tables=[table])
    said = text.activities(report).plain
    assert faults_of_prose(said) == []
    assert small_digits(said) == []
    told = re.match(rf"Under 2018 genomfördes ({NUMBER}) informationsinsats(er)?\.", said)
    assert read(told[1]) == whole
    assert bool(told[2]) == (whole != 1)
    assert ("överträffades" in said) == (target is not None and whole > target)
    check_kinds(said, column(table, "month", "kind"))
    check_months(busiest_months(table), column(table, "kind", "month"))


def check_kinds(said: str, sizes: dict[str, int]) -> None:
    counted = {name: int(read(size)) for name, size in re.findall(r"(\w+) \(([\d\u00a0]+)\)", said)}
    assert all(sizes[name] == size for name, size in counted.items())
    held = {name: size for name, size in sizes.items() if size}
    if len(held) < 2 or sum(sizes.values()) == 1:
        assert not counted
        assert ("Alla var av samma slag" in said) == (len(held) == 1 and sum(sizes.values()) > 1)
        return
    most = max(held.values())
    tops = {name for name, size in held.items() if size == most}
    assert ("De vanligaste slagen" in said) == (len(tops) > 1)
    assert tops <= set(counted)
    left_out = [size for name, size in held.items() if name not in counted]
    assert not set(left_out) & set(counted.values())
    assert max(left_out, default=0) < min(counted.values())


@examples(40)
@given(st.lists(st.sampled_from(["Riga", "Stockholm", "Oslo"]), max_size=40))
def test_lectures_are_counted_and_every_place_is_named_with_how_often(places):
    said = text.lectures(make_report([], lectures=tuple(("1 maj 2018", place) for place in places))).plain
    assert faults_of_prose(said) == []
    assert read(re.search(rf"hölls ({NUMBER}) föreläsning", said)[1]) == len(places)
    told = re.findall(rf"(Riga|Stockholm|Oslo)(?: \(({NUMBER}) gånger\))?", said)
    assert {place: int(read(times or "en")) for place, times in told} == Counter(places)


NAMES = st.lists(st.sampled_from(PLACES), unique=True, max_size=15).map(tuple)


@examples(60)
@given(NAMES, NAMES, st.booleans())
def test_municipalities_are_named_as_those_that_stayed_came_and_left(now, before, is_known):
    result = Result(len(now), members=now) if is_known else NOT_KNOWN
    outcome = replace(make_outcome(MUNICIPALITIES, result, 7), baseline=Result(len(before), members=before))
    said = text.supporting_municipalities(make_report([outcome])).plain
    assert faults_of_prose(said) == []
    if not is_known:
        assert not any(name in said for name in PLACES)
        return
    assert read(re.search(rf"ingick ({NUMBER}) kommun", said)[1]) == len(now)
    stayed, added, left = set(now) & set(before), set(now) - set(before), set(before) - set(now)
    patterns = {
        r"årets början var [^:]+ med: (.+?)\.": stayed,
        r"\. ([^.:]+) har tillkommit": added or {"Ingen kommun"},
        r"\. ([^.:]+) ingår inte": left,
    }
    if not before:
        patterns = {r"(?:Kommunen|Kommunerna) är (.+?)\.": set(now)}
    for pattern, expected in patterns.items():
        told = re.search(pattern, said)
        assert (set(names(told[1])) if told else set()) == expected
    count = re.search(rf"({NUMBER}) av dem med:", said)
    if count:
        assert read(count[1]) == len(stayed)


@examples(40)
@given(st.integers(0, 2000), st.integers(0, 30), st.integers(0, 20))
def test_rows_read_used_and_set_aside_add_up_in_words(clean, aside, warnings):
    sources = Sources(clean + aside, clean, aside, warnings)
    said = text.versions(replace(make_report(), sources=sources)).plain
    assert faults_of_prose(said) == []
    told = re.search(rf"Underlaget är ({NUMBER}) (rad|rader)\b", said)
    assert (read(told[1]) if told else 0) == clean + aside
    parts = re.search(rf"varav ({NUMBER}) används och ({NUMBER}) har", said)
    assert bool(parts) == (aside > 0)
    if parts:
        assert (read(parts[1]), read(parts[2])) == (clean, aside)
    assert read(re.search(rf"gav ({NUMBER}) varning", said)[1]) == warnings


@examples(40)
@given(tables_of_people(), st.integers(0, 3))
def test_as_many_figures_are_said_to_be_withheld_as_are(table, figures_withheld):
    hidden = [
        make_outcome(make_kpi(f"k{one}", "Mått"), Result(None, withheld=True))
        for one in range(figures_withheld)
    ]
    said = text.disclosure(make_report(hidden, tables=[table])).plain
    assert faults_of_prose(said) == []
    told = re.search(rf"gäller det ({NUMBER}) uppgift", said)
    count = int((table.frame["status"] == WITHHELD).sum()) + figures_withheld
    assert (read(told[1]) if told else 0) == count
    assert ("har ingen uppgift behövt tas bort" in said) == (count == 0)


@examples(60)
@given(
    st.lists(st.tuples(outcomes_in_figures(COUNTED), st.sampled_from([0, 1, None])), min_size=1, max_size=6)
)
def test_every_revision_of_a_published_figure_is_listed_with_both_values_and_why(pairs):
    outcomes = []
    for place, (outcome, change) in enumerate(pairs):
        amount = outcome.result.amount
        told = None if change is None or amount is None else amount + change
        figure = PublishedFigure(
            result=told, approximate=outcome.result.approximate, source="Rapporten", revision_reason="Rättat."
        )
        kpi = replace(outcome.kpi, key=f"k{place}", label=f"Mått {chr(65 + place)}")
        outcomes.append(replace(outcome, kpi=kpi, published=figure))
    shown = tables.reconciliation(make_report(outcomes))
    soup = BeautifulSoup(shown.html, "html.parser")
    lead = soup.p.get_text()
    revised = [one for one in outcomes if one.published.result not in (None, one.result.amount)]
    assert faults_of_prose(lead) == []
    assert ("Ingen publicerad uppgift har ändrats" in lead) == (not revised)
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in soup.find_all("table")[-1].find_all("tr")
    ]
    if revised:
        assert read(re.search(rf"ändrats för ({NUMBER}) nyckeltal", lead)[1]) == len(revised)
        assert [(row[0], row[1], row[4]) for row in rows[1:]] == [
            (one.kpi.label, "Resultat", "Rättat.") for one in revised
        ]
        assert [digits(row[2])[0] - digits(row[3])[0] for row in rows[1:]] == [1] * len(revised)
    else:
        assert len(soup.find_all("table")) == 1


WHOLE = ("activities", "coverage", "disclosure", "effort", "goals", "informed", "judging", "lectures",
         "measuring", "milestones", "parties", "period", "summary", "supporting_municipalities",
         "target_groups", "tolerance", "tracks", "trainings", "versions")  # fmt: skip


@examples(40)
@given(reports())
def test_every_sentence_of_any_report_is_well_written_and_tells_nothing_withheld(report):
    for name in WHOLE:
        said = getattr(text, name)(report).plain
        assert said
        assert faults_of_prose(said) == [], name
        assert WITHHELD_NUMBER not in digits(said)
    together = text.informed(report).plain.split("\n\n")
    assert len(together) == 3
    for key, said in zip(
        ("organisations_informed", "employees_informed", "politicians_informed"), together, strict=True
    ):
        check_target(report.outcome(key), said)


def title_and_alt(shown) -> tuple[str, str]:
    soup = BeautifulSoup(shown.html, "html.parser")
    return (soup.select_one(".chart-title").get_text(), soup.img["alt"]) if soup.img else ("", "")


@examples(8)
@given(sets_of_goals())
def test_the_alternative_text_of_the_goals_tells_each_of_them(outcomes):
    in_figures = [one for one in outcomes if one.target and one.target.value is not None]
    assume(in_figures)
    title, alt = title_and_alt(figures.goals(make_report(outcomes)))
    check_how_many(title.replace(" i siffror", ""), by_status(in_figures))
    assert faults_of_prose(alt) == []
    words = {
        "nåddes": "uppnått",
        "nåddes nästan": "nära målet",
        "nåddes inte": "ej uppnått",
        "okänt": "kan ej bedömas",
    }
    for one in in_figures:
        told = re.search(
            rf"{one.kpi.label}: (.+?), mål ({NUMBER})(?:\u00a0%)?"
            rf"(?:, utgångsläge (?:ca )?({NUMBER})(?:\u00a0%)?)?, ([a-zåäö ]+)\.",
            alt,
        )
        assert told[4] == words[status_of(one)]
        of_share = one.result.whole is not None
        assert (
            read(told[2]) == Fraction(str(one.target.value))
            if of_share
            else written_exactly(told[2], one.target.value)
        )
        if one.result.amount is not None and not of_share:
            assert written_exactly(re.search(rf"resultat (?:ca )?({NUMBER})", told[1])[1], one.result.amount)
        assert bool(told[3]) == (one.baseline.amount is not None)


@examples(8)
@given(tables_of_people())
def test_the_alternative_text_of_women_and_men_tells_each_row(table):
    title, alt = title_and_alt(
        figures.women_and_men(make_report(tables=[table], association=AUTHORITIES), table.key)
    )
    assume(title)
    shown = values_of(table)
    assert title in (more_women_or_men(table), women_in_all(table), "Kvinnor och män: personer efter grupp")
    assert WITHHELD_NUMBER not in digits(alt)
    assert faults_of_prose(re.sub(r"(?<=\. )\d\d–\d\d år", "Åldern", alt)) == []
    for row in {row for row, _ in shown} - {"total"}:
        told = re.search(rf"(?:^|\. ){re.escape(row)}: (.+?)\.(?: |$)", alt)[1]
        both = re.fullmatch(rf"kvinnor ({NUMBER}), män ({NUMBER})", told)
        expected = [shown[row, sex] for sex in SEXES]
        assert ([read(both[1]), read(both[2])] if both else [None, None]) == expected
        if not both:
            hidden = (table.frame[table.rows] == row) & (table.frame["status"] == WITHHELD)
            assert told == ("redovisas inte" if hidden.any() else "uppgift saknas")


@examples(8)
@given(activities_of_a_year())
def test_the_alternative_text_of_the_activities_tells_each_month(table):
    title, alt = title_and_alt(figures.activities(make_report(tables=[table])))
    months, kinds = column(table, "kind", "month"), column(table, "month", "kind")
    assert bool(title) == any(months.values())
    if title:
        check_months(title, months)
        assert faults_of_prose(alt) == []
        told = re.findall(rf"({'|'.join(MONTHS)}) ({NUMBER})[,.]", alt.partition("Alla insatser:")[2])
        assert [read(number) for _, number in told] == list(months.values())
        wholes = re.findall(rf": totalt ({NUMBER})\.", alt)
        assert sum(map(read, wholes)) == sum(kinds.values())


def test_what_this_file_reads_with_can_read_and_can_find_fault():
    assert [read(one) for one in ("tolv", "1\u00a0234", "12,5", "Ett")] == [12, 1234, Fraction(25, 2), 1]
    assert faults_of_prose("Det är bra. Mycket bra.") == []
    for bad in (
        "det är bra.",
        "Det är bra",
        "Det  är bra.",
        "Det är bra .",
        "Bra. bra.",
        "Är None.",
        "5 är bra.",
        "Bra..",
    ):
        assert faults_of_prose(bad), bad
    assert small_digits("Det var 5 män.") == ["5"]
    assert small_digits("Det var fem av 13, ca 5, 4 procent (6), den 5 maj 2018, och 2 av 30.") == []
    assert half_up(Fraction(25, 2)) == 13
    assert re.fullmatch(DATE, "31 december 2018")
