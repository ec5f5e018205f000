"""What an audit says: what was read, what can be worked out, and what was told before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asf_analysis.disclosure.audit.cells import Spot


@dataclass(frozen=True)
class Finding:
    """What can be told of people that must not be: where, and what (Swedish)."""

    spot: Spot
    problem: str

    def __str__(self) -> str:
        return f"{self.spot}: {self.problem}"


@dataclass(frozen=True)
class Audit:
    """What an attack on a folder found.

    `cells` is the number of withheld cells attacked, `tables` of tables read. `told_before` are figures that
    are withheld now but that another edition told, which cannot be taken back. `remarks` name what was not
    understood (all Swedish).
    """

    findings: tuple[Finding, ...] = ()
    cells: int = 0
    tables: int = 0
    told_before: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing withheld can be worked out."""
        return not self.findings


def told_audit(audit: Audit, folder: Path) -> str:
    """Tell in Swedish what an audit of a folder found; the last line says whether it holds.

    >>> print(told_audit(Audit(cells=2, tables=1), Path("2018")))
    2018: läste 1 tabell; 2 uppgifter om personer redovisas inte.
    Inget av det som inte redovisas går att räkna ut.
    """
    tables = "1 tabell" if audit.tables == 1 else f"{audit.tables} tabeller"
    cells = "1 uppgift" if audit.cells == 1 else f"{audit.cells} uppgifter"
    lines = [f"{folder}: läste {tables}; {cells} om personer redovisas inte."]
    lines += [f"Obs: {remark}." for remark in audit.remarks]
    if audit.told_before:
        lines.append("Detta har redovisats förut:")
        lines += [f"  {finding}" for finding in audit.told_before]
    if audit.passed:
        return "\n".join([*lines, "Inget av det som inte redovisas går att räkna ut."])
    count = len(audit.findings)
    lines += ["Detta går att räkna ut:", *(f"  {finding}" for finding in audit.findings)]
    return "\n".join([*lines, f"Mappen håller inte: {count} fynd."])
