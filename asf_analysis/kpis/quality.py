"""The quality of a year's data: what came in, what cleaning did, what is wrong, and who has not answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.errors import SEVERITIES, SUBJECTS, Fault, Severity
from asf_analysis.intake.schemas import Inspection
from asf_analysis.kpis.response_rate import (
    LargeChange,
    RoundAnswers,
    answers_of_round,
    expected_rounds,
    large_changes,
)


@dataclass(frozen=True)
class FaultGroup:
    """The same fault in one sheet: its rows and its columns, in order; each row has it in every column.

    `count` is the number of faults, which have no rows and columns where they concern a file as a whole.
    """

    severity: Severity
    file: str
    sheet: str | None
    columns: tuple[str, ...]
    problem: str
    remedy: str
    rows: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class RuleUse:
    """What a rule of cleaning did: to how many cells, and one of them as it was before and after.

    `row` is None where the rule concerns a sheet as a whole.
    """

    rule: str
    severity: Severity
    count: int
    file: str
    sheet: str
    row: int | None
    column: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Quality:
    """All that is known of a year's data, whatever stands in the way of its report.

    `association` is None where it could not be read, and nothing else then was. `intake` has a row per sheet
    (`asf_analysis.intake.schemas.INTAKE_COLUMNS`), `log` one per changed cell (LOG_COLUMNS). `incomplete`
    names the tables of which a file could not be read.
    """

    year: int
    years: tuple[int, ...]
    association: Association | None
    faults: tuple[Fault, ...]
    intake: pd.DataFrame
    incomplete: frozenset[str]
    log: pd.DataFrame
    rounds: tuple[RoundAnswers, ...]
    large_changes: tuple[LargeChange, ...]

    def of_severity(self, severity: Severity) -> tuple[Fault, ...]:
        """Give the faults of one severity."""
        return tuple(fault for fault in self.faults if fault.severity == severity)


def quality_of(
    year: int, association: Association | None, inspection: Inspection, faults: Sequence[Fault]
) -> Quality:
    """Give the quality of a year's data; `faults` are all there are, those of the inspection among them."""
    rows = inspection.rows
    rounds: list[RoundAnswers] = []
    if association is not None:
        enterprises, responses = rows["enterprises"], rows["responses"]
        present = zip(responses["year"], responses["quarter"], strict=True)
        expected = expected_rounds(inspection.years, association.started_on)
        every = sorted({*expected, *((int(one), int(quarter)) for one, quarter in present)})
        rounds = [answers_of_round(enterprises, responses, *one) for one in every]
    return Quality(
        year=year,
        years=inspection.years,
        association=association,
        faults=tuple(faults),
        intake=account_of(inspection.intake, rows),
        incomplete=inspection.incomplete,
        log=inspection.log,
        rounds=tuple(rounds),
        large_changes=large_changes(rows["responses"]) if "responses" in rows else (),
    )


def account_of(intake: pd.DataFrame, rows: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the account of intake with its clean rows counted anew, in the clean tables themselves.

    So the sum raw = clean + set aside is a check, and not a definition. Needs `table`, `file`, `sheet` of
    `intake` and the source columns of each table.

    >>> intake = pd.DataFrame({"table": ["trainings"], "file": ["a.csv"], "sheet": [None], "raw_rows": [2],
    ...                        "clean_rows": [2], "set_aside": [0]})
    >>> trainings = pd.DataFrame({"source_file": ["a.csv"], "source_sheet": [None]})
    >>> int(account_of(intake, {"trainings": trainings})["clean_rows"].iloc[0])
    1
    """
    counted = [
        int(_from_sheet(rows[table], file, sheet).sum())
        for table, file, sheet in zip(intake["table"], intake["file"], intake["sheet"], strict=True)
    ]
    return intake.assign(clean_rows=pd.array(counted, dtype="int64"))


def _from_sheet(rows: pd.DataFrame, file: str, sheet: str | float | None) -> pd.Series:
    """Tell which rows came from a sheet; a CSV file has none."""
    same_sheet = rows["source_sheet"].isna() if pd.isna(sheet) else rows["source_sheet"] == sheet
    return (rows["source_file"] == file) & same_sheet


def gather_faults(faults: Iterable[Fault]) -> tuple[FaultGroup, ...]:
    """Gather what is alike in one sheet, by severity, then file, then sheet and first row.

    The same fault on many rows of a column is told once, and then once for the columns that have it on the
    same rows.

    >>> cells = [Fault("kv4.xlsx", "Inget tal.", "Skriv ett tal.", "Enkät", row, "Ålder") for row in (9, 7)]
    >>> [(group.problem, group.rows, group.columns) for group in gather_faults(cells)]
    [('Inget tal.', (7, 9), ('Ålder',))]
    """
    by_column: dict[tuple[object, ...], list[Fault]] = {}
    for fault in sorted(faults, key=lambda fault: (SEVERITIES.index(fault.severity), fault.sort_key())):
        by_column.setdefault((*_alike(fault), fault.column), []).append(fault)
    by_rows: dict[tuple[object, ...], list[Fault]] = {}
    for found in by_column.values():
        by_rows.setdefault((*_alike(found[0]), _rows(found)), []).extend(found)
    return tuple(_group(found) for found in by_rows.values())


def _alike(fault: Fault) -> tuple[object, ...]:
    return fault.severity, fault.file, fault.sheet, fault.problem, fault.remedy


def _rows(faults: Sequence[Fault]) -> tuple[int, ...]:
    return tuple(sorted({fault.row for fault in faults if fault.row is not None}))


def _group(faults: Sequence[Fault]) -> FaultGroup:
    first = faults[0]
    columns = tuple(dict.fromkeys(fault.column for fault in faults if fault.column))
    return FaultGroup(
        severity=first.severity,
        file=first.file,
        sheet=first.sheet,
        columns=columns,
        problem=first.problem,
        remedy=first.remedy,
        rows=_rows(faults),
        count=len(faults),
    )


def contradictions(faults: Iterable[Fault]) -> dict[str, tuple[FaultGroup, ...]]:
    """Give what contradicts what by subject, in the order of SUBJECTS; one without a fault is left out."""
    told = list(faults)
    found = {
        subject: gather_faults(fault for fault in told if fault.subject == subject) for subject in SUBJECTS
    }
    return {subject: groups for subject, groups in found.items() if groups}


def rules_used(log: pd.DataFrame) -> tuple[RuleUse, ...]:
    """Group the cleaning log by rule: the gravest first, then the most used, each with an example.

    The example is the first cell that tells what it was and what it became.

    >>> log = pd.DataFrame({"file": ["a.csv"] * 3, "sheet": [None] * 3, "row": [2, 3, 4],
    ...     "column": ["Ålder"] * 3, "before": ["", "5st.", "6st."], "after": ["", "5", "6"],
    ...     "rule": ["Antal"] * 3, "severity": ["upplysning"] * 3})
    >>> [(use.rule, use.count, use.row, use.before, use.after) for use in rules_used(log)]
    [('Antal', 3, 3, '5st.', '5')]
    """
    uses = [_use(str(rule), lines) for (_, rule), lines in log.groupby(["severity", "rule"], sort=False)]
    return tuple(sorted(uses, key=lambda use: (SEVERITIES.index(use.severity), -use.count, use.rule)))


def _use(rule: str, lines: pd.DataFrame) -> RuleUse:
    telling = (lines[["before", "after"]].fillna("") != "").sum(axis=1)
    example = lines.loc[[telling.idxmax()]].to_dict("records")[0]
    file, sheet, column, before, after = (
        "" if pd.isna(example[name]) else str(example[name])
        for name in ("file", "sheet", "column", "before", "after")
    )
    row = None if pd.isna(example["row"]) else int(example["row"])
    return RuleUse(rule, example["severity"], len(lines), file, sheet, row, column, before, after)
