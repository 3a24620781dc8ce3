"""What is wanted of the platform where it is not Linux."""

from __future__ import annotations

import os
import runpy
import sys

import pytest

from autograder.vocabulary import Step
from autograder.wire import confinement


def test_no_process_for_each_probe_is_wanted_where_there_is_no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Step.FORK in confinement.FULL
    monkeypatch.delattr(os, "fork")
    assert runpy.run_path(confinement.__file__)["FULL"] == confinement.FULL - {Step.FORK}


def test_the_kernel_limits_memory_on_linux_only_and_where_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    assert confinement.limits_memory(confinement.FULL)
    assert not confinement.limits_memory(confinement.FULL - {Step.RLIMITS})
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not confinement.limits_memory(confinement.FULL)
