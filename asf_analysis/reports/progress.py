"""What a run tells while it goes on: a bar in a terminal, lines elsewhere, and a table at its end."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from asf_analysis.errors import AsfError
from asf_analysis.reports.journal import Journal, journal
from asf_analysis.swedish.writing import NO_BREAK_SPACE, format_number

if TYPE_CHECKING:
    from rich.progress import Progress as RichBar
    from rich.progress import TaskID

Status = Literal["klar", "oförändrad", "misslyckades"]
HEADINGS: dict[Status, str] = {
    "klar": "Klara",
    "oförändrad": "Oförändrade",
    "misslyckades": "Misslyckade",
}
"""How reports of each status are called together, in the order of the table."""

SHOWN_AT_ONCE = 2
"""So many of the reports that are being made are named in the bar; the rest are counted."""


@dataclass(frozen=True)
class Row:
    """How a run went with one report: its documents, or why it failed."""

    title: str
    status: Status
    seconds: float
    paths: tuple[Path, ...] = ()
    reason: str = ""


@dataclass
class Progress:
    """Tells how a run goes in plain lines on standard error, and the documents' paths on standard output.

    Called from one thread. `note` is given all that is told, for the log.
    """

    note: Journal | None = None
    total: int = 0
    done: int = 0
    running: list[str] = field(default_factory=list)

    def begin(self, total: int) -> None:
        """Tell that so many reports will be looked at."""
        self.total = total
        self._write(f"Körningen börjar: {_count(total)}.")

    def started(self, title: str) -> None:
        """Tell that a report is being made."""
        self.running = [*self.running, title]
        self._show_where()

    def ended(self, title: str, status: Status, seconds: float) -> None:
        """Tell that a report is made, is unchanged or has failed."""
        self.done += 1
        self.running = [one for one in self.running if one != title]
        time = "" if status == "oförändrad" else f" ({write_seconds(seconds)})"
        line = f"{title}: {status}{time}"
        self._write(line, failed=status == "misslyckades")
        self._tell(f"[{format_number(self.done)}/{format_number(self.total)}] {line}")
        self._show_where()

    def say(self, text: str) -> None:
        """Tell something else that a person should know."""
        self._write(text)
        self._tell(text)

    def finish(self, rows: Sequence[Row], faults: Sequence[str] = ()) -> None:
        """End with a table of all reports, what was wrong, and the paths of the documents.

        `faults` are all that failed, each once; without them the reasons of the rows are told.
        """
        self.close()
        wrong = tuple(faults) or tuple(dict.fromkeys(row.reason for row in rows if row.reason))
        for fault in wrong:
            self._write(without_details(fault), failed=True)
        self._write(f"Körningen är slut. {write_counts(rows)}", failed=bool(wrong))
        self._show_table(rows)
        for fault in wrong:
            _to_error(f"Fel: {fault}")
        self._show_paths(rows)

    def close(self) -> None:
        """Leave the terminal as it was."""

    def _write(self, text: str, failed: bool = False) -> None:
        if self.note:
            self.note(text, "fel" if failed else "upplysning")

    def _tell(self, text: str) -> None:
        _to_error(text)

    def _show_where(self) -> None:
        """Show what is being made; lines do not."""

    def _show_table(self, rows: Sequence[Row]) -> None:
        if rows:
            _to_error(f"\n{table_as_text(rows)}\n{write_counts(rows)}")

    def _show_paths(self, rows: Sequence[Row]) -> None:
        for row in rows:
            for path in row.paths:
                click.echo(path)


class Quiet(Progress):
    """Tells nothing but faults."""

    def _tell(self, text: str) -> None: ...

    def _show_table(self, rows: Sequence[Row]) -> None: ...

    def _show_paths(self, rows: Sequence[Row]) -> None: ...


class Bar(Progress):
    """Shows one bar in a terminal: how many are done and remain, which are being made, for how long."""

    _bar: RichBar | None = None
    _task: TaskID | None = None

    def begin(self, total: int) -> None:
        """Draw the bar; the lines that are told stand above it."""
        super().begin(total)
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichBar

        self._bar = RichBar(
            TextColumn("{task.completed}/{task.total}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True, highlight=False),
            transient=True,
        )
        self._task = self._bar.add_task(where_words(self.running, total), total=total)
        self._bar.start()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _tell(self, text: str) -> None:
        if self._bar:
            self._bar.console.print(text, markup=False, soft_wrap=True)
        else:
            _to_error(text)

    def _show_where(self) -> None:
        if self._bar and self._task is not None:
            left = self.total - self.done - len(self.running)
            self._bar.update(self._task, completed=self.done, description=where_words(self.running, left))

    def _show_table(self, rows: Sequence[Row]) -> None:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        folder = common_folder(rows)
        table = Table(box=box.SIMPLE_HEAD, caption_justify="left", caption=Text(write_counts(rows)))
        table.add_column("Rapport", overflow="fold")
        table.add_column("Status", no_wrap=True)
        table.add_column("Tid", justify="right", no_wrap=True)
        table.add_column(Text(f"Dokument i {folder}" if folder else "Dokument"), overflow="fold")
        for status in HEADINGS:
            for row in (row for row in rows if row.status == status):
                table.add_row(*(Text(cell) for cell in _cells(row, folder)))
        if rows:
            Console(stderr=True, highlight=False).print(table)


@contextmanager
def told_by(quiet: bool = False, log: Path | None = None) -> Iterator[Progress]:
    """Give who tells how a run goes: a bar where standard error is a terminal, lines where it is none.

    `quiet` tells nothing but faults; everything goes to `log` too, if there is one. Raises UnwritableOutput
    where the log cannot be written.
    """
    kind: Callable[[Journal | None], Progress] = Quiet if quiet else Bar if sys.stderr.isatty() else Progress
    with ExitStack() as stack:
        note = stack.enter_context(journal(log)) if log else None
        progress = kind(note)
        stack.callback(progress.close)
        try:
            yield progress
        except AsfError as error:
            if note:
                note(without_details(str(error)), "fel")
            raise
        except KeyboardInterrupt:
            if note:
                note("Avbrutet.", "fel")
            raise


def where_words(running: Sequence[str], left: int) -> str:
    """Say which reports are being made, and how many are left to begin.

    >>> where_words(["Trender 2018"], 3), where_words([], 0)
    ('Trender 2018 · 3 återstår', '')
    >>> where_words(["Trender 2017", "Trender 2018", "Trender 2019"], 0)
    'Trender 2017, Trender 2018 och 1 till'
    """
    more = len(running) - SHOWN_AT_ONCE
    named = ", ".join(running[:SHOWN_AT_ONCE]) + (f" och {format_number(more)} till" if more > 0 else "")
    waiting = f"{format_number(left)} återstår" if left > 0 else ""
    return " · ".join(filter(None, [named, waiting]))


def write_seconds(seconds: float) -> str:
    """Write how long something took, in seconds, or in minutes where it took some.

    >>> write_seconds(2.14).replace(NO_BREAK_SPACE, " "), write_seconds(125).replace(NO_BREAK_SPACE, " ")
    ('2,1 s', '2 min 5 s')
    """
    if seconds < 60:
        return f"{format_number(seconds, decimals=1)}{NO_BREAK_SPACE}s"
    minutes, left = divmod(round(seconds), 60)
    return f"{format_number(minutes)}{NO_BREAK_SPACE}min {left}{NO_BREAK_SPACE}s"


def write_counts(rows: Sequence[Row]) -> str:
    """Count the reports of each status in a line.

    >>> write_counts([Row("Trender 2018", "klar", 1.0), Row("Trender 2019", "oförändrad", 0)])
    'Klara: 1. Oförändrade: 1. Misslyckade: 0.'
    """
    counts = {word: sum(row.status == status for row in rows) for status, word in HEADINGS.items()}
    return " ".join(f"{word}: {format_number(count)}." for word, count in counts.items())


def table_as_text(rows: Sequence[Row]) -> str:
    """Give the table of a run in aligned plain text: reports by status, with times and documents.

    >>> print(table_as_text([Row("Trender 2018", "oförändrad", 0, (Path("output/2018/trends.html"),))]))
    Rapport       Status      Tid  Dokument i output/2018
    Trender 2018  oförändrad  –    trends.html
    """
    folder = common_folder(rows)
    head = ("Rapport", "Status", "Tid", f"Dokument i {folder}" if folder else "Dokument")
    lines = [head, *(_cells(row, folder) for status in HEADINGS for row in rows if row.status == status)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def common_folder(rows: Sequence[Row]) -> str:
    """Name the folder that all documents of a run have in common, "" where there is none.

    >>> common_folder([Row("Trender 2018", "klar", 1.0, (Path("output/2018/trends.html"),))])
    'output/2018'
    """
    folders = [path.parent.as_posix() for row in rows for path in row.paths]
    return Path(os.path.commonpath(folders)).as_posix() if folders else ""


def without_details(reason: str) -> str:
    """Give what a reason says before its first colon: what failed, and nothing that a cell or a file held.

    >>> without_details("Anteckningsboken stannade i en cell: KeyError: 'Verkstan'")
    'Anteckningsboken stannade i en cell'
    """
    return re.split(r":\s", reason, maxsplit=1)[0]


def _cells(row: Row, folder: str) -> tuple[str, str, str, str]:
    paths = [path.as_posix() for path in row.paths]
    documents = ", ".join(path.removeprefix(folder).lstrip("/") if folder else path for path in paths)
    beginning = row.reason.splitlines()[0] if row.reason else ""
    time = "–" if row.status == "oförändrad" else write_seconds(row.seconds)
    return row.title, row.status, time, documents or beginning


def _count(total: int) -> str:
    return f"{format_number(total)} {'rapport' if total == 1 else 'rapporter'}"


def _to_error(text: str) -> None:
    click.echo(text, err=True)
