"""A year's figures as open data: CSV files with their description, JSON, and a workbook for people.

`tables` gives the files and their rows, `fields` says what a column is and names those of `kpis.csv`,
`package` describes the files (`datapackage.json`), and `workbook` lays the same figures out for Excel, behind
a first sheet (`read_me`): `layout` says what a sheet is made of, and `sheets` draws it.
"""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.open_data.package import data_package
from asf_analysis.presentation.open_data.tables import open_tables
from asf_analysis.presentation.records import kpis_as_json

__all__ = ["open_data"]


def open_data(report: Published) -> dict[str, str | bytes]:
    """Give the documents of a year's figures by name, which may hold a folder (`data/…`)."""
    # Imported here, for openpyxl takes long to import and is needed for nothing else that a report shows.
    from asf_analysis.presentation.open_data.workbook import workbook

    published = require_published(report)
    tables = open_tables(published)
    return {
        **{table.path: table.csv for table in tables},
        "kpis.json": kpis_as_json(published),
        "kpis.xlsx": workbook(published),
        "datapackage.json": data_package(published, tables),
    }
