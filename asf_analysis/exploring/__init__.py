"""What an analyst explores a year with: its tables as frames, own cross tables and own KPIs.

It stands above presentation, since what it gives shows itself in JupyterLab; reports do not use it.
"""

from asf_analysis.exploring.year import Year, available_years, load

__all__ = ["Year", "available_years", "load"]
