"""What the data says, reckoned anew, and what a text says of it; shares no code with what wrote it."""

import re
from fractions import Fraction

from swedish_prose import MONTHS, NUMBER, faults_of_prose, half_up, read

from asf_analysis.disclosure.published import SHOWN, PublishedTable
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Result


def bounds(result: Result) -> tuple[Fraction, Fraction]:
    """Between which values a result is by what is approximate; a share is in percent."""
    ends = [result.amount if end is None else end for end in (result.low, result.high)]
    scale = 1 if result.whole is None else Fraction(100, result.whole)
    return Fraction(str(ends[0])) * scale, Fraction(str(ends[1])) * scale


def reach(result: Result) -> tuple[Fraction, Fraction]:
    """Between which values it is, where answers carried forward may be wrong as well."""
    ends, alone = bounds(result), result.answered_only
    if alone is None or alone.withheld:
        return ends
    highest = ends[1] if result.whole is None else Fraction(100)
    others = (Fraction(0), highest) if alone.amount is None or alone.whole == 0 else bounds(alone)
    return min(*ends, *others), max(*ends, *others)


def status_of(outcome: Outcome) -> str:
    """Judge anew, at both ends of what the result may be, with and without what was carried forward."""
    if outcome.target is None or outcome.result.amount is None:
        return "okänt"
    target = Fraction(str(outcome.target.value))
    found = {
        "nåddes" if end >= target else "nåddes nästan" if end * 10 >= target * 9 else "nåddes inte"
        for end in (*bounds(outcome.result), *reach(outcome.result))
    }
    return found.pop() if len(found) == 1 else "okänt"


def direction_of(outcome: Outcome) -> str:
    (low, high), (then_low, then_high) = reach(outcome.result), reach(outcome.baseline)
    if low > then_high:
        return "ökade"
    return "minskade" if high < then_low else "är oförändrat"


def written_exactly(written: str, value: float) -> bool:
    """Whether a number stands for a value that is written with at most one decimal, from 1 000 with none."""
    exact = Fraction(str(value))
    return read(written) == half_up(exact, 0 if abs(exact) >= 1000 else 1)


def check_target(outcome: Outcome, said: str) -> None:
    status = status_of(outcome)
    told = re.search(rf"[Mm]ålet på ({NUMBER})", said)
    assert bool(told) == (outcome.target is not None)
    if told is None:
        return
    assert written_exactly(told[1], outcome.target.value)
    assert ("kan inte bedömas" in said) == (status == "okänt")
    known = outcome.result.amount is not None
    exceeded = known and bounds(outcome.result)[0] > Fraction(str(outcome.target.value))
    assert ("överträffades" in said) == (status == "nåddes" and exceeded)
    assert bool(re.search(r" nåddes\.", said)) == (status == "nåddes" and not exceeded)
    for verb in ("nåddes nästan", "nåddes inte"):
        assert (verb in said) == (status == verb)
    check_percent(outcome, said)


def check_percent(outcome: Outcome, said: str) -> None:
    """A fulfilment is rounded half up, with as many decimals as keep it on its side of 90 and 100 percent."""
    percent = re.search(rf"resultatet är (ca )?({NUMBER}) procent av målet\.", said)
    fell_short = status_of(outcome) in ("nåddes nästan", "nåddes inte")
    assert bool(percent) == (fell_short and outcome.result.amount > 0)
    if percent:
        exact = Fraction(str(outcome.result.amount)) * 100 / Fraction(str(outcome.target.value))
        shown = read(percent[2])
        assert bool(percent[1]) == outcome.result.approximate
        decimals = len(percent[2].partition(",")[2])
        assert abs(shown - exact) <= Fraction(1 if decimals == 2 else Fraction(1, 2)) / 10**decimals
        assert [shown >= limit for limit in (90, 100)] == [exact >= limit for limit in (90, 100)]


def by_status(outcomes: list[Outcome]) -> dict[str, list[Outcome]]:
    """Sort the goals by a status that is judged anew."""
    found: dict[str, list[Outcome]] = {"nåddes": [], "nåddes nästan": [], "nåddes inte": [], "okänt": []}
    for one in outcomes:
        if one.kpi.kind == "milestone":
            found[{"uppnått": "nåddes", "ej uppnått": "nåddes inte"}.get(one.status, "okänt")].append(one)
        elif one.target:
            found[status_of(one)].append(one)
    return found


def check_how_many(title: str, found: dict[str, list[Outcome]]) -> None:
    """Check *sex av tio mål*, *alla tio målen* and the like against the goals themselves."""
    reached, unknown = len(found["nåddes"]), len(found["okänt"])
    judged = sum(map(len, found.values())) - unknown
    told = re.search(rf"och ({NUMBER}) mål kan inte bedömas", title)
    assert (read(told[1]) if told else 0) == (unknown if judged else 0)
    if not judged:
        said = re.match(rf"Inga mål|Målet för|Inget av de ({NUMBER}) målen", title)
        assert said[0] == "Inga mål" if not unknown else (read(said[1]) if said[1] else 1) == unknown
    elif judged == 1:
        assert title.startswith("Det enda bedömda målet" if unknown else "Målet")
        assert ("nåddes inte" in title) == (reached == 0)
    elif reached == judged:
        every = re.match(rf"Båda|Alla ({NUMBER})", title)
        assert (read(every[1]) if every[1] else 2) == judged
    else:
        part, whole = re.search(rf"({NUMBER}) av ({NUMBER}) (?:bedömda )?mål", title, re.IGNORECASE).groups()
        assert (read(part), read(whole)) == (reached, judged)


def labels_in(line: str, outcomes: list[Outcome]) -> set[str]:
    return {one.kpi.key for one in outcomes if re.search(rf"{re.escape(one.kpi.label[1:])}(?!\w)", line)}


def values_of(table: PublishedTable) -> dict[tuple[str, str], int | None]:
    """Give the cells that are shown, and None for the others."""
    rows = zip(*(table.frame[name] for name in (table.rows, "sex", "value", "status")), strict=True)
    return {(row, sex): int(value) if status == SHOWN else None for row, sex, value, status in rows}


def check_share(written: str, exact: Fraction) -> None:
    """A share is rounded half up, and words tell on which side of a limit it is."""
    amount = re.search(rf"({NUMBER}) procent", written)
    shown = read(amount[1])
    word = re.match("mindre än|mer än|drygt|knappt|", written)[0]
    sides = {"": shown == half_up(exact), "mindre än": 0 < exact < shown, "mer än": shown < exact < 100,
             "drygt": shown < exact < shown + 1, "knappt": shown - 1 < exact < shown}  # fmt: skip
    assert sides[word], (written, exact)
    if not word and shown in (0, 40, 50, 60, 100):
        assert shown == exact


def column(table: PublishedTable, rows: str, of: str) -> dict[str, int]:
    """Give the figures of one margin, by the other dimension."""
    frame = table.frame[table.frame[rows] == "total"]
    return {
        name: int(value) for name, value in zip(frame[of], frame["value"], strict=True) if name != "total"
    }


def check_months(title: str, months: dict[str, int]) -> None:
    whole, most = sum(months.values()), max(months.values())
    if not whole:
        assert title == ""
        return
    assert faults_of_prose(f"{title}.") == []
    tops = {MONTHS[int(month) - 1] for month, count in months.items() if count == most}
    told = set(re.findall("|".join(MONTHS), title))
    if told:
        assert told == tops
    else:
        count = re.match(rf"({NUMBER}) månader|Lika många insatser varje månad", title, re.IGNORECASE)
        assert (read(count[1]) if count[1] else len(months)) == len(tops)
    numbers = re.search(rf": ({NUMBER}) (?:vardera )?av (?:totalt )?({NUMBER})$", title)
    if numbers:
        assert (read(numbers[1]), read(numbers[2])) == (most, whole)
        assert ("vardera" in title) == (len(tops) > 1)
    else:
        every = re.match(rf"Den enda|Båda|Alla ({NUMBER})", title)
        assert whole == most == (read(every[1]) if every[1] else {"Den enda": 1, "Båda": 2}[every[0]])
