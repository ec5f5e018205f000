"""What a worker is told to do, and what it answers."""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any


@dataclass(frozen=True)
class Task:
    """A call that a worker makes, and the folder and the environment that it makes it in.

    `call` is pickled already: what cannot be is told to who asked, and what cannot be read to who answers.
    """

    call: bytes
    folder: str
    environment: dict[str, str]

    @classmethod
    def of(cls, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Task:
        """Order a call to be made where and as this process stands."""
        return cls(pickle.dumps((function, arguments, named)), os.getcwd(), dict(os.environ))

    def run(self, line: Connection) -> None:
        """Make the call and send what it gives or raises; to leave by SystemExit is to die."""
        line.send_bytes(self._answer().pickled())

    def _answer(self) -> Answer:
        try:
            os.chdir(self.folder)
            os.environ.clear()
            os.environ.update(self.environment)
            function, arguments, named = pickle.loads(self.call)
            return Answer(function(*arguments, **named))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told to who asked
            error.add_note("I arbetsprocessen:\n" + "".join(traceback.format_exception(error)))
            return Answer(error=error)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()


@dataclass(frozen=True)
class Answer:
    """What a call gave, or what it raised."""

    value: Any = None
    error: Exception | None = None

    def pickled(self) -> bytes:
        """Give the answer as bytes; one that cannot be sent becomes an error that says so."""
        try:
            pickled = pickle.dumps(self)
            if self.error is not None:
                pickle.loads(pickled)
        except Exception as problem:  # noqa: BLE001 - objects may do anything when they are pickled
            what = type(self.value if self.error is None else self.error).__name__
            told = pickle.PicklingError(f"{what} cannot be sent from a worker: {problem!r}; {self.error!r}")
            return pickle.dumps(Answer(error=told))
        return pickled

    def given(self) -> Any:
        """Give the value, or raise the error."""
        if self.error is not None:
            raise self.error
        return self.value


@dataclass(frozen=True)
class OtherCode:
    """The answer of a process that has imported other code than there is now: it does nothing."""
