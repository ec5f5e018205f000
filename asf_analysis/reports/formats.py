"""The formats a report is made in: the page itself, and what is made from the finished page.

What writes them is imported when it is used, so that a plan of reports is made without it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asf_analysis.errors import MissingExtra, UnknownName

if TYPE_CHECKING:
    from asf_analysis.reports.finished import FinishedPage


@dataclass(frozen=True)
class Format:
    """A format: its name, which is the ending of its files, and what writes it.

    `needs` are the modules that writing it imports; `extra` names the set of them in pyproject.toml.
    """

    name: str
    write: Callable[[FinishedPage], bytes]
    needs: tuple[str, ...] = ()
    extra: str = ""


def write_html(page: FinishedPage) -> bytes:
    """Give the page as it is."""
    return page.html.encode()


def write_pdf(page: FinishedPage) -> bytes:
    """Give the page as a tagged PDF."""
    from asf_analysis.reports import pdf

    return pdf.write_pdf(page)


def write_docx(page: FinishedPage) -> bytes:
    """Give the page as a Word document."""
    from asf_analysis.reports import word

    return word.write_docx(page)


HTML = Format("html", write_html)
FORMATS = (
    HTML,
    Format("pdf", write_pdf, needs=("weasyprint",), extra="pdf"),
    Format("docx", write_docx, needs=("pypandoc", "docx", "resvg_py"), extra="word"),
)


def find_formats(names: Sequence[str]) -> tuple[Format, ...]:
    """Give the formats of some names, in the order in which they are made; HTML is always among them.

    Raises UnknownName with the names that exist.

    >>> [format.name for format in find_formats(["docx", "pdf", "docx"])]
    ['html', 'pdf', 'docx']
    """
    known = [format.name for format in FORMATS]
    for name in names:
        if name not in known:
            raise UnknownName(
                f"Det finns inget format som heter {name!r}. De som finns: {', '.join(known)}. "
                "Flera skrivs med komma mellan: html,pdf,docx."
            )
    return tuple(format for format in FORMATS if format.name in names or format is HTML)


def check_installed(format: Format) -> None:
    """Raise MissingExtra where what a format is written with is not installed, or does not work."""
    try:
        for module in format.needs:
            importlib.import_module(module)
    except ImportError as error:
        raise MissingExtra(
            f"Formatet {format.name} behöver ett tillägg som inte är installerat. Installera det så här: "
            f"pip install 'asf-analysis[{format.extra}]'"
        ) from error
    except OSError as error:
        # WeasyPrint is installed, but not the libraries of the operating system that it loads.
        raise MissingExtra(
            f"Formatet {format.name} behöver biblioteket Pango, som inte finns på datorn. Installera det så "
            "här: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu) eller "
            "brew install pango (macOS). För Windows, se "
            "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
        ) from error
