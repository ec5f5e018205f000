"""Every error that a person can meet says in Swedish what is wrong and what to do, and has its own code."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from command_line import Finished, asf_analysis

from asf_analysis import errors
from asf_analysis.errors import AsfError
from asf_analysis.presentation import tables
from asf_analysis.reports.export import export_html
from asf_analysis.reports.lock import locked
from asf_analysis.reports.run import measuring
from asf_analysis.reports.run.ways import THIS_PROCESS
from asf_analysis.reports.workers import workers


class Scene:
    """A data folder that may be broken, an output folder, and a way to change the package for a test."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.data, self.output, self.patch = root / "data", root / "output", patch

    def run(self, *options: object) -> Finished:
        """Run the annual report in this process."""
        self.patch.setattr("asf_analysis.reports.run.ways.processes", lambda _: THIS_PROCESS)
        asked = ("--year", 2018, "--notebook", "annual_report", *options)
        return asf_analysis("run", "--data", self.data, "--output", self.output, *asked)


def told(error: Callable[[], object]) -> Finished:
    """Say what a call raises, as the command line does."""
    try:
        error()
    except AsfError as raised:
        return Finished(raised.exit_code, "", str(raised))
    raise AssertionError("nothing was raised")


def wrong_usage(scene: Scene) -> Finished:
    return asf_analysis("run", "--data", scene.data)


def missing_extra(scene: Scene) -> Finished:
    scene.patch.setitem(sys.modules, "weasyprint", None)
    return scene.run("--format", "pdf")


def data_faults(scene: Scene) -> Finished:
    with scene.data.joinpath("targets.csv").open("a", encoding="utf-8") as targets:
        targets.write("2018;cooperation_groups;;;många;2018-12-31;;\n")
    return scene.run()


def missing_project(scene: Scene) -> Finished:
    return asf_analysis("check", "--year", 2018, "--data", scene.output)


def unwritable_output(scene: Scene) -> Finished:
    scene.output.write_text("en fil")
    return scene.run()


def notebook_failed(scene: Scene) -> Finished:
    def find() -> Path:
        code = nbformat.v4.new_code_cell("year = 2018\naudience = 'public'\nas_of = ''")
        code.metadata["tags"] = ["parameters"]
        place = scene.output.parent / "annual_report.ipynb"
        cells = [code, nbformat.v4.new_code_cell("1 / 0")]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), place)
        return place.parent

    scene.patch.setattr("asf_analysis.reports.run.find_notebooks", find)
    return scene.run()


def tool_failed(scene: Scene) -> Finished:
    scene.patch.setattr(measuring, "measure", lambda *_: {}["saknas"])
    return scene.run()


def worker_died(_: Scene) -> Finished:
    with workers(1, fork=False) as executor:
        died = executor.submit(os._exit, 3)
        return told(died.result)


def cluster_failed(scene: Scene) -> Finished:
    pytest.importorskip("distributed", reason="needs the extra cluster")
    scene.patch.setattr("asf_analysis.reports.run.ways.SECONDS_TO_CONNECT", 0.2)
    return scene.run("--cluster", "tcp://127.0.0.1:9")


def busy(scene: Scene) -> Finished:
    with locked(scene.output):
        return scene.run()


def not_publishable(_: Scene) -> Finished:
    cell = nbformat.v4.new_markdown_cell("<script>alert(1)</script>")
    return told(lambda: export_html(nbformat.v4.new_notebook(cells=[cell])))


def unreadable_folder(scene: Scene) -> Finished:
    scene.output.mkdir()
    (scene.output / "annual_report.html").write_text("<html><table><tr>", encoding="utf-8")
    return asf_analysis("audit", scene.output)


def unreadable_report(scene: Scene) -> Finished:
    scene.output.mkdir()
    (scene.output / "rapport.docx").write_bytes(b"PK")
    return asf_analysis("read-report", scene.output / "rapport.docx", "--data", scene.data)


def already_published(scene: Scene) -> Finished:
    report = scene.data / "rapport.txt"
    report.write_text(
        "Årsrapport 2018\n\nAntal deltagare i ASF\n\nResultat: 12 deltagare\n", encoding="utf-8"
    )
    return asf_analysis("read-report", report, "--write", "--data", scene.data)


def door_forgotten(_: Scene) -> Finished:
    return told(lambda: tables.goals({"participants": 3}))


def unknown_name(scene: Scene) -> Finished:
    return scene.run("--notebook", "saknas")


SHOWN: dict[type[AsfError], tuple[Callable[[Scene], Finished], int, tuple[str, ...]]] = {
    errors.WrongUsage: (wrong_usage, 2, ("Ange ett år med --year 2018",)),
    errors.MissingExtra: (missing_extra, 2, ("tillägg som inte är installerat", "pip install")),
    errors.DataFaults: (data_faults, 1, ("Ett fel i underlaget:", "targets.csv, rad", "kolumn Målbild")),
    errors.MissingProject: (missing_project, 2, ("saknar filen association.toml", "asf-analysis demo")),
    errors.UnwritableOutput: (unwritable_output, 1, ("Det går inte att skriva i mappen", "--output")),
    errors.NotebookFailed: (notebook_failed, 1, ("ZeroDivisionError", "output/failed/")),
    errors.ToolFailed: (tool_failed, 1, ("fel som inte är ditt: KeyError", "manifest")),
    errors.WorkerDied: (worker_died, 1, ("En arbetsprocess dog (kod 3)", "Kör igen")),
    errors.ClusterFailed: (cluster_failed, 1, ("Ingen Dask-schemaläggare svarar", "dask scheduler")),
    errors.Busy: (busy, 75, ("En annan körning pågår", "--wait")),
    errors.NotPublishable: (not_publishable, 1, ("Rapporten kan inte publiceras:",)),
    errors.UnreadableFolder: (unreadable_folder, 1, ("annual_report.html är avbruten", "Gör om rapporten")),
    errors.UnreadableReport: (unreadable_report, 1, ("rapport.docx: Filen är skadad", "spara den på nytt")),
    errors.AlreadyPublished: (already_published, 1, ("published/2018.csv finns redan", "Det som skiljer:")),
    errors.DoorForgotten: (door_forgotten, 1, ("load(",)),
    errors.UnknownName: (unknown_name, 2, ("ingen rapport som heter 'saknas'", "annual_report")),
}
"""How a person meets each error: its exit code, and what the message says."""


def every_error(kind: type[AsfError] = AsfError) -> set[type[AsfError]]:
    """Name the kinds of error in errors.py."""
    return {error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, kind)}


def test_no_error_is_left_out():
    assert set(SHOWN) == every_error() - {AsfError}


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_an_error_says_what_is_wrong_and_what_to_do(tmp_path, monkeypatch, kind):
    shutil.copytree(Path(__file__).parent.parent / "data", tmp_path / "data")
    meet, code, texts = SHOWN[kind]
    met = meet(Scene(tmp_path, monkeypatch))
    said = met.stderr + met.stdout
    assert met.returncode == code == kind.exit_code, said
    assert [text for text in texts if text not in said] == [], said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'name = "Ett"\ncounty = Två\n',
            ("association.toml", "Rad 2: Raden går inte att läsa som TOML."),
        ),
        ("parties = [", ("slutar mitt i en uppgift",)),
    ],
)
def test_toml_that_cannot_be_read_is_told_by_its_row(tmp_path, text, says):
    (tmp_path / "raw" / "2018").mkdir(parents=True)
    (tmp_path / "association.toml").write_text(text, encoding="utf-8")
    refused = asf_analysis("check", "--year", 2018, "--data", tmp_path)
    assert refused.returncode == 1
    assert [one for one in says if one not in refused.stdout] == [], refused.stdout


def test_a_settled_fault_is_told_alone_and_many_are_counted():
    fault = errors.Fault("targets.csv", "Värdet är inget tal.", "Skriv ett tal.", row=2)
    assert str(errors.DataFaults([fault])).startswith("Ett fel i underlaget:\n  targets.csv, rad 2:")
    assert str(errors.DataFaults([fault, fault])).startswith("2 fel i underlaget:")
