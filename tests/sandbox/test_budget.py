"""The time for one submission: what is spent of a part is spent of the whole, and what is over it is not begun."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from assigned import grade, sandbox
from specimens import with_answers, write

from autograder import settings
from autograder.sandbox.budget import LEAST_SECONDS, Budget
from autograder.sandbox.sandbox import Limits, Sandbox
from autograder.settings import Config

LIMITS = Limits(load=3.0, probe=3.0, grace=1.0)
INPUTS = {"a": 2.0, "b": 3.0, "upstream": 1.5}
SLOW = "import time\ndef {name}(self, other=None):\n    time.sleep({seconds})\n    return Value(1.0, (self,))\n"
SLOW += "setattr(Value, '{name}', {name})"
BUSY = "def __mul__(self, other):\n    while True: pass\nsetattr(Value, '__mul__', __mul__)"


def test_a_budget_without_numbers_never_ends() -> None:
    budget = Budget()
    budget.spend(1e9, 1e9)
    assert budget.wall == math.inf and not budget.is_spent


def test_what_is_spent_of_a_part_is_spent_of_the_whole() -> None:
    whole = Budget(80.0, 40.0)
    part = whole.part(1 / 8)
    assert (part.wall, part.cpu) == (10.0, 5.0)
    part.spend(4.0, 1.0)
    assert (part.wall, part.cpu, whole.wall, whole.cpu) == (6.0, 4.0, 76.0, 39.0)


def test_a_part_has_no_more_than_is_left_of_the_whole() -> None:
    whole = Budget(80.0, 40.0)
    part = whole.part(1 / 2)
    whole.spend(75.0, 0.0)
    assert part.wall == 5.0


@pytest.mark.parametrize(("wall", "cpu"), [(LEAST_SECONDS / 2, 1.0), (1.0, LEAST_SECONDS / 2)])
def test_either_kind_of_time_may_run_out(wall: float, cpu: float) -> None:
    assert Budget(wall, cpu).is_spent


def _sandbox(cell: str, budget: Budget) -> Sandbox:
    return sandbox([cell], limits=LIMITS, budget=budget)


def _status(box: Sandbox) -> str:
    [observation] = box.observe("product_gradients", [INPUTS])
    return observation.status


def test_a_probe_that_outlasts_the_budget_is_out_of_time_and_none_is_begun_after_it() -> None:
    budget = Budget(2.0, 100.0)
    with _sandbox(SLOW.format(name="__mul__", seconds=60), budget) as box:
        assert _status(box) == "out_of_time"
        left = budget.wall
        assert _status(box) == "out_of_time"
        assert budget.wall == left


def test_the_processors_time_ends_a_probe_too() -> None:
    budget = Budget(100.0, 1.0)
    with _sandbox(BUSY, budget) as box:
        assert _status(box) == "out_of_time"
        assert budget.cpu <= 0.05 < budget.wall


def test_a_probe_that_outlasts_its_own_limit_only_is_timed_out() -> None:
    budget = Budget(100.0, 100.0)
    with _sandbox(SLOW.format(name="__mul__", seconds=60), budget) as box:
        assert _status(box) == "timed_out"
        assert 95.0 < budget.wall < 98.0
        assert budget.cpu > 99.0


def test_what_cannot_be_loaded_in_time_is_not_loaded() -> None:
    with _sandbox("import time\ntime.sleep(60)\nx = 1", Budget(0.01, 1.0)) as box:
        assert set(box.load("as_submitted").methods.values()) == {"not_loaded"}


def test_past_the_time_for_one_submission_checks_are_not_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "load", lambda: Config("a salt for this test only", "hidden", 40.0, 30.0))
    slow = SLOW.format(name="__mul__", seconds=1.0)
    report = grade(write(with_answers(("mul", slow)), tmp_path / "a.ipynb"))
    late = {outcome.check.id for outcome in report.outcomes if "time for one submission" in outcome.message}
    assert late and all(id.startswith("mul.") for id in late)
    by_id = {outcome.check.id: outcome.outcome for outcome in report.outcomes}
    assert by_id["mul.forward_range"] == "not_reached"
    assert {by_id[id] for id in by_id if id.startswith(("pow", "relu", "test"))} == {"passed"}
    assert report.seconds < 40.0
