"""What commands print of KPIs, faults and the cleaning log: a table for people, CSV or JSON for machines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click
import pandas as pd
from rich.console import RenderableType

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.errors import Fault
from asf_analysis.presentation import records, terminal
from asf_analysis.presentation.reading import reading_as_csv, reading_as_json, reading_in_terminal
from asf_analysis.written.told import Reading

Content = TypeVar("Content")


def print_kpis(report: Published, form: str) -> None:
    """Print a year's KPIs as *table*, *csv* or *json*."""
    published = require_published(report)
    _print_as(form, published, terminal.kpis_in_terminal, records.kpis_as_csv, records.kpis_as_json)


def print_faults(faults: Sequence[Fault], form: str) -> None:
    """Print faults of the data as *table*, *csv* or *json*."""
    _print_as(form, faults, terminal.faults_in_terminal, records.faults_as_csv, records.faults_as_json)


def print_log(log: pd.DataFrame, form: str) -> None:
    """Print the cleaning log as *table*, *csv* or *json*."""
    _print_as(form, log, terminal.log_in_terminal, records.log_as_csv, records.log_as_json)


def print_reading(reading: Reading, form: str, differences: Sequence[str] = ()) -> None:
    """Print what was read out of a written report as *table*, *csv* or *json*."""
    _print_as(
        form,
        reading,
        lambda content: reading_in_terminal(content, differences),
        reading_as_csv,
        lambda content: reading_as_json(content, differences),
    )


def _print_as(
    form: str,
    content: Content,
    in_terminal: Callable[[Content], RenderableType],
    as_csv: Callable[[Content], str],
    as_json: Callable[[Content], str],
) -> None:
    if form == "table":
        terminal.show(in_terminal(content))
    else:
        click.echo({"csv": as_csv, "json": as_json}[form](content), nl=False)
