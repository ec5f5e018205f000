"""The kernels that notebooks run in, and how papermill runs a notebook in one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets import default

WRITTEN_ONCE = "written_once"
"""The name by which papermill knows the engine below."""


class WrittenOnce(NBClientEngine):
    """Papermill's own engine, but the notebook is written when it is done or stops, not around every cell.

    All that has been drawn so far would be written twice a cell, and the kernel would wait for it.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> nbformat.NotebookNode:
        """Run the cells; papermill writes the notebook afterwards, whatever happened."""
        path, nb_man.output_path = nb_man.output_path, None
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        finally:
            nb_man.output_path = path


papermill_engines.register(WRITTEN_ONCE, WrittenOnce)


def kernels_with(environment: Mapping[str, str]) -> type[AsyncKernelManager]:
    """Give a kernel manager whose kernels have more in their environment than this process has.

    What a kernel and its manager tell each other is encrypted where both can: on a machine with several
    users, a figure that is withheld from readers is not to be read off a local port either.
    """

    class KernelManager(AsyncKernelManager):
        @default("transport_encryption")
        def _encrypt_where_possible(self) -> str:
            return "auto"

        async def start_kernel(self, **options: object) -> None:  # type: ignore[override]  # async in the base, too
            await super().start_kernel(**{**options, "env": {**os.environ, **environment}})

    return KernelManager
