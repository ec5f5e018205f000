"""Tables of a page: caption and number, header cells that say what they head, a frame that scrolls."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from asf_analysis.reports.refusals import Refusals
from asf_analysis.reports.sanitise import is_blank

CAPTION_LINE = "Tabell:"
"""A line of Markdown that begins so is the caption of the table after it."""

TOTALS = frozenset({"totalt", "summa", "samtliga", "hela länet", "länet"})
"""First cells that mark a row as the sum of the others."""

BLOCKS_ON_A_PHONE = frozenset({"goals", "listing"})
"""Classes of tables that are laid out as one block per row where there is no room for columns."""


def mend_tables(soup: BeautifulSoup, main: Tag, refusals: Refusals) -> None:
    """Complete every table of a page, and number those that stand on their own."""
    number = 0
    for table in main.find_all("table"):
        caption = _find_caption(soup, table)
        if caption is None:
            refusals.add_at(
                table,
                "En tabell saknar rubrik. Gör den med tables, eller skriv en rad som börjar med "
                f"”{CAPTION_LINE}” före tabellen i Markdown.",
            )
            continue
        mark_headers(table)
        mark_totals(table)
        if BLOCKS_ON_A_PHONE & set(table.get_attribute_list("class")):
            label_cells(table)
        _wrap_caption(soup, caption)
        standing_alone = table.find_parent("figure") is None
        number += standing_alone
        _frame(soup, table, caption, number if standing_alone else None)


def mark_headers(table: Tag) -> None:
    """Say of each header cell what it heads; an empty one is no header."""
    for cell in table.select("thead th"):
        if is_blank(cell.get_text()):
            cell.name = "td"
            del cell["scope"]
        elif not cell.get("scope"):
            cell["scope"] = "colgroup" if _span(cell, "colspan") > 1 else "col"
    for row in table.select("tbody tr, tfoot tr"):
        first = row.find(["th", "td"])
        if first is not None and first.name == "td" and row.th is None and _names_its_row(first):
            first.name = "th"
        for cell in row.find_all("th"):
            cell["scope"] = cell.get("scope") or ("rowgroup" if _span(cell, "rowspan") > 1 else "row")


def mark_totals(table: Tag) -> None:
    """Mark the rows that sum up the others, so that they stand out."""
    for row in table.select("tbody tr, tfoot tr"):
        first = row.find(["th", "td"])
        if first is not None and first.get_text(strip=True).lower() in TOTALS:
            row["class"] = " ".join(["total", *filter(None, row.get_attribute_list("class"))])


def label_cells(table: Tag) -> None:
    """Give each cell its column's heading, which it shows where a table is laid out as one block per row.

    A browser keeps such a table a table for a screen reader, so it needs no roles; HTML allows none here.
    """
    labels = column_labels(table)
    for row in table.select("tbody tr, tfoot tr"):
        for label, cell in zip(labels, row.find_all(["th", "td"], recursive=False), strict=False):
            if cell.name == "td":
                cell["data-label"] = label


def column_labels(table: Tag) -> list[str]:
    """Give each column's heading, with the group's before it where headings have two levels.

    >>> head = '''<tr><th rowspan="2">Kommun</th><th colspan="2">Anställda</th></tr>
    ...           <tr><th>Kvinnor</th><th>Män</th></tr>'''
    >>> column_labels(BeautifulSoup(f"<table><thead>{head}</thead></table>", "html.parser").table)
    ['Kommun', 'Anställda, Kvinnor', 'Anställda, Män']
    """
    grid: dict[tuple[int, int], str] = {}
    rows = table.select("thead tr")
    for row_number, row in enumerate(rows):
        column = 0
        for cell in row.find_all(["th", "td"], recursive=False):
            while (row_number, column) in grid:
                column += 1
            for down in range(_span(cell, "rowspan")):
                for across in range(_span(cell, "colspan")):
                    grid[row_number + down, column + across] = cell.get_text(" ", strip=True)
    width = 1 + max((column for _, column in grid), default=-1)
    return [
        ", ".join(dict.fromkeys(text for row in range(len(rows)) if (text := grid.get((row, column)))))
        for column in range(width)
    ]


def _find_caption(soup: BeautifulSoup, table: Tag) -> Tag | None:
    """Find a table's caption, or make one of the line of Markdown before it."""
    caption = table.caption
    if caption is not None:
        return None if is_blank(caption.get_text()) else caption
    line = table.find_previous_sibling()
    if line is None or line.name != "p" or not line.get_text().startswith(CAPTION_LINE):
        return None
    caption = soup.new_tag("caption", string=line.get_text().removeprefix(CAPTION_LINE).strip())
    line.decompose()
    table.insert(0, caption)
    return None if is_blank(caption.get_text()) else caption


def _wrap_caption(soup: BeautifulSoup, caption: Tag) -> None:
    """Put a caption's words in an element of their own, which stays in view when a table scrolls."""
    words = soup.new_tag("span", attrs={"class": "caption-text"})
    for part in list(caption.contents):
        words.append(part.extract())
    caption.append(words)


def _frame(soup: BeautifulSoup, table: Tag, caption: Tag, number: int | None) -> None:
    """Number a table and frame it, so that a wide one scrolls by itself and by keyboard."""
    if number is not None:
        caption["id"] = f"tabell-{number}"
        words = caption.span or caption
        words.insert(0, soup.new_tag("span", attrs={"class": "block-number"}, string=f"Tabell {number}."))
        words.insert(1, " ")
    label = (
        {"aria-labelledby": f"tabell-{number}"} if number is not None else {"aria-label": "Data som tabell"}
    )
    table.wrap(
        soup.new_tag("div", attrs={"class": "table-frame", "role": "region", "tabindex": "0", **label})
    )


def _names_its_row(cell: Tag) -> bool:
    return "number" not in cell.get_attribute_list("class") and not is_blank(cell.get_text())


def _span(cell: Tag, name: str) -> int:
    return max(1, int(str(cell.get(name, "1"))))
