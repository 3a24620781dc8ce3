"""Hostile and broken submissions, each beside a canary tree: nothing read, nothing changed, nothing left, exact marks.

By default a part of them runs, which has every class of attack, with a training on a few houses; ``GALLERY=whole`` runs
all, in every way, with the whole training.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from assigned import grade_submission, read_submission
from canary_tree import ORDINARY, STOLEN, USERS, Canary, Graded, Grader, canary_tree, grade_beside_canary
from confined_process import User, only
from specimens import ALL_IDS, WHOLE, Specimen, specimen_of, specimens
from zip_ways import SCHEMA, points, run_autograder, run_otter

from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Observation, Step

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the levels of confinement are Linux's")

SECONDS = 90
"""For one hostile submission, on a machine that does other things too; the slowest take 15 s on one that does not."""
ONE_OF_EACH = (
    "hostile/read_parent_environment",
    "hostile/forge_reply_in_operator",
    "hostile/fool_float_subclass",
    "hostile/persist_shared_folders",
    "hostile/exhaust_fork_bomb",
    "hostile/follow_course_operator_into_a_message",
)
SOME = (
    *ONE_OF_EACH,
    "hostile/forge_kill_parent",
    "hostile/exhaust_loop_in_operator",
    "hostile/exhaust_ansi",
    "hostile/exhaust_replies_while_loading",
    "hostile/fool_network_in_numpy",
    "hostile/forge_signal_by_owner",
    "hostile/persist_status_flags",
    "hostile/read_inputs_by_flags_as_a_value",  # whose right product is trained with
    "hostile/read_sizes_by_stat",
    "broken/stub_after_the_solution",
    "broken/shadowed_builtins",
    "broken/tags_lost",
)
ALL = specimens("hostile", "broken")
BLANKS = {
    "mul": "def __mul__(self, other): ...",
    "pow": "def __pow__(self, exponent): ...",
    "relu": "def relu(self): ...",
}


def _specimen(name: str) -> Specimen:
    return specimen_of(name)


def _with_only(question: str, cell: str) -> tuple[tuple[str, str], ...]:
    """The answers of a specimen that answers this question in a cell of its own, and leaves the other two blank."""
    return *((name, blank) for name, blank in BLANKS.items() if name != question), ("+", cell)


def _is_as_stated(specimen: Specimen, graded: Graded) -> None:
    assert graded.lost == specimen.loses
    assert graded.report["score"] == specimen.score
    assert {check["misconception"] for check in graded.report["checks"]} - {""} == specimen.names
    assert specimen.says in graded.words
    assert "grader_fault" not in {check["outcome"] for check in graded.report["checks"]}
    assert not graded.leaked
    assert graded.changed == ()
    assert graded.survivors == ()
    assert graded.seconds < SECONDS
    assert graded.printed.replace("\n", "").isprintable()
    jsonschema.validate(graded.report, {"required": ["schema", "score", "max_score", "isolation", "notes", "checks"]})


def _runs(name: str, way: str) -> bool:
    return WHOLE or name in ONE_OF_EACH or (name in SOME and way == "own uid")


@pytest.mark.parametrize("specimen, way", [(one, way) for one in ALL for way in USERS if _runs(one.name, way)], ids=str)
def test_a_submission_gets_what_it_states_and_reaches_nothing(specimen: Specimen, way: str) -> None:
    _is_as_stated(specimen, grade_beside_canary(specimen, way, short=not WHOLE))


def test_every_class_of_attack_is_in_the_part_that_always_runs() -> None:
    classes = {one.name.split("_")[0] for one in ALL if one.kind == "hostile"}
    assert {name.split("_")[0] for name in ONE_OF_EACH} == classes
    assert {name for name in SOME if name not in {one.name for one in ALL}} == set()


# --- the canaries sing --------------------------------------------------------------------------------------------


@pytest.fixture
def tree() -> Iterator[Canary]:
    with canary_tree() as canary:
        yield canary


def _graded_unconfined(canary: Canary, name: str) -> str:
    submission = read_submission(canary.hand_in(_specimen(name)))
    return json.dumps(grade_submission(submission, confinement=only(Step.FORK)).to_json())


def test_without_confinement_a_secret_is_read(tree: Canary) -> None:
    assert tree.secret in _graded_unconfined(tree, "hostile/read_hidden_tests")


def test_without_confinement_the_tree_is_changed(tree: Canary) -> None:
    unlimited = "import os\ndef __mul__(self, other):\n    os.unlink('/CANARY/home/.bashrc')\nValue.__mul__ = __mul__"
    specimen = replace(_specimen("hostile/forge_rename_results"), cells=_with_only("mul", unlimited))
    grade_submission(read_submission(tree.hand_in(specimen)), confinement=only(Step.FORK))
    assert tree.changed() == ("home/.bashrc",)


def test_the_course_s_operator_is_said_but_not_told(tree: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    stream = Sandbox.stream

    def overheard(self: Sandbox, *arguments: Any, **named: Any) -> Iterator[Observation]:
        for observation in stream(self, *arguments, **named):
            said.append(observation.detail)
            yield observation

    monkeypatch.setattr(Sandbox, "stream", overheard)
    assert STOLEN not in _graded_unconfined(tree, "hostile/follow_course_operator_into_a_message")
    assert any(STOLEN in detail for detail in said)


def test_a_process_that_stays_is_seen() -> None:
    uid = next(ORDINARY) if os.geteuid() == 0 else os.geteuid()
    with subprocess.Popen(["/bin/sleep", "30"], user=uid, text=True) as sleeper:
        try:
            left = Grader(sleeper, User(sys.executable, uid), Path(), 0.0).left_behind()
            assert any(f"pid={sleeper.pid}" in process for process in left)
        finally:
            sleeper.kill()


# --- two at once --------------------------------------------------------------------------------------------------

HONEST = """
import time
_honest = __mul__


def __mul__(self, other):
    time.sleep(0.05)
    return _honest(self, other)


setattr(Value, "__mul__", __mul__)
"""
REACHING = """
import ctypes
import os
import resource
import signal
import threading
import time

c = ctypes.CDLL(None)
before = threading.stack_size(1 << 16)  # assigned, for a call alone is left out, and all is tried a second time


def reach(pid):
    yield lambda: os.kill(pid, signal.SIGKILL)
    yield lambda: os.setpriority(os.PRIO_PROCESS, pid, 19)
    yield lambda: os.sched_setaffinity(pid, {0})
    yield lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (0, 0))
    yield lambda: signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)
    yield lambda: c.ptrace(16, pid, 0, 0) and 1 / 0
    for name in ("mem", "environ", "fd/0", "fd/3", "cwd/x", "root/etc/passwd"):
        yield lambda: open(f"/proc/{pid}/{name}", "rb").read(1)


def __mul__(self, other):
    threads = []
    try:
        while True:
            threads.append(threading.Thread(target=time.sleep, args=(1.2,), daemon=True))
            threads[-1].start()
    except RuntimeError:
        pass
    reached = 0
    for pid in set(range(os.getppid() - 200, os.getppid() + 200)) - {os.getpid(), os.getppid()}:
        for action in reach(pid):
            try:
                action()
                reached += 1
            except (OSError, ZeroDivisionError):
                pass
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/CANARY/tmp", ".."):
        reached += len(list(os.walk(folder)))
    time.sleep(0.05)
    raise RuntimeError(f"reached {reached} things")


setattr(Value, "__mul__", __mul__)
"""


@pytest.mark.parametrize("way", USERS)
def test_a_submission_cannot_reach_another_one_that_is_graded_at_the_same_time(tree: Canary, way: str) -> None:
    base = replace(_specimen("hostile/read_hidden_tests"), loses=_ids_of("pow.", "relu.", "training."), says="")
    honest = replace(base, cells=_with_only("mul", HONEST))
    reaching = replace(base, cells=_with_only("mul", REACHING), loses=base.loses | _ids_of("mul."), says="reached 0 ")
    user = USERS[way]()
    started = [tree.start(user, tree.hand_in(one, str(k)), short=True) for k, one in enumerate((reaching, honest))]
    for specimen, graded in zip((reaching, honest), tree.finish(*started), strict=True):
        _is_as_stated(specimen, graded)


def _ids_of(*questions: str) -> frozenset[str]:
    return frozenset(id for id in ALL_IDS if id.startswith(questions))


# --- through the zip ----------------------------------------------------------------------------------------------

FILES_BESIDE = ("hostile/forge_files_beside", "hostile/forge_pickled_log")


@pytest.mark.serial
@pytest.mark.parametrize("name", [*ONE_OF_EACH, *FILES_BESIDE])
def test_run_autograder_gives_the_stated_score(name: str, container: Path, tree: Canary) -> None:
    specimen = _specimen(name)
    shutil.rmtree(container / "submission", ignore_errors=True)
    shutil.copytree(tree.hand_in(specimen).parent, container / "submission", symlinks=True)
    results = run_autograder(container)
    jsonschema.validate(results, SCHEMA)
    assert points(results) == (specimen.score, 100)
    assert tree.secret not in json.dumps(results)
    assert tree.changed() == ()


@pytest.mark.parametrize("name", ONE_OF_EACH if WHOLE else ONE_OF_EACH[1:2])
def test_otter_run_gives_the_stated_score(name: str, autograder_zip: Path, tmp_path: Path, tree: Canary) -> None:
    specimen = _specimen(name)
    results = run_otter(autograder_zip, tree.hand_in(specimen), tmp_path)
    assert points(results) == (specimen.score, 100)
    assert tree.secret not in json.dumps(results)
    assert tree.changed() == ()
