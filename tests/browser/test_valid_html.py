"""Every page is valid HTML, by the Nu HTML checker of the W3C: a Java program, and 0 errors."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
JAR = ROOT / ".vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
"""Where .ci/run puts the checker; the environment variable VNU_JAR names another place."""

JAVA = ["-Xss2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
"""Starts the checker fast, and lets it read pages that are nested deep."""

MISTAKEN = re.compile(r"(Resource|Inline style) violates Content Security Policy")
"""Warnings of a checker that knows neither `data:` nor the hash of a style as sources; a browser does, see
test_security_policy.py."""

Message = Mapping[str, str]


@pytest.fixture(scope="module")
def checker() -> Path:
    """The checker's file; a machine without it or without Java skips the tests, but never in CI."""
    jar = Path(os.environ.get("VNU_JAR", JAR))
    missing = [
        what for what, there in (("java", shutil.which("java")), ("vnu.jar", jar.is_file())) if not there
    ]
    if missing:
        reason = f"{' och '.join(missing)} saknas: .ci/run hämtar dem"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return jar


def check(jar: Path, *pages: Path) -> list[Message]:
    """Check pages in one run; gives the checker's messages."""
    command = ["java", *JAVA, "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *pages]
    found = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    messages: list[Message] = json.loads(found)["messages"]
    return messages


def errors(messages: list[Message]) -> list[str]:
    """Tell what is wrong, and where."""
    return [
        f"{Path(one.get('url', '')).name}: {one['message']} {one.get('extract', '')[:200]}"
        for one in messages
        if one["type"] != "info"
    ]


def test_every_page_is_valid_html(checker, pages_of_reports, index_page, sample_page, hostile_pages):
    ours = (*pages_of_reports.values(), index_page, sample_page)
    messages = check(checker, *ours, *hostile_pages.paths.values())
    assert errors(messages) == []
    hostile = {path.as_uri().replace("file:///", "file:/") for path in hostile_pages.paths.values()}
    warnings = [one["message"] for one in messages if one.get("url") not in hostile]
    assert [warning for warning in warnings if not MISTAKEN.match(warning)] == []


def test_the_checker_finds_what_is_wrong(checker, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><html lang=sv><title>x</title><li>lös<td role=cell>cell", encoding="utf-8")
    assert len(errors(check(checker, bad))) >= 2
