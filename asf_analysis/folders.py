"""The only place that knows paths: where data, notebooks and output are."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asf_analysis.errors import MissingProject, WrongUsage

DATA_VARIABLE = "ASF_ANALYSIS_DATA"
"""Environment variable that names another data folder; a run hands it to the kernels it starts."""

OUTPUT_VARIABLE = "ASF_ANALYSIS_OUTPUT"
"""Environment variable that names the folder of earlier editions; a run hands it to the kernels it starts."""

HANDOVER_VARIABLE = "ASF_ANALYSIS_HANDOVER"
"""Environment variable that names the folder of what a run has read already and hands to its kernels."""

CONFIGURATION = "association.toml"

INTERIM = "interim"
"""Subfolder of a year's documents for the open data of its interim reports, a folder for each day."""


@dataclass(frozen=True)
class DataFolder:
    """An association's data folder, as HOUSE.md draws it."""

    root: Path

    @property
    def association(self) -> Path:
        """The file that says who the association is."""
        return self.root / CONFIGURATION

    @property
    def targets(self) -> Path:
        """Targets of all years."""
        return self.root / "targets.csv"

    @property
    def reference(self) -> Path:
        """Municipalities and their population."""
        return self.root / "reference"

    @property
    def population(self) -> Path:
        """How many people live in each municipality, by year."""
        return self.reference / "population.csv"

    @property
    def raw(self) -> Path:
        """Raw data: registers here, a folder per year below."""
        return self.root / "raw"

    def raw_year(self, year: int) -> Path:
        """Raw data of one year."""
        return self.raw / str(year)

    def forms(self, year: int) -> Path:
        """Forms to send to the enterprises in a year: what goes out, which is no data."""
        return self.root / "forms" / str(year)

    def assessment(self, year: int, as_of: date | None = None) -> Path:
        """The written assessment and milestones of a year, or of the part of it until a day."""
        return self.root / "assessments" / f"{as_of or year}.md"

    def corrections(self, year: int) -> Path:
        """Known faults in the year's raw data, and what they become."""
        return self.root / "corrections" / f"{year}.csv"

    def published(self, year: int) -> Path:
        """What the year's published report said."""
        return self.root / "published" / f"{year}.csv"

    @property
    def statements(self) -> Path:
        """What published reports said that can be checked by itself: sums and shares."""
        return self.root / "published" / "statements.csv"

    def years(self) -> tuple[int, ...]:
        """Years that have a folder of raw data, in order."""
        return _year_folders(self.raw)


def _year_folders(folder: Path) -> tuple[int, ...]:
    """Years that have a folder of their own in this one, in order."""
    if not folder.is_dir():
        return ()
    places = (place for place in folder.iterdir() if place.is_dir())
    return tuple(sorted(year for place in places if (year := _year_of(place)) is not None))


def _year_of(folder: Path) -> int | None:
    """Give the year that a folder is named for."""
    return int(folder.name) if re.fullmatch(r"[1-9]\d{3}", folder.name, re.ASCII) else None


def find_data(given: str | os.PathLike[str] | None = None) -> DataFolder:
    """Find the data folder: the given one, the environment's, or the nearest `data/` upwards from here.

    Raises MissingProject where none holds an association.toml.
    """
    named = given or os.environ.get(DATA_VARIABLE)
    if named:
        root = Path(named).expanduser().resolve()
        if not (root / CONFIGURATION).is_file():
            raise MissingProject(
                f"Datamappen {root} saknar filen {CONFIGURATION}. "
                "Ange en mapp som har den, eller gör demonstrationsdata: asf-analysis demo --output MAPP"
            )
        return DataFolder(root)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / CONFIGURATION).is_file():
            return DataFolder(folder / "data")
    raise MissingProject(
        f"Hittar ingen mapp data/ med filen {CONFIGURATION} här eller i någon mapp ovanför. "
        "Stå i projektets mapp, eller ange datamappen med --data MAPP."
    )


def find_notebooks() -> Path:
    """Find the folder of notebooks: upwards from here, or beside the installed package.

    Raises MissingProject where there is none.
    """
    here = Path.cwd()
    beside_package = Path(__file__).resolve().parent.parent
    for folder in (here, *here.parents, beside_package):
        if (folder / "notebooks" / "annual_report.ipynb").is_file():
            return folder / "notebooks"
    raise MissingProject(
        "Hittar inte mappen notebooks/ med annual_report.ipynb. Stå i projektets mapp när du kör kommandot."
    )


def default_output(data: DataFolder) -> Path:
    """Where documents go unless told otherwise: `output/` beside the data folder."""
    return data.root.parent / "output"


def find_output(data: DataFolder) -> Path:
    """Find the folder of documents that earlier runs published: the environment's, or beside the data."""
    named = os.environ.get(OUTPUT_VARIABLE)
    return Path(named).expanduser().resolve() if named else default_output(data)


@dataclass(frozen=True)
class OutputFolder:
    """Where one year's documents are published."""

    root: Path
    year: int

    @property
    def public(self) -> Path:
        """Everything that may be shared."""
        return self.root / str(self.year)

    @property
    def tables(self) -> Path:
        """The report's tables as data files."""
        return self.public / "data"

    @property
    def internal(self) -> Path:
        """What stays in the office: internal editions, executed notebooks, manifests."""
        return self.public / "internal"

    @property
    def failed(self) -> Path:
        """Notebooks of runs that failed, with their error."""
        return self.root / "failed"


def edition_name(name: str, as_of: str = "") -> str:
    """Name a file about a public edition: that of a part of a year bears its day.

    >>> edition_name("release.csv"), edition_name("release.csv", "2018-08-31")
    ('release.csv', 'release-2018-08-31.csv')
    """
    stem, ending = name.rsplit(".", 1)
    return f"{stem}-{as_of}.{ending}" if as_of else name


def figures_file(audience: str, as_of: str = "") -> str:
    """Name the record of the figures that a public or internal edition told.

    >>> figures_file("public"), figures_file("internal", "2018-08-31")
    ('figures-public.json', 'figures-internal-2018-08-31.json')
    """
    return edition_name(f"figures-{audience}.json", as_of)


def edition_files(output: Path, name: str, year: int | None = None) -> tuple[Path, ...]:
    """Find a file about public editions, those of parts of a year included: of one year, or of all there are.

    >>> edition_files(Path("nowhere"), "release.csv")
    ()
    """
    stem, ending = name.rsplit(".", 1)
    years = published_years(output) if year is None else (year,)
    folders = [OutputFolder(output, one).internal for one in years]
    return tuple(file for folder in folders for file in sorted(folder.glob(f"{stem}*.{ending}")))


def published_years(output: Path) -> tuple[int, ...]:
    """Years that have a folder of published documents, in order."""
    return _year_folders(output)


def find_published(given: Path) -> Path:
    """Give the whole path of a folder of published documents. Raises WrongUsage where there is none.

    >>> find_published(Path("nowhere"))
    Traceback (most recent call last):
    asf_analysis.errors.WrongUsage: Det finns ingen mapp nowhere. Ange ett års mapp, till exempel output/2018.
    """
    if not given.is_dir():
        raise WrongUsage(f"Det finns ingen mapp {given}. Ange ett års mapp, till exempel output/2018.")
    return given.resolve()


def years_beside(folder: Path) -> tuple[Path, ...]:
    """Give the published folders of the years before and after a year's own; nothing for another folder."""
    year = _year_of(folder)
    near = () if year is None else (year - 1, year + 1)
    return tuple(folder.parent / str(one) for one in _year_folders(folder.parent) if one in near)


def lock_file(output: Path) -> Path:
    """The file that a run locks while it works in the output folder."""
    return output / ".lock"


def lock_holder_file(output: Path) -> Path:
    """The file that says which run holds the output folder."""
    return output / ".lock-holder.json"


def archive_folder(output: Path, year: int) -> Path:
    """Where a year's earlier editions are kept, a folder each, named for when they were replaced."""
    return output / "archive" / str(year)


def run_manifests(output: Path) -> Path:
    """Where each run leaves its manifest."""
    return output / "log" / "runs"


def index_page(output: Path) -> Path:
    """The page that leads to all published reports."""
    return output / "index.html"


def log_file(output: Path) -> Path:
    """Where runs write what happened, if they are asked to.

    >>> log_file(Path("output")).as_posix()
    'output/log/asf-analysis.log'
    """
    return output / "log" / "asf-analysis.log"
