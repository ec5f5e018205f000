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
