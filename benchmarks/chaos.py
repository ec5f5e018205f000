"""Runs that are killed, stopped, starved and met by others, hundreds of times: what is published stays whole.

The trials are those of the tests, which try a few of each. It takes an hour and more on two processors.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

sys.path.append(str(Path(__file__).parent.parent / "tests"))

import killed_runs as trials

TITLE = "Runs that are killed, stopped, starved or met by another (to reach: nothing wrong)"
SEED = 2026

KILLS, WHILE_PUBLISHING, WHEN_EXCHANGING, IN_CALLS, IN_RENAMES = 100, 40, 20, 28, 12
"""How often a run itself is killed: at any moment, while it writes and audits new editions, at the exchange,
as it begins any change of a file, and as it begins each of its renames."""

KERNELS, WARM, STOPS, MEETINGS = 50, 15, 10, 20
FULL_DISKS, FREE = 10, 1_200_000
"""How often the disk is full, and the most bytes that are free on it when a run begins."""

SHOWN = 5
"""So many faults of a kind are printed."""

Trial = Callable[[Random], list[str] | None]
"""Tries once; gives what was wrong, or nothing where the run had ended before it could be tried."""


def measure() -> Iterator[tuple[str, str]]:
    """Give a line per kind of trial; ends the benchmark if anything was wrong."""
    wrong: list[str] = []
    # Started in the background by a shell, this process ignores Ctrl-C, and so would all runs that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        place = Path(folder)
        rng = Random(SEED)
        for kind in (_kills, _kernels, _warm, _stops, _full_disk, _meetings):
            for name, number, trial in kind(place):
                yield name, _tried(trial, number, wrong, rng)
    if wrong:
        raise SystemExit("Wrong:\n" + "\n".join(wrong))


def _tried(trial: Trial, number: int, wrong: list[str], rng: Random) -> str:
    """Try so many times that something came of; says how often and what was wrong."""
    found, done, missed = 0, 0, 0
    while done < number:
        faults = trial(rng)
        if faults is None:
            missed += 1
            if missed > 5 * number:
                wrong.append("a trial never came to anything")
                break
            continue
        done += 1
        if faults:
            found += 1
            wrong += faults[:SHOWN]
            print("\n".join(faults[:SHOWN]), file=sys.stderr, flush=True)
    return f"{done} times, wrong {found}"


Kind = Iterator[tuple[str, int, Trial]]


def _kills(place: Path) -> Kind:
    one = trials.make_project(place / "kill", (2016,))
    both = trials.make_project(place / "publish")

    def any_moment(rng: Random) -> list[str] | None:
        return _killed(one, lambda: trials.after_seconds(rng.uniform(0, one.usual)))

    def while_publishing(rng: Random) -> list[str] | None:
        return _killed(both, lambda: trials.publishing(both, rng.uniform(0, 1.5)))

    def when_exchanging(rng: Random) -> list[str] | None:
        return _killed(both, lambda: trials.exchanging(both, rng.choice((0, rng.uniform(0, 0.01)))))

    yield "SIGKILL of a run, at any moment", KILLS, any_moment
    yield "SIGKILL of a run, while it writes and audits a new edition", WHILE_PUBLISHING, while_publishing
    yield "SIGKILL of a run, when editions change places", WHEN_EXCHANGING, when_exchanging
    if shutil.which("strace"):
        yield from _kills_in_calls(both)


def _kills_in_calls(project: trials.Project) -> Kind:
    for calls, number, name in (
        (trials.FILE_CALLS, IN_CALLS, "any change of a file"),
        (trials.RENAMES, IN_RENAMES, "each rename in turn"),
    ):
        there = trials.counted_calls(project, trials.next_world(project), calls)
        turn = iter(range(1_000_000))

        def in_call(
            rng: Random, calls: str = calls, there: int = there, turn: Iterator[int] = turn
        ) -> list[str] | None:
            which = next(turn) % there + 1 if calls == trials.RENAMES else rng.randint(1, there)
            run = trials.killed_in_call(project, trials.next_world(project), calls, which)
            return trials.faults_after(project, run) if run.process.returncode else None

        yield f"SIGKILL of a run, as it begins {name} ({there} in a run)", number, in_call


def _killed(project: trials.Project, moment: Callable[[], Callable[[], bool]]) -> list[str] | None:
    run = project.start(trials.next_world(project))
    if not trials.kill_at(run, moment()):
        return trials.faults_left_over(project, run) or None
    return trials.faults_after(project, run)


def _kernels(place: Path) -> Kind:
    project = trials.make_project(place / "kernels", reports=("annual_report", "gender_equality"), mixed=True)
    killed_in_all: list[int] = []

    def some(rng: Random) -> list[str] | None:
        run = project.start(trials.next_world(project), "--workers", "1")
        spared, killed = rng.randrange(4), 0
        for number, kernel in enumerate(trials.kernels(project, run)):
            if number != spared:
                time.sleep(rng.uniform(0, 0.8))
                killed += trials.kill(kernel)
        run.end()
        killed_in_all.append(killed)
        if not killed:
            return None
        return trials.faults_of_kernel_kill(project, run, killed) + trials.faults_after(project, run)

    runs = -(-KERNELS // 3)
    while sum(killed_in_all) < KERNELS:
        yield f"SIGKILL of kernels, up to three of a run's four, {KERNELS} in all", runs, some
        runs = -(-(KERNELS - sum(killed_in_all)) // 3)


def _warm(place: Path) -> Kind:
    project = trials.make_project(place / "warm", (2016,), mixed=True)

    def once(rng: Random) -> list[str] | None:
        run = project.start(trials.next_world(project))
        moment = trials.after_seconds(rng.uniform(0, project.usual))
        while not moment():
            if run.process.poll() is not None:
                return trials.faults_left_over(project, run) or None
            time.sleep(trials.MOMENT)
        warm = trials.warm_process(run)
        killed = warm is not None and trials.kill(warm)
        run.end()
        return (
            trials.faults_of_warm_kill(project, run) + trials.faults_after(project, run) if killed else None
        )

    yield "SIGKILL of the warm process, at any moment", WARM, once


def _stops(place: Path) -> Kind:
    project = trials.make_project(place / "stops", (2016,))
    for how in (signal.SIGTERM, signal.SIGINT):

        def once(rng: Random, how: signal.Signals = how) -> list[str] | None:
            run = project.start(trials.next_world(project))
            moment = trials.after_seconds(rng.uniform(0, project.usual))
            if not trials.kill_at(run, lambda: trials.begun(project) and moment(), how):
                return trials.faults_left_over(project, run) or None
            return trials.faults_of_stop(project, run, how) + trials.faults_after(project, run)

        yield f"{how.name} to a run, at any moment once it holds the folder", STOPS, once


def _full_disk(place: Path) -> Kind:
    if not trials.can_mount(place / "tried"):
        yield "a full disk: no small disk can be made here, so nothing was tried", 0, lambda _: None
        return
    with trials.small_disk(place / "full" / "output") as leave:
        project = trials.make_project(place / "full", (2016,))

        def once(rng: Random) -> list[str] | None:
            return trials.faults_of_small_disk(project, leave, rng.randrange(FREE))

        yield "a disk that gets full in the middle of a run", FULL_DISKS, once


def _meetings(place: Path) -> Kind:
    project = trials.make_project(place / "meetings", (2016,))
    for wait in (False, True):

        def once(rng: Random, wait: bool = wait) -> list[str]:
            apart = rng.choice((0.0, rng.uniform(0, 1)))
            return trials.meet(project, trials.next_world(project), wait=wait, apart=apart)

        yield f"two runs at once, {'with' if wait else 'without'} --wait", MEETINGS // 2, once
