"""Entries for the systems that start runs by the clock: cron, systemd and the Task Scheduler of Windows.

Each is a text that is ready to be used on this machine, with comments that say how. Only light modules are
imported.
"""

from __future__ import annotations

import getpass
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from asf_analysis.errors import WrongUsage

System = Literal["cron", "systemd", "windows"]
Often = Literal["day", "week", "month"]

OFTEN_IN_WORDS: dict[Often, str] = {"day": "varje dag", "week": "varje måndag", "month": "den 1 varje månad"}

CRON_LONGEST = 998
"""Bytes that a command may have in Debian's cron (MAX_COMMAND of its cron.h, less what ends it)."""

TASK = "asf-analysis"
"""What the entry is called in systemd and in the Task Scheduler."""

EXIT_CODES = "Slutar med 0 när alla rapporter är gjorda eller oförändrade, 1 vid fel, 2 vid fel i kommandot."
"""What the entry says of how a run ends."""


@dataclass(frozen=True)
class Schedule:
    """A run that is to start by the clock: its command, the folder it stands in, when, and its log."""

    command: tuple[str, ...]
    folder: Path
    log: Path
    hour: int
    minute: int
    every: Often = "day"

    @property
    def in_words(self) -> str:
        """When it starts.

        >>> Schedule(("run",), Path("."), Path("log"), 3, 30, "week").in_words
        'varje måndag klockan 03:30'
        """
        return f"{OFTEN_IN_WORDS[self.every]} klockan {self.hour:02}:{self.minute:02}"


def program() -> tuple[str, ...]:
    """Give how this installation's command is called from anywhere: by its file, or else as a module."""
    python = Path(sys.executable)
    beside = python.with_name("asf-analysis" + python.suffix)
    return (str(beside),) if beside.is_file() else (str(python), "-m", "asf_analysis.cli")


def run_options(
    years: Sequence[int],
    audiences: Sequence[str],
    names: Sequence[str],
    formats: Sequence[str],
    data: Path,
    output: Path,
) -> tuple[str, ...]:
    """Give the words of a run that nobody looks at: it waits for others, tells faults alone, and keeps a log.

    >>> " ".join(run_options([2018, 2017], ["public"], [], ["html", "pdf"], Path("/d"), Path("/o")))
    'run --years 2017-2018 --audience public --format html,pdf --data /d --output /o --wait --quiet --log'
    """
    return (
        "run",
        *_years(sorted(set(years))),
        *(word for audience in audiences for word in ("--audience", audience)),
        *(word for name in names for word in ("--notebook", name)),
        *(("--format", ",".join(formats)) if formats else ()),
        "--data",
        str(data),
        "--output",
        str(output),
        "--wait",
        "--quiet",
        "--log",
    )


def _years(years: Sequence[int]) -> tuple[str, ...]:
    first, last = years[0], years[-1]
    if len(years) > 1 and last - first == len(years) - 1:
        return ("--years", f"{first}-{last}")
    return tuple(word for year in years for word in ("--year", str(year)))


def entry_for(system: System, schedule: Schedule) -> str:
    """Write the entry for a system; raises WrongUsage where a path cannot be written so that it is read."""
    texts = (*schedule.command, str(schedule.folder), str(schedule.log))
    if any(re.search(r"[\x00-\x1f\x7f]", text) for text in texts):
        raise WrongUsage("En sökväg har en radbrytning eller ett styrtecken. Byt namn på mappen.")
    if system == "windows":
        return _windows(schedule)
    if any("\\" in text for text in texts):
        # Some crons take a backslash away, others leave it; systemd reads it as the beginning of a sign.
        raise WrongUsage(
            f"En sökväg har ett omvänt snedstreck, och {system} kan inte läsa det säkert. Byt namn på mappen."
        )
    return _cron(schedule) if system == "cron" else _systemd(schedule)


def _cron(schedule: Schedule) -> str:
    """Write lines of a crontab: cron turns `%` into a new line unless a backslash stands before it."""
    days = {"day": "* * *", "week": "* * 1", "month": "1 * *"}[schedule.every]
    command = f"cd {shlex.quote(str(schedule.folder))} && {shlex.join(schedule.command)}".replace("%", r"\%")
    if len(command.encode()) > CRON_LONGEST:
        raise WrongUsage(
            f"Kommandot blir längre än de {CRON_LONGEST} tecken som cron läser. "
            "Välj mappar med kortare sökväg, eller systemd."
        )
    return f"""\
# asf-analysis: rapporterna görs {schedule.in_words}.
# Lägg raderna sist i din crontab. Öppna den med kommandot: crontab -e
# Cron skickar e-post om det som gick fel, till dig eller till den som MAILTO anger. {EXIT_CODES}
# Allt som händer står i loggen: {schedule.log}
# Är datorn avstängd vid klockslaget görs rapporterna nästa gång; systemd tar igen det.
SHELL=/bin/sh
PATH=/usr/local/bin:/usr/bin:/bin
LANG=C.UTF-8
LC_ALL=C.UTF-8
# MAILTO=namn@example.se
{schedule.minute} {schedule.hour} {days} {command}
"""


def _systemd(schedule: Schedule) -> str:
    """Write a service and a timer, one after the other, each below the name of its file."""
    days = {"day": "*-*-*", "week": "Mon *-*-*", "month": "*-*-01"}[schedule.every]
    first, *others = schedule.command
    if re.search("[\"']", first):
        raise WrongUsage(
            f"systemd startar inget program med citattecken i sin sökväg: {first}. Byt namn på mappen."
        )
    command = " ".join([_systemd_word(first), *(_systemd_word(word.replace("$", "$$")) for word in others)])
    folder = "/etc/systemd/system"
    return f"""\
# asf-analysis: rapporterna görs {schedule.in_words}.
# {EXIT_CODES}
# Allt som händer står i loggen: {schedule.log}
#
# 1. Spara det här som {folder}/{TASK}.service

[Unit]
Description=asf-analysis gör rapporter
RequiresMountsFor={_systemd_word(str(schedule.folder))}

[Service]
Type=oneshot
User={getpass.getuser()}
WorkingDirectory={str(schedule.folder).replace("%", "%%")}
Environment=LANG=C.UTF-8 LC_ALL=C.UTF-8
ExecStart={command}

# 2. Spara det här som {folder}/{TASK}.timer

[Unit]
Description=asf-analysis gör rapporter {schedule.in_words}

[Timer]
OnCalendar={days} {schedule.hour:02}:{schedule.minute:02}:00
# Är datorn avstängd vid klockslaget görs rapporterna när den har startat.
Persistent=true

[Install]
WantedBy=timers.target

# 3. Sätt i gång med kommandona
#      sudo systemctl daemon-reload
#      sudo systemctl enable --now {TASK}.timer
#    Prova genast:         sudo systemctl start {TASK}.service
#    Se hur det gick:      systemctl status {TASK}.service
#    Se nästa klockslag:   systemctl list-timers {TASK}.timer
"""


def _systemd_word(word: str) -> str:
    """Quote a word of a unit file; `%` begins a specifier unless it is doubled."""
    quoted = word.replace("%", "%%").replace('"', '\\"')
    return f'"{quoted}"'


def _windows(schedule: Schedule) -> str:
    """Write lines for PowerShell that hand schtasks a task as XML.

    The task cannot be told in options: they take 261 characters, know no folder to stand in, and cannot make
    up for a time when the computer was off. The XML holds only ASCII, and goes through a file in UTF-16, so
    that å, ä and ö reach Windows whatever the console's code page is.
    """
    first, *others = schedule.command
    arguments = subprocess.list2cmdline(others)
    if any(re.search(r"%\w+%", text) for text in (first, arguments, str(schedule.folder))):
        raise WrongUsage(
            "En sökväg har ett ord mellan procenttecken, och Windows läser det som en variabel. "
            "Byt namn på mappen."
        )
    months = "".join(f"<{month}/>" for month in MONTHS)
    days = {
        "day": "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>",
        "week": "<ScheduleByWeek><WeeksInterval>1</WeeksInterval>"
        "<DaysOfWeek><Monday/></DaysOfWeek></ScheduleByWeek>",
        "month": f"<ScheduleByMonth><DaysOfMonth><Day>1</Day></DaysOfMonth><Months>{months}</Months>"
        "</ScheduleByMonth>",
    }[schedule.every]
    file = f'"$env:TEMP\\{TASK}.xml"'
    return f"""\
# asf-analysis: rapporterna görs {schedule.in_words}.
# Klistra in alla rader i PowerShell och tryck på Retur.
# För att de ska göras också när ingen är inloggad: lägg till /RU KONTO /RP * sist på raden med /Create.
# {EXIT_CODES} Koden syns i Schemaläggaren.
# Allt som händer står i loggen: {schedule.log}
@'
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{_xml(f"asf-analysis gör rapporter {schedule.in_words}")}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2020-01-01T{schedule.hour:02}:{schedule.minute:02}:00</StartBoundary>
      {days}
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
  </Settings>
  <Actions>
    <Exec>
      <Command>{_xml(first)}</Command>
      <Arguments>{_xml(arguments)}</Arguments>
      <WorkingDirectory>{_xml(str(schedule.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
'@ | Set-Content -Encoding Unicode -LiteralPath {file}
schtasks /Create /F /TN {TASK} /XML {file}
# Prova genast:  schtasks /Run /TN {TASK}
# Ta bort:       schtasks /Delete /TN {TASK}
"""


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The months as the Task Scheduler's XML names them."""


def _xml(text: str) -> str:
    """Write text as XML in ASCII."""
    return escape(text).encode("ascii", "xmlcharrefreplace").decode()
