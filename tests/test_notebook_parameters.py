"""What a notebook takes is read from its cell, and checked before a kernel starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asf_analysis.errors import WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.reports.catalogue import REPORTS, find_report
from asf_analysis.reports.notebooks import check_parameters, notebook_parameters
from asf_analysis.reports.requests import Request, requests_for_all

ROOT = Path(__file__).parent.parent
REQUEST = Request(find_report("municipalities"), 2018, municipality="Gävle")


def notebook(folder: Path, source: str, tag: str = "parameters") -> Path:
    cells = [{"cell_type": "code", "metadata": {"tags": [tag]}, "source": source.splitlines(keepends=True)}]
    path = folder / "municipalities.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_the_parameters_are_read_with_their_defaults_and_nothing_is_run(tmp_path):
    path = notebook(tmp_path, 'year = 2018  # året\naudience = "public"\nnames = ["a"]\nwhole = True\n')
    assert notebook_parameters(path) == {"year": 2018, "audience": "public", "names": ["a"], "whole": True}


def test_a_notebook_without_the_cell_takes_nothing(tmp_path):
    assert notebook_parameters(notebook(tmp_path, "year = 2018", tag="other")) == {}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('year = 2018\naudience = "public"', "tar inte parametern municipality.*finns: year, audience"),
        ('year = "2018"\naudience = ""\nmunicipality = ""', "year i municipalities.ipynb ska vara en text"),
        ('year = True\naudience = ""\nmunicipality = ""', "True eller False, men rapporten ger ett heltal"),
        ("import os", "tar inte parametern year.*finns: inga"),
        ("year = 2017 + 1", "ska bara ge namn enkla värden"),
        ("year = = 1", "ska bara ge namn enkla värden"),
    ],
)  # fmt: skip
def test_what_a_notebook_does_not_take_is_refused_in_swedish(tmp_path, source, told):
    with pytest.raises(WrongUsage, match=rf"(?s){told}"):
        check_parameters(REQUEST, notebook(tmp_path, source))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cells": [1]}', "\udcff"])
def test_a_notebook_that_cannot_be_read_is_told(tmp_path, content):
    path = tmp_path / "municipalities.ipynb"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(WrongUsage, match="går inte att läsa"):
        check_parameters(REQUEST, path)


def test_every_report_of_the_catalogue_takes_what_it_may_be_given():
    data = DataFolder(ROOT / "data")
    requests = [
        *requests_for_all([2018], [], ["public", "internal"], data),
        *requests_for_all([2018], [], ["public"], data, municipalities=["alla"]),
        *requests_for_all([2018], [], ["public"], data, as_of="2018-08-31"),
    ]
    assert {one.report.name for one in requests} == {report.name for report in REPORTS}
    for request in requests:
        check_parameters(request, ROOT / "notebooks" / f"{request.report.name}.ipynb")


def test_a_report_named_for_two_audiences_is_made_for_those_that_it_is_made_for():
    data = DataFolder(ROOT / "data")
    planned = requests_for_all([2018], ["data_quality", "trends"], ["public", "internal"], data)
    assert [(one.report.name, one.audience) for one in planned] == [
        ("trends", "public"), ("data_quality", "internal"), ("trends", "internal"),
    ]  # fmt: skip
    with pytest.raises(WrongUsage, match="görs inte för målgruppen public"):
        requests_for_all([2018], ["data_quality"], ["public"], data)
