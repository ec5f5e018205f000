"""Open data: every file is what its description says, tells what the report tells, and nothing more."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from demonstration_years import published_year
from hypothesis import example, given, settings
from hypothesis import strategies as st
from published_sample import (
    ACTIVE,
    ASSOCIATION,
    PEOPLE,
    WITHHELD_NUMBER,
    make_outcome,
    make_report,
    table_of_activities,
    table_of_people,
)

from asf_analysis.disclosure.published import MISSING, SHOWN
from asf_analysis.errors import DoorForgotten
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.cover import INTERNAL, stamps
from asf_analysis.presentation.open_data import open_data
from asf_analysis.presentation.open_data.fields import KPI_FIELDS
from asf_analysis.presentation.open_data.layout import told_apart
from asf_analysis.presentation.records import kpi_records, kpis_as_csv, kpis_as_json

ROOT = Path(__file__).parent.parent
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV Injection)."""

PANDAS = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
READS = {
    "public": lambda: published_year(2018),
    "internal": lambda: published_year(2018, "internal"),
    "sample": make_report,
}


@pytest.fixture(scope="module", params=list(READS))
def report(request):
    return READS[request.param]()


@pytest.fixture(scope="module")
def documents(report):
    return open_data(report)


@pytest.fixture(scope="module")
def sample():
    return open_data(make_report())


def package_of(documents: Mapping[str, str | bytes]) -> dict:
    return json.loads(documents["datapackage.json"])


def read(documents: Mapping[str, str | bytes], resource: dict) -> pd.DataFrame:
    """Read a file as its description says, and in no other way."""
    fields, dialect = resource["schema"]["fields"], resource["dialect"]
    return pd.read_csv(
        io.BytesIO(documents[resource["path"]].encode(resource["encoding"])),
        sep=dialect["delimiter"],
        quotechar=dialect["quoteChar"],
        dtype={field["name"]: PANDAS[field["type"]] for field in fields},
        keep_default_na=False,
        na_values=resource["schema"]["missingValues"],
    )


def workbook_of(documents: Mapping[str, str | bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(documents["kpis.xlsx"]))


def rows_of(book: openpyxl.Workbook, sheet: str) -> dict[str, dict[str, object]]:
    """Give a sheet's rows by their first cell, as far as the first empty line."""
    headings, *lines = book[sheet].iter_rows(values_only=True)
    end = next(place for place, line in enumerate(lines) if line[0] is None)
    return {line[0]: dict(zip(headings, line, strict=True)) for line in lines[:end]}


# The files and their description -----------------------------------------------------------------------


def test_there_is_a_file_for_every_table_and_all_are_described(report, documents):
    tables = {f"data/{key}.csv" for key in report.tables}
    assert set(documents) == {"kpis.csv", "kpis.json", "kpis.xlsx", "datapackage.json", *tables}
    described = [resource["path"] for resource in package_of(documents)["resources"]]
    assert sorted(described) == sorted({"kpis.csv", *tables})


def test_every_file_has_the_columns_kinds_keys_values_size_and_sum_of_its_description(documents):
    for resource in package_of(documents)["resources"]:
        file, schema = documents[resource["path"]].encode(), resource["schema"]
        assert (resource["bytes"], resource["hash"]) == (
            len(file),
            f"sha256:{hashlib.sha256(file).hexdigest()}",
        )
        frame = read(documents, resource)
        assert list(frame.columns) == [field["name"] for field in schema["fields"]]
        assert len(frame)
        assert not frame.duplicated(schema["primaryKey"]).any()
        for field in schema["fields"]:
            column, limits = frame[field["name"]], field.get("constraints", {})
            assert field["title"][0].isupper()
            assert column.notna().all() or not limits.get("required")
            if "enum" in limits:
                assert limits["enum"] == [category["value"] for category in field["categories"]]
                assert set(column) <= set(limits["enum"])
                labels = [category["label"] for category in field["categories"]]
                assert len(set(labels)) == len(labels)
            if "pattern" in limits:
                assert column.dropna().map(lambda cell, p=limits["pattern"]: bool(re.search(p, cell))).all()
            if "minimum" in limits:
                assert (column.dropna() >= limits["minimum"]).all()


def test_a_table_has_its_two_dimensions_then_value_and_status_with_a_unit(report, documents):
    for resource in package_of(documents)["resources"][1:]:
        table = report.tables[resource["name"]]
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        names = [name for name in fields if name != "municipality_code"]
        assert names == [table.rows, table.columns, "value", "status"]
        assert resource["schema"]["primaryKey"] == names[:2]
        assert fields["value"]["unit"] == table.unit
        assert fields[table.columns]["title"] not in fields


def test_a_value_is_given_where_it_is_shown_and_nowhere_else(report, documents):
    for resource in package_of(documents)["resources"][1:]:
        frame, table = read(documents, resource), report.tables[resource["name"]].frame
        assert list(frame["status"]) == list(table["status"])
        assert list(frame["value"].notna()) == list(table["status"] == SHOWN)
        shown = frame["status"] == SHOWN
        assert list(frame.loc[shown, "value"]) == list(table.loc[shown.to_numpy(), "value"])


def test_the_parts_add_up_to_the_total_wherever_all_of_them_are_shown(documents):
    sums_seen = 0
    for resource in package_of(documents)["resources"][1:]:
        rows, columns = resource["schema"]["primaryKey"]
        frame = read(documents, resource)
        summable = [one for one in (rows, columns) if TOTAL in set(frame[one])]
        assert summable
        for summed in summable:
            held = columns if summed == rows else rows
            for _, line in frame.groupby(held):
                of_total = line[summed] == TOTAL
                if (line["status"] == SHOWN).all() and of_total.any():
                    assert line.loc[~of_total, "value"].sum() == line.loc[of_total, "value"].item()
                    sums_seen += 1
    assert sums_seen > 20


def test_a_withheld_and_a_missing_figure_are_empty_and_told_apart_and_zero_is_a_figure():
    people = {"Bollnäs": (14, 9), "Gävle": None, "Hofors": (0, None)}
    report = make_report(tables=[table_of_people(people, total=(20, 11))])
    assert open_data(report)["data/participants_by_municipality.csv"].splitlines()[:10] == [
        "municipality,municipality_code,sex,value,status",
        "Bollnäs,2183,women,14,shown",
        "Bollnäs,2183,men,9,shown",
        "Bollnäs,2183,total,23,shown",
        "Gävle,2180,women,,withheld",
        "Gävle,2180,men,,withheld",
        "Gävle,2180,total,,withheld",
        "Hofors,,women,0,shown",
        "Hofors,,men,,missing",
        "Hofors,,total,,missing",
    ]


def test_the_kpis_are_the_records_in_csv_and_in_json(report, documents):
    assert [field.name for field in KPI_FIELDS] == list(kpi_records(report)[0])
    assert documents["kpis.csv"] == kpis_as_csv(report)
    assert documents["kpis.json"] == kpis_as_json(report)


def test_the_description_says_of_when_for_whom_and_with_what_stamps(report, documents):
    package = package_of(documents)
    assert package["period"] == {"start": "2018-01-01", "end": "2018-12-31"}
    assert package["audience"] == report.audience
    assert package["stamps"] == list(stamps(report))
    assert package["stamps"][0].startswith("Demonstrationsdata")
    assert all(stamp in package["description"] for stamp in package["stamps"])
    assert (INTERNAL in package["stamps"]) is (report.audience == "internal")
    assert ("disclosure" in package) is (report.audience == "public")
    assert not package.keys() & {"created", "licenses"}


def test_people_are_counted_on_the_last_day_and_activities_over_the_year(sample):
    periods = {one["name"]: one["period"] for one in package_of(sample)["resources"]}
    assert periods["participants_by_municipality"] == {"start": "2018-12-31", "end": "2018-12-31"}
    assert periods["activities_by_month"] == {"start": "2018-01-01", "end": "2018-12-31"}


def test_the_version_changes_when_a_figure_does_and_never_else(sample):
    people = {**PEOPLE, "Gävle": (32, 25)}
    other = package_of(open_data(make_report(tables=[table_of_people(people)])))["version"]
    version = package_of(sample)["version"]
    assert package_of(open_data(make_report()))["version"] == version != other
    assert re.fullmatch(r"2018\.0\.0\+[0-9a-f]{12}", version)


def test_the_same_figures_give_the_same_bytes_with_no_time_of_day_in_them(sample):
    assert open_data(make_report()) == sample
    with zipfile.ZipFile(io.BytesIO(sample["kpis.xlsx"])) as archive:
        assert b"dcterms" not in archive.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_open_data_accepts_only_what_passed_the_door():
    with pytest.raises(DoorForgotten):
        open_data(make_report().tables)


# Nothing withheld, nothing dangerous -------------------------------------------------------------------


def text_of(document: str | bytes) -> str:
    if isinstance(document, str):
        return document
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_no_document_holds_a_number_that_is_withheld(sample):
    texts = {name: text_of(document) for name, document in sample.items()}
    assert "Nordanstig" in texts["kpis.xlsx"]
    assert [name for name, text in texts.items() if str(WITHHELD_NUMBER) in text] == []


HOSTILE = st.builds(
    str.__add__,
    st.sampled_from([*FORMULA_STARTS, "\x00=", "#REF!", "&A", "''", "[x]/"]),
    st.text(st.characters(codec="utf-8"), max_size=40),
)


@settings(max_examples=15)
@given(st.lists(HOSTILE, min_size=2, max_size=2, unique=True), HOSTILE)
@example(["Möte", "Besök"], "\r\t")
def test_no_text_is_taken_for_a_formula_in_any_document(kinds, name):
    kpi = replace(ACTIVE, label=name, unit=name, formula=name, source=name)
    table = replace(table_of_people({name: (7, 8), "Gävle": (9, 9)}), title=name, rows_label=name, unit=name)
    report = make_report(
        outcomes=[make_outcome(kpi, Result(28, members=(name,)), target=30, warnings=(name,))],
        tables=[table, table_of_activities({1: (2, 1)}, kinds)],
        association=ASSOCIATION.model_copy(update={"name": name, "contact": name}),
    )
    documents = open_data(report)
    for path, text in documents.items():
        if path.endswith(".csv"):
            cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
            assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)], path
    book = workbook_of(documents)
    assert len(book.sheetnames) == 4
    for sheet in book:
        cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert not [cell for cell in cells if str(cell.value).startswith(FORMULA_STARTS)]


@given(st.lists(st.text("aAbåÅ \t", max_size=8)), st.integers(5, 9))
def test_names_of_sheets_and_headings_are_told_apart_whatever_they_are(names, longest):
    given_names = told_apart(names, longest)
    assert len({name.casefold() for name in given_names}) == len(names)
    assert all(len(name) <= longest for name in given_names)


# The workbook ------------------------------------------------------------------------------------------


def test_the_workbook_has_a_sheet_that_explains_the_kpis_and_one_for_each_table(sample):
    book = workbook_of(sample)
    assert book.sheetnames == [
        "Läs mig", "Nyckeltal", "Deltagare per kommun", "Informationsinsatser per månad",
    ]  # fmt: skip
    told = {line[0]: line[1] for line in book["Läs mig"].iter_rows(values_only=True)}
    assert told["Observera"].startswith("Demonstrationsdata")
    assert told["Kontakt"] == ASSOCIATION.contact
    assert {"..", ".", "–", "ca", "Måluppfyllelse"} <= set(told)
    links = [line[0].hyperlink.location for line in book["Läs mig"].iter_rows() if line[0].hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert (book.properties.creator, book.properties.language) == (ASSOCIATION.name, "sv-SE")


def test_every_sheet_of_figures_has_a_table_with_its_headings_in_row_1_and_bears_the_stamps(sample):
    for sheet in workbook_of(sample).worksheets[1:]:
        (table,) = sheet.tables.values()
        headings = [cell.value for cell in sheet[1]]
        assert [column.name for column in table.tableColumns] == headings
        assert table.ref.startswith("A1:")
        assert table.autoFilter.ref == table.ref
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
        notes = [cell.value for cell in sheet["A"] if cell.value]
        assert notes[-1].startswith("Demonstrationsdata")
        assert sheet.oddFooter.left.text == "Demonstrationsdata"


def test_the_figures_of_the_workbook_are_numbers_written_as_the_report_writes_them(sample):
    book = workbook_of(sample)
    kpis = rows_of(book, "Nyckeltal")
    assert len(kpis) == 14
    active = kpis["Aktivt verksamma ASF"]
    assert (active["Utgångsläge"], active["Mål"], active["Resultat"]) == (25, 30, 28)
    assert active["Status"] == "■ Nära målet"
    assert active["Måluppfyllelse"] == pytest.approx(28 / 30)
    assert kpis["Genomförda ASF-utbildningar"]["Mål"] == "–"
    assert kpis["Länsövergripande råd eller akademi för ASF"]["Resultat"] == "Nej"
    (politicians,) = [line for line in book["Nyckeltal"].iter_rows() if "Politiker" in str(line[0].value)]
    assert (politicians[5].value, politicians[5].number_format) == (75, '"ca "#,##0')
    assert politicians[8].number_format == '"ca "0\\ %'


@pytest.mark.parametrize(
    ("result", "form"), [(890, r"0\ %"), (897, r"0.0\ %"), (900, r"0\ %"), (999.9, r"0.00\ %")]
)
def test_rounding_never_lifts_a_fulfilment_over_a_limit_it_did_not_reach(result, form):
    report = make_report(outcomes=[make_outcome(ACTIVE, Result(result), target=1000)], tables=[])
    assert workbook_of(open_data(report))["Nyckeltal"]["I2"].number_format == form


def test_a_breakdown_keeps_its_total_below_the_table_where_sorting_leaves_it(sample):
    book = workbook_of(sample)
    people = rows_of(book, "Deltagare per kommun")
    assert list(people["Gävle"].values()) == ["Gävle", 31, 25, 56, 0.55]
    assert list(people["Nordanstig"].values()) == ["Nordanstig", "..", "..", "..", ".."]
    assert list(people["Ovanåker"].values()) == ["Ovanåker", 0, 0, 0, "–"]
    assert list(people["Totalt"].values()) == ["Totalt", 118, 81, 199, 0.59]
    assert book["Deltagare per kommun"].tables["participants_by_municipality"].ref == "A1:E11"


def test_a_figure_that_is_missing_is_a_point_and_never_nothing():
    people = table_of_people({"Bollnäs": (None, 9), "Gävle": (7, 8)})
    assert MISSING in set(people.frame["status"])
    rows = rows_of(workbook_of(open_data(make_report(tables=[people]))), "Deltagare per kommun")
    assert list(rows["Bollnäs"].values()) == ["Bollnäs", ".", 9, ".", "."]


def test_libreoffice_opens_the_workbook_and_shows_its_figures(tmp_path):
    if not shutil.which("soffice") and os.environ.get("CI") != "true":
        pytest.skip("LibreOffice (soffice) is not installed, and opens this workbook")
    table = table_of_people({"=1+1": (7, 8), "Gävle": (31, 25)})
    (tmp_path / "kpis.xlsx").write_bytes(open_data(make_report(tables=[table]))["kpis.xlsx"])
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        as_shown,
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "kpis.xlsx"], check=True, capture_output=True, timeout=120
    )
    lines: dict[str, list[list[str]]] = defaultdict(list)
    for path in tmp_path.glob("kpis-*.csv"):
        lines[path.stem.partition("-")[2]] = list(csv.reader(path.read_text("utf-8").splitlines()))
    assert set(lines) == {"Läs mig", "Nyckeltal", "Deltagare per kommun"}
    assert ["'=1+1", "7", "8", "15", "–"] in lines["Deltagare per kommun"]
    (politicians,) = [line for line in lines["Nyckeltal"] if line[0].startswith("Politiker")]
    assert politicians[3:9] == ["–", "250", "ca 75", "Ja", "▼ Ej uppnått", "ca 30 %"]
