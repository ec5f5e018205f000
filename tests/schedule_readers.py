"""Small readers of what `asf-analysis schedule` writes, as cron, systemd and Windows read it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Crontab:
    """A crontab with one entry: the variables before it, its five times, and the command that sh is given."""

    variables: dict[str, str]
    times: str
    command: str


def read_crontab(text: str) -> Crontab:
    """Read as Debian's cron does: `%` that no backslash stands before would end the command."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    *settings, entry = lines
    assert all(re.fullmatch(r"[A-Z_]+=\S+", line) for line in settings), settings
    *times, command = entry.split(maxsplit=5)
    assert not re.search(r"(?<!\\)%", command)
    return Crontab(
        dict(line.split("=", 1) for line in settings), " ".join(times), command.replace(r"\%", "%")
    )


def read_units(text: str) -> dict[str, str]:
    """Give the unit files by name: each begins below the comment that names it, and ends at the next step."""
    parts = re.split(r"(?m)^# \d\. .*", text)
    names = re.findall(r"(?m)^# \d\. Spara det här som /etc/systemd/system/(\S+)$", text)
    return dict(zip(names, parts[1:], strict=False))


def read_exec_start(service: str) -> list[str]:
    """Read the command of a service: quoted words, with doubled signs for themselves."""
    [line] = re.findall(r"(?m)^ExecStart=(.*)$", service)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"(?: |$)', line)
    assert len(words) == len(line.split('" "'))
    first, *others = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]
    return [first, *(word.replace("$$", "$") for word in others)]


def read_windows_words(line: str) -> list[str]:
    """Read a command line as programs on Windows do: backslashes count only before quotation marks."""
    words = re.findall(r'(?:[^\s"\\]|\\+(?!")|\\+"|"(?:[^"\\]|\\.)*")+', line)
    return [re.sub(r'(?<!\\)"', "", word).replace('\\"', '"') for word in words]
