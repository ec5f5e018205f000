"""How a run has a task done: by its name, in whichever process, without knowing what the task imports."""

from __future__ import annotations

import errno
import traceback
from importlib import import_module
from typing import Any

from asf_analysis.errors import AsfError, ToolFailed, UnwritableOutput

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system answers where there is no more room: on the disk, for the user, or in a file."""


def is_of_full_disk(error: Exception) -> bool:
    """Tell whether an error says that there is no more room; libxml2 does so by the constant's name alone.

    >>> is_of_full_disk(OSError(errno.ENOSPC, "full")), is_of_full_disk(ValueError("IO_ENOSPC"))
    (True, True)
    >>> is_of_full_disk(OSError(errno.ENOENT, "gone")), is_of_full_disk(ValueError("ENO"))
    (False, False)
    """
    if isinstance(error, OSError):
        return error.errno in FULL
    return str(error) in {f"IO_{errno.errorcode[number]}" for number in FULL}


MEASURING = frozenset({"measure", "pace", "known_before", "choose"})
"""The tasks of `measuring`; all others are those of `making`."""


def do(task: str, *given: Any) -> Any:
    """Do a task; anything but a person's mistake becomes ToolFailed, with where it happened.

    A full disk becomes UnwritableOutput: that is nobody's mistake, but a person can mend it.
    """
    module = "measuring" if task in MEASURING else "making"
    tasks = import_module(f"asf_analysis.reports.run.{module}")
    try:
        return getattr(tasks, task)(*given)
    except AsfError:
        raise
    except Exception as error:
        if is_of_full_disk(error):
            raise UnwritableOutput(
                f"Disken är full ({error}). Det som är publicerat ligger kvar orört. "
                "Frigör plats, eller välj en annan mapp med --output, och kör igen."
            ) from error
        raise ToolFailed(
            f"Verktyget stannade med ett fel som inte är ditt: {type(error).__name__}: {error}\n"
            "Hela felet står i körningens manifest. Hör av dig till den som sköter verktyget.",
            traceback.format_exc(),
        ) from error
