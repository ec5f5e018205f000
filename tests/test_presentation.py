"""Whatever a notebook can call is offered by name, and refuses what has not passed the door."""

import inspect
import pkgutil
from importlib import import_module
from types import FunctionType, ModuleType

import pytest
from published_sample import PEOPLE, TRAININGS, make_outcome, table_of_people

from asf_analysis.errors import DoorForgotten
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation import cover, figures, sentences, tables

ROOMS = (sentences, tables, figures, cover)
ARGUMENTS = {"key": "participants_by_municipality", "section": "Framgångsfaktorer", "by": "party", "keys": ()}
SHOWN = ("Block", "MarkdownBlock", "Cover")


def name_of(thing: ModuleType | FunctionType) -> str:
    return thing.__name__.removeprefix("asf_analysis.presentation.")


def offered(room: ModuleType) -> list[FunctionType]:
    """Give the functions that a room offers."""
    return [getattr(room, name) for name in room.__all__ if inspect.isfunction(getattr(room, name))]


def modules_of(room: ModuleType) -> list[ModuleType]:
    """Give a room's modules; a room that is no package has one, itself."""
    inside = pkgutil.iter_modules(getattr(room, "__path__", []))
    return [import_module(f"{room.__name__}.{module.name}") for module in inside] or [room]


OFFERED = {f"{name_of(room)}.{function.__name__}": function for room in ROOMS for function in offered(room)}


@pytest.mark.parametrize("name", OFFERED)
@pytest.mark.parametrize("raw", [None, table_of_people(PEOPLE).frame, make_outcome(TRAININGS, Result(3))])
def test_what_has_not_passed_the_door_is_refused(name, raw):
    parameters = inspect.signature(OFFERED[name]).parameters.values()
    first, *others = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    assert first == "report"
    with pytest.raises(DoorForgotten):
        OFFERED[name](raw, *(ARGUMENTS[other] for other in others))


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_whatever_shows_a_report_is_offered(room):
    showing = {
        name
        for module in modules_of(room)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and list(inspect.signature(function).parameters)[:1] == ["report"]
        and inspect.signature(function).return_annotation in SHOWN
    }
    assert showing
    assert showing <= {function.__name__ for function in offered(room)}
    assert list(room.__all__) == sorted(room.__all__)
