"""What a run tells while it goes on, in a terminal and without one, and what its log holds."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from asf_analysis.errors import UnwritableOutput, WrongUsage
from asf_analysis.reports import journal as journals
from asf_analysis.reports.journal import journal
from asf_analysis.reports.progress import Row, told_by
from asf_analysis.swedish.writing import NO_BREAK_SPACE

ROOT = Path(__file__).parent.parent
SECRET = "Verkstan i Gävle"
REASON = f"Anteckningsboken stannade i en cell: KeyError: '{SECRET}'\nDen ligger kvar i output/failed."
PAGE, OLD_PAGE = Path("output/2018/gender_equality.html"), Path("output/2017/trends.html")
ROWS = (
    Row("Årsrapport 2018", "misslyckades", 1.24, reason=REASON),
    Row("Jämställdhet 2018", "klar", 2.14, (PAGE,)),
    Row("Trender 2017", "oförändrad", 0, (OLD_PAGE,)),
)


def tell(progress) -> None:
    progress.begin(3)
    progress.ended("Trender 2017", "oförändrad", 0)
    progress.started("Jämställdhet 2018")
    progress.started("Årsrapport 2018")
    progress.say("Granskningen förstår inte en tabell.")
    progress.ended("Jämställdhet 2018", "klar", 2.14)
    progress.ended("Årsrapport 2018", "misslyckades", 1.24)
    progress.finish(ROWS)


def told(capsys, **how) -> tuple[str, str]:
    with told_by(**how) as progress:
        tell(progress)
    shown = capsys.readouterr()
    return shown.out, shown.err.replace(NO_BREAK_SPACE, " ")


def test_without_a_terminal_each_report_is_a_line_and_all_of_them_a_table(capsys):
    out, err = told(capsys)
    assert out == f"{PAGE}\n{OLD_PAGE}\n"
    assert err.splitlines() == [
        "[1/3] Trender 2017: oförändrad",
        "Granskningen förstår inte en tabell.",
        "[2/3] Jämställdhet 2018: klar (2,1 s)",
        "[3/3] Årsrapport 2018: misslyckades (1,2 s)",
        "",
        "Rapport            Status        Tid    Dokument i output",
        "Jämställdhet 2018  klar          2,1 s  2018/gender_equality.html",
        "Trender 2017       oförändrad    –      2017/trends.html",
        f"Årsrapport 2018    misslyckades  1,2 s  {REASON.splitlines()[0]}",
        "Klara: 1. Oförändrade: 1. Misslyckade: 1.",
        *f"Fel: {REASON}".splitlines(),
    ]


def test_quiet_tells_nothing_but_faults(capsys):
    assert told(capsys, quiet=True) == ("", f"Fel: {REASON}\n")


def test_quiet_tells_nothing_at_all_where_nothing_failed(capsys):
    with told_by(quiet=True) as progress:
        progress.begin(1)
        progress.ended("Trender 2017", "klar", 1)
        progress.finish(ROWS[1:])
    assert capsys.readouterr() == ("", "")


def test_what_failed_besides_the_reports_is_told_once(capsys):
    with told_by(quiet=True) as progress:
        progress.finish(ROWS, [REASON, "Översikten går inte att skriva."])
    assert capsys.readouterr().err == f"Fel: {REASON}\nFel: Översikten går inte att skriva.\n"


IN_A_TERMINAL = """
import sys, test_progress
from asf_analysis.reports.progress import Bar, told_by
with told_by() as progress:
    assert type(progress) is Bar
    test_progress.tell(progress)
"""


def in_terminal(script: str, width: int = 120) -> tuple[str, str]:
    """Run a script whose standard error is a terminal; gives what went to its standard output, and there."""
    mine, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "COLUMNS": str(width)}
    environment.update(TERM="xterm", PYTHONUTF8="1")
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        shown = b""
        while part := read_terminal(mine):
            shown += part
        assert process.stdout is not None
        out = process.stdout.read().decode()
    os.close(mine)
    assert process.returncode == 0, shown.decode()
    return out, shown.decode().replace(NO_BREAK_SPACE, " ")


def read_terminal(end: int) -> bytes:
    """Read what a terminal shows; Linux ends it with an error."""
    try:
        return os.read(end, 65536)
    except OSError:
        return b""


def test_in_a_terminal_there_is_one_bar_and_then_a_table():
    out, shown = in_terminal(IN_A_TERMINAL)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert out == f"{PAGE}\n{OLD_PAGE}\n"
    assert re.search(r"\d/3 +[━╸╺]+ +0:00:0\d", plain)
    assert plain.count("Dokument i output") == 1
    assert [line.split()[0] for line in plain.splitlines() if re.search(r"\b(klar|oförändrad) +", line)][
        -2:
    ] == ["Jämställdhet", "Trender"]
    assert "Granskningen förstår inte en tabell." in plain
    assert "Klara: 1. Oförändrade: 1. Misslyckade: 1." in plain
    assert "Fel: Anteckningsboken stannade i en cell" in plain


def test_a_run_that_is_interrupted_leaves_the_terminal_with_its_cursor():
    script = (
        "from asf_analysis.reports.progress import told_by\n"
        "try:\n    with told_by() as progress:\n        progress.begin(3)\n        raise KeyboardInterrupt\n"
        "except KeyboardInterrupt:\n    pass\n"
    )
    shown = in_terminal(script)[1]
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l") > -1


def test_without_a_terminal_rich_and_pandas_are_not_imported():
    script = (
        "import sys, test_progress\nfrom asf_analysis.reports.progress import told_by\n"
        "with told_by() as progress:\n    test_progress.tell(progress)\n"
        "sys.exit(bool({'rich', 'pandas', 'numpy'} & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment)
    assert finished.returncode == 0, finished.stderr.decode()


LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d (fel|varning|upplysning) (.+)")


def events(log: Path) -> list[tuple[str, str]]:
    lines = log.read_text(encoding="utf-8").splitlines()
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), lines
    return [(one[1], one[2].replace(NO_BREAK_SPACE, " ")) for one in found if one]


def test_the_log_has_a_line_for_each_event_and_nothing_that_a_cell_held(capsys, tmp_path):
    log = tmp_path / "log" / "asf-analysis.log"
    told(capsys, quiet=True, log=log)
    assert events(log) == [
        ("upplysning", "Körningen börjar: 3 rapporter."),
        ("upplysning", "Trender 2017: oförändrad"),
        ("upplysning", "Granskningen förstår inte en tabell."),
        ("upplysning", "Jämställdhet 2018: klar (2,1 s)"),
        ("fel", "Årsrapport 2018: misslyckades (1,2 s)"),
        ("fel", "Anteckningsboken stannade i en cell"),
        ("fel", "Körningen är slut. Klara: 1. Oförändrade: 1. Misslyckade: 1."),
    ]
    assert SECRET not in log.read_text(encoding="utf-8")


def test_what_stops_a_run_is_in_its_log(tmp_path):
    log = tmp_path / "asf-analysis.log"
    with pytest.raises(WrongUsage), told_by(log=log):
        raise WrongUsage(f"Det finns ingen kommun: {SECRET}")
    assert events(log) == [("fel", "Det finns ingen kommun")]


def test_the_log_of_an_interrupted_run_says_so(tmp_path):
    log = tmp_path / "asf-analysis.log"
    with pytest.raises(KeyboardInterrupt), told_by(log=log):
        raise KeyboardInterrupt
    assert events(log) == [("fel", "Avbrutet.")]


def test_the_log_rotates_and_the_oldest_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(journals, "LARGEST_FILE", 200)
    log = tmp_path / "asf-analysis.log"
    with journal(log) as write:
        for number in range(40):
            write(f"Händelse {number}")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [log.name, *(f"{log.name}.{number}" for number in range(1, 5))]
    assert all(path.stat().st_size <= 200 for path in tmp_path.iterdir())
    assert events(log)[-1] == ("upplysning", "Händelse 39")


def test_a_later_run_writes_after_the_earlier(tmp_path):
    for text in ("Måndag", "Tisdag\nförmiddag"):
        with journal(tmp_path / "asf-analysis.log") as write:
            write(text, "varning")
    assert events(tmp_path / "asf-analysis.log") == [("varning", "Måndag"), ("varning", "Tisdag förmiddag")]


def test_a_log_that_cannot_be_opened_is_told(tmp_path):
    (tmp_path / "log").write_text("")
    with (
        pytest.raises(UnwritableOutput, match="Det går inte att skriva i loggen"),
        told_by(log=tmp_path / "log" / "asf-analysis.log"),
    ):
        pytest.fail("began without its log")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="No /dev/full: a full disk cannot be tried")
def test_a_full_disk_stops_no_report_but_is_told_at_the_end(tmp_path):
    log = tmp_path / "asf-analysis.log"
    log.symlink_to("/dev/full")
    went_on = []

    def run() -> None:
        with journal(log) as write:
            write("Körningen börjar.")
            went_on.append(True)

    with pytest.raises(UnwritableOutput, match="Frigör plats"):
        run()
    assert went_on == [True]
