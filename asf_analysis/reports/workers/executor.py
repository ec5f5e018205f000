"""Where tasks are handed in: an executor whose tasks run side by side, each in a process of its own."""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from asf_analysis.errors import WorkerDied
from asf_analysis.reports.workers.digest import digest
from asf_analysis.reports.workers.forked import NotStarted, WarmProcess
from asf_analysis.reports.workers.orders import Answer, OtherCode, Task
from asf_analysis.reports.workers.spawned import Spawned, died


def _keep_quiet(text: str) -> None:
    """Say nothing."""


@contextmanager
def workers(
    number: int,
    *,
    fork: bool | None = None,
    expected: str | None = None,
    also: Sequence[str] = (),
    say: Callable[[str], None] = _keep_quiet,
) -> Iterator[Processes]:
    """Give an executor for that many tasks at a time; leaving it ends all of its processes at once.

    A task is a function of a module, with arguments and a result that can be pickled; it runs in the folder
    and with the environment that there are when it begins. On Linux, unless `fork` is false, each runs in a
    process forked from a warm one, which has imported the package and the modules named in `also`; its
    kernels are forked, too. Elsewhere tasks run in ordinary processes, one after the other, with ordinary
    kernels. So they do where a fork turns out not to be safe, and where the warm process has other code than
    `expected` (by default, the `digest` of what there is now); `say` is then told so in Swedish, from
    whichever thread.

    A task whose process is killed raises WorkerDied; the others go on, and it may be handed in again.
    """
    forks = sys.platform == "linux" and fork is not False
    executor = Processes(number, forks, expected, also, say)
    try:
        yield executor
    finally:
        executor.end()


class Processes(Executor):
    """An executor that waits for each task's process in a thread of its own."""

    def __init__(
        self,
        number: int,
        forks: bool,
        expected: str | None,
        also: Sequence[str],
        say: Callable[[str], None],
    ) -> None:
        """Start the warm process where tasks are forked from one."""
        self._threads = ThreadPoolExecutor(number)
        self._lock = threading.Lock()
        self._say = say
        self._ended = False
        self._forks = forks
        self._also = tuple(also)
        self._warm = WarmProcess(self._also) if forks else None
        self._expected = digest() if forks and expected is None else expected
        self._idle: list[Spawned] = []
        self._spawned: list[Spawned] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand in a task."""
        return self._threads.submit(self._run, True, fn, args, kwargs)

    def submit_early(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand in a task that needs no more imported than the warm process imports first of all."""
        return self._threads.submit(self._run, False, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks, as any executor does; the processes are ended where `workers` is left."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)

    def end(self) -> None:
        """End all processes at once, and wait for them; tasks that run or wait are not done."""
        with self._lock:
            self._ended = True
            spawned, warm = list(self._spawned), self._warm
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in spawned:
            worker.ask_to_end()
        if warm is not None:
            warm.end()
        for worker in spawned:
            worker.end()
        self._threads.shutdown()
        for worker in spawned:
            worker.close()

    def _run(
        self, whole: bool, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> Any:
        task = Task.of(function, arguments, named)
        warm = self._warm_process()
        answer = self._run_forked(warm, task, whole) if warm is not None else None
        return (self._run_spawned(task) if answer is None else answer).given()

    def _run_forked(self, warm: WarmProcess, task: Task, whole: bool) -> Answer | None:
        """Run a task in a process of its own; gives nothing where tasks are not to be forked any more."""
        try:
            answer = _forked_answer(warm, task, whole)
        except NotStarted:
            if not warm.alive:
                raise
            self._stop_forking("Det går inte att dela den förberedda processen")
            return None
        if isinstance(answer, OtherCode):
            self._stop_forking("Programmet har ändrats sedan körningen började")
            return None
        return answer

    def _warm_process(self) -> WarmProcess | None:
        """Give the warm process, a new one where it has died; nothing where tasks are not to be forked."""
        with self._lock:
            self._check_going_on()
            warm = self._warm if self._forks else None
        if warm is None:
            return None
        try:
            ready = warm.readiness()
        except WorkerDied:
            self._stop_forking("Den förberedda processen dog innan den var klar")
            return None
        if not ready.safe:
            self._stop_forking(f"En process med {ready.threads} trådar går inte att dela")
        elif ready.code != self._expected:
            self._stop_forking("Programmet är inte detsamma som när körningen började")
        elif warm.alive:
            return warm
        else:
            self._replace(warm)
        return self._warm_process()

    def _replace(self, dead: WarmProcess) -> None:
        """Start a new warm process in the place of one that has died, where no other thread has done so."""
        with self._lock:
            self._check_going_on()
            if self._warm is dead:
                dead.end()
                self._warm = WarmProcess(self._also)

    def _stop_forking(self, why: str) -> None:
        with self._lock:
            self._check_going_on()
            forked, self._forks = self._forks, False
        if forked:
            self._say(f"{why}. Resten görs i vanliga processer, som är långsammare.")

    def _run_spawned(self, task: Task) -> Answer:
        with self._lock:
            self._check_going_on()
            worker = self._idle.pop() if self._idle else self._start_spawned()
        try:
            answer = worker.run(task)
        except WorkerDied:
            with self._lock:
                self._spawned.remove(worker)
            worker.close()
            raise
        with self._lock:
            self._idle.append(worker)
        return answer

    def _start_spawned(self) -> Spawned:
        worker = Spawned()
        self._spawned.append(worker)
        return worker

    def _check_going_on(self) -> None:
        if self._ended:
            raise WorkerDied("Arbetsprocesserna är avslutade.")


def _forked_answer(warm: WarmProcess, task: Task, whole: bool) -> Answer | OtherCode:
    """Let a process of its own answer a task. Raises WorkerDied where that ends without an answer."""
    process = warm.fork(whole)
    try:
        process.line.send(task)
        answer = process.line.recv_bytes()
    except (EOFError, OSError) as error:
        raise WorkerDied(died(process.wait())) from error
    finally:
        process.close()
    return pickle.loads(answer)
