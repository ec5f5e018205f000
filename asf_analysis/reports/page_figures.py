"""Figures of a page: their numbers, and the names by which a screen reader tells their data apart."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag


def mend_figures(soup: BeautifulSoup, main: Tag) -> None:
    """Number every figure of a page, and name its table of data after it."""
    for number, figure in enumerate(main.find_all("figure"), start=1):
        figure["id"] = f"figur-{number}"
        _number_title(soup, figure, number)
        _name_data(soup, figure, number)


def _number_title(soup: BeautifulSoup, figure: Tag, number: int) -> None:
    """Put the figure's number before its title; a figure without title gets its number alone."""
    if figure.figcaption is None:
        figure.insert(0, soup.new_tag("figcaption"))
    title = figure.select_one("figcaption .chart-title") or figure.figcaption
    if title is None:
        return
    title.insert(0, soup.new_tag("span", attrs={"class": "block-number"}, string=f"Figur {number}."))
    title.insert(1, " ")


def _name_data(soup: BeautifulSoup, figure: Tag, number: int) -> None:
    """Tell the figures' tables of data apart by name."""
    if figure.summary is not None:
        figure.summary.append(
            soup.new_tag("span", attrs={"class": "visually-hidden"}, string=f" för figur {number}")
        )
    for position, frame in enumerate(figure.select(".table-frame"), start=1):
        part = "" if position == 1 else f", del {position}"
        frame["aria-label"] = f"Figur {number}, data som tabell{part}"
