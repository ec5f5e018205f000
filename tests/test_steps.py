"""Steps that need each other: what fails takes only what needs it, and what dies is tried again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import pytest

from asf_analysis.errors import AsfError, DataFaults, Fault, WorkerDied
from asf_analysis.reports.run.steps import RETRIES, Results, Step, Task, Workers, carry_out


class Bench:
    """Does steps when told to: keeps what was handed in, in order."""

    def __init__(self, answer: Callable[[str], Any] = lambda name: f"{name} done") -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.most = 0
        self.open = 0

    def submit(self, step: Step, task: Task) -> Future[Any]:
        self.asked.append(str(step.name))
        future: Future[Any] = Future()
        try:
            future.set_result(self.answer(*task))
        except AsfError as error:
            future.set_exception(error)
        return future


def step(name: str, **options: Any) -> Step:
    return Step(name, lambda _: (name,), **options)


def outcome_of(steps: Sequence[Step], bench: Bench, number: int = 1) -> dict[Any, Any]:
    return {one.name: result for one, result in carry_out(steps, Workers(bench.submit, bench.submit, number))}


def failing(*names: str, error: type[AsfError] = AsfError) -> Callable[[str], Any]:
    def answer(name: str) -> str:
        if name in names:
            raise error(f"{name} failed")
        return f"{name} done"

    return answer


def test_a_step_begins_when_all_that_it_needs_is_done_and_is_given_their_results():
    given: list[Results] = []

    def call(results: Results) -> Task:
        given.append(dict(results))
        return ("c",)

    bench = Bench()
    done = outcome_of([Step("c", call, needs=("a", "b")), step("b"), step("a")], bench)
    assert bench.asked == ["b", "a", "c"]
    assert given == [{"a": "a done", "b": "b done"}]
    assert done == {"a": "a done", "b": "b done", "c": "c done"}


def test_of_those_that_can_begin_the_heaviest_begins_first():
    bench = Bench()
    outcome_of([step("light", weight=1), step("heavy", weight=3), step("middle", weight=2)], bench)
    assert bench.asked == ["heavy", "middle", "light"]


def test_what_needs_a_step_that_failed_fails_with_its_error_and_the_others_go_on():
    bench = Bench(failing("a"))
    steps = [
        step("a"),
        step("b", needs=("a",)),
        step("c", needs=("b",)),
        step("d"),
        step("e", after=("a", "b")),
    ]
    done = outcome_of(steps, bench)
    assert {str(done[name]) for name in "abc"} == {"a failed"}
    assert (done["d"], done["e"]) == ("d done", "e done")
    assert set(bench.asked) == {"a", "d", "e"}


def test_what_only_waits_for_a_step_begins_after_it_whatever_becomes_of_it():
    bench = Bench(failing("a"))
    outcome_of([step("b", after=("a",), weight=9), step("a")], bench)
    assert bench.asked == ["a", "b"]


@pytest.mark.parametrize(("deaths", "done"), [(1, True), (RETRIES, True), (RETRIES + 1, False)])
def test_a_step_whose_worker_died_is_tried_again_so_many_times(deaths, done):
    left = [deaths]

    def answer(name: str) -> str:
        if left[0]:
            left[0] -= 1
            raise WorkerDied("En arbetsprocess dog.")
        return name

    bench = Bench(answer)
    result = outcome_of([step("a")], bench)["a"]
    assert isinstance(result, WorkerDied) != done
    assert len(bench.asked) == min(deaths, RETRIES) + 1


def test_an_error_of_a_person_is_not_tried_again():
    bench = Bench(failing("a"))
    outcome_of([step("a")], bench)
    assert bench.asked == ["a"]


def test_a_step_with_nothing_to_do_is_done_without_a_worker():
    bench = Bench()
    done = outcome_of([Step("a", lambda _: None), step("b", needs=("a",))], bench)
    assert done == {"a": None, "b": "b done"}
    assert bench.asked == ["b"]


def test_a_fault_met_while_a_task_is_prepared_fails_that_step_alone():
    def call(_: Results) -> Task:
        raise DataFaults([Fault("a.csv", "Fel.", "Rätta.")])

    done = outcome_of([Step("a", call), step("b")], Bench())
    assert isinstance(done["a"], DataFaults)
    assert done["b"] == "b done"


def test_no_more_steps_run_at_once_than_there_are_workers():
    running: set[str] = set()
    most: list[int] = []
    futures: dict[str, Future[Any]] = {}

    def submit(one: Step, _: Task) -> Future[Any]:
        running.add(str(one.name))
        most.append(len(running))
        futures[str(one.name)] = Future()
        if len(running) == 2:
            for name in list(running):
                running.discard(name)
                futures[name].set_result(name)
        return futures[str(one.name)]

    done = dict(
        (one.name, result)
        for one, result in carry_out([step(name) for name in "abcdef"], Workers(submit, submit, 2))
    )
    assert set(done) == set("abcdef")
    assert max(most) == 2


def test_results_that_nothing_waits_for_are_let_go_of():
    seen: list[Results] = []

    def call(results: Results) -> Task:
        seen.append(dict(results))
        return ("c",)

    outcome_of([step("a"), step("b", needs=("a",)), Step("c", call, needs=("b",))], Bench())
    assert seen == [{"a": None, "b": "b done"}]


def test_steps_that_wait_for_each_other_are_an_error_of_ours():
    with pytest.raises(ValueError, match="not there"):
        outcome_of([step("a", needs=("b",)), step("b", needs=("a",))], Bench())


def test_a_step_for_this_machine_is_done_here():
    here, there = Bench(), Bench()
    steps = [step("a", here=True), step("b")]
    assert len(list(carry_out(steps, Workers(there.submit, here.submit, 1)))) == 2
    assert (here.asked, there.asked) == (["a"], ["b"])


def test_each_step_is_told_of_as_it_begins():
    began: list[Any] = []
    bench = Bench(failing("a"))
    steps = [step("a"), step("b", needs=("a",)), step("c")]
    list(carry_out(steps, Workers(bench.submit, bench.submit, 1), lambda one: began.append(one.name)))
    assert began == ["a", "c"]
