"""`asf-analysis demo`: a data folder that the other commands can use at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from asf_analysis import load

ROOT = Path(__file__).parent.parent


def asf_analysis(*arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "asf_analysis.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "data"
    written = asf_analysis("demo", "--output", folder, "--years", "2010-2019")
    assert written.returncode == 0, written.stderr
    return folder


@pytest.mark.slow
def test_the_figures_of_2018_are_the_same_among_ten_years(ten_years):
    among_ten = asf_analysis("kpis", "--year", 2018, "--format", "json", "--data", ten_years)
    committed = asf_analysis("kpis", "--year", 2018, "--format", "json")
    assert among_ten.returncode == committed.returncode == 0, among_ten.stderr
    assert {one["kpi"]: one["result"] for one in json.loads(among_ten.stdout)} == {
        one["kpi"]: one["result"] for one in json.loads(committed.stdout)
    }


@pytest.mark.slow
def test_every_one_of_ten_years_starts_where_the_one_before_ended(ten_years):
    reports = {year: load(year, data=ten_years) for year in range(2010, 2020)}
    stocks = [outcome for outcome in reports[2019].outcomes if outcome.kpi.kind == "stock"]
    assert len(stocks) == 6
    for year in range(2011, 2020):
        for key in (outcome.kpi.key for outcome in stocks):
            before, after = reports[year - 1].outcome(key), reports[year].outcome(key)
            assert after.baseline.amount == before.result.amount is not None, (year, key)


@pytest.mark.slow
def test_a_larger_scale_gives_more_of_everything_that_is_counted(tmp_path):
    written = asf_analysis("demo", "--output", tmp_path / "data", "--years", "2017-2018", "--scale", 3)
    assert written.returncode == 0, written.stderr
    large, small = load(2018, data=tmp_path / "data"), load(2018, data=ROOT / "data")
    for key in ("active_enterprises", "participants", "information_activities"):
        assert large.outcome(key).result.amount == 3 * small.outcome(key).result.amount


def test_a_folder_with_real_data_is_left_alone(tmp_path):
    real = (ROOT / "data/association.toml").read_text(encoding="utf-8")
    (tmp_path / "association.toml").write_text(real.replace("demonstration = true", "demonstration = false"))
    refused = asf_analysis("demo", "--output", tmp_path)
    assert refused.returncode == 2
    assert "demonstration = true" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["association.toml"]


@pytest.mark.parametrize("scale", ["0", "-1", "många", "1,5"])
def test_a_scale_that_is_no_count_is_refused(tmp_path, scale):
    refused = asf_analysis("demo", "--output", tmp_path / "data", "--scale", scale)
    assert refused.returncode == 2
    assert "är inget antal" in refused.stderr
    assert not (tmp_path / "data").exists()
