"""Editions compared: figures, inputs, rows and versions, each told once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import asf_analysis

from asf_analysis.errors import UnknownName
from asf_analysis.folders import archive_folder
from asf_analysis.reports.differences import compare_editions, told_differences
from asf_analysis.reports.manifest import ReportManifest, as_json

YEAR = 2018
PARTICIPANTS = {"label": "Deltagare", "unit": "personer", "result": 199, "target": 180, "status": "uppnått"}
SURVEY = {"file": "raw/2018/enkat_kv4.xlsx", "sha256": "a" * 64, "bytes": 9, "rows": 28}
TARGETS = {"file": "targets.csv", "sha256": "b" * 64, "bytes": 9}


def edition(folder: Path, name: str = "annual_report", **changes: Any) -> None:
    """Write the manifest of an edition's report."""
    told = {
        "report": name,
        "title": "Årsrapport 2018",
        "parameters": {"year": YEAR, "audience": "public"},
        "formats": ["html"],
        "key": "k",
        "made": "2026-12-01T03:00:00+01:00",
        "duration_seconds": 1,
        "inputs": [SURVEY, TARGETS],
        "rows": {"raw": 30, "clean": 29, "set_aside": 1},
        "kpis": {"participants": PARTICIPANTS},
        "documents": [],
        "notebook_sha256": "n",
        "commit": "c1",
        "versions": {"pandas": "3.1.0"},
    }
    file = folder / "internal" / f"{name}-public.manifest.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_json(ReportManifest.model_validate(told | changes)), encoding="utf-8")


def two_editions(output: Path, **changes: Any) -> Path:
    edition(archive_folder(output, YEAR) / "2026-11-30T03.00.00", made="2026-11-30T03:00:00+01:00")
    edition(output / str(YEAR), **changes)
    return output


def lines(output: Path) -> list[str]:
    told = told_differences(compare_editions(output, YEAR))
    return [" ".join(line.split()) for line in told.splitlines() if line]


def test_two_equal_editions_differ_in_nothing(tmp_path):
    assert lines(two_editions(tmp_path)) == [
        "2018: utgåvan från 2026-12-01 kl. 03.00 jämförd med den från 2026-11-30 kl. 03.00",
        "Ingenting skiljer sig: samma nyckeltal, samma underlag, samma program.",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kpis": {"participants": PARTICIPANTS | {"result": 203}}}, ["Deltagare: resultat 199 → 203"]),
        (
            {"kpis": {"participants": PARTICIPANTS | {"target": 210, "status": "ej uppnått"}}},
            ["Deltagare: mål 180 → 210", "Deltagare: status uppnått → ej uppnått"],
        ),
        (
            {"kpis": {"participants": PARTICIPANTS | {"result": None, "withheld": True}}},
            ["Deltagare: resultat 199 → .."],
        ),
        (
            {"kpis": {"participants": PARTICIPANTS | {"result": 75, "approximate": True}}},
            ["Deltagare: resultat 199 → ca 75"],
        ),
        (
            {"kpis": {"participants": PARTICIPANTS | {"result": 27, "whole": 179}}},
            ["Deltagare: resultat 199 → 27 av 179"],
        ),
        ({"kpis": {}}, [
            "Deltagare: mål 180 → –", "Deltagare: resultat 199 → –", "Deltagare: status uppnått → –"
        ]),
        (
            {"inputs": [SURVEY | {"sha256": "c" * 64, "rows": 29}, TARGETS]},
            ["raw/2018/enkat_kv4.xlsx 28 rader → 29 rader"],
        ),
        (
            {"inputs": [SURVEY | {"sha256": "c" * 64}, TARGETS]},
            ["raw/2018/enkat_kv4.xlsx 28 rader → 28 rader, ändrade"],
        ),
        ({"inputs": [SURVEY, TARGETS | {"sha256": "c" * 64}]}, ["targets.csv fanns → ändrad"]),
        ({"inputs": [SURVEY]}, ["targets.csv fanns → –"]),
        ({"rows": {"raw": 31, "clean": 30, "set_aside": 1}}, [
            "Årsrapport 2018: lästa 30 → 31", "Årsrapport 2018: använda 29 → 30"
        ]),
        ({"commit": "c2"}, ["asf-analysis c1 → c2"]),
        ({"versions": {"pandas": "3.2.0"}}, ["pandas 3.1.0 → 3.2.0"]),
        ({"notebook_sha256": "m"}, ["anteckningsboken annual_report som den var → ändrad"]),
    ],
)  # fmt: skip
def test_what_differs_is_told(tmp_path, changes, expected):
    told = [line for line in lines(two_editions(tmp_path, **changes)) if "→" in line]
    assert told == expected


def test_a_report_that_is_new_or_gone_is_told(tmp_path):
    two_editions(tmp_path)
    edition(tmp_path / str(YEAR), "trends", title="Utveckling 2018")
    edition(
        archive_folder(tmp_path, YEAR) / "2026-11-30T03.00.00", "gender_equality", title="Jämställdhet 2018"
    )
    assert [line for line in lines(tmp_path) if "→" in line] == [
        "Utveckling 2018 – → ny rapport", "Jämställdhet 2018 fanns → –",
    ]  # fmt: skip


def test_what_several_reports_tell_alike_is_told_once(tmp_path):
    changes = {"kpis": {"participants": PARTICIPANTS | {"result": 203}}}
    two_editions(tmp_path, **changes)
    edition(tmp_path / str(YEAR), "trends", **changes)
    edition(archive_folder(tmp_path, YEAR) / "2026-11-30T03.00.00", "trends")
    assert [line for line in lines(tmp_path) if "→" in line] == ["Deltagare: resultat 199 → 203"]


def test_the_first_edition_has_none_to_be_compared_with(tmp_path):
    edition(tmp_path / str(YEAR))
    assert "är den första" in lines(tmp_path)[0]


def test_an_edition_is_chosen_by_its_name_in_the_archive(tmp_path):
    two_editions(tmp_path)
    edition(archive_folder(tmp_path, YEAR) / "2026-11-01T03.00.00", made="2026-11-01T03:00:00+01:00")
    chosen = compare_editions(tmp_path, YEAR, edition="2026-11-01T03.00.00")
    assert chosen.before.day == 1
    with pytest.raises(UnknownName, match=r"De som finns: 2026-11-01T03\.00\.00, 2026-11-30T03\.00\.00"):
        compare_editions(tmp_path, YEAR, edition="igår")
    with pytest.raises(UnknownName):
        compare_editions(tmp_path, YEAR, edition="../../2018")


def test_the_command_tells_people_and_programs(tmp_path):
    two_editions(tmp_path, versions={"pandas": "3.2.0"})
    told = [
        asf_analysis("diff", YEAR, "--output", tmp_path, "--format", form)
        for form in ("table", "csv", "json")
    ]
    assert [one.returncode for one in told] == [0, 0, 0]
    assert "Inget nyckeltal har ändrats, bara: gjort på annat sätt." in told[0].stdout
    assert next(csv.DictReader(io.StringIO(told[1].stdout))) == {
        "kind": "made_with", "what": "pandas", "before": "3.1.0", "after": "3.2.0",
    }  # fmt: skip
    assert json.loads(told[2].stdout)["differences"][0]["what"] == "pandas"


def test_where_nothing_is_published_the_command_says_what_to_do(tmp_path):
    told = asf_analysis("diff", YEAR, "--output", tmp_path)
    assert told.returncode == 2
    assert "asf-analysis run --year 2018" in told.stderr
