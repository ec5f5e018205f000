"""Which years and days there are to report on, and which years' raw data each report rests on."""

from __future__ import annotations

from datetime import date

from asf_analysis.errors import WrongUsage
from asf_analysis.folders import DataFolder


def check_year(year: int, data: DataFolder) -> None:
    """Raise WrongUsage where there is no raw data of the year, and name the years there are."""
    if isinstance(year, bool) or not isinstance(year, int):
        raise WrongUsage(f"Året ska vara ett heltal, till exempel 2018, men är {type(year).__name__}.")
    if year not in data.years():
        known = ", ".join(str(one) for one in data.years()) or "inga"
        raise WrongUsage(
            f"Det finns ingen mapp med rådata för {year}. År som finns: {known}. "
            f"Lägg årets filer i raw/{year}/ i datamappen, eller välj ett annat år."
        )


def last_day_of(year: int, as_of: str | date = "") -> date:
    """Give the last day of a report: the year's, or the one that is named.

    Raises WrongUsage for a day that cannot be read or lies in another year.

    >>> last_day_of(2018).isoformat(), last_day_of(2018, "2018-08-31").isoformat()
    ('2018-12-31', '2018-08-31')
    """
    if as_of == "":
        return date(year, 12, 31)
    try:
        day = as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
    except (TypeError, ValueError) as error:
        raise WrongUsage(f"Dagen {as_of!r} går inte att läsa. Skriv den som {year}-08-31.") from error
    if day.year != year:
        raise WrongUsage(f"Dagen {day} ligger inte i {year}. Välj en dag i det året, eller ett annat år.")
    return day


def years_to_read(year: int, data: DataFolder) -> tuple[int, ...]:
    """Name the years that a year's results need: itself, and the one before for its baselines."""
    return tuple(known for known in data.years() if known in (year - 1, year))


def years_until(year: int, data: DataFolder) -> tuple[int, ...]:
    """Name the years with raw data up to a year, first to last: those that its trends tell."""
    return tuple(sorted(known for known in data.years() if known <= year))
