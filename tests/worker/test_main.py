"""The worker itself, outside of the processes that it forks."""

from __future__ import annotations

import os
from typing import Any

import pytest

from autograder.worker import main


def test_a_fork_is_tried_again_while_others_have_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = [BlockingIOError(), BlockingIOError(), 4711]

    def fork() -> int:
        answer = answers.pop(0)
        if isinstance(answer, BlockingIOError):
            raise answer
        return int(answer)

    monkeypatch.setattr(os, "fork", fork)
    assert main._fork() == 4711
    monkeypatch.setattr(main, "_FORK_SECONDS", 0.02)
    answers += [BlockingIOError()] * 1000
    with pytest.raises(BlockingIOError):
        main._fork()
