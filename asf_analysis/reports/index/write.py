"""Writing the index so that a reader finds a whole one, always, and so that it shows what is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from asf_analysis.association import load_association
from asf_analysis.errors import UnwritableOutput
from asf_analysis.folders import DataFolder, index_page
from asf_analysis.reports.index.page import write_page
from asf_analysis.reports.index.shelf import Year, read_shelf
from asf_analysis.reports.publish import staging

ATTEMPTS = 5
"""How often the index is written anew because something was published meanwhile."""


def write_index(
    data: DataFolder,
    output: Path,
    say: Callable[[str], None],
    clock: Callable[[], datetime] = datetime.now,
) -> Path:
    """Write the page that leads to all that is published in `output`; gives its path.

    `say` is told, in Swedish, of published files that cannot be read: the page is written without them.
    Raises DataFaults where association.toml cannot be read and UnwritableOutput where the folder cannot be
    read or written; the page that was there before then stands.
    """
    association = load_association(data)
    page = index_page(output)
    shown: tuple[Year, ...] | None = None
    try:
        with staging(output) as workplace:
            # Another run may publish, or write its own index, while this one is written. So we look again
            # after writing: whoever writes last has then seen everything.
            for _ in range(ATTEMPTS):
                shelf = read_shelf(output, association.municipality_names())
                if shelf == shown:
                    break
                new = workplace / page.name
                new.write_text(write_page(association, shelf, clock()), encoding="utf-8", newline="")
                new.replace(page)
                shown = shelf
    except OSError as error:
        raise UnwritableOutput(
            f"Översikten {page} går inte att göra om ({error.strerror}). Den förra ligger kvar. "
            "Stäng filer som är öppna i mappen, frigör plats om disken är full, eller ändra rättigheterna, "
            "och kör igen."
        ) from error
    for problem in (problem for year in shown or () for problem in year.problems):
        say(problem)
    return page
