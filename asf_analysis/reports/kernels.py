"""The kernels that notebooks run in."""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from asf_analysis.folders import DATA_VARIABLE, OUTPUT_VARIABLE, DataFolder


def kernels_reading(data: DataFolder, editions: Path) -> type[AsyncKernelManager]:
    """Give a kernel manager whose kernels read these folders, without touching this process' environment.

    What a kernel and its manager tell each other is encrypted where both can: on a machine with several
    users, a figure that is withheld from readers is not to be read off a local port either.
    """

    class KernelManager(AsyncKernelManager):
        @default("transport_encryption")
        def _encrypt_where_possible(self) -> str:
            return "auto"

        async def start_kernel(self, **options: object) -> None:  # type: ignore[override]  # async in the base, too
            environment = {
                **os.environ,
                DATA_VARIABLE: str(data.root),
                OUTPUT_VARIABLE: str(editions.resolve()),
            }
            await super().start_kernel(**{**options, "env": environment})

    return KernelManager
