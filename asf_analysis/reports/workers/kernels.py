"""Kernels forked from the warm process, ordinary ones where there is none, and no waits of fixed length."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.provisioning import LocalProvisioner
from nbclient.exceptions import DeadKernelError

from asf_analysis.errors import WorkerDied
from asf_analysis.reports.workers.forked import HELD, Asking, Forked
from asf_analysis.reports.workers.orders import OtherCode

LAUNCHER = "ipykernel_launcher"
"""The module by which an ordinary kernel is started; nothing else can be forked."""

PORTS = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")

SECONDS_TO_START = 60
SECONDS_TO_DIE = 2

_MOMENT = 0.002
"""Seconds between two looks at whether a process has come as far as is waited for."""

_FIRST_ANSWER, _LONGEST_ANSWER = 0.1, 1.0
"""Seconds to wait for a kernel's answer before it is asked again: at first, and at most."""


@dataclass(frozen=True)
class KernelStart:
    """Become a kernel, as `python -m ipykernel_launcher` with these arguments would."""

    arguments: tuple[str, ...]
    folder: str | None
    environment: Mapping[str, str]

    def run(self, line: Connection) -> None:
        """Run as a kernel until it is shut down; says on the line when its sockets are bound."""
        held = HELD.get()
        HELD.set(None)
        if held is not None:
            os.close(held.place)
            sys.path[:] = held.kernels_path
        if self.folder is not None:
            os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        launcher = find_spec(LAUNCHER)
        sys.argv[:] = [str(launcher and launcher.origin), *self.arguments]
        kernel = IPKernelApp.instance()
        kernel.initialize([*self.arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
        line.send(None)
        line.close()
        kernel.start()


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from the warm process; in a process that was not forked, starts an ordinary one."""

    process: Any = None

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Start the kernel; a forked one has bound its sockets to ports of its own choice then."""
        held, manager = HELD.get(), self.parent
        if held is None or manager is None or LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **options)
        file = Path(manager.connection_file)
        given = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps({**given, **dict.fromkeys(PORTS, 0)}), encoding="utf-8")
        start = KernelStart(
            tuple(cmd[cmd.index(LAUNCHER) + 1 :]), options.get("cwd"), options.get("env", os.environ)
        )
        process = await _fork_kernel(held, start)
        if process is None or process.poll() is not None:
            file.write_text(json.dumps(given), encoding="utf-8")
        if process is None:
            return await super().launch_kernel(cmd, **options)
        self.process, self.pid, self.pgid = process, process.pid, process.pid
        self.cwd = options.get("cwd", os.getcwd())
        bound = json.loads(file.read_text("utf-8"))
        for port in PORTS:
            setattr(manager, port, bound[port])
        self.connection_info = manager.get_connection_info()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and wait until it is gone: its manager would look only ten times a second."""
        await super().kill(restart)
        await _until(lambda: self.process is None or self.process.poll() is not None, SECONDS_TO_DIE)


async def _fork_kernel(held: Asking, start: KernelStart) -> Forked | None:
    """Fork a kernel and wait until its sockets are bound or it has died; nothing where none can be forked."""
    try:
        process = held.fork()
    except WorkerDied:
        return None
    try:
        process.line.send(start)
        await _until(process.line.poll, SECONDS_TO_START)
        said = process.line.recv() if process.line.poll() else None
    except (EOFError, OSError):
        process.wait()
        said = None
    if isinstance(said, OtherCode):
        process.close()
        return None
    return process


class PromptClient(AsyncKernelClient):
    """A client that is ready as soon as the kernel is: when it has answered on both channels.

    Jupyter's own waits for a fifth of a second of silence.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered. Raises DeadKernelError, and RuntimeError when time is out."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        patience = _FIRST_ANSWER
        asked: set[str] = set()
        while True:
            asked.add(self.kernel_info())
            if await self._answered(asked, patience):
                return
            if not await self.is_alive():
                raise DeadKernelError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
            patience = min(2 * patience, _LONGEST_ANSWER)

    async def _answered(self, asked: set[str], patience: float) -> bool:
        """Tell whether an answer to one of these questions has come, and that the kernel is done with one.

        They may be different ones: what a kernel says that it is done with is lost until it is listened to.
        """
        try:
            while not _about(asked, await self.get_shell_msg(timeout=patience)):
                pass
            message: dict[str, Any] = {}
            while not _about(asked, message) or message["content"].get("execution_state") != "idle":
                message = await self.get_iopub_msg(timeout=patience)
        except Empty:
            return False
        return True


def _about(asked: set[str], message: Mapping[str, Any]) -> bool:
    return message.get("parent_header", {}).get("msg_id") in asked


async def _until(holds: Callable[[], bool], seconds: float) -> None:
    """Wait until something holds, or so many seconds at most."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        await asyncio.sleep(_MOMENT)
