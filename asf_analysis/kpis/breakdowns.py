"""Results taken apart: by women and men, municipality, placing authority, month and kind."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

TOTAL = "total"
"""The value that a dimension has on its total row or column."""


@dataclass(frozen=True)
class Breakdown:
    """A table of counts over two dimensions, margins included.

    `frame` is tidy, in the order of display, with a column named by `rows` and one named by `columns`
    (str), `amount` (Int64, missing where not known) and, where `people` is set, `enterprises` (Int64, how
    many enterprises stand behind the cell). TOTAL marks margins; a table of people has `columns="sex"`
    with women, men and total.
    """

    key: str
    title: str
    rows: str
    rows_label: str
    columns: str
    unit: str
    source: str
    people: bool
    frame: pd.DataFrame
