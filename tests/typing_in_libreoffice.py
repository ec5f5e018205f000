"""LibreOffice opens workbooks, types in their cells as a person in Sweden does, and saves them.

A Basic macro does the typing, for Basic comes with LibreOffice itself. The profile is made by a start of its
own: a first start writes over the macros that it finds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

Typed = Mapping[str, str]
"""What is typed on a workbook's first sheet, by cell (B7)."""

SWEDISH = (
    '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
    "<value>sv-SE</value></prop></item>"
)
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>
"""


def skip_without_libreoffice() -> None:
    """Skip a test where LibreOffice is not installed; in CI it always is."""
    if not shutil.which("soffice") and os.environ.get("CI") != "true":
        pytest.skip("LibreOffice (soffice) is not installed, and fills in these workbooks")


def type_in(workbooks: Mapping[Path, Typed], place: Path) -> None:
    """Let LibreOffice type in workbooks and save each in its place; `place` is a folder for its profile."""
    profile = place / "profile"
    office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*office, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    settings = profile / "user" / "registrymodifications.xcu"
    written = settings.read_text("utf-8").replace("</oor:items>", f"{SWEDISH}</oor:items>")
    settings.write_text(written, "utf-8")
    done = place / "done.txt"
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(MODULE.format(escape(_macro(workbooks, done), quote=False)), "utf-8")
    subprocess.run([*office, "macro:///Standard.Module1.Main"], check=True, capture_output=True, timeout=300)
    assert done.is_file(), "LibreOffice did not run the macro to its end"
    assert done.read_text().split() == ["done"]


def _macro(workbooks: Mapping[Path, Typed], done: Path) -> str:
    calls, subs = [], []
    for number, (path, typed) in enumerate(workbooks.items()):
        calls.append(f"  Book{number}")
        lines = [f"  Enter sheet, {_quoted(cell)}, {_quoted(text)}" for cell, text in typed.items()]
        subs.append(
            "\n".join(
                [
                    f"Sub Book{number}",
                    "  Dim hidden(0) As New com.sun.star.beans.PropertyValue",
                    '  hidden(0).Name = "Hidden"',
                    "  hidden(0).Value = True",
                    f"  where = {_quoted(path.as_uri())}",
                    '  book = StarDesktop.loadComponentFromURL(where, "_blank", 0, hidden())',
                    "  sheet = book.Sheets.getByIndex(0)",
                    *lines,
                    "  book.store()",
                    "  book.close(True)",
                    "End Sub",
                ]
            )
        )
    enter = "Sub Enter(sheet, where, text)\n  sheet.getCellRangeByName(where).FormulaLocal = text\nEnd Sub"
    finish = f'  Open {_quoted(str(done))} For Output As #1\n  Print #1, "done"\n  Close #1'
    return "\n".join(["Sub Main", *calls, finish, "End Sub", enter, *subs])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
