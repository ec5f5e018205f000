"""Publication: whole and new, or the last good one."""

from pathlib import Path

import pytest

from asf_analysis.errors import UnwritableOutput
from asf_analysis.reports.publish import publish, staging


def document(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_first_edition_is_published_with_its_subfolders(tmp_path):
    with staging(tmp_path) as workplace:
        publish({"a.html": document(workplace, "x", "ny"), "internal/b.json": document(workplace, "y", "{}")},
                tmp_path / "2018", workplace)  # fmt: skip
    assert contents(tmp_path) == {"2018/a.html": "ny", "2018/internal/b.json": "{}"}


def test_a_new_edition_replaces_its_own_documents_and_keeps_the_others(tmp_path):
    for text, name in (("gammal", "a.html"), ("annan", "b.html"), ("ny", "a.html")):
        with staging(tmp_path) as workplace:
            publish({name: document(workplace, "x", text)}, tmp_path / "2018", workplace)
    assert contents(tmp_path) == {"2018/a.html": "ny", "2018/b.html": "annan"}


def test_what_a_new_edition_does_not_have_is_gone_with_the_old_one(tmp_path):
    target = tmp_path / "2018"
    with staging(tmp_path) as workplace:
        files = {name: document(workplace, "x", "gammal") for name in ("a.html", "a.pdf", "b.pdf")}
        publish(files, target, workplace)
    with staging(tmp_path) as workplace:
        publish(
            {"a.html": document(workplace, "x", "ny")}, target, workplace, gone=["a.pdf", "internal/a.docx"]
        )
    assert contents(target) == {"a.html": "ny", "b.pdf": "gammal"}


def test_a_folder_that_is_gone_takes_nothing_of_a_like_name_with_it(tmp_path):
    editions: list[list[str]] = [
        ["data/a.csv", "data/b.csv", "kpis.csv", "internal/data/a.csv"],
        ["data/b.csv", "data/c.csv", "kpis.csv"],
    ]
    for number, names in enumerate(editions):
        with staging(tmp_path) as workplace:
            documents = {name: document(workplace, "x", str(number)) for name in names}
            publish(documents, tmp_path / "2018", workplace, gone=["data"])
    assert contents(tmp_path / "2018") == {
        "data/b.csv": "1", "data/c.csv": "1", "kpis.csv": "1", "internal/data/a.csv": "0",
    }  # fmt: skip


def test_what_would_be_gone_stands_where_the_new_edition_fails(tmp_path):
    with staging(tmp_path) as workplace:
        publish({"a.pdf": document(workplace, "x", "god")}, tmp_path / "2018", workplace)
    with pytest.raises(UnwritableOutput), staging(tmp_path) as workplace:
        publish({"a.html": workplace / "saknas"}, tmp_path / "2018", workplace, gone=["a.pdf"])
    assert contents(tmp_path) == {"2018/a.pdf": "god"}


def test_a_document_that_is_missing_leaves_the_last_edition_untouched(tmp_path):
    with staging(tmp_path) as workplace:
        publish({"a.html": document(workplace, "x", "god")}, tmp_path / "2018", workplace)
    with pytest.raises(UnwritableOutput, match="ligger kvar orörd"), staging(tmp_path) as workplace:
        publish(
            {"a.html": document(workplace, "x", "halv"), "b.html": workplace / "saknas"},
            tmp_path / "2018",
            workplace,
        )
    assert contents(tmp_path) == {"2018/a.html": "god"}


def test_a_rename_that_fails_puts_the_last_edition_back(tmp_path, monkeypatch):
    with staging(tmp_path) as workplace:
        publish({"a.html": document(workplace, "x", "god")}, tmp_path / "2018", workplace)
    rename = Path.rename

    def refuse_the_new(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new)
    with pytest.raises(UnwritableOutput), staging(tmp_path) as workplace:
        publish({"a.html": document(workplace, "x", "ny")}, tmp_path / "2018", workplace)
    assert contents(tmp_path) == {"2018/a.html": "god"}


def test_an_output_that_is_a_file_is_refused_in_swedish(tmp_path):
    occupied = document(tmp_path, "output", "")
    with pytest.raises(UnwritableOutput, match="Det går inte att skriva i mappen"), staging(occupied):
        pass


def test_the_workplace_is_gone_afterwards_even_when_the_work_failed(tmp_path):
    def fail_halfway() -> None:
        with staging(tmp_path) as workplace:
            document(workplace, "x", "halv")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert list(tmp_path.iterdir()) == []
