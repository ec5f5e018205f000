"""What a notebook can be told: the names and defaults in its cell of parameters, read without running it."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path

from asf_analysis.errors import WrongUsage
from asf_analysis.reports.requests import Request

TAG = "parameters"
KINDS = {str: "en text", int: "ett heltal", float: "ett tal", bool: "True eller False", list: "en lista"}


def notebook_parameters(notebook: Path) -> Mapping[str, object]:
    """Give the parameters of a notebook with their defaults; there are none where no cell has the tag.

    Raises WrongUsage for a notebook that cannot be read, and for a default that is no plain value.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if TAG in cell.get("metadata", {}).get("tags", [])]
        source = "".join(tagged[0]["source"]) if tagged else ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUsage(
            f"Anteckningsboken {notebook.name} går inte att läsa. Öppna den i JupyterLab och spara den igen, "
            "eller hämta tillbaka den."
        ) from error
    try:
        lines = [line for line in ast.parse(source).body if isinstance(line, ast.Assign)]
        return {
            target.id: ast.literal_eval(line.value)
            for line in lines
            for target in line.targets
            if isinstance(target, ast.Name)
        }
    except (SyntaxError, ValueError) as error:
        raise WrongUsage(
            f"Cellen med taggen {TAG} i {notebook.name} ska bara ge namn enkla värden, som year = 2018. "
            "Rätta den, och räkna i cellen efter."
        ) from error


def check_parameters(request: Request, notebook: Path) -> None:
    """Raise WrongUsage where a report's notebook does not take what it would be told, or as another kind."""
    taken = notebook_parameters(notebook)
    for name, value in request.parameters.items():
        if name not in taken:
            known = ", ".join(taken) or "inga"
            raise WrongUsage(
                f"Anteckningsboken {notebook.name} tar inte parametern {name}. Lägg till den i cellen med "
                f"taggen {TAG}. Parametrar som finns: {known}."
            )
        if type(value) is not type(taken[name]):
            raise WrongUsage(
                f"Parametern {name} i {notebook.name} ska vara {_kind(taken[name])}, "
                f"men rapporten ger {_kind(value)}. Rätta cellen med taggen {TAG}."
            )


def _kind(value: object) -> str:
    return KINDS.get(type(value), "ett värde av ett annat slag")
