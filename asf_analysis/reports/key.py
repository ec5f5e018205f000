"""The key of a report: all that its content follows from, as one text. Equal keys, equal reports."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from asf_analysis.folders import DataFolder
from asf_analysis.reports.inputs import digest_of, input_files
from asf_analysis.reports.requests import Request


def key_of(request: Request, data: DataFolder, notebook: Path, code: str) -> str:
    """Give the key of a report: a text that changes when anything changes that it is made from.

    That is its parameters and formats, its notebook, what its files tell of its years, and
    `code`: the digest of the package's files and of the versions of what draws and writes.
    """
    judged = request.report.judges(request.year, data)
    made_from = {
        "report": request.report.name,
        "parameters": request.parameters,
        "formats": [format.name for format in request.formats],
        "notebook": hashlib.sha256(notebook.read_bytes()).hexdigest(),
        "inputs": {
            path.relative_to(data.root).as_posix(): digest_of(path, data, judged)
            for path in input_files(request, data)
        },
        "code": code,
    }
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()
