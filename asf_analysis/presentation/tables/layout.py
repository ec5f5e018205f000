"""How a table is drawn: its columns, its rows, and what stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.block import Block, Html, element, join, legible
from asf_analysis.presentation.values import TOTAL_WORD, StatusMark

LISTING = "data listing"
"""Class of a table of texts; on a phone each of its rows is a block, with every text below its heading."""

COMPACT = "data goals"
"""Class of a table of short cells; on a phone each of its rows is a block, every cell beside its heading."""


Cell = str | StatusMark | Block
"""What stands in a cell: a text, a status, or a piece that is HTML and plain text already."""


@dataclass(frozen=True)
class Column:
    """A table's column: its heading, whether it holds figures, and the heading it shares with others."""

    heading: str
    number: bool = True
    group: str = ""


@dataclass(frozen=True)
class Layout:
    """What a data table is made of; each row begins with its heading."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    source: str = ""
    css: str = "data"


def data_table(layout: Layout) -> Block:
    """Draw a data table with its caption, the scope of every heading, its notes and its source."""
    table = element(
        "table",
        element("caption", layout.caption),
        element("thead", *_head(layout.columns)),
        element("tbody", *(_row(layout.columns, row) for row in layout.rows)),
        class_=layout.css,
    )
    source = f"Källa: {layout.source}." if layout.source else ""
    notes = [element("p", note, class_="note") for note in layout.notes]
    below = [element("p", source, class_="source")] if source else []
    headings = " | ".join(f"{column.group} {column.heading}".strip() for column in layout.columns)
    lines = [
        layout.caption,
        headings,
        *(" | ".join(map(_plain, row)) for row in layout.rows),
        *layout.notes,
        source,
    ]
    return Block(join(table, *notes, *below), legible("\n".join(filter(None, lines))))


def _head(columns: Sequence[Column]) -> list[Html]:
    """One row of headings, or two where neighbours share one."""
    if not any(column.group for column in columns):
        return [
            element(
                "tr", *(element("th", column.heading, scope="col", class_=_css(column)) for column in columns)
            )
        ]
    upper, lower = [], []
    for index, column in enumerate(columns):
        if not column.group:
            upper.append(element("th", column.heading, scope="col", rowspan=2, class_=_css(column)))
            continue
        lower.append(element("th", column.heading, scope="col", class_=_css(column)))
        if index == 0 or columns[index - 1].group != column.group:
            width = sum(other.group == column.group for other in columns)
            upper.append(element("th", column.group, scope="colgroup", colspan=width))
    return [element("tr", *upper), element("tr", *lower)]


def _css(column: Column) -> str | None:
    return "number" if column.number else None


def _row(columns: Sequence[Column], values: Sequence[Cell]) -> Html:
    heading, *cells = values
    return element(
        "tr",
        element("th", _shown(heading), scope="row"),
        *(
            element("td", _shown(cell), class_=_css(column))
            for column, cell in zip(columns[1:], cells, strict=True)
        ),
        class_="total" if heading == TOTAL_WORD else None,
    )


def _shown(cell: Cell) -> str:
    if isinstance(cell, Block):
        return Html(cell.html)
    return status_line(cell, name="span") if isinstance(cell, StatusMark) else cell


def _plain(cell: Cell) -> str:
    return cell.plain if isinstance(cell, Block) else str(cell)


def lines(texts: Sequence[str]) -> Block:
    """Write texts below each other in one cell; not as paragraphs, whose words a phone may hyphenate."""
    shown = [element("div", text) for text in texts] if len(texts) > 1 else texts
    return Block(join(*shown), legible("; ".join(texts)))


def status_line(mark: StatusMark, name: str = "p") -> Html:
    """Write a status: its symbol, which a screen reader passes over, and its word."""
    return element(
        name, element("span", mark.symbol, aria_hidden="true"), " ", mark.word, class_=f"status {mark.css}"
    )
