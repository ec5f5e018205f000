"""The entry for cron, run by Debian's own cron: the report appears and the log is written.

cron and all that it starts live in namespaces of their own: the machine's crontabs are neither read nor
changed, and what is left goes with the test.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import asf_analysis
from quality_sample import faulty_data
from schedule_readers import read_crontab

SECONDS_TO_WAIT = 180
"""cron starts what is due when a minute begins; the rest is for the run, on a busy machine."""

ALONE = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
PRIVATE = """
mount --bind "$1/crontabs" /var/spool/cron/crontabs && mount --bind "$1/run" /run &&
mount --bind "$1/cron.d" /etc/cron.d && mount --bind /dev/null /etc/crontab && exec cron -f
"""


def why_not() -> str:
    """Say why cron cannot be tried here; "" where it can."""
    if not shutil.which("cron") or not Path("/var/spool/cron/crontabs").is_dir():
        return "Debian's cron is not installed"
    if os.geteuid() != 0:
        return "cron changes user, which only root may do"
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], check=False).returncode:
        return "this machine allows no namespaces, and the test must not touch its crontabs"
    return ""


@contextmanager
def cron(folder: Path, crontab: str) -> Iterator[None]:
    """Run a cron that knows one crontab, root's, until the end."""
    for name in ("crontabs", "run", "cron.d"):
        (folder / name).mkdir(parents=True)
    table = folder / "crontabs" / "root"
    table.write_text(crontab, encoding="utf-8")
    table.chmod(0o600)
    with subprocess.Popen([*ALONE, "sh", "-c", PRIVATE, "sh", str(folder)]) as process:
        try:
            yield
            assert process.poll() is None, "cron ended by itself"
        finally:
            # cron is the first process of its namespace: all the others go with it, and unshare ends.
            for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_cron_makes_the_report_by_the_printed_entry(tmp_path):
    place = tmp_path / "Förbundets årsrapporter, 100 %"
    place.mkdir()
    data, output = faulty_data(place).root, place / "ut, data"
    report = ["--year", "2018", "--audience", "internal", "--notebook", "data_quality"]
    shown = asf_analysis("schedule", "cron", *report, "--data", data, "--output", output)
    assert shown.returncode == 0, shown.stderr
    every_minute, changed = re.subn(r"(?m)^30 3 \* \* \* ", "* * * * * ", shown.stdout)
    assert changed == 1
    assert read_crontab(every_minute).command == read_crontab(shown.stdout).command
    if "PYTHONPATH" in os.environ:
        # Where the package is not installed but found by this variable, cron must know it too.
        every_minute = f"PYTHONPATH={os.environ['PYTHONPATH']}\n{every_minute}"
    log = output / "log" / "asf-analysis.log"
    with cron(tmp_path / "cron", every_minute):
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while not (log.exists() and "Körningen är slut." in log.read_text("utf-8")):
            assert time.monotonic() < deadline, log.read_text("utf-8") if log.exists() else "nothing began"
            time.sleep(0.2)
    assert (output / "2018/internal/data_quality.html").is_file()
    lines = [line.split(" ", 3)[2:] for line in log.read_text("utf-8").splitlines()]
    assert lines[0] == ["upplysning", "Körningen börjar: 1 rapport."]
    assert ["upplysning", "Körningen är slut. Klara: 1. Oförändrade: 0. Misslyckade: 0."] in lines
    assert (output / "index.html").is_file()
