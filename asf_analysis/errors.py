"""Every error a person can meet.

A person's mistake ends in one of these, never in a traceback: the command line prints the Swedish text
and exits with the error's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self, get_args

Severity = Literal["fel", "varning", "upplysning"]
SEVERITIES: tuple[Severity, ...] = ("fel", "varning", "upplysning")

Subject = Literal["Delar och summor", "Register och enkät", "Omgång och omgång", "Datum och datum"]
"""What contradicts what."""
SUBJECTS: tuple[Subject, ...] = get_args(Subject)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in what came in: where, what, and how to mend it, in Swedish.

    Texts never repeat an answer, an enterprise's name or a personal number. `subject` says what contradicts
    what, where the fault is a contradiction.

    >>> print(Fault("enkat_kv4.xlsx", "Värdet är inte ett tal.", "Skriv antalet.", sheet="Enkät", row=7))
    enkat_kv4.xlsx, blad Enkät, rad 7: Värdet är inte ett tal. Skriv antalet.
    """

    file: str
    problem: str
    remedy: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    severity: Severity = "fel"
    subject: Subject | None = None

    @property
    def place(self) -> str:
        """Where the fault is: file, sheet, row and column, as far as they are known."""
        parts = [
            self.file,
            f"blad {self.sheet}" if self.sheet else "",
            f"rad {self.row}" if self.row is not None else "",
            f"kolumn {self.column}" if self.column else "",
        ]
        return ", ".join(part for part in parts if part)

    def sort_key(self) -> tuple[str, str, int, str]:
        """Order faults by file, sheet and row, as a person mends them."""
        return (self.file, self.sheet or "", self.row or 0, self.column or "")

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.remedy}".strip()


class AsfError(Exception):
    """Something a person can mend; its text is Swedish and says what to do."""

    exit_code = 1


class WrongUsage(AsfError):
    """The command, a parameter or a call was given something it does not take."""

    exit_code = 2


class MissingExtra(WrongUsage):
    """A format was asked for that needs more than what is installed; says how to install it."""


class DataFaults(AsfError):
    """The data holds faults that stop the run; carries all of them, not the first alone."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=Fault.sort_key))
        super().__init__(self.__str__())

    def __reduce__(self) -> tuple[type[DataFaults], tuple[tuple[Fault, ...]], dict[str, object]]:
        return type(self), (self.faults,), self.__dict__

    def __str__(self) -> str:
        count = len(self.faults)
        head = "Ett fel i underlaget:" if count == 1 else f"{count} fel i underlaget:"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


def toml_fault(file: str, error: ValueError, first_row: int = 1) -> Fault:
    """Say in Swedish where TOML cannot be read; `first_row` is the file's row where the TOML begins.

    >>> toml_fault("association.toml", ValueError("Invalid value (at line 16, column 13)")).place
    'association.toml, rad 16'
    """
    place = re.search(r"at line (\d+)", str(error))
    return Fault(
        file,
        "Raden går inte att läsa som TOML." if place else "Filen slutar mitt i en uppgift.",
        "Jämför med raderna omkring: text står inom citattecken.",
        row=int(place[1]) + first_row - 1 if place else None,
    )


class Gathered:
    """Collects the faults of several steps, so that a person sees all of them at once.

    >>> faults = Gathered()
    >>> with faults:
    ...     raise DataFaults([Fault("targets.csv", "Fel.", "Rätta.")])
    >>> [str(fault) for fault in faults.found]
    ['targets.csv: Fel. Rätta.']
    """

    def __init__(self) -> None:
        self.found: tuple[Fault, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if not isinstance(error, DataFaults):
            return False
        self.found += error.faults
        return True

    def stop_if_any(self) -> None:
        """Raise DataFaults with all that was found; do nothing where all is well."""
        if self.found:
            raise DataFaults(self.found)


class MissingProject(AsfError):
    """No data folder with an association.toml could be found."""

    exit_code = 2


class UnwritableOutput(AsfError):
    """The output folder cannot be written to."""


class NotebookFailed(AsfError):
    """A notebook stopped with an error; carries it as far as it came, with the cell of the error."""

    def __init__(self, text: str, notebook: bytes = b"") -> None:
        super().__init__(text)
        self.notebook = notebook

    def __reduce__(self) -> tuple[type[NotebookFailed], tuple[str, bytes], dict[str, object]]:
        return type(self), (str(self), self.notebook), self.__dict__


class ToolFailed(AsfError):
    """The tool itself is at fault; carries the traceback for whoever looks after it."""

    def __init__(self, text: str, trace: str = "") -> None:
        super().__init__(text)
        self.trace = trace

    def __reduce__(self) -> tuple[type[ToolFailed], tuple[str, str], dict[str, object]]:
        return type(self), (str(self), self.trace), self.__dict__


class WorkerDied(AsfError):
    """A process that did a part of the work was killed, or died; the work can be done again."""


class ClusterFailed(AsfError):
    """The machines that were to make the reports cannot be reached, or cannot make them."""


class Busy(AsfError):
    """Another run holds the output folder."""

    exit_code = 75
    """EX_TEMPFAIL of sysexits.h: try again later."""


class NotPublishable(AsfError):
    """A document breaks a rule that every published document obeys."""


class UnreadableFolder(AsfError):
    """A published folder lacks a file, or one of its files is damaged."""


class UnreadableReport(AsfError):
    """A written report cannot be read, or holds no text."""


class AlreadyPublished(AsfError):
    """The year has a file of published figures already, which is left as it is."""


class DoorForgotten(AsfError):
    """Something that has not passed disclosure control was about to be shown."""


class UnknownName(WrongUsage):
    """A KPI, table, notebook or year that does not exist was asked for."""
