"""The finished page as plain HTML that pandoc turns into Word: headings, paragraphs, lists, pictures, tables.

What the page says by its layout is said by the names of styles (`styles.py`) or by a table. Nothing is left
that pandoc could take for more than text: attributes go, but for those listed here.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.hyphens import SOFT_HYPHEN
from asf_analysis.reports.word.styles import STATUS_STYLES, Style

CARDS_HEAD = ("Nyckeltal", "Resultat", "Jämförelse", "Bedömning")
"""Headings of the table that the cards become."""

_KEPT = {
    "a": {"href"},
    "div": {"data-custom-style"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "span": {"data-custom-style", "id", "lang"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "style"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_ONE_STYLE = {
    ".chart-subtitle": Style.MEASURE,
    ".organisation": Style.SENDER,
    ".subtitle": Style.SUBTITLE,
    ".note": Style.NOTE,
    ".source": Style.NOTE,
    "h1": Style.TITLE,
}
"""Elements of the page that become one paragraph in a style of its own."""

_BOXES = "header, main, nav, footer, section"
"""Elements that only group others; pandoc would read nothing but `<main>`."""


def flatten(page: FinishedPage) -> str:
    """Give the body of a finished page as plain HTML."""
    soup = BeautifulSoup(page.html.replace(SOFT_HYPHEN, ""), "html.parser")
    for element in soup.select(".skip-link, .imprint .stamps, summary, picture source"):
        element.decompose()
    flatten_cover(soup)
    flatten_contents(soup)
    for cards in soup.select(".kpi-cards"):
        cards.replace_with(table_of_cards(soup, cards))
    for figure in soup.find_all("figure"):
        flatten_figure(soup, figure)
    for table in soup.find_all("table"):
        flatten_table(soup, table)
    colour_statuses(soup)
    for selector, style in _ONE_STYLE.items():
        for element in soup.select(selector):
            element.replace_with(styled(soup, style, *list(element.contents)))
    for box in soup.select(_BOXES):
        box.unwrap()
    keep_only_what_is_said(soup)
    return soup.body.decode_contents() if soup.body else ""


def styled(soup: BeautifulSoup, style: Style, *contents: str | PageElement) -> Tag:
    """Make a paragraph in a style of Word."""
    block, paragraph = soup.new_tag("div", attrs={"data-custom-style": style}), soup.new_tag("p")
    paragraph.extend(contents)
    block.append(paragraph)
    return block


def flatten_cover(soup: BeautifulSoup) -> None:
    """Make paragraphs of the cover's stamps and facts, and of the signs at the end."""
    for stamp in soup.select(".cover .stamps li"):
        stamp.replace_with(styled(soup, Style.STAMP, *list(stamp.contents)))
    for fact in soup.select(".facts > div, .signs > div"):
        colon = ":" if fact.find_parent(class_="facts") else ""
        name = soup.new_tag("strong", string="".join(term.get_text() for term in fact.find_all("dt")) + colon)
        value = "".join(told.get_text() for told in fact.find_all("dd"))
        fact.replace_with(styled(soup, Style.FACT, name, f" {value}"))
    for listed in soup.select(".cover .stamps, .facts, .signs"):
        listed.unwrap()


def flatten_contents(soup: BeautifulSoup) -> None:
    """Make the contents a heading and a paragraph for each line, by its level."""
    contents = soup.select_one(".contents")
    if contents is None:
        return
    lines = [
        styled(soup, Style.CONTENTS_1 if len(link.find_parents("ol")) == 1 else Style.CONTENTS_2, link)
        for link in contents.select("ol a")
    ]
    title = contents.h2.get_text() if contents.h2 else ""
    contents.replace_with(styled(soup, Style.CONTENTS_TITLE, title), *lines)


def table_of_cards(soup: BeautifulSoup, cards: Tag) -> Tag:
    """Make a table of the cards, one a row."""
    table, head, body = (soup.new_tag(name) for name in ("table", "thead", "tbody"))
    titles = soup.new_tag("tr")
    titles.extend([soup.new_tag("th", string=text) for text in CARDS_HEAD])
    head.append(titles)
    body.extend([_row_of_card(soup, card) for card in cards.select(".kpi-card")])
    table.extend([head, body])
    return table


def _row_of_card(soup: BeautifulSoup, card: Tag) -> Tag:
    row = soup.new_tag("tr")
    for part in card.select(".kpi-label, .kpi-value, .kpi-compare, .status"):
        is_label = "kpi-label" in part.get_attribute_list("class")
        part.name = "th" if is_label else "td"
        row.append(part.extract())
    return row


def flatten_figure(soup: BeautifulSoup, figure: Tag) -> None:
    """Make a figure a title, what it measures, the picture, and what follows."""
    caption = figure.figcaption
    if caption is not None:
        title = caption.select_one(".chart-title") or caption
        measure = caption.select_one(".chart-subtitle")
        caption.replace_with(
            styled(soup, Style.CAPTION, *list(title.contents)), *([measure] if measure else [])
        )
    for image in figure.find_all("img"):
        image.replace_with(styled(soup, Style.PICTURE, image.__copy__()))
    for box in figure.select(".chart-frame, details, picture"):
        box.unwrap()
    figure.unwrap()


def flatten_table(soup: BeautifulSoup, table: Tag) -> None:
    """Align a table's numbers to the right and the heads of groups in the middle, and make its sums bold."""
    for cell in table.select(".number"):
        cell["style"] = "text-align:right"
    for cell in table.select("thead th[colspan]"):
        cell["style"] = "text-align:center"
    for cell in table.select(".total > *, .kpi-value"):
        strong = soup.new_tag("strong")
        strong.extend(list(cell.contents))
        cell.append(strong)


def colour_statuses(soup: BeautifulSoup) -> None:
    """Give each status the colour of its word."""
    for status in soup.select(".status"):
        style = next((STATUS_STYLES[name] for name in status["class"] if name in STATUS_STYLES), None)
        if style is None:
            continue
        words = soup.new_tag("span", attrs={"data-custom-style": style})
        words.extend(list(status.contents))
        status.append(words)


def keep_only_what_is_said(soup: BeautifulSoup) -> None:
    """Take away every attribute but those that pandoc is to read."""
    for element in soup.find_all(True):
        kept = _KEPT.get(element.name, set())
        for name in [name for name in element.attrs if name not in kept]:
            del element[name]
