"""The last pass over a page: what a template cannot mend, and what may not be published.

Takes the page as the template wrote it, with each cell's part in a `<div data-cell>`, and gives the
finished document: headings with addresses, contents, numbered figures and tables, soft hyphens, and no
link that leads nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

from asf_analysis.presentation.block import legible
from asf_analysis.reports.hyphens import soften_headings
from asf_analysis.reports.page_figures import mend_figures
from asf_analysis.reports.page_tables import mend_tables
from asf_analysis.reports.pictures import faults_of_picture
from asf_analysis.reports.refusals import CELL, Refusals
from asf_analysis.reports.sanitise import is_blank

DEEPEST_IN_CONTENTS = 3
"""Headings down to this level are listed in the contents."""

_HEADINGS = re.compile(r"h[1-6]")
_GENERATED = re.compile(r"(?:figur|tabell)-\d+")
"""Ids that numbering gives out."""

_ACTIVE_ELEMENTS = "script, iframe, frame, object, embed, form, link, base, style, svg, math"
_ADDRESSES = frozenset({"href", "src", "srcset"})
_FORMATTER = HTMLFormatter(EntitySubstitution.substitute_xml, void_element_close_prefix="")


def finish_page(html: str, refusals: Refusals) -> str:
    """Give the finished document; raises NotPublishable with everything that stops it."""
    soup = BeautifulSoup(legible(html), "html.parser")
    main = soup.main
    if main is None:
        raise ValueError("the template has lost its <main>")
    names = Names(soup, main)
    collect_marked_refusals(main, refusals)
    unwrap_dead_links(main)
    drop_empty_headings(main)
    refuse_images(main, refusals)
    refuse_active_content(soup, refusals)
    check_headings(main, refusals)
    name_headings(main, names)
    mend_tables(soup, main, refusals)
    mend_figures(soup, main)
    unwrap_links_to_nowhere(soup, main)
    fill_contents(soup, main)
    refusals.raise_if_any()
    unwrap_cells(main)
    soften_headings(soup)
    return soup.decode(formatter=_FORMATTER)


class Names:
    """The ids of a page, each used once: the page's own first, then authors', then headings'."""

    def __init__(self, soup: BeautifulSoup, main: Tag) -> None:
        authored = main.find_all(id=True)
        inside = {id(element) for element in authored}
        self._taken = {str(element["id"]) for element in soup.find_all(id=True) if id(element) not in inside}
        for element in authored:
            if str(element["id"]) in self._taken or _GENERATED.fullmatch(str(element["id"])):
                del element["id"]
            else:
                self._taken.add(str(element["id"]))

    def claim(self, text: str) -> str:
        """Make an id of a heading's words.

        >>> soup = BeautifulSoup('<main id="innehall"></main>', "html.parser")
        >>> names = Names(soup, soup.main)
        >>> names.claim("Nådde vi målen?"), names.claim("Nådde vi målen?")
        ('nadde-vi-malen', 'nadde-vi-malen-2')
        """
        plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
        base = slug if slug[:1].isalpha() and not _GENERATED.fullmatch(slug) else f"avsnitt-{slug}".strip("-")
        name = next(name for name in _numbered(base) if name not in self._taken)
        self._taken.add(name)
        return name


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def collect_marked_refusals(main: Tag, refusals: Refusals) -> None:
    """Gather what the cells' own conversion could not show."""
    for mark in main.select("[data-refusal]"):
        refusals.add_at(mark, str(mark["data-refusal"]))
        mark.decompose()


def unwrap_dead_links(main: Tag) -> None:
    """Leave the words of a link whose address was taken away, and nothing of one that has no words."""
    for link in main.find_all("a"):
        if not link.get("href") or (is_blank(link.get_text()) and link.img is None):
            link.unwrap()


def drop_empty_headings(main: Tag) -> None:
    """Take away headings without words, which would stand as empty lines in the contents."""
    for heading in main.find_all(_HEADINGS):
        if is_blank(heading.get_text()) and heading.img is None:
            heading.decompose()


def unwrap_links_to_nowhere(soup: BeautifulSoup, main: Tag) -> None:
    """Leave the words of a link to a place that the page does not have.

    Cards lead to the definitions of their KPIs, and an author may leave that table out.
    """
    places = {str(element["id"]) for element in soup.find_all(id=True)}
    for link in main.select('a[href^="#"]'):
        if unquote(str(link["href"])[1:]) not in places:
            link.unwrap()


def refuse_images(main: Tag, refusals: Refusals) -> None:
    """Refuse images that the file does not hold, that hold what they should not, or have no text."""
    for image in main.find_all(["img", "source"]):
        address = image.get("src" if image.name == "img" else "srcset")
        if not address:
            refusals.add_at(
                image,
                "En bild hämtas från en adress utanför filen. Klistra in bilden i cellen (bilaga) "
                "eller rita den med figures.",
            )
            continue
        for fault in faults_of_picture(str(address)):
            refusals.add_at(image, f"En bild {fault}. Rita den med figures, eller spara den som PNG.")
    for image in main.find_all("img"):
        if is_blank(str(image.get("alt", ""))):
            refusals.add_at(
                image,
                "En bild saknar alternativtext. Rita den med figures, eller ge den en text: "
                "display(figur, metadata={'image/png': {'alt': '...'}}) eller ![text](bild) i Markdown.",
            )


def refuse_active_content(soup: BeautifulSoup, refusals: Refusals) -> None:
    """Refuse what cleaning should have taken away: scripts, event handlers, styles, forms."""
    for element in soup.select(f"body :is({_ACTIVE_ELEMENTS})"):
        refusals.add_at(element, f"Elementet <{element.name}> får inte finnas i en publicerad fil.")
    for element in soup.select("body, body *"):
        for name, value in element.attrs.items():
            runs = name in _ADDRESSES and str(value).lower().lstrip().startswith("javascript:")
            if runs or name == "style" or name.startswith("on"):
                refusals.add_at(element, f"Attributet {name} får inte finnas i en publicerad fil.")


def check_headings(main: Tag, refusals: Refusals) -> None:
    """Refuse a second title and skipped heading levels."""
    previous = 1
    for heading in main.find_all(_HEADINGS):
        level, text = _level(heading), heading.get_text(" ", strip=True)
        if level == 1:
            refusals.add_at(
                heading,
                f"Rubriken ”{text}” är på nivå 1, som försättsbladets titel har. Börja på nivå 2 (##).",
            )
        elif level > previous + 1:
            refusals.add_at(
                heading,
                f"Rubriken ”{text}” är på nivå {level}, men rubriken före är på nivå {previous}. "
                f"Använd nivå {previous + 1} ({'#' * (previous + 1)}).",
            )
        previous = max(level, 1)


def name_headings(main: Tag, names: Names) -> None:
    """Give each heading an address of its own."""
    for heading in main.find_all(_HEADINGS):
        if not heading.get("id"):
            heading["id"] = names.claim(heading.get_text())


def fill_contents(soup: BeautifulSoup, main: Tag) -> None:
    """List the headings in the contents, in two levels; take the contents away where there are none."""
    contents = soup.select_one(".contents")
    headings = [
        heading for heading in main.find_all(_HEADINGS) if 2 <= _level(heading) <= DEEPEST_IN_CONTENTS
    ]
    if contents is None or contents.ol is None:
        return
    if not headings:
        contents.decompose()
        return
    section: Tag | None = None
    for heading in headings:
        item = _contents_item(soup, heading)
        if _level(heading) == 2 or section is None:
            section = item
            contents.ol.append(item)
        else:
            _sublist(soup, section).append(item)


def unwrap_cells(main: Tag) -> None:
    """Take away the elements that told which cell a part of the page came from."""
    for cell in main.select(f"[{CELL}]"):
        cell.unwrap()


def _level(heading: Tag) -> int:
    return int(heading.name[1])


def _contents_item(soup: BeautifulSoup, heading: Tag) -> Tag:
    item, link = soup.new_tag("li"), soup.new_tag("a", href=f"#{heading['id']}")
    link.string = heading.get_text(" ", strip=True)
    item.append(link)
    return item


def _sublist(soup: BeautifulSoup, section: Tag) -> Tag:
    if section.ol is not None:
        return section.ol
    sublist = soup.new_tag("ol")
    section.append(sublist)
    return sublist
