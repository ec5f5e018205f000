"""A real Dask cluster on loopback: the same reports, without a disk in common, also where a worker dies."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import asf_analysis

from asf_analysis.errors import ClusterFailed
from asf_analysis.folders import DataFolder, OutputFolder
from asf_analysis.reports.requests import requests_for
from asf_analysis.reports.run import run_reports, ways
from asf_analysis.reports.run.ways import THIS_PROCESS, by_address

ROOT = Path(__file__).parent.parent
DATA = DataFolder(ROOT / "data")
PATIENCE = 60


def start(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    """Start a part of the cluster in a folder of its own, where it finds nothing of the project's."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False",
    }
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]],
            cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and its workers: the address, and the workers' processes."""
    loopback = ("--host", "127.0.0.1", "--no-dashboard")
    started = [start(folder / "scheduler", "dask_scheduler", "--port", "0", *loopback)]
    try:
        address = address_in(folder / "scheduler" / "log")
        for number in range(workers):
            options = ("--no-nanny", "--nthreads", "1", *loopback)
            started.append(start(folder / f"worker-{number}", "dask_worker", address, *options))
        wait_for_workers(address, workers)
        yield address, started[1:]
    finally:
        for process in reversed(started):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def address_in(log: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = re.search(r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)", log.read_text("utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def wait_for_workers(address: str, number: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=PATIENCE)


def told_of(output: Path, year: int) -> dict[str, object]:
    """All that a run published of a year, but for when: pages, tables, and what manifests tell of them."""
    folder = OutputFolder(output, year).public
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".html":
            found[name] = re.sub(r'<div class="generated">.*?</div>', "", path.read_text("utf-8"))
        elif name.endswith(".manifest.json"):
            manifest = json.loads(path.read_text("utf-8"))
            found[name] = {key: manifest[key] for key in ("key", "inputs", "rows", "kpis", "parameters")}
        elif path.is_file() and path.suffix in (".csv", ".xlsx"):
            found[name] = path.read_bytes()
    return found


@pytest.mark.slow
def test_a_cluster_makes_the_same_reports_also_where_one_of_its_workers_is_killed(tmp_path):
    requests = requests_for([2018], ["annual_report", "gender_equality"], "public", DATA)
    run_reports(requests, DATA, tmp_path / "here", THIS_PROCESS)
    with cluster(tmp_path / "cluster") as (address, workers):
        killed: list[int] = []

        class Killer:
            """Kills a worker when the first report has begun."""

            def begin(self, total: int) -> None: ...

            def started(self, _: str) -> None:
                if not killed:
                    time.sleep(0.5)
                    killed.append(workers[0].pid)
                    os.kill(workers[0].pid, signal.SIGKILL)

            def ended(self, title: str, status: str, seconds: float) -> None: ...

            def say(self, text: str) -> None: ...

        done = run_reports(requests, DATA, tmp_path / "there", by_address(address), Killer())
    assert [str(error) for error in done.errors] == []
    assert [one.status for one in done.reports] == ["klar", "klar"]
    assert killed
    here, there = (told_of(tmp_path / name, 2018) for name in ("here", "there"))
    assert len(here) > 30
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
    assert not list((tmp_path / "there").glob(".staging-*"))


def test_a_scheduler_that_does_not_answer_is_told_in_swedish(tmp_path, monkeypatch):
    monkeypatch.setattr(ways, "SECONDS_TO_CONNECT", 1)
    requests = requests_for([2018], ["trends"], "public", DATA)
    with pytest.raises(ClusterFailed, match=r"Ingen Dask-schemaläggare svarar på tcp://127\.0\.0\.1:9"):
        run_reports(requests, DATA, tmp_path, by_address("tcp://127.0.0.1:9"))
    assert not (tmp_path / "2018").exists()


def test_workers_of_a_cluster_and_workers_here_are_not_asked_for_at_once():
    told = asf_analysis("run", "--year", 2018, "--cluster", "tcp://127.0.0.1:9", "--workers", 2)
    assert (told.returncode, "Ta bort --workers" in told.stderr) == (2, True)


def test_workers_with_another_package_are_not_trusted(monkeypatch):
    class Client:
        def run(self, _: object) -> dict[str, str]:
            return {"tcp://192.0.2.1:1": ways.digest(), "tcp://192.0.2.2:1": "another"}

    with pytest.raises(ClusterFailed, match=r"annan version av asf-analysis.*192\.0\.2\.2"):
        ways._check_same_package(Client(), "tcp://192.0.2.9:8786")
