"""One child reads the text for all, before any of it is run."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from assigned import MANIFEST
from cells_by_hand import MUL, provided_by_hand, say_nothing

from autograder.autodiff.probes import by_name
from autograder.worker import compile_cells
from autograder.worker.answer import Child


def _request(probe: str | None = None, **inputs: float) -> dict[str, Any]:
    return {"id": "1", "probe": probe, "cases": [inputs], "mode": "grafted", "skip": []}


def _child(*cells: str) -> Child:
    return Child(provided_by_hand(), by_name, cells, filtered=False)


def test_a_child_gives_away_what_it_read_before_it_runs_any_of_it() -> None:
    events: list[bytes] = []
    _child(MUL).answer(_request(), events.append, lambda read: events.append(b"what was read"))
    kept = events.index(b"what was read")
    assert all(b'"loading":[0,-1' in event for event in events[:kept])  # that the cell is about to be read
    assert b'"loading":[0,0' in events[kept + 1]


def test_a_child_that_runs_a_probe_does_not_read_the_text_again(monkeypatch: pytest.MonkeyPatch) -> None:
    child, answers = _child(MUL), list[bytes]()
    child.answer(_request(), answers.append, partial(child.read.__setitem__, "grafted"))
    monkeypatch.setattr(compile_cells, "read", None)
    answers.clear()
    child.answer(_request("product_forward", a=2.0, b=3.0), answers.append, lambda read: None)
    assert b'"out.data":6' in answers[0]


def test_what_is_nested_too_deeply_to_be_kept_is_no_mistake() -> None:
    nested: tuple[Any, ...] = ()
    for _ in range(10_000):
        nested = (nested,)
    (statement,) = compile_cells.read(["x = 1"], MANIFEST, "grafted", frozenset(), say_nothing)
    assert statement.code is not None
    assert compile_cells.dumped([statement._replace(code=statement.code.replace(co_consts=(nested,)))]) == b""
