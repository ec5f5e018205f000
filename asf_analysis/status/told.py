"""Where a year stands, in plain Swedish for a terminal, or as JSON for a machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from asf_analysis.errors import SEVERITIES
from asf_analysis.status.next_steps import next_steps
from asf_analysis.status.state import RoundState, YearStatus
from asf_analysis.swedish.writing import count_phrase, format_date, join_words

NOT_KNOWN = "okänt"


def told_status(status: YearStatus, form: str = "table") -> str:
    """Tell where a year stands as *table* (text) or *json*."""
    return _as_json(status) if form == "json" else "\n".join(_lines(status)) + "\n"


def _lines(status: YearStatus) -> Iterator[str]:
    yield f"{status.year} den {format_date(status.today)}"
    if not status.is_there:
        folder = _shown(status, status.data.raw_year(status.year))
        yield from ("", f"Det finns inget underlag för {status.year}: mappen {folder} saknas.")
    else:
        yield from ("", "Underlag", *_table_lines(status))
        yield from ("", "Enkät", *(line for one in status.rounds for line in _round_lines(status, one)))
        yield from ("", "Mål", *_goal_lines(status))
        yield from ("", "Fel i underlaget", f"  {_fault_line(status)}")
        yield from ("", "Rapporter", *_report_lines(status))
    yield from ("", "Gör så här nu")
    for number, step in enumerate(next_steps(status), start=1):
        yield f"  {number}. {step.what}"
        if step.command:
            yield f"     {step.command}"
        if step.place:
            yield f"     {_shown(status, step.place)}"


def _table_lines(status: YearStatus) -> Iterator[str]:
    for table in status.tables:
        if not table.paths:
            yield f"  {table.label}: saknas"
        else:
            rows = "går inte att läsa" if table.rows is None else count_phrase(table.rows, "rad", "rader")
            yield f"  {table.label}: {rows} i {_places(status, table.paths)}"


def _round_lines(status: YearStatus, one: RoundState) -> Iterator[str]:
    name, answers = f"{status.year}-kv{one.quarter}", one.answers
    if not one.paths:
        yield f"  {name}: saknas"
        return
    where = _places(status, one.paths)
    if answers.asked is None:
        yield f"  {name}: {count_phrase(answers.rows or 0, 'svar', 'svar', neuter=True)} i {where}"
    elif one.is_silent:
        when = f", som gäller {format_date(one.day)}" if one.day >= status.today else ""
        yield f"  {name}{when}: inga svar än av {answers.asked} företag, {where}"
    else:
        yield f"  {name}: {answers.answered} av {answers.asked} företag har svarat, {where}"
        for who in answers.silent:
            yield f"    inget svar: {who.name} ({who.municipality})"


def _goal_lines(status: YearStatus) -> Iterator[str]:
    if status.has_not_begun:
        yield "  Året har inte börjat."
    elif status.stopped:
        yield "  Kan inte bedömas förrän underlaget går att räkna på."
    elif status.goals and status.judged_on:
        whole = status.is_over
        yield f"  {'Resultat' if whole else 'Takten'} {format_date(status.judged_on)}:"
        for goal in status.goals:
            word = (
                goal.word
                if whole
                else {"efter": "EFTER takten", "": "kan inte bedömas"}.get(goal.word, goal.word)
            )
            yield f"    {goal.label}: {goal.result} av {goal.target}, {word}"
    if status.unset:
        yield f"  Målbild saknas för: {join_words(status.unset)}"
    if not status.has_targets:
        yield f"  Inga mål finns för {status.year}."


def _fault_line(status: YearStatus) -> str:
    counts = {severity: len(status.of_severity(severity)) for severity in SEVERITIES}
    words = {
        "fel": ("fel", "fel", True),
        "varning": ("varning", "varningar", False),
        "upplysning": ("upplysning", "upplysningar", False),
    }
    told = [
        count_phrase(count, one, many, neuter)
        for severity, count in counts.items()
        if count
        for one, many, neuter in [words[severity]]
    ]
    if not told:
        return "Inga."
    listed = f"Listas av: asf-analysis check --year {status.year}{status.options}"
    return f"{join_words(told).capitalize()}. {listed}"


def _report_lines(status: YearStatus) -> Iterator[str]:
    for one in status.reports:
        how = "oförändrad sedan dess" if one.unchanged else "något har ändrats sedan dess"
        kind = "intern" if one.audience == "internal" else "publik"
        yield f"  {one.title} ({kind}): gjord {format_date(one.made.date())}, {how}"
    if not status.reports:
        yield "  Inga är gjorda."
    run = status.last_run
    if run:
        own = [report for report in run.reports if report.year == status.year]
        failed = [report for report in own if report.status == "misslyckades"]
        told = f"{len(own) - len(failed)} av {len(own)} rapporter gick bra" if failed else "allt gick bra"
        yield f"  Senaste körningen, {format_date(run.started.date())}: {told}"
        for report in failed:
            yield f"    {report.title}: {report.reason.splitlines()[0] if report.reason else 'misslyckades'}"


def _places(status: YearStatus, paths: Sequence[Path]) -> str:
    return join_words([_shown(status, path) for path in paths])


def _shown(status: YearStatus, path: Path) -> str:
    """Name a path from the folder that the data stands in, as a person there sees it."""
    for root in (status.data.root.parent, status.output.parent):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return str(path)


def _as_json(status: YearStatus) -> str:
    told = {
        "year": status.year,
        "today": status.today.isoformat(),
        "there": status.is_there,
        "tables": [
            {"table": one.label, "files": [_shown(status, path) for path in one.paths], "rows": one.rows}
            for one in status.tables
        ],
        "rounds": [
            {
                "round": f"{status.year}-kv{one.quarter}",
                "files": [_shown(status, path) for path in one.paths],
                "asked": one.answers.asked,
                "answered": one.answers.answered,
                "silent": [who.name for who in one.answers.silent],
            }
            for one in status.rounds
        ],
        "faults": {severity: len(status.of_severity(severity)) for severity in SEVERITIES},
        "judged_on": status.judged_on.isoformat() if status.judged_on else None,
        "goals": [vars(goal) for goal in status.goals],
        "targets_not_set": list(status.unset),
        "reports": [
            {
                "title": one.title,
                "audience": one.audience,
                "made": one.made.isoformat(),
                "unchanged": one.unchanged,
                "documents": [_shown(status, path) for path in one.documents],
            }
            for one in status.reports
        ],
        "last_run": status.last_run.model_dump(mode="json") if status.last_run else None,
        "next_steps": [
            {
                "what": step.what,
                "command": step.command,
                "place": _shown(status, step.place) if step.place else "",
            }
            for step in next_steps(status)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
