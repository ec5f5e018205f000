"""Pages whose every text is hostile: of raw files that went all the way, and of objects made by hand."""

from __future__ import annotations

import inspect
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from pathlib import Path
from types import ModuleType
from typing import Any

from hostile_texts import LONG, mark, numbered
from intake_workbooks import ACTIVITIES, PLACES, REGISTER, TRAININGS, answer, small_data, survey, write_csv
from nbformat import NotebookNode
from published_sample import ASSOCIATION, PEOPLE, outcomes_of_2018, table_of_activities, table_of_people
from published_sample import make_report as make_published
from quality_sample import is_of_quality, takes_another_report
from stdnum import luhn
from support_sample import activities, support_report

from asf_analysis import load, load_quality
from asf_analysis.association import Party, TargetGroup, Track
from asf_analysis.disclosure.published import Published
from asf_analysis.disclosure.quality import DataQuality
from asf_analysis.folders import DataFolder
from asf_analysis.kpis.outcomes import Outcome, PublishedFigure
from asf_analysis.presentation import cover, figures, sentences, tables
from asf_analysis.presentation.accounts import NOUNS
from asf_analysis.presentation.block import legible
from asf_analysis.reports.export import export_html

ROOT = Path(__file__).parent.parent.parent
COMMENTS = 5000
"""What is added to a text's number where it is a comment, which nobody may see."""


@dataclass(frozen=True)
class HostilePages:
    """The folder of raw files, what came through the door, and the pages of it."""

    published: Published
    quality: DataQuality
    made: Published
    paths: Mapping[str, Path]


def make_hostile_pages(folder: Path) -> HostilePages:
    """Write the raw files, read them as a run does, and export every block that can be made of them."""
    data = hostile_data(folder)
    published, quality = load(2018, data=data.root), load_quality(2018, data=data.root)
    made = made_by_hand()
    notebooks = {
        "published": notebook_of(cover.annual_report(published), published),
        "quality": notebook_of(cover.data_quality(quality), quality),
        "made": notebook_of(cover.annual_report(made), made),
    }
    paths = {name: folder / f"{name}.html" for name in notebooks}
    for name, path in paths.items():
        path.write_text(export_html(notebooks[name]), encoding="utf-8")
    return HostilePages(published, quality, made, paths)


def as_shown(text: str) -> str:
    """Give a text as a reader sees it: legible, with single spaces, in one way of composing letters."""
    composed = legible(unicodedata.normalize("NFC", text)).replace("\u00ad", "")
    return " ".join(unicodedata.normalize("NFC", composed).split())


def hostile_data(folder: Path) -> DataFolder:
    """Write a year's files with each text as name, activity, organisation, place, comment and assessment.

    No table holds NUL: a file that does is refused as damaged. Every enterprise answered the first round, and
    the first alone the second, so that the others are named among those that did not.
    """
    texts = [(number, text.replace("\0", "")) for number, text in numbered()]
    data = small_data(
        folder, foretagsregister=None, enkat_kv1=None, enkat_kv4=None,
        informationsinsatser=None, utbildningar=None, handledarplatser=PLACES[:1],
    )  # fmt: skip
    day, born = date(2018, 3, 1), date(2015, 1, 1)
    answers = [
        answer(_number(number), Namn=text, Kommentar=text.replace(mark(number), mark(number + COMMENTS)))
        for number, text in texts
    ]
    enterprises = [
        [text, None, _number(number), "Gävle", "förening", text, born, None, None] for number, text in texts
    ]
    files: dict[Path, list[list[Any]]] = {
        data.raw / "foretagsregister.csv": [REGISTER[0], *enterprises],
        data.raw_year(2018) / "enkat_kv1.csv": survey(*answers),
        data.raw_year(2018) / "enkat_kv4.csv": survey(answers[0]),
        data.raw_year(2018) / "informationsinsatser.csv": [
            ACTIVITIES[0],
            *([day, text, "föreläsning", text, text, None, text, 12, 0, 0] for _, text in texts),
        ],
        data.raw_year(2018) / "utbildningar.csv": [
            TRAININGS[0],
            *([day, text, "Gävle", 17] for _, text in texts),
        ],
    }
    for path, rows in files.items():
        write_csv(path, rows)
    written = "\n".join(f"## Text {number}\n{text}\n" for number, text in numbered())
    data.assessment(2018).parent.mkdir()
    data.assessment(2018).write_text(f"+++\nyear = 2018\n+++\n{written}", encoding="utf-8", newline="")
    shutil.copy(ROOT / "data" / "association.toml", data.association)
    return data


def _number(number: int) -> str:
    """Give an organisation number of its own to each enterprise."""
    body = f"4920{number:05d}"
    whole = body + luhn.calc_check_digit(body)
    return f"{whole[:6]}-{whole[6:]}"


def made_by_hand() -> Published:
    """Give a `Published` with hostile texts also where they stand in our own code or configuration."""
    short = [text for _, text in numbered() if len(text) < LONG // 2]
    give = cycle(short).__next__
    people = table_of_people({give(): pair for pair in [*PEOPLE.values()] * 4})
    support = support_report(activities=activities(*((give(), give(), 3, 1, 0) for _ in range(9))))
    made = make_published(
        outcomes=[_hostile_outcome(outcome, give) for outcome in outcomes_of_2018() * 2],
        tables=[
            replace(people, title=give(), rows_label=give(), source=give()),
            table_of_activities({month: range(6) for month in range(1, 13)}, [give() for _ in range(6)]),
            *(replace(table, title=give(), source=give()) for table in support.tables.values()),
        ],
        lectures=tuple((give(), give()) for _ in range(20)),
        association=ASSOCIATION.model_copy(
            update={
                "name": give(),
                "county": give(),
                "region": give(),
                "period": give(),
                "contact": give(),
                "effort": ASSOCIATION.effort.model_copy(
                    update={
                        "title": give(),
                        "summary": give(),
                        "purpose": give(),
                        "tracks": (Track(title=give(), text=give()),),
                        "target_groups": (TargetGroup(text=give()), TargetGroup(text=give())),
                    }
                ),
                "parties": (Party(name=give()), Party(name=give())),
            }
        ),
    )
    shares = tuple(_hostile_outcome(one, give) for one in support.indicators)
    return replace(made, indicators=(*made.indicators, *shares))


def _hostile_outcome(outcome: Outcome, give: Callable[[], str]) -> Outcome:
    kpi = replace(
        outcome.kpi, label=give(), unit=give(), formula=give(), source=give(), singular=give(), plural=give()
    )
    members = (give(), give()) if outcome.result.members else ()
    return replace(
        outcome,
        kpi=kpi,
        result=replace(outcome.result, members=members),
        warnings=(give(), give()),
        text=give(),
        published=PublishedFigure(result=9, source=give()),
    )


ROOMS: Mapping[str, ModuleType] = {"Meningar": sentences, "Tabeller": tables, "Diagram": figures}
"""The rooms of presentation, each under a heading of its own."""
NEEDS = {
    sentences.rates: "enterprises_by_municipality",
    tables.rates: "enterprises_by_municipality",
    sentences.development: "enterprise_changes",
    sentences.sizes: "enterprises_by_size",
    tables.panel: "panel_changes",
    tables.sizes: "enterprises_by_size",
}
"""The table without which a report cannot tell what a function tells; one made by hand has few."""
ASSESSMENTS = "Bedömningar"
"""The heading of what was written in the year's assessment, section by section."""


def notebook_of(front: cover.Cover, report: Published | DataQuality) -> NotebookNode:
    """Give a notebook with a cell for every block that can be made of a report, under its room's heading."""
    cells = [_cell("cover", front)]
    for heading, room in ROOMS.items():
        cells.append(_heading(heading))
        cells += [_cell(name, block) for name, block in blocks_of(room, report)]
    cells.append(_heading(ASSESSMENTS))
    if isinstance(report, Published):
        sections = report.assessment.sections
        cells += [_cell(section, sentences.assessment(report, section)) for section in sections]
    return NotebookNode(cells=cells, metadata={}, nbformat=4, nbformat_minor=4)


def blocks_of(room: ModuleType, report: Published | DataQuality) -> Iterator[tuple[str, Any]]:
    """Call every function of a room with everything that it can be asked for, but for the assessments."""
    for name in room.__all__:
        function = getattr(room, name)
        if not inspect.isfunction(function) or takes_another_report(function):
            continue  # Several years hold no text that people wrote but what these pages show too.
        shows = is_of_quality(function) == isinstance(report, DataQuality)
        if shows and function is not sentences.assessment:
            yield from ((name, function(report, *arguments)) for arguments in _arguments(function, report))


def _arguments(function: Callable[..., Any], report: Published | DataQuality) -> list[tuple[Any, ...]]:
    parameters = inspect.signature(function).parameters
    asked = [name for name, one in parameters.items() if name != "report" and one.default is one.empty]
    if not asked:
        needed = NEEDS.get(function)
        return [()] if needed is None or needed in report.tables else []
    assert isinstance(report, Published)
    if function is sentences.kpi:
        return [(outcome.kpi.key,) for outcome in report.outcomes]
    if function in (sentences.changes, figures.changes):
        return [(key,) for key in report.tables if key in NOUNS]
    if function is tables.indicators:
        return [([outcome.kpi.key for outcome in report.indicators],)]
    if function is figures.county_map:
        return [("participants_by_municipality",)] if "participants_by_municipality" in report.tables else []
    if function is tables.reach:
        return [("party",), ("municipality",)]
    by_sex = [
        key for key, table in report.tables.items() if table.columns == "sex" and table.rows != "component"
    ]
    return [(key,) for key in (report.tables if function is tables.breakdown else by_sex)]


def _heading(words: str) -> NotebookNode:
    return NotebookNode(cell_type="markdown", source=f"## {words}", metadata={})


def _cell(source: str, shown: Any) -> NotebookNode:
    """Make a cell as it stands in a notebook that ran; there are too many to let nbformat check each."""
    output = NotebookNode(output_type="display_data", data=shown._repr_mimebundle_(), metadata={})
    return NotebookNode(cell_type="code", source=source, outputs=[output], metadata={}, execution_count=1)
