"""The population of municipalities: its list is read whole or not at all; the nearest year is used."""

from pathlib import Path

import pytest
from demonstration_years import published_year
from published_sample import ASSOCIATION

from asf_analysis.errors import DataFaults
from asf_analysis.folders import DataFolder
from asf_analysis.kpis.population import NO_POPULATION, Population, PopulationOfYear, read_population
from asf_analysis.pipeline import load
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.inputs import input_files
from asf_analysis.reports.requests import Request

HEADINGS = "municipality_code,municipality,year,population,source"


def listed(folder: Path, *lines: str, headings: str = HEADINGS) -> DataFolder:
    data = DataFolder(folder)
    data.population.parent.mkdir(parents=True)
    data.population.write_text("\n".join([headings, *lines]), encoding="utf-8")
    return data


def faults_of(data: DataFolder) -> list[tuple[int | None, str | None]]:
    with pytest.raises(DataFaults) as stopped:
        read_population(data, ASSOCIATION.municipalities)
    assert {fault.file for fault in stopped.value.faults} == {"reference/population.csv"}
    assert all(fault.problem.endswith(".") and fault.remedy.endswith(".") for fault in stopped.value.faults)
    return sorted((fault.row, fault.column) for fault in stopped.value.faults)


def test_the_list_is_read_by_year_and_code_with_its_source(tmp_path):
    data = listed(
        tmp_path,
        "2180,Gävle,2018,101 455,SCB",
        "2180,Gävle,2020,102904,SCB",
        "0114,Upplands Väsby,2020,47184,SCB",
    )
    assert read_population(data, ASSOCIATION.municipalities).years == {
        2018: PopulationOfYear(2018, {"2180": 101_455}, "SCB"),
        2020: PopulationOfYear(2020, {"2180": 102_904, "0114": 47_184}, "SCB"),
    }


def test_without_the_file_nothing_is_known_and_nothing_is_wrong(tmp_path):
    assert read_population(DataFolder(tmp_path)) == NO_POPULATION
    assert NO_POPULATION.population_for(2018) is None


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("218,Gävle,2018,9,SCB", "municipality_code"),
        ("2180,Bollnäs,2018,9,SCB", "municipality"),
        ("2180,Gävle,18,9,SCB", "year"),
        ("2180,Gävle,2018,,SCB", "population"),
        ("2180,Gävle,2018,0,SCB", "population"),
        ("2180,Gävle,2018,ca 9000,SCB", "population"),
        ("2180,Gävle,2018,många,SCB", "population"),
        ("2180,Gävle,2018,9,", "source"),
    ],
)
def test_a_fault_says_its_row_and_column(tmp_path, line, column):
    assert faults_of(listed(tmp_path, "2183,Bollnäs,2018,9,SCB", line)) == [(3, column)]


def test_all_faults_come_at_once(tmp_path):
    lines = ["2180,Gävle,2018,9,SCB", "2180,Gävle,2018,9,SCB", "x,Gävle,y,z,"]
    assert faults_of(listed(tmp_path, *lines)) == [
        (3, "municipality_code"),
        (4, "municipality_code"),
        (4, "population"),
        (4, "source"),
        (4, "year"),
    ]


def test_a_missing_column_is_named(tmp_path):
    assert faults_of(listed(tmp_path, headings="municipality_code,municipality,year,source")) == [
        (1, "population")
    ]


@pytest.mark.parametrize(
    ("year", "used"), [(2018, 2018), (2019, 2018), (2017, 2016), (2000, 2016), (2030, 2020)]
)
def test_the_nearest_year_is_used_and_of_two_the_earlier(year, used):
    known = Population({one: PopulationOfYear(one, {}, "SCB") for one in (2020, 2016, 2018)})
    assert known.population_for(year).year == used


def test_a_report_carries_the_population_and_its_manifest_names_the_file(project):
    data = DataFolder(project / "data")
    assert data.population in input_files(Request(find_report("annual_report"), 2018), data)
    known = published_year(2018).population.population_for(2018)
    assert known.by_code["2180"] == 102_904
    assert len(known.by_code) == 10


def test_faults_of_the_list_stop_a_report(data_copy):
    (data_copy / "reference" / "population.csv").write_text(f"{HEADINGS}\n2180,Bollnäs,2018,9,SCB\n", "utf-8")
    with pytest.raises(DataFaults, match=r"population\.csv, rad 2, kolumn municipality"):
        load(2018, data=data_copy)
