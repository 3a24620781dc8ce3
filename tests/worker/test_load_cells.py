"""What the worker makes of a submission's cells, and of whatever its code leaves in the place of a number."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cells_by_hand import MUL, provided_by_hand, read, say_nothing

from autograder.vocabulary import LoadMode
from autograder.worker import load_cells
from autograder.worker.graft import Engine
from autograder.worker.load_cells import Definitions, Loader

STUB = """
def __mul__(self, other):
    "Return the product."
    raise NotImplementedError("Question mul: __mul__ is still blank")
setattr(Value, "__mul__", __mul__)
"""


@pytest.fixture(autouse=True)
def _restore_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    handlers = {number: signal.getsignal(number) for number in (signal.SIGALRM, signal.SIGPROF)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def load(*cells: str, mode: LoadMode = "grafted", skip: frozenset[tuple[int, int]] = frozenset()) -> Definitions:
    return _loader(mode, skip).load(read(cells, mode, skip), say_nothing)


def engine(*cells: str, mode: LoadMode = "grafted") -> Engine:
    loader = _loader(mode, frozenset())
    loader.load(read(cells, mode), say_nothing)
    return loader.engine({})


def product(*cells: str, mode: LoadMode = "grafted") -> Any:
    """2 * 3 on the engine that comes of ``cells``."""
    value = engine(*cells, mode=mode).Value
    return (value(2) * value(3)).data


def _loader(mode: LoadMode, skip: frozenset[tuple[int, int]]) -> Loader:
    return Loader(provided_by_hand(), mode, skip)


# --- what is found ------------------------------------------------------------------------------------------------

OWN_CLASS = """
class Value:
    def __init__(self, data, _children=()):
        self.data = data
    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))
"""


@pytest.mark.parametrize(
    "cells",
    [
        [MUL],
        ["def product(self, other):\n    return Value(self.data * other.data)", "Value.__mul__ = product"],
        ["def __mul__(self, other):\n    return Value(self.data * other.data)"],
        ["Value.__mul__ = lambda self, other: Value(self.data * other.data)"],
        [OWN_CLASS],
        ["%matplotlib inline\n" + MUL],
        ["!pip install numpy\nimport math\n" + MUL],
        ["%%time\n" + MUL],
        ["files = !ls\nValue?\n" + MUL],
        ["if True:\n    %matplotlib inline\n" + MUL],
        ["x = (7\n% 4)\n" + MUL],
        ["def broken(:\n    pass", MUL],
        ["import no_such_module_at_all", MUL],
        ["1 / 0", "x = 1 / 0", MUL],
        ["sum = 0\nlist = []\nmax = 3\nisinstance = None", MUL],
        [MUL.replace("return", "\0return")],
        ["name = '\ud800'", MUL],
        ["(" * 1000 + ")" * 1000, MUL],
        [STUB, MUL],
        [MUL, STUB],
        [STUB + MUL + STUB],
        [MUL, "def __mul__(self, other):\n    pass"],
        [MUL, "def __mul__(self, other): ..."],
        ["while True:\n    pass", MUL],
        ["from __future__ import annotations\ndef helper(x: Undefined) -> Unknown: ...\n" + MUL],
        ["def times(a, b):\n    return a * b\n", MUL.replace("self.data * other.data", "times(self.data, other.data)")],
        ["import dataclasses\n@dataclasses.dataclass\nclass Pair:\n    a: 'int'\n", MUL],
        ["", "\n\n", "# only a comment", MUL],
    ],
)
def test_a_working_operator_counts_whatever_surrounds_it(cells: list[str]) -> None:
    assert load(*cells).methods["mul"] == "ready"
    assert product(*cells) == 6


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ([], "missing"),
        ([STUB], "stub"),
        (["Value.__mul__ = 3"], "not_a_function"),
        (["class Times:\n    def __get__(self, *_): ...\nValue.__mul__ = Times()"], "not_a_function"),
        (["Value = 3"], "missing"),
        (["del Value"], "missing"),
        (["%%writefile solution.py\n" + MUL], "missing"),
        (["%%bash\necho hello"], "missing"),
        (["class Value:\n    def __mul__(self, other):\n        raise NotImplementedError"], "stub"),
    ],
)
def test_the_state_of_an_operator(cells: list[str], state: str) -> None:
    assert load(*cells).methods["mul"] == state


def test_a_stub_raises_not_implemented_error_on_the_engine() -> None:
    with pytest.raises(NotImplementedError, match="Question mul"):
        product(STUB)


def test_a_stub_after_a_solution_is_told() -> None:
    ((problem, _),) = load(MUL, STUB).problems
    assert "blank" in problem


def test_the_last_real_definition_wins() -> None:
    assert product(MUL.replace("*", "+", 1).replace("self.data * other", "self.data - other"), MUL) == 6


def test_an_own_class_is_told() -> None:
    assert load(OWN_CLASS).set_aside
    assert not load(MUL).set_aside


def test_the_graft_is_a_fresh_pristine_class() -> None:
    grafted = engine(MUL, "Value.backward = None", "Value.__add__ = None", "Value.helper = 5").Value
    assert grafted(2).__add__(grafted(3)).data == 5
    assert grafted.helper == 5


def test_results_of_a_grafted_operator_are_pristine_values() -> None:
    grafted = engine(OWN_CLASS).Value
    assert type(grafted(2) * grafted(3)) is grafted


def test_as_submitted_runs_everything_on_the_submissions_own_class() -> None:
    cells = [OWN_CLASS, "for name in ('__rmul__',):\n    setattr(Value, name, lambda self, other: Value(7))"]
    submitted = engine(*cells, mode="as_submitted").Value
    assert (3 * submitted(2)).data == 7
    assert (submitted(2) + submitted(3)).data == 5


# --- what goes wrong while loading --------------------------------------------------------------------------------


def test_a_syntax_error_names_the_line() -> None:
    ((problem, _),) = load("x = 1\ndef broken(:\n    pass").problems
    assert problem == "`def broken(:` in line 2 cannot be read: invalid syntax; lines 2 to 3 were left out."


EXPERIMENT = """
class Value:
    def __init__(self, data):
        self.data = data
    def __mul__(self, other):
        return Value(self.data + other.data)
"""


@pytest.mark.parametrize(
    "cells",
    [
        [
            "class Value(Value):" + MUL.replace("\n", "\n    ").replace("setattr", "0 and setattr"),
            "class Value(Value): pass",
        ],
        ["class M:" + MUL.split("setattr")[0].replace("\n", "\n    "), "class Value(M, Value): pass"],
        ["class M:" + MUL.split("setattr")[0].replace("\n", "\n    "), "Value = type('Value', (M, Value), {})", STUB],
        [OWN_CLASS, STUB],
        [STUB, OWN_CLASS],
        [MUL, EXPERIMENT],
        [OWN_CLASS, EXPERIMENT],
        [MUL, EXPERIMENT, "def __mul__(self, other): return 5\nsetattr(Value, '__mul__', __mul__)"],
        [MUL, "class Value:\n    pass"],
    ],
)
def test_a_method_counts_where_the_class_inherits_it_or_is_replaced_below(cells: list[str]) -> None:
    assert load(*cells).methods["mul"] == "ready"
    assert product(*cells) == 6


@pytest.mark.parametrize(
    "below",
    [
        "table = [('__mul__', f)]\nwhile table:\n    name, g = table.pop()\n    setattr(Value, name, g)",
        "for name, g in [('__mul__', f)]:\n    setattr(Value, name, g)",
        "if True:\n    Value.__mul__ = f",
        "match f:\n    case _:\n        setattr(Value, '__mul__', f)",
    ],
)
def test_a_block_that_attaches_is_run(below: str) -> None:
    assert product("def f(self, other): return Value(self.data * other.data)", below) == 6


@pytest.mark.parametrize(
    "below",
    [
        "if True:\n    attach('__mul__', f)",
        "for g in [f]:\n    attach('__mul__', g)",
        "attach('__mul__', f)",
        "[attach('__mul__', f) for _ in range(1)]",
    ],
)
def test_what_a_call_attaches_is_seen_in_the_second_try(below: str) -> None:
    defined = "def f(self, other): return Value(self.data * other.data)\ndef attach(n, f): setattr(Value, n, f)"
    assert load(defined, below).set_aside
    assert product(defined, below, mode="as_submitted") == 6


def test_a_loop_that_assigns_to_attributes_is_not_run_for_that() -> None:
    assert not load("class A: pass\nfor _ in range(3):\n    A.x = 5\ny = A.x").set_aside
    assert "y" not in load("class A: pass\nfor _ in range(3):\n    A.x = 5\ny = A.x").namespace


def test_a_class_below_that_answers_more_replaces_the_one_above() -> None:
    own = EXPERIMENT + "    def relu(self):\n        return self\n"
    assert product(MUL, own) == 5
    assert product(MUL, EXPERIMENT, mode="as_submitted") == 5


def test_what_an_own_class_inherits_is_not_replaced_by_what_is_given() -> None:
    cells = ["class Value(Value):\n    def __add__(self, other):\n        return Value(7)", "class Value(Value): pass"]
    value = engine(*cells, mode="as_submitted").Value
    assert (value(2) + value(3)).data == 7


def test_a_method_that_is_attached_under_the_name_of_another_one_is_told() -> None:
    ((problem, _),) = load(MUL + "def relu(self): return self\nsetattr(Value, '__mul__', relu)").problems
    assert problem.startswith("`setattr(Value, '__mul__', relu)` attaches relu under the name __mul__")
    assert load(MUL + "setattr(Value, '__rmul__', __mul__)").problems == []


@pytest.mark.parametrize("name", ["ReLU", "Relu", "_relu", "__relu__"])
def test_a_method_that_is_almost_called_as_the_question_asks_is_told(name: str) -> None:
    assert load(f"def {name}(self): return self").look_alikes == {"relu": name}
    assert load(f"class Value:\n    def {name}(self): return self").look_alikes == {"relu": name}
    assert load(f"def {name}(self): return self\ndef relu(self): return self").look_alikes == {}


def test_what_stands_above_and_below_a_syntax_error_counts() -> None:
    cell = f"print product(2)\n{MUL}\nit works for 2\nValue.helper = 5\n x = 3"
    assert load(cell).methods["mul"] == "ready"
    assert engine(cell).Value.helper == 5


def test_a_definition_that_raises_is_told_with_its_error() -> None:
    ((problem, timed_out),) = load("setattr(Value, '__mul__', __mull__)").problems
    assert not timed_out
    assert problem == "`setattr(Value, '__mul__', __mull__)` raised NameError: name '__mull__' is not defined."


def test_an_assignment_that_builds_on_a_skipped_loop_is_no_problem() -> None:
    assert load("losses = []", "for epoch in range(10):\n    losses.append(epoch)", "last = losses[-1]").problems == []


@pytest.mark.skipif(sys.platform != "linux", reason="pins processes to one processor, as only Linux can")
def test_a_statement_that_was_not_given_the_processor_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_cells, "STARVED", 100)  # the others may be given theirs late, too
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    others = [subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]) for _ in range(3)]
    try:
        begun, until = time.monotonic(), time.process_time() + 0.2
        with load_cells.time_slice(0.5):
            while time.process_time() < until or time.monotonic() - begun < 0.6:
                pass
    finally:
        os.sched_setaffinity(0, everywhere)
        for other in others:
            other.kill()
            other.wait()


def test_a_statement_that_takes_long_is_interrupted_and_left_out() -> None:
    found = load("import time", "x = time.sleep(60)", MUL)
    assert found.methods["mul"] == "ready"
    assert found.slow == [(1, 0)]
    assert "took too long" in found.problems[0][0]


def test_a_definition_that_takes_long_is_interrupted_too() -> None:
    assert (0, 0) in load("class Endless:\n    while True:\n        pass", MUL).slow


def test_the_slowest_statements_are_left_out_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_cells, "COMFORT_SECONDS", 0.05)
    work = "x = sum(range({}))"
    found = load(work.format(10), work.format(20_000_000), MUL)
    assert found.slow == [(1, 0)]


def test_statements_to_skip_are_skipped() -> None:
    assert load(MUL, skip=frozenset({(0, 0), (0, 1)})).methods["mul"] == "missing"
    assert load(MUL, skip=frozenset({(0, -1)})).methods["mul"] == "missing"
