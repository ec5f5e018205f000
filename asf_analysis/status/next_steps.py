"""What to do next with a year, by where it stands: a few steps, each with its command or file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from asf_analysis.status.state import RoundState, YearStatus
from asf_analysis.swedish.writing import count_phrase, format_date, join_words

MOST_STEPS = 4
"""Nobody does more at a time."""


MOST_NAMES = 5
"""So many enterprises are named in a step; the rest are counted."""


@dataclass(frozen=True)
class Step:
    """One thing to do: what, and the command that does it or the file that it is done in, if any."""

    what: str
    command: str = ""
    place: Path | None = None


def next_steps(status: YearStatus) -> tuple[Step, ...]:
    """Give the next steps of a year, the first ones first; there is always one."""
    steps = tuple(_steps(status))[:MOST_STEPS]
    return steps or (Step(f"Inget behöver göras nu. Fyll i det som händer under {status.year} efter hand."),)


def _steps(status: YearStatus) -> Iterator[Step]:
    year = status.year
    if not status.is_there:
        yield Step(
            f"Förbered {year}: arbetsböcker att fylla i, mål och rubriker.", _command("new-year", status)
        )
        return
    before = tuple(_steps_before_reports(status))
    yield from before
    if not status.stopped:
        yield from _report_steps(status, "Gör" if before else "Allt är klart: gör")


def _steps_before_reports(status: YearStatus) -> Iterator[Step]:
    year = status.year
    yield from _gaps(status)
    faults = status.of_severity("fel")
    if faults:
        count = count_phrase(len(faults), "fel", "fel", neuter=True)
        yield Step(
            f"Rätta {count} i underlaget; kommandot listar dem.",
            f"asf-analysis check --year {year}{status.options}",
        )
    for one in status.rounds:
        yield from _round_steps(status, one)
    yield from _target_steps(status)
    if status.is_over and not status.is_assessed:
        yield Step(
            f"Skriv årets bedömning under rubrikerna i {status.data.assessment(year).name}.",
            place=status.data.assessment(year),
        )


def _gaps(status: YearStatus) -> Iterator[Step]:
    """Tell of files that are missing or empty."""
    register = status.tables[0]
    missing = [table.label for table in status.tables if not table.paths]
    if any(not one.paths for one in status.rounds) and register.rows:
        missing.append("enkäten")
    if not register.rows and register.paths:
        yield Step(
            "Fyll i företagsregistret: alla företag som finns, och de som har upphört.",
            place=register.paths[0],
        )
    if missing:
        yield Step(
            f"Skriv det som saknas: {join_words(missing).lower()}. Det som finns lämnas orört.",
            _command("new-year", status),
        )
    if not status.is_filled:
        folder = status.data.raw_year(status.year)
        yield Step(
            f"Ingenting är ifyllt för {status.year} än. Fyll i arbetsböckerna efter hand.", place=folder
        )


def _round_steps(status: YearStatus, one: RoundState) -> Iterator[Step]:
    """Tell of a round that has ended and is not answered by all."""
    if one.day >= status.today or not one.paths:
        return
    silent = one.answers.silent
    name = f"{status.year}-kv{one.quarter}"
    if one.is_silent:
        form = status.data.forms(status.year) / f"formular_kv{one.quarter}.xlsx"
        yield Step(
            f"Skicka formuläret till företagen och lägg svaren i en mapp med namnet enkat_kv{one.quarter}, "
            f"eller fyll i dem i {one.paths[0].name}: ingen har svarat i omgången {name}.",
            place=form if form.is_file() else one.paths[0],
        )
    elif silent:
        some = count_phrase(len(silent), "företag", "företag", neuter=True)
        yield Step(
            f"Ring {some} som inte har svarat i omgången {name}: {_named([who.name for who in silent])}"
        )


def _named(names: Sequence[str]) -> str:
    """Name some of those to ring; all stand above.

    >>> _named(["Kvarnen ek. för."]), _named(list("abcdefg"))
    ('Kvarnen ek. för.', 'a, b, c, d, e och 2 till.')
    """
    others = len(names) - MOST_NAMES
    told = [*names[:MOST_NAMES], f"{others} till"] if others > 0 else names
    return join_words(told).removesuffix(".") + "."


def _target_steps(status: YearStatus) -> Iterator[Step]:
    if not status.has_targets:
        yield Step(
            f"Lägg till mål för {status.year}; kommandot förbereder en rad för varje.",
            _command("new-year", status),
        )
    elif status.unset:
        count = count_phrase(len(status.unset), "mål", "mål", neuter=True)
        yield Step(
            f"Sätt {count} för {status.year}: fyll i Målbild i {status.data.targets.name}.",
            place=status.data.targets,
        )


def _report_steps(status: YearStatus, make: str) -> Iterator[Step]:
    """Tell how the reports are made, made anew or shared."""
    year, public = status.year, [one for one in status.reports if one.audience == "public"]
    run = f"asf-analysis run --year {year}{status.run_options}"
    if public and all(one.unchanged for one in public):
        page = next((path for one in public for path in one.documents if path.suffix == ".html"), None)
        yield Step("Dela rapporterna: de är gjorda, och ingenting har ändrats sedan dess.", place=page)
    elif public:
        yield Step("Gör om rapporterna: något har ändrats sedan de gjordes.", run)
    elif status.is_over:
        yield Step(f"{make} rapporterna för {year}.", run)
    elif status.judged_on:
        day = status.judged_on
        yield Step(
            f"Gör en delårsrapport till och med {format_date(day)}, om den behövs.", f"{run} --as-of {day}"
        )


def _command(name: str, status: YearStatus) -> str:
    return f"asf-analysis {name} {status.year}{status.options}"
