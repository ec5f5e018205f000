"""The index: one page that leads to every published report, and shows the KPIs' course over the years.

It reads only what is published for everyone, never the data nor anything internal.
"""

from asf_analysis.reports.index.write import write_index

__all__ = ["write_index"]
