"""What a run has read and protected, handed to the kernels of its reports, so that none reads it anew.

A kernel finds it in the folder that the environment names. Anything else that a notebook asks for is read
and measured as ever.
"""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from asf_analysis.audience import Audience
from asf_analysis.folders import DATA_VARIABLE, HANDOVER_VARIABLE, DataFolder

Kind = Literal["year", "municipalities", "trends", "quality"]
"""What a notebook can ask for: a function of `pipeline` each."""


@dataclass(frozen=True)
class Asked:
    """What a notebook asks for: of which kind and year, for whom, until which day, of what municipality."""

    kind: Kind
    year: int
    audience: Audience
    as_of: str | date = ""
    municipality: str = ""


def hand_over(asked: Asked, told: object, folder: Path) -> None:
    """Leave for a kernel what its notebook will ask for, in a folder that only its own user can read."""
    (folder / HANDED).write_bytes(pickle.dumps((asked, told), protocol=pickle.HIGHEST_PROTOCOL))


HANDED = "handed-over.pickle"


def handed_over(asked: Asked, data: DataFolder) -> Any:
    """Give what the run left for just this question, about the data that the run reads; else None."""
    folder = os.environ.get(HANDOVER_VARIABLE)
    if not folder or os.environ.get(DATA_VARIABLE) != str(data.root):
        return None
    answered, told = pickle.loads((Path(folder) / HANDED).read_bytes())
    return told if answered == asked else None
