"""What the README files say works: commands exist, code runs, and no file or table is left out."""

import re
import shlex
from pathlib import Path

import click
import pytest
from command_line import asf_analysis

from asf_analysis.cli import cli
from asf_analysis.intake.sources import REGISTERS, YEARLY

ROOT = Path(__file__).parent.parent
READ_MES = ("README.md", "data/README.md", "notebooks/README.md")
COMMANDS = sorted(cli.commands)


def fenced(text: str, language: str) -> list[str]:
    """Give the blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def told_commands(text: str) -> list[str]:
    """Give the calls of asf-analysis that a text tells, in blocks and in running text."""
    lines = [line for block in fenced(text, "sh") for line in block.splitlines()]
    lines += re.findall(r"`(asf-analysis [^`]+)`", text)
    calls = [re.split(r"\s#\s| && | > ", line)[0].strip() for line in lines]
    return [call for call in calls if call.startswith("asf-analysis ")]


TOLD = [
    *((name, call) for name in READ_MES for call in told_commands((ROOT / name).read_text("utf-8"))),
    *(
        (name, call)
        for name in COMMANDS
        for call in re.findall(r"asf-analysis [^,\n]+", cli.commands[name].help or "")
    ),
]


def concrete(call: str) -> list[str]:
    """Give a call's words up to where its output goes, with something for what the reader fills in."""
    filled = (
        call.replace("<år>", "2018").replace("<year>", "2018").replace("<namn>", "trends").replace("…", "")
    )
    return shlex.split(filled.split(" > ")[0])[1:]


@pytest.mark.parametrize(("place", "call"), TOLD, ids=[f"{place}: {call}" for place, call in TOLD])
def test_every_call_that_is_told_can_be_called(place, call):
    words = concrete(call)
    if words[0] not in {"--help", "--version"}:
        command = cli.commands[words[0]]
        if len(words) == 1 and any(param.required for param in command.params):
            return
        with click.Context(cli) as parent:
            assert command.make_context(words[0], words[1:], parent=parent).params is not None


def test_every_command_is_told_in_the_read_me():
    told = {concrete(call)[0] for place, call in TOLD if place == "README.md"}
    assert set(COMMANDS) - told == set()


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=" ".join)
def test_help_is_swedish_and_shows_an_example(command):
    shown = asf_analysis(*command, "--help")
    assert shown.returncode == 0
    assert "Användning: asf-analysis" in shown.stdout
    assert re.search(rf"Exempel: asf-analysis {' '.join(command) or '[a-z]'}", shown.stdout)
    assert "Visa den här hjälpen." in shown.stdout
    assert not {"Usage", "Options", "Commands", "Show this"} & set(shown.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name):
    options = [one for one in cli.commands[name].params if isinstance(one, click.Option)]
    assert [one.opts for one in options if not one.help] == []


def test_the_code_for_notebooks_runs(project, monkeypatch):
    monkeypatch.chdir(project / "notebooks")
    blocks = fenced((project / "notebooks" / "README.md").read_text("utf-8"), "python")
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        for line in block.splitlines():
            exec(line, names)


def test_the_read_me_of_data_names_every_file_that_is_read(project):
    told = (project / "data" / "README.md").read_text("utf-8")
    stems = [*REGISTERS.values(), *YEARLY.values(), "enkat_kv1", "enkat_kv4/"]
    assert [stem for stem in stems if stem not in told] == []
    files = [path for path in (project / "data").rglob("*") if path.is_file() and "raw" not in path.parts]
    named = [path.relative_to(project / "data").as_posix() for path in files if path.name != "README.md"]
    asked = [re.sub(r"\d{4}", "<år>", name) for name in named]
    assert [name for name in asked if f"`{name}`" not in told] == []
