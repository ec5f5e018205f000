"""Whatever in presentation takes a report, or a part of one, refuses what has not passed the door."""

import inspect
import pkgutil
import typing
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from types import ModuleType

import pytest
from published_sample import PEOPLE, TRAININGS, make_outcome, make_report, table_of_people

import asf_analysis.presentation
from asf_analysis.disclosure.municipalities import MunicipalityReport
from asf_analysis.disclosure.published import Published, PublishedTable
from asf_analysis.disclosure.quality import DataQuality
from asf_analysis.disclosure.trends import Trends
from asf_analysis.errors import DoorForgotten
from asf_analysis.kpis.breakdowns import Breakdown
from asf_analysis.kpis.municipality import MunicipalityResults
from asf_analysis.kpis.quality import Quality
from asf_analysis.kpis.registry import Result
from asf_analysis.kpis.results import Results
from asf_analysis.kpis.trends import YearsResults
from asf_analysis.presentation import findings, grids

PASSED = (Published, PublishedTable, Trends, MunicipalityReport, DataQuality)
"""What comes out of the door."""

RAW = {
    "pd.DataFrame",
    "pd.Series",
    *(one.__name__ for one in (Breakdown, Results, YearsResults, MunicipalityResults, Quality)),
}
"""What goes into it, and stays behind."""

OF_LOGS_AND_FILES = {
    "evidence.write_evidence",
    "printing.print_log",
    "records.log_as_csv",
    "records.log_as_json",
    "records.log_records",
    "terminal.log_in_terminal",
}
"""They show where things stand in raw files: only commands and pages of the internal audience have it."""

VALID = {"Published": make_report(), "PublishedTable": table_of_people(PEOPLE)}


def modules() -> list[ModuleType]:
    root = asf_analysis.presentation
    return [import_module(one.name) for one in pkgutil.walk_packages(root.__path__, f"{root.__name__}.")]


def functions_of(module: ModuleType) -> Iterator[tuple[str, typing.Any]]:
    """Give what a module defines for others to call: its functions, and its classes' own makers."""
    room = module.__name__.removeprefix("asf_analysis.presentation.")
    own = {
        name: one for name, one in vars(module).items() if getattr(one, "__module__", "") == module.__name__
    }
    for name, one in own.items():
        if name.startswith("_"):
            continue
        if inspect.isfunction(one):
            yield f"{room}.{name}", one
        elif inspect.isclass(one):
            for maker, how in vars(one).items():
                if isinstance(how, classmethod | staticmethod) and not maker.startswith("_"):
                    yield f"{room}.{name}.{maker}", getattr(one, maker)


FUNCTIONS = {name: one for module in modules() for name, one in functions_of(module)}


def named(parameter: inspect.Parameter) -> set[str]:
    """The names of types that a parameter's annotation holds."""
    text = str(parameter.annotation)
    return {word for word in text.replace("|", " ").replace("[", " ").replace("]", " ").split() if word}


def doors(function: typing.Any) -> list[str]:
    """The parameters of a function that must have passed the door."""
    allowed = {one.__name__ for one in PASSED}
    given = inspect.signature(function).parameters.values()
    return [one.name for one in given if named(one) & allowed and "None" not in named(one)]


GUARDED = {f"{name}({door})": (one, door) for name, one in FUNCTIONS.items() for door in doors(one)}


def by_hand(kind: type) -> object:
    """Make one without measuring anything: none of it may be looked at."""
    return kind(**{field.name: None for field in fields(kind)})  # type: ignore[arg-type]


FORGOTTEN = (
    None,
    table_of_people(PEOPLE).frame,
    by_hand(Breakdown),
    by_hand(Results),
    by_hand(MunicipalityResults),
    make_outcome(TRAININGS, Result(3)),
    {"participants_by_municipality": table_of_people(PEOPLE)},
)


def call(function: typing.Any, door: str, forgotten: object) -> object:
    given = inspect.signature(function).parameters.values()
    others = {one.name: VALID.get(str(one.annotation)) for one in given if one.default is one.empty}
    return function(**{**others, door: forgotten})


@pytest.mark.parametrize("name", GUARDED)
def test_a_door_forgotten_stops_with_an_error(name):
    function, door = GUARDED[name]
    for forgotten in FORGOTTEN:
        with pytest.raises(DoorForgotten):
            call(function, door, forgotten)


def test_every_room_of_presentation_is_looked_through():
    assert len(GUARDED) > 150
    rooms = {name.split(".")[0] for name in GUARDED}
    assert {"sentences", "tables", "figures", "open_data", "records", "cover", "terminal", "maps"} <= rooms


def test_a_function_that_forgets_to_look_would_be_seen():
    def forgetful(report: "Published") -> str:
        return f"{report}"

    assert doors(forgetful) == ["report"]
    assert call(forgetful, "report", None) == "None"


def parameters(name: str) -> list[inspect.Parameter]:
    return list(inspect.signature(FUNCTIONS[name]).parameters.values())


def test_nothing_in_presentation_asks_for_what_has_not_passed_the_door():
    assert {
        name for name in FUNCTIONS if any(named(one) & RAW for one in parameters(name))
    } == OF_LOGS_AND_FILES


def test_every_parameter_says_what_it_takes():
    untold = {
        name
        for name in FUNCTIONS
        for one in parameters(name)
        if named(one) & {"Any", "object", "inspect._empty"}
    }
    assert untold == {"records.as_json", "records.as_csv"}


def test_a_value_that_stands_in_a_withheld_cell_by_mistake_is_not_taken_along():
    table = table_of_people(PEOPLE)
    assert table.frame.loc[table.frame["status"] == "withheld", "value"].notna().all()
    assert all(
        cell.value is None for cell in grids.Grid.of(table).cells.values() if cell.status == "withheld"
    )
    assert "987" not in findings.more_women_or_men(table)
