"""Manifests: as their published schemas say, and true."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import jsonschema
import pytest

from asf_analysis.reports.manifest import read_manifest, schemas

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def manifest(report_2018: Path) -> dict:
    return json.loads((report_2018.parent / "internal/annual_report-public.manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("name", schemas())
def test_the_published_schemas_are_those_of_the_models(name):
    published = json.loads((ROOT / "docs" / name).read_text("utf-8"))
    assert published == json.loads(json.dumps(schemas()[name]))
    jsonschema.Draft202012Validator.check_schema(published)


def test_a_reports_manifest_is_as_its_schema_says(manifest):
    jsonschema.validate(manifest, schemas()["report-manifest.schema.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**manifest, "key": 1}, schemas()["report-manifest.schema.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**manifest, "more": 1}, schemas()["report-manifest.schema.json"])


def test_a_runs_manifest_is_as_its_schema_says(report_2018):
    [file] = (report_2018.parent.parent / "log" / "runs").glob("*.json")
    told = json.loads(file.read_text("utf-8"))
    jsonschema.validate(told, schemas()["run-manifest.schema.json"])
    [report] = told["reports"]
    assert (report["title"], report["status"]) == ("Årsrapport 2018", "klar")
    assert report["documents"] == ["2018/annual_report.html"]
    assert (told["exit_code"], told["archived"]) == (0, [])
    assert told["duration_seconds"] >= report["seconds"] > 0
    assert told["peak_memory_mb"] > 50


def test_every_document_is_there_with_the_content_that_the_manifest_tells(report_2018, manifest):
    told = {one["file"]: one for one in manifest["documents"]}
    assert {"annual_report.html", "kpis.csv", "internal/annual_report-public.ipynb"} <= told.keys()
    for name, one in told.items():
        content = (report_2018.parent / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (one["sha256"], one["bytes"])


def test_every_input_is_told_with_its_content_and_the_rows_that_were_read(manifest):
    told = {one["file"]: one for one in manifest["inputs"]}
    for name, one in told.items():
        content = (ROOT / "data" / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (one["sha256"], one["bytes"])
    counted = {name: one["rows"] for name, one in told.items() if one["rows"] is not None}
    assert sum(counted.values()) == manifest["rows"]["raw"]
    assert told["targets.csv"]["rows"] is None
    assert counted["raw/2018/utbildningar.xlsx"] == 3


def test_figures_time_and_memory_are_told(manifest):
    assert manifest["kpis"]["participants"] == {
        "label": "Deltagare i åtgärd i verksamma ASF",
        "unit": "personer",
        "result": 199,
        "target": 180,
        "baseline": 150,
        "status": "uppnått",
        "approximate": False,
        "withheld": False,
        "whole": None,
        "baseline_whole": None,
    }
    assert manifest["kpis"]["politicians_informed"]["approximate"] is True
    assert manifest["duration_seconds"] > 0
    assert manifest["peak_memory_mb"] > 50
    assert manifest["replaced"] is None
    assert {"python", "pandas", "matplotlib", "asf-analysis"} <= manifest["versions"].keys()


def test_a_manifest_of_another_version_is_as_none(tmp_path):
    file = tmp_path / "a.json"
    assert read_manifest(file) is None
    file.write_text('{"report": "annual_report"}', encoding="utf-8")
    assert read_manifest(file) is None
