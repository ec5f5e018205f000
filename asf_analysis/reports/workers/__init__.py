"""Who makes the reports: processes that work side by side, warm where that is safe, and their kernels.

One *warm process* has imported everything and does nothing but fork: a process for each task, and one for
each kernel. Whoever asks for a process owns it: where the owner goes, however that comes about, what it
asked for goes too.
"""

from asf_analysis.reports.workers.executor import Processes, workers

__all__ = ["Processes", "workers"]
