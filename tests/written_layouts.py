"""Written reports of our own in four formats, with the figures that they tell (`written_reports/`)."""

import csv
from pathlib import Path

import docx
from bs4 import BeautifulSoup, Tag

FOLDER = Path(__file__).parent / "written_reports"
LAYOUTS = ("columns", "areas", "bullets", "prose", "numbered", "years", "pages", "pairs")
HELD_OUT = ("matrix", "dashes", "brackets")
FORMATS = ("html", "docx", "pdf", "txt")
PAGE_STYLE = """
@page { size: A5; margin: 2cm; @top-left { content: "Samordningsförbundet"; }
        @bottom-right { content: "Sida " counter(page) " (" counter(pages) ")"; } }
body { font: 11pt sans-serif; hyphens: auto; }
table { border-collapse: collapse; } td, th { border: 0.5pt solid; padding: 3pt; text-align: left; }
.over { break-before: page; }
"""


def expected(layout: str) -> dict[str, dict[str, str]]:
    """Give the figures that a layout tells, by KPI key or `*` and the report's own name."""
    with (FOLDER / f"{layout}.csv").open(encoding="utf-8", newline="") as file:
        return {line["kpi"]: line for line in csv.DictReader(file, delimiter=";")}


def written(layout: str, form: str, folder: Path) -> Path:
    """Write a layout as a file of a format, and give its path."""
    path = folder / f"{layout}.{form}"
    body = (FOLDER / f"{layout}.html").read_text(encoding="utf-8")
    page = f'<!doctype html><html lang="sv"><meta charset="utf-8"><body>{body}</body></html>'
    if form == "html":
        path.write_text(page, encoding="utf-8")
    elif form == "pdf":
        import weasyprint

        weasyprint.HTML(string=page).write_pdf(path, stylesheets=[weasyprint.CSS(string=PAGE_STYLE)])
    elif form == "txt":
        path.write_text("\n\n".join(_blocks_of_text(BeautifulSoup(body, "html.parser"))), encoding="utf-8")
    else:
        _as_word(BeautifulSoup(body, "html.parser"), path)
    return path


def _blocks_of_text(soup: BeautifulSoup) -> list[str]:
    blocks = []
    for tag in soup.find_all(["h1", "h2", "h3", "p", "li", "table"]):
        if tag.name == "table":
            rows = ["\t".join(cell.get_text() for cell in row.find_all(["td", "th"])) for row in tag("tr")]
            blocks.append("\n".join(rows))
        elif tag.name == "li":
            depth = len(tag.find_parents("ul")) - 1
            blocks.append(f"{'  ' * depth}-{' ' * (depth + 1)}{_own_text(tag)}")
        else:
            blocks.append(tag.get_text())
    return blocks


def _own_text(item: Tag) -> str:
    return "".join(part for part in item.find_all(string=True, recursive=False)).strip()


def _as_word(soup: BeautifulSoup, path: Path) -> None:
    document = docx.Document()
    for tag in soup.find_all(["h1", "h2", "h3", "p", "li", "table"]):
        if tag.name == "table":
            rows = [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in tag("tr")]
            table = document.add_table(rows=0, cols=len(rows[0]))
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif tag.name == "li":
            style = "List Bullet" if len(tag.find_parents("ul")) == 1 else "List Bullet 2"
            document.add_paragraph(_own_text(tag), style=style)
        elif tag.name == "p":
            document.add_paragraph(tag.get_text())
        else:
            document.add_heading(tag.get_text(), int(tag.name[1]))
    document.save(str(path))
