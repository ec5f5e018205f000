"""What `asf-analysis schedule` writes is read by each system as it was meant, whatever folders are called."""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from command_line import asf_analysis
from schedule_readers import read_crontab, read_exec_start, read_units, read_windows_words

from asf_analysis.errors import WrongUsage
from asf_analysis.schedule import CRON_LONGEST, Schedule, entry_for, program, run_options

ROOT = Path(__file__).parent.parent
STRANGE = 'Förbundets "års-rapporter" 100 % i Gävle, bror\'s $HOME `x` & co; #1 på 50%'


def strange(folder: Path) -> Schedule:
    """A schedule in a folder of strange name, whose command writes down its words and where it stands."""
    place = folder / STRANGE
    place.mkdir()
    command = folder / "Å 100 % $HOME; x & co" / "stand in"
    command.parent.mkdir()
    command.write_text(
        f"#!{sys.executable}\n"
        "import json, os, pathlib, sys\n"
        "told = {'words': sys.argv[1:], 'folder': os.getcwd(), 'variables': dict(os.environ)}\n"
        "pathlib.Path(__file__).with_name('told.json').write_text(json.dumps(told), 'utf-8')\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    options = run_options([2016, 2018], ["internal"], ["data_quality"], ["pdf"], place / "data", place / "ut")
    return Schedule((str(command), *options), place, place / "ut" / "log", 3, 5)


def test_the_command_in_a_crontab_is_run_as_it_was_meant(tmp_path):
    planned = strange(tmp_path)
    crontab = read_crontab(entry_for("cron", planned))
    assert crontab.times == "5 3 * * *"
    # cron gives a command little but what the crontab says.
    environment = {**crontab.variables, "HOME": str(tmp_path), "LOGNAME": "nobody"}
    shell = environment["SHELL"]
    ran = subprocess.run([shell, "-c", crontab.command], env=environment, cwd=tmp_path, capture_output=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    told = json.loads(Path(planned.command[0]).with_name("told.json").read_text("utf-8"))
    assert told["words"] == list(planned.command[1:])
    assert told["folder"] == str(planned.folder)
    assert told["variables"]["LC_ALL"] == "C.UTF-8"


def test_every_percent_sign_of_a_crontab_has_its_backslash(tmp_path):
    entry = entry_for("cron", strange(tmp_path)).splitlines()[-1]
    assert entry.count("%") == entry.count(r"\%") == 7


@pytest.mark.parametrize(
    ("every", "cron", "systemd", "windows"),
    [
        ("day", "5 3 * * *", "*-*-* 03:05:00", "ScheduleByDay"),
        ("week", "5 3 * * 1", "Mon *-*-* 03:05:00", "ScheduleByWeek"),
        ("month", "5 3 1 * *", "*-*-01 03:05:00", "ScheduleByMonth"),
    ],
)
def test_each_system_is_told_the_same_times(every, cron, systemd, windows):
    planned = Schedule(("/usr/bin/true",), Path("/srv"), Path("/srv/log"), 3, 5, every)
    assert read_crontab(entry_for("cron", planned)).times == cron
    timer = read_units(entry_for("systemd", planned))["asf-analysis.timer"]
    assert f"OnCalendar={systemd}\n" in timer
    trigger = task_of(planned).find(".//{*}CalendarTrigger")
    assert trigger is not None
    assert trigger.findtext("{*}StartBoundary", "").endswith("T03:05:00")
    assert [one.tag.partition("}")[2] for one in trigger] == ["StartBoundary", windows]


def task_of(planned: Schedule) -> ElementTree.Element:
    found = re.search(r"(?ms)^@'\n(.*)\n'@", entry_for("windows", planned))
    assert found
    assert found[1].isascii()
    return ElementTree.fromstring(found[1])


def test_the_words_of_a_service_are_read_as_they_were_meant(tmp_path):
    planned = strange(tmp_path)
    units = read_units(entry_for("systemd", planned))
    assert list(units) == ["asf-analysis.service", "asf-analysis.timer"]
    assert read_exec_start(units["asf-analysis.service"]) == list(planned.command)
    assert f"WorkingDirectory={str(planned.folder).replace('%', '%%')}\n" in units["asf-analysis.service"]
    assert "Persistent=true\n" in units["asf-analysis.timer"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    planned = strange(tmp_path)
    folder = tmp_path / "units"
    folder.mkdir()
    for name, text in read_units(entry_for("systemd", planned)).items():
        (folder / name).write_text(text, encoding="utf-8")

    def verified() -> subprocess.CompletedProcess[str]:
        files = [str(path) for path in sorted(folder.iterdir())]
        command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *files]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert [line for line in verified().stderr.splitlines() if "asf-analysis" in line] == []
    # The program is looked for by the path that was read: where it is gone, systemd says so.
    Path(planned.command[0]).rename(tmp_path / "elsewhere")
    assert f"Command {planned.command[0]} is not executable" in verified().stderr


def test_the_task_of_windows_has_the_words_as_they_were_meant(tmp_path):
    planned = strange(tmp_path)
    task = task_of(planned)
    assert task.findtext(".//{*}Command") == planned.command[0]
    assert read_windows_words(task.findtext(".//{*}Arguments", "")) == list(planned.command[1:])
    assert task.findtext(".//{*}WorkingDirectory") == str(planned.folder)
    assert task.findtext(".//{*}StartWhenAvailable") == "true"


def test_a_path_of_windows_keeps_its_backslashes():
    words = (r"C:\Program Files\asf\asf-analysis.exe", "run", "--data", r"C:\Årets data\rå", "--quiet")
    planned = Schedule(words, Path(r"C:\Program Files\asf"), Path(r"C:\log"), 3, 5)
    task = task_of(planned)
    assert task.findtext(".//{*}Command") == words[0]
    assert read_windows_words(task.findtext(".//{*}Arguments", "")) == list(words[1:])


@pytest.mark.parametrize(
    ("system", "folder", "told"),
    [
        ("cron", "/srv/två\nrader", "radbrytning"),
        ("systemd", "/srv/två\nrader", "radbrytning"),
        ("windows", "C:/två\nrader", "radbrytning"),
        ("cron", "/srv/a\\b", "omvänt snedstreck"),
        ("systemd", "/srv/a\\b", "omvänt snedstreck"),
        ("windows", "C:/%TEMP%/data", "procenttecken"),
    ],
)
def test_a_path_that_a_system_would_read_otherwise_is_refused(system, folder, told):
    with pytest.raises(WrongUsage, match=told):
        entry_for(system, Schedule(("asf-analysis", "run"), Path(folder), Path("log"), 3, 5))


@pytest.mark.parametrize("sign", ['"', "'"])
def test_a_program_that_systemd_would_not_start_is_refused(sign):
    planned = Schedule((f"/srv/a{sign}b/asf-analysis", "run"), Path("/srv"), Path("/log"), 3, 5)
    with pytest.raises(WrongUsage, match="citattecken"):
        entry_for("systemd", planned)
    assert entry_for("cron", planned)


def test_a_command_longer_than_cron_reads_is_refused_and_one_as_long_is_not():
    def planned(length: int) -> Schedule:
        return Schedule(("x" * length,), Path("/"), Path("/log"), 3, 5)

    room = CRON_LONGEST - len("cd / && ")
    assert entry_for("cron", planned(room))
    with pytest.raises(WrongUsage, match="systemd"):
        entry_for("cron", planned(room + 1))


def test_the_command_line_gives_the_run_of_this_installation(project, tmp_path):
    given = ["--years", "2016-2018", "--audience", "public", "--audience", "internal", "--at", "4.07"]
    shown = asf_analysis("schedule", "cron", *given, "--data", project / "data", "--output", tmp_path / "ut")
    assert (shown.returncode, shown.stderr) == (0, "")
    crontab = read_crontab(shown.stdout)
    assert crontab.times == "7 4 * * *"
    assert crontab.command.startswith(f"cd {project} && {' '.join(program())} run ")
    assert os.access(program()[0], os.X_OK)
    assert crontab.command.endswith(
        f"--years 2016-2018 --audience public --audience internal --data {project / 'data'} "
        f"--output {tmp_path / 'ut'} --wait --quiet --log"
    )
    assert f"{tmp_path / 'ut'}/log/asf-analysis.log" in shown.stdout
    assert [path.name for path in tmp_path.iterdir()] == []


def test_paths_are_whole_wherever_the_command_is_called(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project / "notebooks")
    shown = asf_analysis("schedule", "cron", "--year", "2018", "--output", "../ut")
    assert f"--data {project / 'data'} --output {project / 'ut'} " in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Ange cron|systemd|windows."),
        (
            ["launchd", "--year", "2018"],
            "'launchd' går inte att välja. Välj cron eller systemd eller windows.",
        ),
        (["cron"], "Ange ett år med --year 2018, eller flera med --years 2016-2019."),
        (
            ["cron", "--year", "2018", "--at", "24:00"],
            "'24:00' är inget klockslag. Skriv till exempel 03:30.",
        ),
        (["cron", "--year", "2018", "--at", "3"], "'3' är inget klockslag."),
        (["cron", "--year", "2018", "--every", "hour"], "Välj day eller week eller month."),
        (["cron", "--year", "2018", "--notebook", "budget"], "Det finns ingen rapport som heter 'budget'."),
        (["cron", "--year", "2018", "--notebook", "data_quality"], "Lägg till --audience internal."),
        (["cron", "--year", "2018", "--format", "odt"], "Det finns inget format som heter 'odt'."),
        (["cron", "--year", "2018", "--data", "ingenstans"], "saknar filen association.toml"),
    ],
)
def test_what_would_fail_at_night_is_refused_at_once(arguments, told):
    refused = asf_analysis("schedule", *arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("Fel: ")
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_module_of_schedules_is_light():
    script = (
        "import sys, asf_analysis.schedule\n"
        "sys.exit(bool({'pandas', 'numpy', 'rich', 'babel', 'papermill', 'nbconvert'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
