"""The audit: what a stranger can work out of a published folder."""

import pytest
from audit_sample import HELD, by_municipality, page_table, resource, write_folder

from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.errors import UnreadableFolder

SAFE = {"Gävle": [HELD, HELD, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}
"""Nobody knows how many of each municipality's twenty are women: from 1 to 20, and men likewise."""


def lines_of(audit):
    return [str(finding) for finding in audit.findings]


def test_a_table_where_nothing_can_be_worked_out_passes(tmp_path):
    audit = audit_folder(write_folder(tmp_path / "2018", by_municipality(SAFE)))
    assert (audit.findings, audit.passed, audit.cells, audit.tables) == ((), True, 4, 1)


def test_a_cell_left_alone_in_its_row_is_found_by_subtraction(tmp_path):
    figures = {"Gävle": [10, 10, 20], "Hofors": [HELD, 7, 10], "total": [13, 17, 30]}
    audit = audit_folder(write_folder(tmp_path / "2018", by_municipality(figures)))
    assert lines_of(audit) == [
        "data/participants_by_municipality.csv, tabellen ”Deltagare efter kommun, 31 december 2018”, "
        "rad Hofors, kolumn Kvinnor: redovisas inte, men är 3"
    ]
    assert not audit.passed


@pytest.mark.parametrize(("people", "found"), [(4, 2), (5, 0)])
def test_a_range_as_wide_as_the_threshold_is_enough(tmp_path, people, found):
    figures = {"Gävle": [10, 10, 20], "Hofors": [HELD, HELD, people + 6], "total": [HELD, HELD, 26 + people]}
    age = resource(
        "by_age", "Efter ålder", "age", "Ålder",
        {"16–29 år": [13, 13, 26], "30–64 år": [HELD, HELD, people], "total": [HELD, HELD, 26 + people]},
    )  # fmt: skip
    audit = audit_folder(write_folder(tmp_path / "2018", by_municipality(figures), age))
    hofors = [line for line in lines_of(audit) if "rad Hofors" in line]
    assert len(hofors) == found
    assert all("mellan 3 och 7" in line for line in hofors)


def test_a_cell_is_found_through_the_total_of_another_table(tmp_path):
    of_hofors = resource(
        "hofors_by_age", "Deltagare i Hofors efter ålder", "age", "Ålder",
        {"16–29 år": [5, 5, 10], "30–64 år": [6, HELD, HELD], "total": [11, HELD, 20]},
        whom={"role": "Deltagare", "municipality": "Hofors"},
    )  # fmt: skip
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE), of_hofors)
    found = lines_of(audit_folder(folder))
    assert any("rad Gävle, kolumn Kvinnor: redovisas inte, men är 10" in line for line in found)


def test_a_cell_that_a_page_tells_and_the_open_data_does_not_is_found(tmp_path):
    page = page_table(
        "Deltagare efter kommun, 31 december 2018",
        ["Kommun", "Kvinnor", "Män", "Totalt"],
        [["Gäv\N{SOFT HYPHEN}le", "..", "8", "20"], ["Hofors", "..", "..", "20"], ["Totalt", 21, 19, 40]],
    )
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE), pages={"annual_report.html": page})
    found = lines_of(audit_folder(folder))
    assert len(found) == 4
    assert any("rad Gävle, kolumn Män: redovisas inte, men är 8" in line for line in found)


def test_the_same_page_without_the_number_passes(tmp_path):
    page = page_table(
        "Deltagare efter kommun, 31 december 2018",
        ["Kommun", "Kvinnor", "Män", "Totalt"],
        [["Gävle", "..", "..", "20"], ["Hofors", "..", "..", "20"], ["Totalt", 21, 19, 40]],
    )
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE), pages={"annual_report.html": page})
    audit = audit_folder(folder)
    assert (audit.findings, audit.cells, audit.tables) == ((), 8, 2)


@pytest.mark.parametrize(("share", "found"), [("25", True), ("–", False)])
def test_a_share_tells_within_its_rounding(tmp_path, share, found):
    """25 per cent of 20 is 24.5 to 25.5 per cent: five women, and no other number."""
    page = page_table(
        "Deltagare efter kommun, 31 december 2018",
        ["Kommun", "Kvinnor", "Män", "Totalt", "Andel kvinnor (%)"],
        [["Gävle", "..", "..", "20", share], ["Hofors", "..", "..", "20", "–"]],
    )
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE), pages={"annual_report.html": page})
    lines = lines_of(audit_folder(folder))
    assert any("rad Gävle, kolumn Kvinnor: redovisas inte, men är 5" in line for line in lines) == found
    assert bool(lines) == found


@pytest.mark.parametrize(("rate", "found"), [("3,0", True), ("3,5", False)])
def test_a_rate_tells_how_many_there_are(tmp_path, rate, found):
    """Of 10 000 inhabitants: 3,5 is no number of people, so it was not reckoned from them."""
    page = (
        "<table><caption>Deltagare per 10 000 invånare, 31 december 2018</caption><thead><tr>"
        "<th rowspan=2>Kommun</th><th rowspan=2>Folkmängd</th><th>Per 10 000 invånare</th></tr>"
        "<tr><th>Deltagare</th></tr></thead>"
        "<tbody><tr><th>Gävle</th><td>10 000</td><td>" + rate + "</td></tr></tbody></table>"
    )
    figures = {"Gävle": [HELD, HELD, HELD], "Hofors": [HELD, HELD, HELD], "total": [21, 19, 40]}
    folder = write_folder(tmp_path / "2018", by_municipality(figures), pages={"municipalities.html": page})
    lines = lines_of(audit_folder(folder))
    assert any("rad Gävle, kolumn Totalt: redovisas inte, men är 3" in line for line in lines) == found
    assert bool(lines) == found


def test_a_cell_that_only_a_chart_tells_is_found(tmp_path):
    table = page_table(
        "Deltagare efter kommun, 31 december 2018",
        ["Kommun", "Kvinnor", "Män", "Totalt"],
        [["Gävle", "..", "..", "20"], ["Hofors", "..", "..", "20"]],
    )
    told, untold = "Gävle: kvinnor 4, män 16. Hofors: redovisas inte.", "Gävle: redovisas inte."
    leaking, safe = (
        write_folder(
            tmp_path / name / "2018",
            by_municipality(SAFE),
            pages={"annual_report.html": f'<figure><img alt="Staplar. {text}">{table}</figure>'},
        )
        for name, text in (("leaking", told), ("safe", untold))
    )
    assert any(
        "rad Gävle, kolumn Kvinnor: redovisas inte, men är 4" in one
        for one in lines_of(audit_folder(leaking))
    )
    assert audit_folder(safe).passed


@pytest.mark.parametrize(
    ("sentence", "passed"),
    [
        ("I Gävle var fyra av dem kvinnor bland deltagarna.", False),
        ("I Gävle fanns 4 kvinnor och 16 män bland deltagarna.", False),
        ("I Gävle var 20 procent av deltagarna kvinnor 2018.", True),
        ("Av 40 deltagare var 21 kvinnor. Uppgifterna om Gävle redovisas inte.", True),
        ("Gävle och Hofors har sammanlagt fyra kvinnor bland deltagarna.", True),
    ],
)
def test_a_sentence_that_tells_a_withheld_row_is_found(tmp_path, sentence, passed):
    table = page_table(
        "Deltagare efter kommun, 31 december 2018",
        ["Kommun", "Kvinnor", "Män", "Totalt"],
        [["Gävle", "..", "..", "20"], ["Hofors", "..", "..", "20"]],
    )
    pages = {"annual_report.html": f"{table}<p>{sentence}</p>"}
    assert audit_folder(write_folder(tmp_path / "2018", by_municipality(SAFE), pages=pages)).passed == passed


def test_a_shown_count_below_the_threshold_is_found_but_not_a_grand_total(tmp_path):
    figures = {"Gävle": [0, 0, 0], "Hofors": [0, 4, 4], "total": [0, 4, 4]}
    lines = lines_of(audit_folder(write_folder(tmp_path / "2018", by_municipality(figures))))
    assert [line.split("rad ")[1] for line in lines] == [
        "Hofors, kolumn Män: visar ett tal om så få personer att det ska skyddas",
        "Hofors, kolumn Totalt: visar ett tal om så få personer att det ska skyddas",
        "Totalt, kolumn Män: visar ett tal om så få personer att det ska skyddas",
    ]


def test_that_there_is_nobody_gives_nobody_away(tmp_path):
    figures = {"Gävle": [10, 10, 20], "Hofors": [HELD, HELD, 0], "total": [10, 10, 20]}
    assert audit_folder(write_folder(tmp_path / "2018", by_municipality(figures))).passed


def test_a_missing_cell_counts_nobody(tmp_path):
    figures = {"Gävle": [HELD, 10, 13], "Hofors": [None, None, None], "total": [HELD, 10, 13]}
    found = lines_of(audit_folder(write_folder(tmp_path / "2018", by_municipality(figures))))
    assert any("rad Gävle, kolumn Kvinnor: redovisas inte, men är 3" in line for line in found)


def test_what_is_left_of_a_whole_that_is_told_in_another_table_is_found(tmp_path):
    """Of 20 employees 17 are permanent: the three that are not stand in no table."""
    employees, permanent = (
        resource(
            name, name, "municipality", "Kommun", {"Gävle": values, "total": values}, whom={"role": role}
        )
        for name, role, values in (
            ("employees", "Anställda", [10, 10, 20]),
            ("permanent", "Tillsvidareanställda", [10, 7, 17]),
        )
    )
    parts = {"role": {"Anställda": ["Tillsvidareanställda", "Övriga"]}}
    lines = lines_of(audit_folder(write_folder(tmp_path / "2018", employees, permanent, parts=parts)))
    assert "2018, rad Gävle, Övriga, men: framgår av flera tabeller, men är 3" in lines


def test_events_enterprises_and_money_are_not_protected(tmp_path):
    counts = {"unit": "företag", "rows": "municipality", "columns": "sex", "total": "total"}
    table = {**by_municipality({"Gävle": [1, HELD, 3], "total": [1, HELD, 3]}), "counts": counts}
    assert audit_folder(write_folder(tmp_path / "2018", table)).passed


def test_the_folder_says_its_own_threshold(tmp_path):
    figures = {"Gävle": [HELD, HELD, 6], "Hofors": [HELD, HELD, 20], "total": [HELD, HELD, 26]}
    folder = write_folder(tmp_path / "2018", by_municipality(figures))
    assert audit_folder(folder).passed
    assert not audit_folder(folder, threshold=10).passed


def damage_nothing(folder):
    for path in [*folder.glob("data/*"), folder / "datapackage.json"]:
        path.unlink()


def table_in(folder):
    return folder / "data" / "participants_by_municipality.csv"


DAMAGES = {
    "neither pages nor open data": (damage_nothing, "har varken rapporter"),
    "a missing table": (lambda folder: table_in(folder).unlink(), "saknas eller går inte att läsa"),
    "a description that is cut": (
        lambda folder: (folder / "datapackage.json").write_text('{"resources": [', encoding="utf-8"),
        "går inte att läsa",
    ),
    "a description of something else": (
        lambda folder: (folder / "datapackage.json").write_text('{"resources": [{}]}', encoding="utf-8"),
        "går inte att förstå",
    ),
    "a table with other columns": (
        lambda folder: table_in(folder).write_text("kommun,antal\nGävle,3\n", encoding="utf-8"),
        "rad 2: kolumnerna",
    ),
    "a cell both told and withheld": (
        lambda folder: table_in(folder).write_text(
            "municipality,sex,value,status\nGävle,women,3,withheld\n", encoding="utf-8"
        ),
        "rad 2: värde och status",
    ),
    "a page that is cut": (
        lambda folder: (folder / "annual_report.html").write_text("<html><table><tr>", encoding="utf-8"),
        "sidan har inget slut",
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_folder_is_said_to_be_so(tmp_path, damage):
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE))
    break_it, said = DAMAGES[damage]
    break_it(folder)
    with pytest.raises(UnreadableFolder, match=said):
        audit_folder(folder)
