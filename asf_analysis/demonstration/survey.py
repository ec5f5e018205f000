"""Survey answers of the demonstration data: two rounds a year, one answer per enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asf_analysis.demonstration.chance import Chance, share_out
from asf_analysis.demonstration.enterprises import SINGLE_HOME, Enterprise
from asf_analysis.demonstration.figures import EFFORT_STARTED_ON, Pair, YearFigures

SEXES = ("women", "men")
AUTHORITIES = ("employment_service", "insurance_agency", "region", "municipality", "other")
AUTHORITY_WEIGHTS = (44, 16, 8, 25, 7)
AGES = ("16_29", "30_64")
AGE_WEIGHTS = (30, 70)
OUTCOMES = ("work", "studies", "other")
OUTCOME_WEIGHTS = (34, 20, 46)

GROWN_BY_YEAR = (45, 70, 90, 100)
"""How much of its full size an enterprise has in its first years."""

LAST_DAY_OF_ROUND = {1: (3, 31), 4: (12, 31)}


@dataclass(frozen=True)
class Answer:
    """One enterprise's answer in one round, before anyone has written it down."""

    enterprise: Enterprise
    counts: dict[str, int]

    def pair(self, measure: str) -> Pair:
        """Give a measure's women and men."""
        return Pair(self.counts[f"{measure}_women"], self.counts[f"{measure}_men"])


def rounds_of(
    year: int, enterprises: list[Enterprise], before: YearFigures, figures: YearFigures
) -> dict[int, list[Answer]]:
    """Give a year's answers by quarter. No round was held before the effort started.

    Stocks of the first quarter lie a third of the way from last year's end to this year's.
    """
    rounds: dict[int, list[Answer]] = {}
    carried: list[Answer] = []
    smallest = _smallest_all_year(year, enterprises)
    if year != EFFORT_STARTED_ON.year:
        first = _round(year, 1, enterprises, _first_quarter(before, figures), carried)
        silent = {enterprise.index for enterprise in smallest[: figures.silent_kv4]}
        carried = [answer for answer in first if answer.enterprise.index in silent]
        absent = {enterprise.index for enterprise in smallest[figures.silent_kv1 : 2 * figures.silent_kv1]}
        rounds[1] = [answer for answer in first if answer.enterprise.index not in absent]
    rounds[4] = _round(year, 4, enterprises, _last_quarter(figures), carried)
    _place_outside_target_group(rounds[4], figures.outside_target_group)
    return rounds


def _smallest_all_year(year: int, enterprises: list[Enterprise]) -> list[Enterprise]:
    """Give the enterprises active all year, smallest first, but for the only one of its municipality."""
    whole = [
        enterprise
        for enterprise in enterprises
        if enterprise.active_on(date(year, 1, 1))
        and enterprise.active_on(date(year, 12, 31))
        and enterprise.municipality != SINGLE_HOME
    ]
    return sorted(whole, key=lambda enterprise: (enterprise.size, enterprise.index))


def _first_quarter(before: YearFigures, figures: YearFigures) -> dict[str, Pair]:
    last_year, this_year = _last_quarter(before), _last_quarter(figures)
    totals = {
        measure: last_year[measure].times(2).plus(this_year[measure]).times(1, 3) for measure in this_year
    }
    return {**totals, "completed": figures.completed.times(2, 5)}


def _last_quarter(figures: YearFigures) -> dict[str, Pair]:
    return {
        "permanent": figures.permanent,
        "temporary": figures.employees.minus(figures.permanent),
        "participants": figures.participants,
        "completed": figures.completed.minus(figures.completed.times(2, 5)),
    }


def _round(
    year: int, quarter: int, enterprises: list[Enterprise], totals: dict[str, Pair], carried: list[Answer]
) -> list[Answer]:
    """Share a round's totals out over the active enterprises, less what is carried from an earlier answer."""
    day = date(year, *LAST_DAY_OF_ROUND[quarter])
    silent = {answer.enterprise.index for answer in carried}
    answering = [e for e in enterprises if e.active_on(day) and e.index not in silent]
    sizes = [_sizes(enterprise, year, quarter) for enterprise in answering]
    counts: list[dict[str, int]] = [{} for _ in answering]
    for measure, pair in totals.items():
        for sex, amount in zip(SEXES, pair, strict=True):
            if measure != "completed":
                amount -= sum(answer.counts[f"{measure}_{sex}"] for answer in carried)
            weights = [size[f"{measure}_{sex}"] for size in sizes]
            for share, row in zip(share_out(amount, weights), counts, strict=True):
                row[f"{measure}_{sex}"] = share
    return [
        Answer(enterprise, _with_parts(enterprise, row, 2 * year + quarter // 4))
        for enterprise, row in zip(answering, counts, strict=True)
    ]


def _sizes(enterprise: Enterprise, year: int, quarter: int) -> dict[str, int]:
    """Weigh an enterprise in each measure: its leaning, its age, and some change from round to round."""
    own = Chance("leaning", enterprise.index)
    now = Chance("round", enterprise.index, year, quarter)
    grown = GROWN_BY_YEAR[min(year - enterprise.started_on.year, len(GROWN_BY_YEAR) - 1)]
    weights = {}
    for measure in ("permanent", "temporary", "participants", "completed"):
        leaning = own.between(80, 120) * now.between(92, 108) * grown
        weights[f"{measure}_women"] = enterprise.size * enterprise.women * leaning
        weights[f"{measure}_men"] = enterprise.size * (100 - enterprise.women) * leaning
    return weights


def _with_parts(enterprise: Enterprise, shared: dict[str, int], turn: int) -> dict[str, int]:
    """Add the employees, and the parts that participants and completed fall into.

    The participants of an enterprise stand in a queue that is the same in every round; each round one has
    left and the next one come, so that the parts change slowly, as among real people.
    """
    counts = dict(shared)
    for sex in SEXES:
        counts[f"employees_{sex}"] = shared[f"permanent_{sex}"] + shared[f"temporary_{sex}"]
        queue = Chance("participants", enterprise.index, sex, turn // 12)
        skipped = turn % 12
        for key in AUTHORITIES:
            counts[f"from_{key}_{sex}"] = 0
        for age in (*AGES, "outside"):
            counts[f"aged_{age}_{sex}"] = 0
        for outcome in OUTCOMES:
            counts[f"completed_to_{outcome}_{sex}"] = 0
        for place in range(skipped + shared[f"participants_{sex}"]):
            authority = queue.weighted(AUTHORITIES, AUTHORITY_WEIGHTS)
            age = queue.weighted(AGES, AGE_WEIGHTS)
            if place >= skipped:
                counts[f"from_{authority}_{sex}"] += 1
                counts[f"aged_{age}_{sex}"] += 1
        left = Chance("completed", enterprise.index, sex, turn)
        for _ in range(shared[f"completed_{sex}"]):
            counts[f"completed_to_{left.weighted(OUTCOMES, OUTCOME_WEIGHTS)}_{sex}"] += 1
    return counts


def _place_outside_target_group(answers: list[Answer], people: int) -> None:
    """Move some men, one at an enterprise, from the older age group to outside 16–64 years."""
    grown = [answer for answer in answers if answer.counts["aged_30_64_men"] > 1]
    for answer in grown[:people]:
        answer.counts["aged_30_64_men"] -= 1
        answer.counts["aged_outside_men"] += 1
