"""The finished page as a PDF that a screen reader can read: PDF/UA-1, ISO 14289-1.

WeasyPrint lays the page out by the print section of report.css. It is given the page alone and may fetch
nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from asf_analysis.errors import NotPublishable
from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.hyphens import SOFT_HYPHEN
from asf_analysis.reports.pdf_tags import mend_tags

VARIANT = "pdf/ua-1"


def write_pdf(page: FinishedPage) -> bytes:
    """Give a finished page as PDF; the same page gives the same bytes where the same fonts are.

    Raises NotPublishable where a picture of the page cannot be drawn.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    html = printable(page)
    with _refusing_what_is_left_out():
        return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
            finisher=mend_tags,
        )


def printable(page: FinishedPage) -> str:
    """Give the page with what its PDF needs besides.

    The time it was made becomes the PDF's. Its soft hyphens go: they would stand in what is copied, searched
    for and read aloud; the stylesheet breaks long words on paper instead.
    """
    moment = page.made.isoformat(timespec="seconds")
    dates = "".join(f'<meta name="dcterms.{name}" content="{moment}">\n' for name in ("created", "modified"))
    return page.html.replace(SOFT_HYPHEN, "").replace("<title>", f"{dates}<title>", 1)


class _Errors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextmanager
def _refusing_what_is_left_out() -> Iterator[None]:
    """Raise NotPublishable for a picture that WeasyPrint leaves out: it goes on, and only logs it."""
    errors, logger = _Errors(), logging.getLogger("weasyprint")
    logger.addHandler(errors)
    try:
        yield
    finally:
        logger.removeHandler(errors)
    if errors.told:
        count = len(errors.told)
        raise NotPublishable(
            f"{'En bild' if count == 1 else f'{count} bilder'} i rapporten går inte att rita i PDF. "
            "Rita om den med figures, eller spara den på nytt som PNG."
        )
