"""Steps that need each other, carried out by several workers at once: the longest first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asf_analysis.errors import AsfError, WorkerDied

RETRIES = 2
"""How often a step is tried again whose process died under it."""

Results = Mapping[Hashable, Any]
Task = tuple[Any, ...]
"""The name of a task of `tasks`, and what it is given."""


@dataclass(frozen=True)
class Step:
    """Something to do: `call` makes its task of the results of the steps that it needs.

    It begins when all in `needs` have succeeded, and fails with the first of them that failed; those in
    `after` it only waits for, whatever becomes of them. A `call` that gives None has nothing to do. Of steps
    that can begin, the one of the highest `weight` begins first. `here` is for work on this machine's
    output; any other reads no more than `files`.
    """

    name: Hashable
    call: Callable[[Results], Task | None]
    needs: tuple[Hashable, ...] = ()
    after: tuple[Hashable, ...] = ()
    weight: float = 0
    here: bool = False
    files: tuple[Path, ...] = ()


Submit = Callable[[Step, Task], Future[Any]]


@dataclass(frozen=True)
class Workers:
    """Who does steps: `number` of them at once; `here` those that must be done on this machine."""

    anywhere: Submit
    here: Submit
    number: int


@dataclass
class _Course:
    """How far the steps have come."""

    waiting: dict[Hashable, Step]
    results: dict[Hashable, Any] = field(default_factory=dict)
    failures: dict[Hashable, AsfError] = field(default_factory=dict)
    running: dict[Future[Any], Step] = field(default_factory=dict)
    tries: dict[Hashable, int] = field(default_factory=dict)

    def is_over(self, name: Hashable) -> bool:
        return name in self.results or name in self.failures

    def ready(self) -> list[Step]:
        over = [
            step
            for step in self.waiting.values()
            if all(map(self.is_over, step.after))
            and (all(map(self.is_over, step.needs)) or any(one in self.failures for one in step.needs))
        ]
        return sorted(over, key=lambda step: -step.weight)

    def forget(self) -> None:
        """Let go of results that no step waits for: memory stays flat however many steps there are."""
        steps = (*self.waiting.values(), *self.running.values())
        wanted = {name for step in steps for name in (*step.needs, *step.after)}
        for name in self.results.keys() - wanted:
            self.results[name] = None


def carry_out(
    steps: Sequence[Step], workers: Workers, began: Callable[[Step], None] = lambda _: None
) -> Iterator[tuple[Step, Any | AsfError]]:
    """Do all steps, and give each with its result, or with the error that it or what it needs met.

    `began` is told of each as it begins. A worker that dies costs a new try; a step that has had its tries
    fails with WorkerDied. Any other error than AsfError stops all.
    """
    course = _Course({step.name: step for step in steps})
    while course.waiting or course.running:
        for step in course.ready():
            broken = next((course.failures[one] for one in step.needs if one in course.failures), None)
            if broken is None and len(course.running) >= workers.number:
                break
            del course.waiting[step.name]
            task = broken or _task_of(step, course)
            if task is None or isinstance(task, AsfError):
                yield _ended(course, step, task)
                break
            began(step)
            _begin(course, step, task, workers)
        else:
            if not course.running and course.waiting:
                raise ValueError(f"Steps wait for steps that are not there: {list(course.waiting)}")
        if course.running and (len(course.running) >= workers.number or not course.ready()):
            done, _ = wait(course.running, return_when=FIRST_COMPLETED)
            for future in done:
                yield from _finished(course, future, workers)


def _task_of(step: Step, course: _Course) -> Task | AsfError | None:
    try:
        return step.call(course.results)
    except AsfError as error:
        return error


def _begin(course: _Course, step: Step, task: Task, workers: Workers) -> None:
    submit = workers.here if step.here else workers.anywhere
    course.running[submit(step, task)] = step


def _finished(
    course: _Course, future: Future[Any], workers: Workers
) -> Iterator[tuple[Step, Any | AsfError]]:
    step = course.running.pop(future)
    try:
        result = future.result()
    except WorkerDied as error:
        course.tries[step.name] = course.tries.get(step.name, 0) + 1
        if course.tries[step.name] <= RETRIES:
            task = _task_of(step, course)
            if task is not None and not isinstance(task, AsfError):
                _begin(course, step, task, workers)
                return
        result = error
    except AsfError as error:
        result = error
    yield _ended(course, step, result)


def _ended(course: _Course, step: Step, result: Any | AsfError) -> tuple[Step, Any | AsfError]:
    if isinstance(result, AsfError):
        course.failures[step.name] = result
    else:
        course.results[step.name] = result
    course.forget()
    return step, result
