"""The attacker: what can be worked out of all that is shown, by somebody who has nothing else.

It reads a published folder as a stranger does: the tables of its pages with their notes, charts' alternative
texts and the titles inside drawings, sentences that name a row, and the files of open data, those of interim
reports too. It shares no code with the rooms that choose what is withheld, and never looks in `internal/`.

Not read: `kpis.xlsx`, `kpis.json`, PDF and Word, which are written from the same objects as the CSV and the
pages; and the lengths that charts draw.
"""

from __future__ import annotations

from asf_analysis.disclosure.audit.findings import Audit, Finding, told_audit
from asf_analysis.disclosure.audit.folder import audit_folder

__all__ = ["Audit", "Finding", "audit_folder", "told_audit"]
