"""The kernels that notebooks run in, and how papermill runs a notebook in one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets import default

from asf_analysis.reports.workers.kernels import PromptClient, WarmProvisioner

WRITTEN_ONCE = "written_once"
"""The name by which papermill knows the engine below."""

NO_HISTORY = "--HistoryManager.enabled=False"
"""What lets a kernel keep no history of what was run in it: nobody will ask for it."""


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


def kernels_with(variables: Mapping[str, str], workplace: Path) -> type[AsyncKernelManager]:
    """Give a kernel manager whose kernels get these variables, without touching this process' environment.

    The file that says how a kernel is reached lies in the workplace, and goes away with it. What a kernel and
    its manager tell each other is encrypted where both can: on a machine with several users, a figure that is
    withheld from readers is not to be read off a local port either.
    """

    class KernelManager(AsyncKernelManager):
        @default("transport_encryption")
        def _encrypt_where_possible(self) -> str:
            return "auto"

        @default("client_factory")
        def _do_not_wait_in_vain(self) -> type[PromptClient]:
            return PromptClient

        @default("connection_file")
        def _keep_in_workplace(self) -> str:
            return str(workplace / "kernel.json")

        @default("cache_ports")
        def _keep_no_ports(self) -> bool:
            return False

        async def start_kernel(self, **options: object) -> None:  # type: ignore[override]  # async in the base, too
            spec = self.kernel_spec
            if self.provisioner is None and spec and "kernel_provisioner" not in spec.metadata:
                self.kernel_id = self.kernel_id or str(uuid4())
                self.provisioner = WarmProvisioner(kernel_id=self.kernel_id, kernel_spec=spec, parent=self)
            await super().start_kernel(**{**options, "env": {**os.environ, **variables}})

    return KernelManager
