"""`datapackage.json`: the files of open data described for machines, by Data Package 2.0.

See https://datapackage.org/standard/data-package/. What the standard has no word for stands beside it under
names of our own: `period`, `audience`, `stamps`, `disclosure`, `parts`, `counts`, `contact`, `language` and a
number's `unit`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.registry import Period
from asf_analysis.presentation.cover import annual_report
from asf_analysis.presentation.open_data.counted import parts_of_groups
from asf_analysis.presentation.open_data.tables import OpenTable
from asf_analysis.presentation.records import as_json
from asf_analysis.presentation.tables.notes import why_withheld

PROFILES = "https://datapackage.org/profiles/2.0/"
KEYWORDS = [
    "arbetsintegrerande sociala företag",
    "ASF",
    "samordningsförbund",
    "arbetslivsinriktad rehabilitering",
]
DIALECT = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
DEFUSED = "En text som börjar som en formel har en apostrof före sig."


def data_package(report: Published, tables: Sequence[OpenTable]) -> str:
    """Describe the files of a year's open data, with their sizes and SHA-256 sums, as JSON.

    There is no time of day in it: the version names the year and what the files hold, so it changes when a
    figure or a description does and never else.
    """
    published = require_published(report)
    cover, association = annual_report(published), published.association
    resources = [_resource(table) for table in tables]
    content: dict[str, object] = {
        "$schema": f"{PROFILES}datapackage.json",
        "name": _name(published),
        "title": cover.title,
        "description": "\n\n".join(filter(None, [cover.description, *cover.stamps, DEFUSED])),
        "version": f"{published.year}.0.0+{_sum_of(as_json(resources))[:12]}",
        "language": "sv",
        "keywords": KEYWORDS,
        "contributors": [{"title": association.name, "roles": ["creator", "contact"]}],
        "contact": association.contact,
        "sources": _titles([source for table in tables for source in table.sources]),
        "period": _days(published.period),
        "audience": published.audience,
        "stamps": list(cover.stamps),
        "disclosure": _disclosure(published),
        "parts": parts_of_groups(),
        "resources": resources,
    }
    return as_json({name: member for name, member in content.items() if member is not None})


def _name(report: Published) -> str:
    """Name the package by the association; the standard wants no year in it.

    Only letters a–z, digits and hyphens.
    """
    plain = unicodedata.normalize("NFKD", report.association.name.lower()).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", plain)
    return "-".join([*parts, "asf", *([report.audience] if report.audience == "internal" else [])])


def _disclosure(report: Published) -> dict[str, object] | None:
    """Tell what the public edition withholds; the internal one withholds nothing."""
    if report.audience == "internal":
        return None
    rules = report.association.rules
    return {
        "threshold": rules.threshold,
        "min_enterprises": rules.min_enterprises,
        "description": why_withheld(rules),
    }


def _resource(table: OpenTable) -> dict[str, object]:
    file = table.csv.encode()
    return {
        "name": table.name,
        "type": "table",
        "path": table.path,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(file),
        "hash": f"sha256:{hashlib.sha256(file).hexdigest()}",
        "period": _days(table.period),
        "sources": _titles(table.sources),
        "counts": table.counts,
        "dialect": DIALECT,
        "schema": {
            "$schema": f"{PROFILES}tableschema.json",
            "fields": [field.described for field in table.fields],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _sum_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _titles(sources: Sequence[str]) -> list[dict[str, str]]:
    return [{"title": source} for source in dict.fromkeys(sources)]


def _days(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}
