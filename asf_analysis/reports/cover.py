"""The cover of a report: what the notebook's first output says about the document."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from markupsafe import Markup, escape
from nbformat import NotebookNode
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from asf_analysis.errors import NotPublishable
from asf_analysis.presentation.block import legible
from asf_analysis.presentation.cover import COVER_MIME

INTERNAL = "Internt material"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def _legible(value: object) -> object:
    return legible(value) if isinstance(value, str) else value


Words = Annotated[str, BeforeValidator(_legible)]
"""Text of a cover, without what no page can hold."""


class Cover(BaseModel):
    """Title, sender, facts and stamps of a report."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, str_strip_whitespace=True)

    title: Words = Field(min_length=1)
    organisation: Words = Field(min_length=1)
    subtitle: Words = ""
    description: Words = ""
    facts: tuple[tuple[Words, Words], ...] = ()
    audience: Literal["public", "internal"] = "public"
    stamps: tuple[Words, ...] = ()
    contact: Words = ""
    accessibility_url: Words = Field(default="", pattern=r'^(https://[^\s"<>\\^`{|}@]+)?$')
    version: Words = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """The stamps, to which an internal edition always adds its own.

        >>> Cover(title="Årsrapport", organisation="Förbundet", audience="internal").marks
        ('Internt material',)
        """
        stamped = any(stamp.startswith("Intern") for stamp in self.stamps)
        return self.stamps if self.audience == "public" or stamped else (INTERNAL, *self.stamps)

    @property
    def short_marks(self) -> str:
        """The stamps as they fit at the top of a printed page: what stands before the colon of each.

        >>> stamps = ("Demonstrationsdata: siffrorna är påhittade", "Internt material")
        >>> Cover(title="Årsrapport", organisation="Förbundet", stamps=stamps).short_marks
        'Demonstrationsdata · Internt material'
        """
        return " · ".join(mark.partition(":")[0] for mark in self.marks)

    @property
    def contact_html(self) -> Markup:
        """The contact, with its e-mail addresses as links.

        >>> cover = Cover(title="Årsrapport", organisation="Förbundet", contact="Kansliet, info@example.se")
        >>> print(cover.contact_html)
        Kansliet, <a href="mailto:info@example.se">info@example.se</a>
        """
        link = r'<a href="mailto:\g<0>">\g<0></a>'
        return Markup(_EMAIL.sub(link, str(escape(self.contact))))


UNTITLED = Cover(title="Utan försättsblad", organisation="Okänd")
"""Stands in where a notebook has no cover, so that its other faults can be found too."""


def find_cover(notebook: NotebookNode) -> Cover:
    """Find the one cover among a notebook's outputs.

    Raises NotPublishable where there is none, more than one, or one that lacks its title or sender.
    """
    covers = [
        output["data"][COVER_MIME]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if COVER_MIME in output.get("data", {})
    ]
    if not covers:
        raise NotPublishable(
            "Rapporten saknar försättsblad. Börja anteckningsboken med en cell som anropar cover(...)."
        )
    if len(covers) > 1:
        raise NotPublishable(f"Rapporten har {len(covers)} försättsblad. Behåll ett anrop av cover(...).")
    try:
        return Cover.model_validate(covers[0])
    except ValidationError as error:
        fields = ", ".join(sorted({str(fault["loc"][0]) for fault in error.errors()}))
        raise NotPublishable(
            f"Försättsbladet saknar eller har fel värde i: {fields}. Rätta cover(...)."
        ) from error
