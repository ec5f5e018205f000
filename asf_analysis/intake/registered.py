"""The enterprises of the register, as an answer without an organisation number may name them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from asf_analysis.swedish.names import NameBook, fold

_SHARED = " "
"""Stands between the numbers of enterprises that share a name; none of them is then meant for sure."""


@dataclass(frozen=True, eq=False)
class Registered:
    """The register's enterprises, found by their name or a former one.

    Needs `organisation_number`, `name` and `former_name`.

    >>> rows = [["492000-0009", "Solrosens café", None], ["492000-0017", "Verkstan", "Gamla verkstan"]]
    >>> columns = ["organisation_number", "name", "former_name"]
    >>> registered = Registered(pd.DataFrame(rows, columns=columns, dtype="str"))
    >>> registered.find("Solrosens cafe"), registered.find("GAMLA VERKSTAN"), registered.find("Verk")
    (('492000-0009', 'nära ett namn'), ('492000-0017', 'tidigare namn'), None)
    """

    register: pd.DataFrame

    def find(self, name: str) -> tuple[str, str] | None:
        """Give the number of the enterprise with a name, and how it was recognised; None where unsure."""
        match = self._book.find(name)
        if match is None or _SHARED in match.name:
            return None
        if match.how == "nära":
            return match.name, "nära ett namn"
        return match.name, "namnet" if fold(name) in self._names else "tidigare namn"

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(fold(name) for name in self.register["name"].dropna())

    @cached_property
    def _book(self) -> NameBook:
        numbers: dict[str, set[str]] = defaultdict(set)
        for column in ("name", "former_name"):
            known = self.register[["organisation_number", column]].dropna()
            for number, name in known.itertuples(index=False, name=None):
                numbers[fold(name)].add(number)
        return NameBook.of((), variants={name: _SHARED.join(sorted(own)) for name, own in numbers.items()})


def nobody() -> Registered:
    """Give a register without enterprises."""
    return Registered(pd.DataFrame(columns=["organisation_number", "name", "former_name"], dtype="str"))
