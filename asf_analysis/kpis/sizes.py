"""How large the enterprises are: size classes, what the largest hold, and the enterprise in the middle."""

from __future__ import annotations

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.intake.schemas import SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, rests_on_few, tidy
from asf_analysis.kpis.enterprises import SURVEY
from asf_analysis.kpis.groups import EMPLOYEES, PARTICIPANTS
from asf_analysis.kpis.registry import NOT_KNOWN, Indicator, Period, Result, total
from asf_analysis.kpis.survey import columns_of, standing_answers, survey_day

SIZE_CLASSES = {"0": 0, "1–4": 1, "5–9": 5, "10–19": 10, "20–49": 20, "50+": 50}
"""The size classes by number of employees, as Statistics Sweden (SCB) draws them, and where each begins."""

SIZES_TABLE, EMPLOYED_TABLE = "enterprises_by_size", "employees_by_size"
UNKNOWN_SIZE = "unknown"
LARGEST = 3
"""How many of the largest enterprises a concentration is of, where the association requires no more."""


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the active enterprises, and the people employed in them, by size class."""
    enterprises, responses, period = facts.tables.enterprises, facts.tables.responses, facts.period
    employed = employed_in_each(enterprises, responses, period)
    return (
        Breakdown(
            key=SIZES_TABLE,
            kind="stock",
            title="Företag efter antal anställda",
            rows="size",
            rows_label="Anställda",
            columns="measure",
            unit="företag",
            source=SURVEY,
            people=False,
            frame=enterprises_by_size(employed),
            internal=rests_on_few(employed["size"].value_counts(), facts.association.rules),
        ),
        Breakdown(
            key=EMPLOYED_TABLE,
            title="Anställda efter företagets storlek",
            rows="size",
            rows_label="Företagets anställda",
            columns="sex",
            unit="personer",
            source=SURVEY,
            people=True,
            whom=EMPLOYEES,
            frame=employees_by_size(employed),
        ),
    )


def employed_in_each(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Give every active enterprise's employees on the survey's day, by organisation number.

    Gives `women` and `men` (Int64, missing without an answer) and `size` (a key of SIZE_CLASSES, or
    UNKNOWN_SIZE where women or men are not told).
    """
    active = running_on(enterprises, survey_day(responses, period))["organisation_number"]
    given = columns_of(responses, "employees")
    answers = standing_answers(enterprises, given, period, "employees").set_index("organisation_number")
    counts = answers[[f"employees_{sex}" for sex in SEXES]].set_axis(list(SEXES), axis=1).astype("Int64")
    employed = counts.reindex(pd.Index(active, name="organisation_number"))
    return employed.assign(size=[size_class(number) for number in employed.sum(axis=1, min_count=2)])


def size_class(employees: int) -> str:
    """Name the size class of an enterprise; a missing number is in none of them.

    >>> size_class(0), size_class(4), size_class(5), size_class(50), size_class(pd.NA)
    ('0', '1–4', '5–9', '50+', 'unknown')
    """
    if pd.isna(employees):
        return UNKNOWN_SIZE
    return [name for name, least in SIZE_CLASSES.items() if employees >= least][-1]


def enterprises_by_size(employed: pd.DataFrame) -> pd.DataFrame:
    """Count what `employed_in_each` gives by size class, those of unknown size and the total included."""
    counts = employed["size"].value_counts().reindex([*SIZE_CLASSES, UNKNOWN_SIZE], fill_value=0)
    wide = pd.concat([counts, pd.Series({TOTAL: counts.sum()})]).to_frame("enterprises")
    return tidy(wide, "size", "measure")


def employees_by_size(employed: pd.DataFrame) -> pd.DataFrame:
    """Sum the employees of what `employed_in_each` gives by size class; tidy, with `enterprises` behind each.

    An enterprise of unknown size adds the part that it has told; a class without an answer is missing.
    """
    classes = [*SIZE_CLASSES, UNKNOWN_SIZE]
    of_class = employed.groupby("size")
    sums = of_class[list(SEXES)].sum(min_count=1).reindex(classes).astype("Int64")
    empty = ~sums.index.isin(employed["size"])
    sums = sums.mask(pd.Series(empty, index=sums.index), 0)
    counts = pd.concat([sums, sums.sum(min_count=1).to_frame(TOTAL).T]).astype("Int64")
    cells = tidy(counts.assign(**{TOTAL: counts.sum(axis=1, min_count=1)}), "size", "sex")
    behind = of_class.size().reindex(classes, fill_value=0).to_dict() | {TOTAL: len(employed)}
    return cells.assign(enterprises=cells["size"].map(behind).astype("Int64"))


def largest_counted(rules: Rules) -> int:
    """Tell how many of the largest enterprises a concentration is of: never fewer than rules require."""
    return max(LARGEST, rules.min_enterprises)


def _complete(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, rules: Rules, measure: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Give the complete answers that stand and each one's people; none where they are too few to describe.

    At least twice as many enterprises as are called the largest: else the others would be as few as they.
    """
    answers = standing_answers(enterprises, responses, period, measure)
    columns = [f"{measure}_{sex}" for sex in SEXES]
    complete = answers[answers[columns].notna().all(axis=1)]
    enough = complete if len(complete) >= 2 * largest_counted(rules) else complete.iloc[:0]
    return enough, enough[columns].sum(axis=1)


def _concentration(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, rules: Rules, measure: str
) -> Result:
    answers, people = _complete(enterprises, responses, period, rules, measure)
    if answers.empty:
        return NOT_KNOWN
    columns = [f"{measure}_{sex}" for sex in SEXES]
    largest = answers.loc[people.sort_values(ascending=False, kind="stable").index[: largest_counted(rules)]]
    top, everyone = total(largest, columns), total(answers, columns)
    return Result(
        int(top.amount or 0),
        whole=int(everyone.amount or 0),
        low=top.low,
        high=top.high,
        answered=int(answers["answered"].sum()),
        asked=len(running_on(enterprises, survey_day(responses, period))),
        carried=int(answers["carried"].sum()),
    ).counted_from(answers)


def concentration_of_employees(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, rules: Rules
) -> Result:
    """Give the share of all employees that the enterprises with the most of them have."""
    return _concentration(enterprises, responses, period, rules, "employees")


CONCENTRATION_EMPLOYEES = Indicator(
    key="concentration_employees",
    label="Andel av de anställda som finns i de största företagen",
    unit="procent",
    kind="stock",
    formula=(
        "Anställda i de tre företag som har flest, eller så många företag som förbundet kräver bakom en "
        "uppgift, delat med anställda i alla företag. Den räknas bara när minst dubbelt så många har svarat."
    ),
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=concentration_of_employees,
    people=True,
    tells=(EMPLOYEES,),
    hidden_with=EMPLOYED_TABLE,
    uses_rules=True,
)


def concentration_of_participants(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, rules: Rules
) -> Result:
    """Give the share of all participants that the enterprises with the most of them have."""
    return _concentration(enterprises, responses, period, rules, "participants")


CONCENTRATION_PARTICIPANTS = Indicator(
    key="concentration_participants",
    label="Andel av deltagarna som finns i de största företagen",
    unit="procent",
    kind="stock",
    formula=(
        "Deltagare i de tre företag som har flest, eller så många företag som förbundet kräver bakom en "
        "uppgift, delat med deltagare i alla företag. Den räknas bara när minst dubbelt så många har svarat."
    ),
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=concentration_of_participants,
    people=True,
    tells=(PARTICIPANTS,),
    uses_rules=True,
)


def median_of_employees(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, rules: Rules
) -> Result:
    """Give the number of employees in the enterprise in the middle, by size; midway between two of them."""
    answers, people = _complete(enterprises, responses, period, rules, "employees")
    if answers.empty:
        return NOT_KNOWN
    median = float(people.astype("float64").median())
    return Result(
        int(median) if median.is_integer() else median,
        answered=int(answers["answered"].sum()),
        asked=len(running_on(enterprises, survey_day(responses, period))),
        carried=int(answers["carried"].sum()),
    ).counted_from(answers)


MEDIAN_EMPLOYEES = Indicator(
    key="median_employees",
    label="Anställda i företaget i mitten (median)",
    unit="anställda",
    kind="stock",
    formula=(
        "Antalet anställda i det företag som står i mitten när företagen ordnas efter antal anställda. "
        "Det räknas bara när tillräckligt många har svarat."
    ),
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=median_of_employees,
    people=True,
    uses_rules=True,
)
