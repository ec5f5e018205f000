"""Where in a year's folder the files of a report belong, and which of an older edition go away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from asf_analysis.reports.formats import FORMATS
from asf_analysis.reports.requests import Request


def documents_prefix(request: Request) -> str:
    """Name the subfolder of the year's folder that an audience's documents go to; "" for the public."""
    return "" if request.audience == "public" else "internal"


def in_folder(request: Request, name: str) -> str:
    """Give where in the year's folder a document of a report belongs.

    >>> from asf_analysis.reports.catalogue import find_report
    >>> in_folder(Request(find_report("annual_report"), 2018), "kpis.csv")
    'kpis.csv'
    """
    return f"{documents_prefix(request)}/{name}".lstrip("/")


def manifest_name(request: Request) -> str:
    """Give where in the year's folder the manifest of a report belongs.

    >>> from asf_analysis.reports.catalogue import find_report
    >>> manifest_name(Request(find_report("annual_report"), 2018))
    'internal/annual_report-public.manifest.json'
    """
    return f"internal/{request.name}-{request.audience}.manifest.json"


def notebook_name(request: Request) -> str:
    """Give where in the year's folder the executed notebook of a report belongs."""
    return f"internal/{request.name}-{request.audience}.ipynb"


def outdated_documents(request: Request, made: Iterable[str]) -> tuple[str, ...]:
    """Name what a new edition takes away: the report in the formats in which it is not made this time.

    The folders that its documents fill go too, so that none holds a file of an older edition.

    >>> from asf_analysis.reports.catalogue import find_report
    >>> request = Request(find_report("annual_report"), 2018, "internal")
    >>> outdated_documents(request, ["kpis.csv", "data/participants.csv"])
    ('internal/annual_report.pdf', 'internal/annual_report.docx', 'internal/data')
    """
    others = replace(request, formats=tuple(other for other in FORMATS if other not in request.formats))
    folders = dict.fromkeys(_own_folder(request, name) for name in made if "/" in name)
    return tuple(in_folder(request, name) for name in (*others.document_names, *folders))


def _own_folder(request: Request, name: str) -> str:
    """Name the folder of a document that is one edition's alone: an interim report's is of its day."""
    return "/".join(name.split("/")[: 2 if request.as_of else 1])
