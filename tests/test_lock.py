"""One run at a time: the second is told who was first, or waits; a killed one holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from asf_analysis.errors import Busy, UnwritableOutput
from asf_analysis.folders import lock_holder_file
from asf_analysis.reports.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from asf_analysis.reports.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(output: Path, seconds: float) -> subprocess.Popen[str]:
    """A process that holds an output folder for some seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(output), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_who_comes_second_is_told_who_holds_the_folder(tmp_path):
    process = holder(tmp_path, 60)
    try:
        with (
            pytest.raises(Busy, match=rf"process {process.pid} av .+ på .+, sedan 20\d\d-") as told,
            locked(tmp_path),
        ):
            pass
        assert "--wait" in str(told.value)
        assert told.value.exit_code == 75
    finally:
        process.kill()
        process.wait()


def test_who_waits_gets_the_folder_when_it_is_free_and_is_told_of_whom_it_waits(tmp_path):
    process, said = holder(tmp_path, 1), []
    with locked(tmp_path, wait=True, say=said.append):
        assert process.wait() == 0
    assert [line.partition(":")[0] for line in said] == ["Väntar på en annan körning"]
    assert str(process.pid) in said[0]


def test_a_killed_holder_holds_nothing(tmp_path):
    process = holder(tmp_path, 60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    started = time.monotonic()
    with locked(tmp_path):
        assert time.monotonic() - started < 5


def test_nobody_is_named_when_the_folder_is_free_again(tmp_path):
    with locked(tmp_path):
        assert lock_holder_file(tmp_path).exists()
    assert not lock_holder_file(tmp_path).exists()
    with locked(tmp_path):
        pass


def test_a_holder_that_has_not_said_who_it_is_is_told_all_the_same(tmp_path):
    process = holder(tmp_path, 60)
    try:
        lock_holder_file(tmp_path).write_text("{", encoding="utf-8")
        with pytest.raises(Busy, match="den började nyss"), locked(tmp_path):
            pass
    finally:
        process.kill()
        process.wait()


def test_a_folder_that_cannot_be_made_is_told_in_swedish(tmp_path):
    (tmp_path / "output").write_text("", encoding="utf-8")
    with (
        pytest.raises(UnwritableOutput, match="Det går inte att skriva i mappen"),
        locked(tmp_path / "output"),
    ):
        pass


def test_a_user_without_a_name_is_told_by_number(tmp_path, monkeypatch):
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nameless)
    with locked(tmp_path):
        assert f'"user": "{os.getuid()}"' in lock_holder_file(tmp_path).read_text("utf-8")
