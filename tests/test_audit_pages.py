"""What the audit understands of pages: tables by their headings, charts, KPIs, and the sign for withheld."""

import json

from audit_sample import HELD, by_municipality, page_table, resource, write_folder

from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.disclosure.audit.pages import PageTable, read_page

SAFE = {"Gävle": [HELD, HELD, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}


def page(folder, body, name="annual_report.html"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return folder


def lines_of(folder):
    return [str(finding) for finding in audit_folder(folder).findings]


def test_a_table_is_read_with_the_headings_above_each_column(tmp_path):
    body = page_table(
        "Deltagare efter kommun", ["Kommun", "Kvinnor", "Män"], [["Hof\N{SOFT HYPHEN}ors", "3", ".."]]
    )
    [table] = read_page(page(tmp_path, body) / "annual_report.html").tables
    assert table == PageTable(
        "Deltagare efter kommun",
        (("Kommun",), ("Personer", "Kvinnor"), ("Personer", "Män")),
        (("Hofors", "3", ".."),),
    )


def test_pages_are_read_without_any_open_data(tmp_path):
    rows = [["Gävle", "..", 10, 20], ["Totalt", "..", 10, 20]]
    body = page_table(
        "Deltagare efter kommun, 31 december 2018", ["Kommun", "Kvinnor", "Män", "Totalt"], rows
    )
    assert [line.split("rad ")[1] for line in lines_of(page(tmp_path, body))] == [
        "Gävle, kolumn Personer, Kvinnor: redovisas inte, men är 10",
        "Totalt, kolumn Personer, Kvinnor: redovisas inte, men är 10",
    ]


def test_a_table_that_no_data_know_adds_up_by_itself(tmp_path):
    rows = [["Inne", "..", 5, 12], ["Ute", 8, 9, 17], ["Totalt", 15, 14, 29]]
    body = page_table("Deltagare efter plats, 31 december 2018", ["Plats", "Kvinnor", "Män", "Totalt"], rows)
    assert [line.split("rad ")[1] for line in lines_of(page(tmp_path, body))] == [
        "Inne, kolumn Personer, Kvinnor: redovisas inte, men är 7",
    ]


def test_the_sign_for_withheld_is_the_one_that_the_page_explains(tmp_path):
    rows = [["Gävle", "x", 10, 20], ["Hofors", "..", 10, 20]]
    body = page_table(
        "Deltagare efter kommun, 31 december 2018", ["Kommun", "Kvinnor", "Män", "Totalt"], rows
    )
    other = body.replace("<p>.. betyder", "<p>x betyder")
    assert [line.split("rad ")[1] for line in lines_of(page(tmp_path, other))] == [
        "Gävle, kolumn Personer, Kvinnor: redovisas inte, men är 10",
    ]


def test_a_municipalitys_own_page_tells_of_the_same_people(tmp_path):
    own = (
        "<table><caption>Gävle i siffror</caption><thead><tr><th>Uppgift</th><th>31 december 2017</th>"
        "<th>31 december 2018</th></tr></thead><tbody>"
        "<tr><th>Deltagare, kvinnor</th><td>9</td><td>10</td></tr>"
        "<tr><th>varav tillsvidareanställda</th><td>7</td><td>8</td></tr></tbody></table>"
    )
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE), pages={"municipalities-gavle.html": own})
    assert [line.split("rad ")[1] for line in lines_of(folder)] == [
        "Gävle, kolumn Kvinnor: redovisas inte, men är 10",
        "Gävle, kolumn Män: redovisas inte, men är 10",
        "Hofors, kolumn Kvinnor: redovisas inte, men är 11",
        "Hofors, kolumn Män: redovisas inte, men är 9",
    ]


def test_a_municipalitys_breakdown_is_part_of_the_countys(tmp_path):
    """Gävle's page tells 9 women of the young, the county's table 20 women in all."""
    ages = resource(
        "participants_by_age", "Deltagare efter ålder, 31 december 2018", "age", "Ålder",
        {"16–29 år": [11, HELD, HELD], "30–64 år": [10, HELD, HELD], "total": [21, 19, 40]},
    )  # fmt: skip
    rows = [["16–29 år", "9", "..", ".."], ["30–64 år", "..", "..", ".."], ["Totalt", "..", "..", "20"]]
    caption = "Deltagare i Gävle efter ålder, 31 december 2018"
    own = page_table(caption, ["Ålder", "Kvinnor", "Män", "Totalt"], rows)
    folder = write_folder(tmp_path / "2018", by_municipality(SAFE), ages, pages={"gavle.html": own})
    assert not lines_of(folder)
    rows[1][1] = "8"
    leaking = page_table(caption, ["Ålder", "Kvinnor", "Män", "Totalt"], rows)
    told = lines_of(page(folder, leaking, "gavle.html"))
    assert any("rad Gävle, kolumn Kvinnor: redovisas inte, men är 17" in line for line in told)


def test_parts_that_a_chart_tells_together_are_a_sum(tmp_path):
    figures = {"baseline": [15, 15, 30], "startade": [HELD, HELD, HELD], "avslutade": [HELD, HELD, HELD],
               "växte": [HELD, HELD, HELD], "total": [16, 18, 34]}  # fmt: skip
    changes = resource(
        "changes", "Förändring av antalet deltagare, 31 december 2017–31 december 2018", "component",
        "Förändring", figures, baseline="baseline", **{"from": "2017-12-31", "to": "2018-12-31"},
    )  # fmt: skip
    rows = [["startade", "..", "..", ".."], ["avslutade", "..", "..", ".."], ["växte", "..", "..", ".."]]
    table = page_table(changes["title"], ["Förändring", "Kvinnor", "Män", "Totalt"], rows)
    folder = write_folder(tmp_path / "2018", changes, pages={"a.html": f"<figure>{table}</figure>"})
    assert not lines_of(folder)
    alt = "Vattenfall. Startade och avslutade: +1 tillsammans. 31 december 2018: 34."
    lines = lines_of(page(folder, f'<figure><img alt="{alt}">{table}</figure>', "a.html"))
    assert [line.split("rad ")[1] for line in lines] == ["växte, kolumn Totalt: redovisas inte, men är 3"]


def test_a_kpi_tells_a_total_that_a_table_withholds(tmp_path):
    figures = {"Gävle": [HELD, HELD, HELD], "Hofors": [HELD, HELD, 20], "total": [HELD, HELD, HELD]}
    fields = [
        {"name": name} for name in ("kpi", "label", "approximate", "low", "high", "result", "answered_only")
    ]
    kpis = {
        "name": "kpis", "path": "kpis.csv", "title": "Nyckeltal", "schema": {"fields": fields},
        "counts": [{"kpi": "participants", "result": {"whom": {"role": "Deltagare"}, "on": "2018-12-31"}}],
    }  # fmt: skip
    folder = write_folder(tmp_path / "2018", by_municipality(figures))
    assert not lines_of(folder)
    described = (folder / "datapackage.json").read_text(encoding="utf-8")
    package = json.loads(described)
    package["resources"].append(kpis)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    rows = "kpi,label,approximate,low,high,result,answered_only\nparticipants,Deltagare,false,,,23,\n"
    (folder / "kpis.csv").write_text(rows, encoding="utf-8")
    assert any("rad Gävle, kolumn Totalt: redovisas inte, men är 3" in line for line in lines_of(folder))


def test_enterprises_beside_people_in_a_table_are_not_taken_for_people(tmp_path):
    body = (
        "<table><caption>Företag efter utveckling, 31 december 2018</caption><thead>"
        "<tr><th rowspan=2>Utveckling</th><th colspan=2>Företag</th></tr>"
        "<tr><th>Anställda</th><th>Deltagare</th></tr></thead>"
        "<tbody><tr><th>Fler</th><td>3</td><td>..</td></tr></tbody></table>"
    )
    audit = audit_folder(page(tmp_path, body))
    assert (audit.findings, audit.cells) == ((), 0)


def test_a_table_of_people_that_is_not_understood_is_named(tmp_path):
    body = page_table("Resande, 31 december 2018", ["Färdsätt", "Antal"], [["Tåg", "3"]])
    assert audit_folder(page(tmp_path, body)).remarks == (
        "Känns inte igen: annual_report.html, tabellen ”Resande, 31 december 2018”",
    )
