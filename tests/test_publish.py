"""Publication: whole and new, or the last good one."""

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

import pytest

from asf_analysis.errors import UnwritableOutput
from asf_analysis.reports import publish as publishing
from asf_analysis.reports.exchange import exchange
from asf_analysis.reports.publish import clear_after_killed_runs, prepare, publish, staging


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


def put(documents: dict[str, str], output: Path, hour: int = 1, gone: list[str] | None = None) -> Path | None:
    """Publish documents as the edition of 2018 of an hour; gives where the one before is kept."""
    with staging(output) as workplace:
        new = workplace / "new" / "2018"
        content = {name: text.encode() for name, text in documents.items()}
        prepare(content, output / "2018", new, datetime(2026, 12, 1, hour), gone or [])
        return publish(new, output, 2018, workplace)


def published(output: Path) -> dict[str, str]:
    found = contents(output / "2018")
    found.pop("internal/edition.json", None)
    return found


def test_a_first_edition_is_published_with_its_subfolders(tmp_path):
    assert put({"a.html": "ny", "data/b.json": "{}"}, tmp_path) is None
    assert published(tmp_path) == {"a.html": "ny", "data/b.json": "{}"}
    assert [path.name for path in tmp_path.iterdir()] == ["2018"]


def test_a_new_edition_replaces_its_own_documents_and_keeps_the_others(tmp_path):
    for hour, (text, name) in enumerate((("gammal", "a.html"), ("annan", "b.html"), ("ny", "a.html"))):
        put({name: text}, tmp_path, hour)
    assert published(tmp_path) == {"a.html": "ny", "b.html": "annan"}


def test_the_edition_that_is_replaced_is_kept_whole_under_the_time_it_was_published(tmp_path):
    put({"a.html": "gammal", "b.html": "annan"}, tmp_path, 1)
    kept = put({"a.html": "ny"}, tmp_path, 2)
    assert kept == tmp_path / "archive" / "2018" / "2026-12-01T01.00.00"
    assert contents(kept)["a.html"] == "gammal"
    assert contents(kept)["b.html"] == "annan"
    (tmp_path / "2018" / "b.html").write_text("ändrad för hand", encoding="utf-8")
    assert contents(kept)["b.html"] == "annan"


def test_two_editions_of_one_second_are_both_kept(tmp_path):
    for text in ("första", "andra", "tredje"):
        put({"a.html": text}, tmp_path)
    kept = sorted((tmp_path / "archive" / "2018").iterdir())
    assert [contents(one)["a.html"] for one in kept] == ["första", "andra"]


def test_what_a_new_edition_does_not_have_is_gone_with_the_old_one(tmp_path):
    put(dict.fromkeys(("a.html", "a.pdf", "b.pdf"), "gammal"), tmp_path)
    put({"a.html": "ny"}, tmp_path, gone=["a.pdf", "internal/a.docx"])
    assert published(tmp_path) == {"a.html": "ny", "b.pdf": "gammal"}


def test_a_folder_that_is_gone_takes_nothing_of_a_like_name_with_it(tmp_path):
    editions: list[list[str]] = [
        ["data/a.csv", "data/b.csv", "kpis.csv", "internal/data/a.csv"],
        ["data/b.csv", "data/c.csv", "kpis.csv"],
    ]
    for number, names in enumerate(editions):
        put(dict.fromkeys(names, str(number)), tmp_path, gone=["data"])
    assert published(tmp_path) == {
        "data/b.csv": "1", "data/c.csv": "1", "kpis.csv": "1", "internal/data/a.csv": "0",
    }  # fmt: skip


@pytest.mark.parametrize("whole", [True, False])
def test_a_document_that_cannot_be_written_leaves_the_last_edition_untouched(tmp_path, monkeypatch, whole):
    put({"a.html": "god"}, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil if whole else os, "copytree" if whole else "fsync", full)
    with pytest.raises(UnwritableOutput, match=r"ligger kvar orörd.*frigör plats"):
        put({"a.html": "halv"}, tmp_path, gone=["a.pdf"])
    assert published(tmp_path) == {"a.html": "god"}
    assert [path.name for path in tmp_path.iterdir()] == ["2018"]


def refuse(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """Let no folder be renamed to one of this name."""
    rename = Path.rename

    def refusing(self: Path, place: Path) -> Path:
        if self.parent.name == "new" and Path(place).name == target and Path(place).parent.name != "replaced":
            raise PermissionError(13, "Permission denied")
        return rename(self, place)

    monkeypatch.setattr(Path, "rename", refusing)


def test_where_the_system_can_only_rename_twice_a_rename_that_fails_puts_the_last_edition_back(
    tmp_path, monkeypatch
):
    put({"a.html": "god"}, tmp_path)
    monkeypatch.setattr(publishing, "exchange", lambda *_: False)
    refuse(monkeypatch, "2018")
    with pytest.raises(UnwritableOutput):
        put({"a.html": "ny"}, tmp_path)
    assert published(tmp_path) == {"a.html": "god"}


def test_where_the_system_can_only_rename_twice_an_edition_is_published_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "exchange", lambda *_: False)
    put({"a.html": "god"}, tmp_path)
    kept = put({"a.html": "ny"}, tmp_path)
    assert published(tmp_path) == {"a.html": "ny"}
    assert contents(kept)["a.html"] == "god"


def edition(folder: Path, text: str, hour: int) -> None:
    """An edition's folder, as it was published or would have been."""
    prepare({"a.html": text.encode()}, folder.with_name("none"), folder, datetime(2026, 12, 1, hour))


@pytest.mark.parametrize(
    ("there", "moved", "stands", "kept"),
    [
        (None, ("god", 1), "god", []),
        (("ny", 2), ("god", 1), "ny", ["god"]),
        (("god", 1), ("halv", 2), "god", []),
        (("god", 1), None, "god", []),
    ],
)
def test_after_a_killed_run_the_whole_edition_stands_and_nothing_is_left_over(
    tmp_path, there, moved, stands, kept
):
    workplace = tmp_path / ".staging-killed"
    workplace.mkdir()
    for told, folder in ((there, tmp_path / "2018"), (moved, workplace / "replaced" / "2018")):
        if told:
            edition(folder, *told)
    clear_after_killed_runs(tmp_path)
    assert published(tmp_path) == {"a.html": stands}
    archive = tmp_path / "archive" / "2018"
    assert [contents(one)["a.html"] for one in sorted(archive.glob("*"))] == kept
    assert not workplace.exists()


def test_two_folders_change_places_in_one_step_where_the_system_can(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).write_text("", encoding="utf-8")
    done = exchange(one, other)
    assert [path.name for path in one.iterdir()] == ["other" if done else "one"]
    assert done or sys.platform not in ("linux", "darwin")


def test_a_folder_that_is_not_there_cannot_change_places(tmp_path):
    (tmp_path / "one").mkdir()
    if sys.platform in ("linux", "darwin"):
        with pytest.raises(FileNotFoundError):
            exchange(tmp_path / "one", tmp_path / "other")


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
