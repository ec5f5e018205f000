"""The command line, called in the process of the tests."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from asf_analysis.cli import main


@dataclass(frozen=True)
class Finished:
    """A call of the command line, as the shell sees it."""

    returncode: int
    stdout: str
    stderr: str


def asf_analysis(*arguments: object) -> Finished:
    """Call the command line in this process; an error that is no message of ours fails the test."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            main([str(argument) for argument in arguments])
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    return Finished(code, out.getvalue(), err.getvalue())
