"""Tables of a Word document: columns as wide as they need, heads that repeat, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from asf_analysis.presentation.palette import INK
from asf_analysis.reports.word.elements import element
from asf_analysis.reports.word.styles import TEXT_WIDTH_MM, Style

if TYPE_CHECKING:
    from docx.table import Table

TEXT_WIDTH = round(TEXT_WIDTH_MM * 1440 / 25.4)
"""The text's width in twips, of which an inch has 1 440."""

LETTER = 98
"""Twips that a letter of a table takes."""

PADDING = 190
"""Twips to the left and right of a cell's text."""

LONGEST_WORD = 13
"""Letters of a word after which Word may break it."""

LONGEST_LINE = 60
"""Letters after which a column asks for no more room: its text goes on in a new line."""

WHOLE_LINE = 13
"""Letters up to which a text is not to be broken between its words either."""

SHORT = 15
"""Rows of a table that is kept on one page."""


def finish_table(table: Table) -> None:
    """Fill the text's width, mark head and first column, and keep each row on one page."""
    rows = list(table.rows)
    heads = sum(1 for row in rows if _is_head(row))
    set_widths(table, column_widths(column_texts(table)))
    mark_first_column(table)
    for number, row in enumerate(rows):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        stays = number < len(rows) - 1 and (len(rows) <= SHORT or number <= heads or number == len(rows) - 2)
        for cell in row._tr.tc_lst:
            write_cell(table, cell, Style.TABLE_HEAD if number < heads else Style.TABLE_TEXT, stays)
            if number == heads - 1:
                draw_line_below(cell)
    leave_room_after(table)


def column_texts(table: Table) -> list[list[str]]:
    """Give the texts of each column, without cells that span several."""
    from docx.table import _Cell

    texts: list[list[str]] = [[] for _ in table.columns]
    for row in table.rows:
        for cell in row._tr.tc_lst:
            if cell.grid_span == 1:
                texts[cell.grid_offset].append(_Cell(cell, table).text)
    return texts


def column_widths(columns: Sequence[Sequence[str]], whole: int = TEXT_WIDTH) -> list[int]:
    """Share a width among columns: room for the longest word of each, and the rest by their longest lines.

    >>> column_widths([["Kommun", "Gävle"], ["Antal", "12"]], 3000)
    [1600, 1399]
    """
    words = [max((len(word) for text in texts for word in _unbroken(text)), default=1) for texts in columns]
    lines = [min(LONGEST_LINE, max(map(len, texts), default=1)) for texts in columns]
    needed = [min(word, LONGEST_WORD) * LETTER + PADDING for word in words]
    wanted = [max(line * LETTER + PADDING, need) for line, need in zip(lines, needed, strict=True)]
    if sum(wanted) <= whole:
        return _shared(wanted, whole)
    if sum(needed) >= whole:
        return _shared(needed, whole)
    spare, asked = whole - sum(needed), sum(wanted) - sum(needed)
    return [need + (want - need) * spare // asked for need, want in zip(needed, wanted, strict=True)]


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Give each column its width in twips."""
    from docx.oxml.ns import qn
    from docx.shared import Twips

    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    whole = element("w:tblW", **{"w:type": "dxa", "w:w": str(sum(widths))})
    properties.insert_element_before(whole, "w:jc", "w:tblLayout", "w:tblLook", "w:tblCaption")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    for row in table.rows:
        for cell in row._tr.tc_lst:
            cell.width = Twips(sum(widths[cell.grid_offset : cell.grid_offset + cell.grid_span]))


def mark_first_column(table: Table) -> None:
    """Say that the first cell of each row heads it."""
    from docx.oxml.ns import qn

    for look in table._tbl.tblPr.findall(qn("w:tblLook")):
        look.set(qn("w:firstColumn"), "1")
        look.set(qn("w:val"), "00A0")


def write_cell(table: Table, cell: Any, style: Style, stays: bool) -> None:
    """Give a cell's paragraphs their style; `stays` keeps them on the page of the row after."""
    from docx.table import _Cell

    for paragraph in _Cell(cell, table).paragraphs:
        paragraph.style = style.value
        paragraph.paragraph_format.keep_with_next = stays or None


def draw_line_below(cell: Any) -> None:
    """Draw the line between a table's head and its rows."""
    line = element("w:bottom", **{"w:val": "single", "w:sz": "12", "w:space": "0", "w:color": INK[1:]})
    cell.get_or_add_tcPr().insert_element_before(
        element("w:tcBorders", line), "w:shd", "w:noWrap", "w:tcMar", "w:vAlign"
    )


def leave_room_after(table: Table) -> None:
    """Set running text off from a table that it follows."""
    from docx.oxml.ns import qn
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    after = table._tbl.getnext()
    if after is None or after.tag != qn("w:p"):
        return
    paragraph = Paragraph(after, table._parent)
    if paragraph.style is not None and paragraph.style.name in ("First Paragraph", "Body Text"):
        paragraph.paragraph_format.space_before = Pt(14)


def _unbroken(text: str) -> list[str]:
    return [text] if len(text) <= WHOLE_LINE else text.split()


def _is_head(row: Any) -> bool:
    from docx.oxml.ns import qn

    return row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None


def _shared(widths: Sequence[int], whole: int) -> list[int]:
    return [width * whole // sum(widths) for width in widths]
