"""Frames by name: as attributes and as items, with completion, and errors that tell what exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from asf_analysis.errors import UnknownName
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.swedish.names import NameBook
from asf_analysis.swedish.writing import format_number


@dataclass(frozen=True, eq=False, repr=False)
class Frames(Mapping[str, pd.DataFrame]):
    """Frames by name: `frames.responses` and `frames["responses"]` give a copy that is free to change.

    `kind` is what one of them is called in Swedish, `titles` what each holds.

    >>> frames = Frames("tabell", {"places": pd.DataFrame({"n": [1]})}, {"places": "Platser"})
    >>> len(frames.places), "places" in dir(frames)
    (1, True)
    >>> frames["plats"]
    Traceback (most recent call last):
    asf_analysis.errors.UnknownName: Det finns ingen tabell som heter 'plats'. Närmast: places. Alla: places.
    """

    kind: str
    frames: Mapping[str, pd.DataFrame]
    titles: Mapping[str, str]

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.frames:
            raise UnknownName(self._unknown(name))
        return self.frames[name].copy()

    def __getattr__(self, name: str) -> pd.DataFrame:
        # Tools ask an object for many private names; none of them is a frame.
        if name.startswith("_") or name not in self.frames:
            raise AttributeError(self._unknown(name))
        return self.frames[name].copy()

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.frames})

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.frames)

    def _unknown(self, name: str) -> str:
        nearest = ", ".join(NameBook.of(list(self.frames)).nearest(name))
        return (
            f"Det finns ingen {self.kind} som heter {name!r}. "
            f"Närmast: {nearest}. Alla: {', '.join(self.frames)}."
        )

    @property
    def overview(self) -> Block:
        """Every frame: its name, what it holds, and how many rows it has."""
        return data_table(
            Layout(
                caption=f"Alla som finns: välj en {self.kind} med sitt namn",
                columns=[
                    Column("Namn", number=False),
                    Column("Innehåll", number=False),
                    Column("Rader"),
                    Column("Kolumner", number=False),
                ],
                rows=[
                    [
                        name,
                        self.titles.get(name, ""),
                        format_number(len(frame)),
                        ", ".join(map(str, frame.columns[:LISTED]))
                        + (" …" if len(frame.columns) > LISTED else ""),
                    ]
                    for name, frame in self.frames.items()
                ],
            )
        )

    def __repr__(self) -> str:
        return self.overview.plain

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return self.overview._repr_mimebundle_()


LISTED = 6
"""How many of a frame's columns an overview names."""
