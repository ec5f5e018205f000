"""`asf-analysis read-report`: what it shows, what it writes, and what it refuses."""

import json
import zipfile

import pytest
from command_line import asf_analysis
from written_layouts import FOLDER, written

from asf_analysis.folders import DataFolder
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.kpis.reconciliation import read_published

OWN = FOLDER / "own.txt"


def test_it_shows_the_figures_and_what_is_unsure():
    shown = asf_analysis("read-report", OWN)
    assert shown.returncode == 0, shown.stderr
    assert "ca 50" in shown.stdout
    assert "stycke 41" in shown.stdout
    assert "Skiljer sig från filen som finns" in shown.stdout


def test_a_written_file_goes_through_reconciliation(data_copy):
    data = DataFolder(data_copy)
    told = read_published(data, 2018, KPIS)
    data.published(2018).unlink()
    done = asf_analysis("read-report", OWN, "--write", "--data", data_copy)
    assert done.returncode == 0, done.stderr
    assert data.published(2018).read_bytes().startswith(b"\xef\xbb\xbf")
    written_now = read_published(data, 2018, (*KPIS, *INDICATORS))
    assert written_now.keys() == told.keys()
    for key in written_now.keys() - {"gender_follow_up"}:
        mine, theirs = written_now[key], told[key]
        assert (mine.baseline, mine.target, mine.result) == (theirs.baseline, theirs.target, theirs.result)
        assert (mine.approximate, mine.status, mine.members) == (
            theirs.approximate, theirs.status, theirs.members,
        )  # fmt: skip
        assert mine.source == "Verksamhetsberättelse för arbetet med sociala företag 2018"
    assert list(data.published(2018).parent.iterdir()) == [data.published(2018)]


def test_a_file_that_exists_is_left_and_the_differences_are_told(data_copy):
    path = DataFolder(data_copy).published(2018)
    before = path.read_text(encoding="utf-8").replace(";30;28;", ";31;28;")
    path.write_text(before, encoding="utf-8")
    refused = asf_analysis("read-report", OWN, "--write", "--data", data_copy)
    assert refused.returncode == 1
    assert "Aktivt verksamma ASF: målbild är 31 i filen och 30 i rapporten" in refused.stderr
    assert path.read_text(encoding="utf-8") == before


def test_kpis_of_the_report_alone_are_shown_and_not_written(data_copy, tmp_path):
    path = written("years", "docx", tmp_path)
    done = asf_analysis("read-report", path, "--write", "--format", "json", "--data", data_copy)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [one["name"] for one in told["found"] if one["kpi"] is None] == ["Svarsandel i enkäten"]
    assert len(read_published(DataFolder(data_copy), 2023, KPIS)) == 5


def test_another_year_than_the_reports_own_is_told():
    shown = asf_analysis("read-report", OWN, "--year", 2019)
    assert "gäller 2018" in shown.stdout


def test_a_report_that_says_no_year_needs_one(tmp_path):
    path = tmp_path / "rapport.txt"
    path.write_text("Rapport om ASF\n\nAntal verksamma ASF\n\nMål: 30\n\nUtfall: 28\n", encoding="utf-8")
    refused = asf_analysis("read-report", path)
    assert (refused.returncode, "--year" in refused.stderr) == (2, True)
    assert "28" in asf_analysis("read-report", path, "--year", 2018, "--format", "csv").stdout


def test_a_formula_in_a_title_is_no_formula_in_the_file(data_copy, tmp_path):
    path = tmp_path / "rapport.txt"
    path.write_text("=HYPERLINK(1) 2030\n\nAntal verksamma ASF\n\nMål: 30\n\nUtfall: 28\n", encoding="utf-8")
    assert asf_analysis("read-report", path, "--write", "--data", data_copy).returncode == 0
    assert ";'=HYPERLINK" in DataFolder(data_copy).published(2030).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "content", "says"), [
    ("a.docx", b"inte word", "skadad"), ("a.pdf", b"%PDF-1.7 trasig", "skadad"), ("a.txt", b"", "tom"),
    ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "lösenord"), ("a.odt", b"x", "slaget"),
    ("a.html", b"<script>var a = 'Resultat: 5'</script>", "ingen text"), ("a.txt", b"\0\1\2" * 9, "textfil"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_in_swedish(name, content, says, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    refused = asf_analysis("read-report", path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert says in refused.stderr
    assert name in refused.stderr


def test_a_file_that_is_missing_and_a_folder_are_told(tmp_path):
    assert "finns inte" in asf_analysis("read-report", tmp_path / "ingen.pdf").stderr
    (tmp_path / "mapp.txt").mkdir()
    assert "mapp" in asf_analysis("read-report", tmp_path / "mapp.txt").stderr


def test_a_pdf_with_a_password_and_one_without_text_are_told(tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    for name, options, says in (
        ("las.pdf", {"encryption": pikepdf.Encryption(user="a", owner="b")}, "lösenord"),
        ("bild.pdf", {}, "ingen text"),
    ):
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(tmp_path / name, **options)
        assert says in asf_analysis("read-report", tmp_path / name).stderr


def document_of(body: str, path) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'{body[0:0]}<w:document xmlns:w="{space}">{body}</w:document>')


def test_a_document_that_unpacks_to_more_than_any_report_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    document_of("<w:p/>" + " " * 120_000_000, path)
    assert path.stat().st_size < 1_000_000
    assert "för stor" in asf_analysis("read-report", path).stderr


def test_a_document_within_itself_many_times_is_read_or_refused_and_does_not_crash(tmp_path):
    path = tmp_path / "djup.docx"
    document_of("<w:tbl><w:tr><w:tc>" * 50_000 + "</w:tc></w:tr></w:tbl>" * 50_000, path)
    assert asf_analysis("read-report", path).returncode == 1
    page = tmp_path / "djup.html"
    page.write_text("<div>" * 100_000 + "Resultat", encoding="utf-8")
    assert "led" in asf_analysis("read-report", page).stderr


def test_entities_of_a_document_are_never_expanded(tmp_path):
    path = tmp_path / "entiteter.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "&x;&x;">]><a>&y;</a>',
        )
    assert "skadad" in asf_analysis("read-report", path).stderr


def test_without_pypdfium2_the_message_says_how_to_install_it(tmp_path, monkeypatch):
    from asf_analysis.written import pdf

    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    refused = asf_analysis("read-report", tmp_path / "a.pdf")
    assert refused.returncode == 2
    assert "asf-analysis[reading]" in refused.stderr
