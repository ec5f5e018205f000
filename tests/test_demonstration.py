"""The demonstration data, read straight from its files: nothing here goes through the package's intake."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from stdnum.se import orgnr

from asf_analysis.demonstration import write_demonstration
from asf_analysis.demonstration.figures import FIGURES
from asf_analysis.errors import UnwritableOutput, WrongUsage

COMMITTED = Path(__file__).parent.parent / "data"
YEARS = (2016, 2017, 2018, 2019)
WORDS = {"två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10}
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
DEMONSTRATION = 'name = "Ett förbund"\ndemonstration = true\n'
REAL = 'name = "Ett förbund"\ndemonstration = false\n'


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration")
    write_demonstration(folder)
    return folder / "raw"


@pytest.fixture(scope="module")
def decade(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("decade")
    write_demonstration(folder, years=range(2010, 2020))
    return folder / "raw"


@pytest.fixture(scope="module")
def doubled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("doubled")
    write_demonstration(folder, scale=2)
    return folder / "raw"


# A small reader of its own ---------------------------------------------------------------------------


def cells(path: Path) -> list[list]:
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text(encoding="cp1252").splitlines(), delimiter=";"))
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def rows(path: Path) -> list[dict]:
    """Rows under the header, which is the first row with more than one filled cell; no total row."""
    table = cells(path)
    start = next(place for place, row in enumerate(table) if sum(cell != "" for cell in row) > 1)
    found = [dict(zip(table[start], row, strict=True)) for row in table[start + 1 :]]
    return [row for row in found if next(iter(row.values())) != "Totalt"]


def log(raw: Path, year: int, name: str) -> list[dict]:
    return rows(next((raw / str(year)).glob(f"{name}.*")))


def number(cell) -> int:
    if isinstance(cell, str) and cell.strip() in WORDS:
        return WORDS[cell.strip()]
    return int(re.sub(r"[^\d]", "", cell)) if isinstance(cell, str) else int(cell)


def day(cell) -> date:
    if isinstance(cell, date):
        return cell
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return date(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d+)/(\d+) (\d{4})", cell):
        return date(int(found[3]), int(found[2]), int(found[1]))
    written, month, year = cell.split()
    return date(int(year), MONTHS.index(month[:3]) + 1, int(written))


def total(table: list[dict], *columns: str) -> int:
    return sum(number(row[column]) for row in table for column in columns)


def key(row: dict) -> str:
    return row["Organisationsnummer"].replace("-", "").strip()


def town(row: dict) -> str:
    plain = row["Kommun"].strip().removesuffix(" kommun").title()
    return plain if plain in ("Hofors", "Bollnäs") else plain.removesuffix("s")


def running(table: list[dict], on: date) -> list[dict]:
    return [
        row
        for row in table
        if day(row["Startdatum"]) <= on and (row["Slutdatum"] == "" or day(row["Slutdatum"]) >= on)
    ]


def active(raw: Path, on: date) -> list[dict]:
    return running(rows(raw / "foretagsregister.xlsx"), on)


def with_carried(raw: Path, year: int) -> list[dict]:
    """Answers of the last quarter, and of the first where an active enterprise gave none in the last."""
    answers = log(raw, year, "enkat_kv4")
    answered = {key(row) for row in answers}
    silent = {key(row) for row in active(raw, date(year, 12, 31))} - answered
    return answers + [row for row in log(raw, year, "enkat_kv1") if key(row) in silent] if silent else answers


def in_the_county(raw: Path, year: int) -> list[dict]:
    return [row for row in log(raw, year, "informationsinsatser") if not row["Plats"]]


PERMANENT = ("varav tillsvidareanställda kvinnor", "varav tillsvidareanställda män")
PARTICIPANTS = ("Deltagare kvinnor", "Deltagare män")


# The published figures of 2018 -----------------------------------------------------------------------


@pytest.mark.parametrize("years", ["raw", "decade"])
def test_28_enterprises_are_active_at_the_end_of_2018_after_25_with_four_started_and_one_closed(
    years, request
):
    raw = request.getfixturevalue(years)
    before = {key(row) for row in active(raw, date(2017, 12, 31))}
    after = {key(row) for row in active(raw, date(2018, 12, 31))}
    assert (len(before), len(after)) == (25, 28)
    assert (len(after - before), len(before - after)) == (4, 1)


@pytest.mark.parametrize("years", ["raw", "decade"])
@pytest.mark.parametrize(("year", "permanent", "participants"), [(2017, 190, 150), (2018, 209, 199)])
def test_permanent_employees_and_participants_are_those_of_the_published_report(
    years, year, permanent, participants, request
):
    answers = with_carried(request.getfixturevalue(years), year)
    assert total(answers, *PERMANENT) == permanent
    assert total(answers, *PARTICIPANTS) == participants


def test_one_small_enterprise_of_28_did_not_answer_the_last_quarter_of_2018(raw):
    assert len(log(raw, 2018, "enkat_kv4")) == 27
    (carried,) = with_carried(raw, 2018)[27:]
    assert carried["Mättillfälle"] == "kv1 2018"
    assert 1 <= total([carried], *PERMANENT) <= 4
    assert 1 <= total([carried], *PARTICIPANTS) <= 4


def test_one_enterprise_did_not_answer_the_first_quarter_of_2017_and_none_was_silent_at_its_end(raw):
    assert len(active(raw, date(2017, 3, 31))) - len(log(raw, 2017, "enkat_kv1")) == 1
    assert len(active(raw, date(2017, 12, 31))) == len(log(raw, 2017, "enkat_kv4"))


@pytest.mark.parametrize("years", ["raw", "decade"])
def test_63_activities_in_2018_reached_32_organisations_235_employees_and_about_75_politicians(
    years, request
):
    held = in_the_county(request.getfixturevalue(years), 2018)
    assert len(held) == 63
    assert len({" ".join(row["Organisation/grupp"].casefold().split()) for row in held}) == 32
    assert total(held, "Antal medarbetare") == 235
    assert all(isinstance(row["Antal medarbetare"], float) for row in held)
    assert total(held, "Antal politiker") == 75
    assert sorted(row["Antal politiker"] for row in held if isinstance(row["Antal politiker"], str)) == [
        "ca 15",
        "ca 35",
    ]
    assert all(row["Kommun"] for row in held)


def test_some_organisations_of_2018_are_written_in_more_than_one_way(raw):
    assert len({row["Organisation/grupp"] for row in in_the_county(raw, 2018)}) > 32


def test_four_lectures_of_2018_were_held_outside_the_county(raw):
    outside = [row for row in log(raw, 2018, "informationsinsatser") if row["Plats"]]
    assert [row["Plats"] for row in outside] == ["Stockholm", "Värmdö", "Borlänge", "Riga"]
    assert {(row["Typ"], row["Kommun"]) for row in outside} == {("föreläsning", "")}


def test_three_trainings_in_2018_trained_about_50_people(raw):
    assert [row["Antal deltagare"] for row in log(raw, 2018, "utbildningar")] == [18, 17, "ca 15"]


@pytest.mark.parametrize(
    ("on", "groups", "towns"),
    [
        (date(2017, 12, 31), 3, {"Hudiksvall", "Nordanstig", "Söderhamn", "Bollnäs"}),
        (
            date(2018, 12, 31),
            6,
            {"Hudiksvall", "Nordanstig", "Söderhamn", "Bollnäs", "Ljusdal", "Gävle", "Hofors"},
        ),
    ],
)
def test_support_structures_are_those_of_the_published_report(raw, on, groups, towns):
    found = running(rows(raw / "stodstrukturer.xlsx"), on)
    assert len({row["Grupp"] for row in found}) == groups
    assert {town(row) for row in found} == towns


# Every year ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_every_year_adds_up_to_its_figures(raw, year):
    figures, held, answers = FIGURES[year], in_the_county(raw, year), with_carried(raw, year)
    assert len(active(raw, date(year, 12, 31))) == figures.active
    assert total(answers, *PERMANENT) == figures.permanent.total
    assert total(answers, *PARTICIPANTS) == figures.participants.total
    assert len(held) == figures.activities
    assert (
        len({" ".join(row["Organisation/grupp"].casefold().split()) for row in held}) == figures.organisations
    )
    assert total(held, "Antal medarbetare") == figures.employees_informed
    assert total(held, "Antal politiker") == figures.politicians_informed
    assert total(held, "Antal övriga") == figures.others_informed


@pytest.mark.parametrize("years", ["raw", "decade"])
def test_every_year_starts_with_the_enterprises_that_the_year_before_ended_with(years, request):
    raw = request.getfixturevalue(years)
    for folder in sorted(raw.glob("20*")):
        year = int(folder.name)
        before = {key(row) for row in active(raw, date(year - 1, 12, 31))}
        assert before == {key(row) for row in active(raw, date(year, 1, 1))}


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_places_in_the_first_half_year_are_those_of_the_last_years_end(raw, year):
    late = ("jul", f"{year}-07")
    early = [row for row in log(raw, year, "handledarplatser") if not row["Period"].startswith(late)]
    at_end = [row for row in log(raw, year, "handledarplatser") if not row["Period"].startswith("jan")]
    assert total(early, "Platser") == FIGURES[year - 1].places
    assert total(at_end, "Platser") == FIGURES[year].places


@pytest.mark.parametrize(
    "name",
    ["2016/enkat_kv4", "2017/enkat_kv1", "2017/enkat_kv4"]
    + [f"{year}/enkat_{round_}" for year in (2018, 2019) for round_ in ("kv1", "kv4")],
)
def test_every_answer_adds_up(raw, name):
    for row in rows(raw / f"{name}.xlsx"):
        for sex in ("kvinnor", "män"):
            employees = next(row[column] for column in row if column.lower().endswith(f"anställda {sex}"))
            participants = total([row], f"Deltagare {sex}")
            placed = [c for c in row if c.startswith("Deltagare från") and c.endswith(sex)]
            aged = [c for c in row if re.match(r"Deltagare (\d|utanför)", c) and c.endswith(sex)]
            outcomes = [c for c in row if c.startswith("varav till ") and c.endswith(sex)]
            assert total([row], f"varav tillsvidareanställda {sex}") <= number(employees)
            assert (len(placed), total([row], *placed)) == (5, participants)
            assert (len(aged), total([row], *aged)) == (3, participants)
            assert (len(outcomes), total([row], *outcomes)) == (3, total([row], f"Avslutade {sex}"))


def test_one_person_in_2017_and_none_in_2018_is_outside_the_target_group(raw):
    columns = ("Deltagare utanför 16–64 år kvinnor", "Deltagare utanför 16–64 år män")
    assert total(log(raw, 2017, "enkat_kv4"), *columns) == 1
    assert total(log(raw, 2018, "enkat_kv1") + log(raw, 2018, "enkat_kv4"), *columns) == 0


def test_only_active_enterprises_answer_and_each_once(raw):
    for year in YEARS:
        for path in (raw / str(year)).glob("enkat_*.xlsx"):
            last = date(year, 3, 31) if "kv1" in path.name else date(year, 12, 31)
            answered = [key(row) for row in rows(path)]
            assert len(answered) == len(set(answered))
            assert set(answered) <= {key(row) for row in active(raw, last)}


def test_ockelbo_has_one_small_enterprise_ovanaker_none_and_gavle_most(raw):
    towns = [town(row) for row in active(raw, date(2018, 12, 31))]
    assert towns.count("Ockelbo") == 1
    assert towns.count("Ovanåker") == 0
    assert max(set(towns), key=towns.count) == "Gävle"
    assert len(set(towns)) == 9
    for year in YEARS:
        (ockelbo,) = [row for row in log(raw, year, "enkat_kv4") if town(row) == "Ockelbo"]
        assert 2 <= total([ockelbo], *PARTICIPANTS) <= 4


def test_the_first_year_has_one_round_and_activities_from_august(raw):
    assert not list((raw / "2016").glob("enkat_kv1.*"))
    assert min(day(row["Datum"]) for row in log(raw, 2016, "informationsinsatser")) >= date(2016, 8, 1)


def test_every_day_lies_in_its_year(raw):
    for year in YEARS:
        days = [
            day(row["Datum"])
            for name in ("informationsinsatser", "utbildningar")
            for row in log(raw, year, name)
        ]
        assert {each.year for each in days} == {year}


# As people keep it -----------------------------------------------------------------------------------


def test_the_question_of_2019_is_renamed(raw):
    assert "Anställda kvinnor" in log(raw, 2018, "enkat_kv4")[0]
    assert "Antal anställda kvinnor" in log(raw, 2019, "enkat_kv1")[0]
    assert "Anställda kvinnor" not in log(raw, 2019, "enkat_kv4")[0]


@pytest.mark.parametrize(
    "path", ["2018/enkat_kv1", "2018/enkat_kv4", "2018/informationsinsatser", "2019/enkat_kv4"]
)
def test_a_total_row_is_right_where_it_is_filled_and_blank_over_text(raw, path):
    table = cells(raw / f"{path}.xlsx")
    assert table[-1][0] == "Totalt"
    filled = 0
    for column in range(1, len(table[2])):
        above = [row[column] for row in table[3:-1]]
        if table[-1][column] == "":
            continue
        filled += 1
        assert table[-1][column] == sum(above)
    assert filled


def test_workbooks_have_a_title_row_and_a_blank_one_above_the_header(raw):
    for path in raw.rglob("*.xlsx"):
        title, blank, header = cells(path)[:3]
        assert "demonstrationsdata" in title[0]
        assert set(blank) == {""}
        assert all(header)


def test_some_days_are_dates_and_some_text_and_some_counts_are_text(raw):
    held = [row for year in (2016, 2018, 2019) for row in log(raw, year, "informationsinsatser")]
    assert {type(row["Datum"]) for row in held} == {date, str}
    survey = [row for year in YEARS for row in log(raw, year, "enkat_kv4")]
    assert {type(row["Avslutade kvinnor"]) for row in survey} == {float, str}


def test_two_logs_are_csv_in_windows_1252(raw):
    assert [path.relative_to(raw).as_posix() for path in sorted(raw.rglob("*.csv"))] == [
        "2016/utbildningar.csv",
        "2017/informationsinsatser.csv",
    ]
    content = (raw / "2017" / "informationsinsatser.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


@pytest.mark.parametrize("years", ["raw", "doubled"])
def test_organisation_numbers_are_valid_unique_and_of_a_group_that_does_not_exist(years, request):
    numbers = [key(row) for row in rows(request.getfixturevalue(years) / "foretagsregister.xlsx")]
    assert len(numbers) == len(set(numbers))
    for each in numbers:
        assert orgnr.validate(each)
        assert each[0] == "4"
        assert int(each[2]) >= 2


def test_names_are_unique(doubled):
    names = [" ".join(row["Namn"].split()) for row in rows(doubled / "foretagsregister.xlsx")]
    assert len(names) == len(set(names))


# Writing ---------------------------------------------------------------------------------------------


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_two_runs_write_the_same_bytes(raw, tmp_path):
    write_demonstration(tmp_path)
    assert files(tmp_path / "raw") == files(raw)


def test_the_committed_data_is_what_a_run_writes(raw):
    assert files(COMMITTED / "raw") == files(raw)
    assert max(map(len, files(raw).values())) < 1_000_000


def test_scale_two_doubles_enterprises_people_and_activities(raw, doubled):
    end = date(2018, 12, 31)
    assert len(active(doubled, end)) == 2 * len(active(raw, end)) == 56
    answers = with_carried(doubled, 2018)
    assert len(answers) - len(log(doubled, 2018, "enkat_kv4")) == 2
    assert (total(answers, *PERMANENT), total(answers, *PARTICIPANTS)) == (418, 398)
    held = in_the_county(doubled, 2018)
    assert (len(held), total(held, "Antal medarbetare"), total(held, "Antal politiker")) == (126, 470, 150)
    assert len({" ".join(row["Organisation/grupp"].casefold().split()) for row in held}) == 64


def test_ten_years_have_a_folder_each_with_both_rounds_but_in_the_first_year_of_the_effort(decade):
    assert [path.name for path in sorted(decade.glob("20*"))] == [str(year) for year in range(2010, 2020)]
    one_round = [path.name for path in sorted(decade.glob("20*")) if not (path / "enkat_kv1.xlsx").exists()]
    assert one_round == ["2016"]


def test_what_the_raw_data_needs_is_copied_where_it_is_missing_and_never_written_over(tmp_path):
    source, output = tmp_path / "source", tmp_path / "output"
    (source / "published").mkdir(parents=True)
    output.mkdir()
    (source / "association.toml").write_text(DEMONSTRATION, encoding="utf-8")
    (source / "published" / "2018.csv").write_text("År", encoding="utf-8")
    (source / "targets.csv").write_text("source", encoding="utf-8")
    (source / "output").mkdir()
    (output / "targets.csv").write_text("mine", encoding="utf-8")
    written = write_demonstration(output, years=[2018], copy_from=source)
    assert (output / "published" / "2018.csv").read_text(encoding="utf-8") == "År"
    assert (output / "targets.csv").read_text(encoding="utf-8") == "mine"
    assert not (output / "output").exists()
    assert output / "association.toml" in written
    assert output / "targets.csv" not in written
    assert all(path.is_file() for path in written)


def test_a_demonstration_is_written_over_and_leaves_no_file_of_the_one_before(tmp_path):
    (tmp_path / "association.toml").write_text(DEMONSTRATION, encoding="utf-8")
    write_demonstration(tmp_path, years=[2016, 2018])
    write_demonstration(tmp_path, years=[2018], copy_from=tmp_path)
    assert [path.name for path in (tmp_path / "raw").iterdir() if path.is_dir()] == ["2018"]


@pytest.mark.parametrize(
    "configuration", [REAL, 'name = "Ett förbund"', "demonstration = 1", "inte toml", None]
)
def test_real_data_is_never_written_over(tmp_path, configuration):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "foretagsregister.xlsx").write_bytes(b"real")
    if configuration is not None:
        (tmp_path / "association.toml").write_text(configuration, encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(WrongUsage, match=r"[Ii]nget har skrivits"):
        write_demonstration(tmp_path)
    assert files(tmp_path) == before


def test_a_real_associations_configuration_is_not_copied_beside_demonstration_data(tmp_path):
    (tmp_path / "association.toml").write_text(REAL, encoding="utf-8")
    with pytest.raises(WrongUsage, match="demonstration = true"):
        write_demonstration(tmp_path / "output", copy_from=tmp_path)
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("years", [[], [1999], [2018, 2101]])
def test_years_that_cannot_be_are_refused(tmp_path, years):
    with pytest.raises(WrongUsage, match="Demonstrationsdata kan göras för år från 2000 till 2100"):
        write_demonstration(tmp_path, years=years)
    assert files(tmp_path) == {}


@pytest.mark.parametrize("scale", [0, -1, 10_001])
def test_a_scale_that_cannot_be_is_refused(tmp_path, scale):
    with pytest.raises(WrongUsage, match="Skalan ska vara ett heltal från 1 till 10000"):
        write_demonstration(tmp_path, scale=scale)
    assert files(tmp_path) == {}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "output").write_text("", encoding="utf-8")
    with pytest.raises(WrongUsage, match="är en fil"):
        write_demonstration(tmp_path / "output")
    with pytest.raises(UnwritableOutput, match="Det går inte att skriva"):
        write_demonstration(tmp_path / "output" / "below")


# As CSV ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def as_csv(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("as_csv")
    write_demonstration(folder, form="csv")
    return folder / "raw"


def texts(table: list[dict]) -> list[dict]:
    """Give rows as CSV shows them: a whole number without decimals, a day as ISO."""
    return [
        {heading: str(int(cell)) if isinstance(cell, float) else str(cell) for heading, cell in row.items()}
        for row in table
    ]


def semicolon_rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_as_csv_every_table_has_the_rows_it_has_as_a_workbook(raw, as_csv):
    workbooks = sorted(path.relative_to(raw).with_suffix("") for path in raw.rglob("*.*"))
    assert sorted(path.relative_to(as_csv).with_suffix("") for path in as_csv.rglob("*.*")) == workbooks
    for stem in workbooks:
        path = next(raw.glob(f"{stem}.*"))
        assert semicolon_rows(as_csv / f"{stem}.csv") == texts(rows(path)), stem


def test_csv_is_utf_8_that_excel_opens_with_its_letters(as_csv):
    content = (as_csv / "2018" / "enkat_kv4.csv").read_bytes()
    assert content.startswith("\N{BYTE ORDER MARK}Mättillfälle;Namn;".encode())


@pytest.mark.parametrize("forms", [("xlsx", "csv"), ("csv", "xlsx")])
def test_a_demonstration_in_one_form_leaves_no_file_of_the_other(tmp_path, forms):
    (tmp_path / "association.toml").write_text(DEMONSTRATION, encoding="utf-8")
    for form in forms:
        write_demonstration(tmp_path, years=[2018], form=form)
    assert {path.suffix for path in (tmp_path / "raw").rglob("*.*")} == {f".{forms[1]}"}


def test_a_form_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(WrongUsage, match="Demonstrationsdata skrivs som xlsx eller csv"):
        write_demonstration(tmp_path, form="ods")
    assert files(tmp_path) == {}
