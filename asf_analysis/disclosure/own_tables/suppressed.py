"""An analyst's own table after suppression: what is shown, and what can be worked out of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from asf_analysis.disclosure.own_tables.counts import Layout
from asf_analysis.disclosure.published import MISSING, MISSING_SIGN, SHOWN, WITHHELD, WITHHELD_SIGN
from asf_analysis.disclosure.suppression.ranges import ranges
from asf_analysis.disclosure.suppression.system import System
from asf_analysis.swedish.writing import count_phrase, format_number

NEAR_WHOLE = 1e-6
"""How near a whole number linear programs come to it."""


@dataclass(frozen=True)
class Reader:
    """What a reader sees of all tables that were suppressed together; it holds no withheld number."""

    system: System
    withheld: np.ndarray

    @cached_property
    def ranges(self) -> tuple[np.ndarray, np.ndarray]:
        """The least and the most that every figure may be, as far as the reader can work out."""
        return ranges(self.system, self.withheld)


@dataclass(frozen=True, repr=False, eq=False)
class Suppressed:
    """A table of which what gives people away is withheld; it holds no withheld number.

    `cost` is what was withheld of this table and those suppressed with it, and `bound` what no safe pattern
    is cheaper than; they are equal where the pattern is `proven` to be the cheapest. `threshold` is the
    least count that is no small one.
    """

    threshold: int
    cost: float
    bound: float
    cells: pd.DataFrame = field(repr=False)
    layout: Layout = field(repr=False)
    reader: Reader = field(repr=False)

    @property
    def proven(self) -> bool:
        """Whether no safe pattern is cheaper."""
        return self.cost <= self.bound + NEAR_WHOLE

    @property
    def shown(self) -> pd.DataFrame | pd.Series:
        """The table as it may be shown, laid out as it came: Int64, <NA> where withheld or missing."""
        return self._laid_out(self.cells["shown"])

    @property
    def status(self) -> pd.DataFrame | pd.Series:
        """What each cell is: *shown*, *withheld* or *missing*."""
        return self._laid_out(self.cells["status"])

    @property
    def primary(self) -> pd.DataFrame | pd.Series:
        """Which cells are withheld for their own sake (bool); the other withheld ones protect these.

        Not for publication: it tells which withheld counts are small.
        """
        return self._laid_out(self.cells["primary"])

    @property
    def limited(self) -> pd.DataFrame | pd.Series:
        """Which cells are kept less well than the threshold asks (bool): what is always shown tells more."""
        return self._laid_out(self.cells["limited"])

    def intervals(self) -> pd.DataFrame:
        """Give what a reader can work out of each withheld cell: `least` and `most` (Int64), a row per cell.

        Indexed by the table's dimensions; `most` is <NA> where nothing bounds a cell. Found by linear
        programming over all that is shown, so that a reader may know a whole number or two more of three
        dimensions.
        """
        gone = self.cells[self.cells["status"] == WITHHELD]
        least, most = (ends[gone["figure"].to_numpy(dtype=int)] for ends in self.reader.ranges)
        ends = {"least": np.ceil(least - NEAR_WHOLE), "most": np.floor(most + NEAR_WHOLE)}
        index = gone.index if gone.index.nlevels > 1 else gone.index.get_level_values(0)
        return pd.DataFrame({name: _whole(values) for name, values in ends.items()}, index=index)

    def __repr__(self) -> str:
        return f"{self._written().to_string()}\n\n{self._note()}"

    def _repr_html_(self) -> str:
        # pandas escapes the labels; the note is ours.
        return f"{self._written().to_html(escape=True)}<p>{self._note()}</p>"

    def _laid_out(self, values: pd.Series) -> pd.DataFrame | pd.Series:
        return self.layout.lay_out(values)

    def _written(self) -> pd.DataFrame:
        signs = {WITHHELD: WITHHELD_SIGN, MISSING: MISSING_SIGN}
        written = [
            format_number(int(value)) if status == SHOWN else signs[status]
            for value, status in zip(self.cells["shown"], self.cells["status"], strict=True)
        ]
        laid_out = self._laid_out(pd.Series(written, index=self.cells.index, dtype="str"))
        return (
            laid_out.to_frame(self.layout.count or "antal") if isinstance(laid_out, pd.Series) else laid_out
        )

    def _note(self) -> str:
        gone = int((self.cells["status"] == WITHHELD).sum())
        if not gone:
            return f"Inget är undanhållet: inget antal är så litet att det är under {self.threshold}, utom 0."
        proven = (
            "Inget säkert mönster är billigare."
            if self.proven
            else f"Ett säkert mönster kan kosta lägst {_number(self.bound)}."
        )
        limited = count_phrase(int(self.cells["limited"].sum()), "cell", "celler")
        less = (
            f" {limited.capitalize()} skyddas sämre, för det som alltid visas avslöjar mer."
            if self.cells["limited"].any()
            else ""
        )
        return (
            f"{WITHHELD_SIGN} = undanhållet: {gone} av {len(self.cells)} celler, så att inget antal under "
            f"{self.threshold} går att räkna ut. Kostnad {_number(self.cost)}. {proven}{less}"
        )


def _number(amount: float) -> str:
    return format_number(amount, 0 if float(amount).is_integer() else 1)


def _whole(values: Sequence[float]) -> ExtensionArray:
    known = np.isfinite(values)
    return pd.array(
        [int(value) if fine else pd.NA for value, fine in zip(values, known, strict=True)], dtype="Int64"
    )
