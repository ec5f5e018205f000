"""What the people of a breakdown, and its rows, are called where a reader meets them."""

from __future__ import annotations

from dataclasses import dataclass

from asf_analysis.disclosure.published import PublishedTable, require_table
from asf_analysis.swedish.writing import number_word


@dataclass(frozen=True)
class PeopleWords:
    """The forms of one noun: *deltagare*, *deltagare*, *deltagarna*, *den enda deltagaren*."""

    one: str
    several: str
    definite: str
    only: str

    @classmethod
    def of(cls, table: PublishedTable) -> PeopleWords:
        """Give the noun of a breakdown's people."""
        require_table(table)
        return _PEOPLE.get(table.key.partition("_by_")[0], _PERSONS)

    def count(self, number: int) -> str:
        """Write how many there are.

        >>> _PERSONS.count(0), _PERSONS.count(1), _PERSONS.count(13)
        ('inga personer', 'en person', '13 personer')
        """
        if not number:
            return f"inga {self.several}"
        return f"{number_word(number)} {self.one if number == 1 else self.several}"


_PEOPLE = {
    "participants": PeopleWords("deltagare", "deltagare", "deltagarna", "den enda deltagaren"),
    "completed": PeopleWords(
        "avslutad deltagare",
        "avslutade deltagare",
        "de avslutade deltagarna",
        "den enda avslutade deltagaren",
    ),
    "employees": PeopleWords("anställd", "anställda", "de anställda", "den enda anställda"),
    "permanent": PeopleWords(
        "tillsvidareanställd",
        "tillsvidareanställda",
        "de tillsvidareanställda",
        "den enda tillsvidareanställda",
    ),
}
_PERSONS = PeopleWords("person", "personer", "personerna", "den enda personen")

_ROWS = {
    "municipality": ("kommuner", "kommunerna"),
    "age": ("åldersgrupper", "åldersgrupperna"),
    "round": ("omgångar", "omgångarna"),
    "outcome": ("utfall", "utfallen"),
}


def rows_in_plural(table: PublishedTable) -> str:
    """Name the rows of a breakdown: *kommuner*."""
    require_table(table)
    return _ROWS.get(table.rows, ("grupper", "grupperna"))[0]


def rows_in_definite_plural(table: PublishedTable) -> str:
    """Name all rows of a breakdown: *kommunerna*."""
    require_table(table)
    return _ROWS.get(table.rows, ("grupper", "grupperna"))[1]


def what_rows_tell(table: PublishedTable) -> str:
    """Name what all rows of a breakdown tell: *kommunerna*, *vad de gick vidare till*."""
    require_table(table)
    return "vad de gick vidare till" if table.rows == "outcome" else rows_in_definite_plural(table)


def apart_by_rows(table: PublishedTable) -> str:
    """Say where women and men would stand apart: *i kommunerna*, *efter vad de gick vidare till*."""
    require_table(table)
    return f"{'efter' if table.rows == 'outcome' else 'i'} {what_rows_tell(table)}"
