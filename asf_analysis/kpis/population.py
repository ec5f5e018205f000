"""Population: how many people live in each municipality, by year, from `data/reference/population.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from asf_analysis.association import Municipality
from asf_analysis.errors import DataFaults
from asf_analysis.folders import DataFolder
from asf_analysis.intake.lists import Line, read_list
from asf_analysis.swedish.names import fold
from asf_analysis.swedish.numbers import read_count

COLUMNS = ("municipality_code", "municipality", "year", "population", "source")


@dataclass(frozen=True)
class PopulationOfYear:
    """How many people live in each municipality on the last day of a year, by its code; and who says so."""

    year: int
    by_code: Mapping[str, int]
    source: str


@dataclass(frozen=True)
class Population:
    """The population of municipalities in the years that are known; in none where there is no file."""

    years: Mapping[int, PopulationOfYear] = field(default_factory=dict)

    def population_for(self, year: int) -> PopulationOfYear | None:
        """Give a year's figures, else those of the nearest year, the earlier of two; None without any.

        >>> known = Population({one: PopulationOfYear(one, {"2180": 9}, "SCB") for one in (2016, 2020)})
        >>> [known.population_for(year).year for year in (2018, 2019, 2030)]
        [2016, 2020, 2020]
        """
        nearest = min(self.years, key=lambda known: (abs(known - year), known), default=None)
        return None if nearest is None else self.years[nearest]


NO_POPULATION = Population()
"""Nothing is known."""


def read_population(data: DataFolder, municipalities: Sequence[Municipality] = ()) -> Population:
    """Read the population of all years; nothing is known where there is no file.

    A code that is one of `municipalities` must stand beside its name. Raises DataFaults for a missing column,
    a code, year or number that cannot be read, a source that is missing, and two lines for one municipality
    in one year.
    """
    names = {municipality.code: municipality.name for municipality in municipalities}
    lines = read_list(data.population, data.population.relative_to(data.root).as_posix(), COLUMNS)
    counts: dict[int, dict[str, int]] = {}
    sources: dict[int, dict[str, None]] = {}
    for line in lines:
        code, year = _read_code(line, names), _read_year(line)
        population = line.read(
            "population", _people, "Skriv antalet invånare med siffror, till exempel 9570."
        )
        source = _read_source(line)
        if code is None or year is None:
            continue
        if code in counts.setdefault(year, {}):
            line.fault("municipality_code", "Kommunen har redan en rad för året.", "Behåll en av raderna.")
        counts[year][code] = population or 0
        sources.setdefault(year, {})[source] = None
    faults = [fault for line in lines for fault in line.faults]
    if faults:
        raise DataFaults(faults)
    return Population(
        {year: PopulationOfYear(year, counts[year], ", ".join(sources[year])) for year in sorted(counts)}
    )


def _read_code(line: Line, names: Mapping[str, str]) -> str | None:
    code = line.text("municipality_code")
    if not _digits(code) and code not in names:
        remedy = "Skriv SCB:s kommunkod med fyra siffror, till exempel 2180 eller 0114."
        line.fault("municipality_code", "Det som står är ingen kommunkod.", remedy)
        return None
    if code in names and fold(line.text("municipality")) != fold(names[code]):
        remedy = f"Rätta koden eller namnet: {code} är {names[code]} i association.toml."
        line.fault("municipality", "Kommunens namn hör inte till koden.", remedy)
    return code


def _read_year(line: Line) -> int | None:
    if _digits(line.text("year")):
        return int(line.text("year"))
    line.fault("year", "Det som står är inget årtal.", "Skriv fyra siffror, till exempel 2018.")
    return None


def _digits(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _people(text: str) -> int:
    """Read an exact number of inhabitants; a municipality without any does not exist."""
    amount = read_count(text)
    if amount is None:
        raise ValueError("Antalet invånare saknas.")
    if amount.approximate or not amount.value:
        raise ValueError("Det som står är inget exakt antal invånare.")
    return amount.value


def _read_source(line: Line) -> str:
    if not line.text("source"):
        line.fault("source", "Källan saknas.", "Skriv vem som har räknat invånarna, till exempel SCB.")
    return line.text("source")
