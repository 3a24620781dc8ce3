"""Hostile and broken submissions through the whole sandbox, and the driver against every byte."""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import assigned
import psutil
import pytest
from assigned import MANIFEST, definitions
from confined_process import ordinary_user
from specimens import ROOT

from autograder.sandbox import worker_process
from autograder.sandbox.budget import Budget
from autograder.sandbox.sandbox import Limits, Sandbox, SandboxFault
from autograder.vocabulary import Inputs, Note, Observation, Sign, Step
from autograder.wire import messages
from autograder.wire.confinement import FULL, Confinement, own_uid
from autograder.worker import import_hook
from autograder.worker.main import MAX_READ, _pipes, _relay

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the attacks are written for POSIX")

LIMITS = Limits(load=1.0, probe=0.5, grace=0.5)
"""Shorter than in earnest, for the tests to end soon; each attack must end within the sum of its two."""
SLACK = 5.0
"""Seconds for a busy machine."""
INPUTS = {"a": 2.0, "b": 3.0, "upstream": 1.5}
RIGHT = Observation("returned", {"a.grad": 4.5, "b.grad": 3.0})

MUL = """
def __mul__(self, other):
    exec(ATTACKS.get(self.data, ""), {"self": self, "other": other})
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    def _backward():
        exec(BACKWARD_ATTACKS.get(self.data, ""), {"self": self, "other": other})
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad
    out._backward = _backward
    return out
setattr(Value, "__mul__", __mul__)
"""
PLAIN = "ATTACKS = BACKWARD_ATTACKS = {}" + MUL
BESIEGED = 1
"""The slot of the sandbox that stays open while other tests run, so that its processes are not taken for theirs."""


def sandbox(*cells: str, confinement: Confinement = FULL, limits: Limits = LIMITS, slot: int = 0) -> Sandbox:
    return assigned.sandbox(cells, confinement=confinement, limits=limits, slot=slot)


def attackers(
    attacks: Mapping[float, str], confinement: Confinement = FULL, limits: Limits = LIMITS, slot: int = 0
) -> Sandbox:
    """A sandbox with a right product that first runs one of ``attacks``, by its left operand."""
    cell = f"ATTACKS = {dict(attacks)!r}\nBACKWARD_ATTACKS = {{}}\n{MUL}"
    return sandbox(cell, confinement=confinement, limits=limits, slot=slot)


def attacker(attack: str, confinement: Confinement = FULL, limits: Limits = LIMITS) -> Sandbox:
    """A sandbox with a right product that first runs ``attack`` when its left operand is 100."""
    return attackers({100: attack}, confinement, limits)


def observe(box: Sandbox, a: float = 2.0) -> Observation:
    started = time.monotonic()
    [observation] = box.observe("product_gradients", [INPUTS | {"a": a}])
    assert time.monotonic() - started < LIMITS.probe + LIMITS.grace + SLACK
    return observation


BYSTANDERS: set[psutil.Process] = set()
"""Children from before these tests: multiprocessing keeps its resource tracker once there was a pool."""


@pytest.fixture(scope="module", autouse=True)
def _bystanders() -> None:
    BYSTANDERS.update(psutil.Process().children(recursive=True))


def workers(box: Sandbox, slot: int = 0) -> list[psutil.Process]:
    """Processes that the sandbox has running: the worker, and whatever got out of it."""
    uid = own_uid(slot)
    if uid is not None and Step.OWN_UID in box.isolation.applied:
        found = [process for process in psutil.process_iter() if _real_uid(process) == uid]
    else:
        children = psutil.Process().children(recursive=True)
        found = [child for child in children if child not in BYSTANDERS and _real_uid(child) != own_uid(BESIEGED)]
    return [process for process in found if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def _real_uid(process: psutil.Process) -> int | None:
    with suppress(psutil.Error):
        return int(process.uids().real)
    return None


def assert_alone(box: Sandbox, slot: int = 0) -> None:
    """The next probe works, and nothing but the worker runs."""
    assert observe(box) == RIGHT
    with suppress(psutil.NoSuchProcess):
        assert len(workers(box, slot)) == 1


def assert_unharmed(box: Sandbox, slot: int = 0) -> None:
    """The next probe works; nothing but the worker runs, and after closing not even that."""
    assert_alone(box, slot)
    pids = [process.pid for process in workers(box, slot)]
    box.close()
    assert not box.leftovers
    assert not any(psutil.pid_exists(pid) for pid in pids)


@pytest.fixture(scope="module")
def canary() -> Iterator[Path]:
    """A file that everyone may write to, in a folder that everyone may write to; both must stay as they are."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o777)
        path = Path(folder) / "results.json"
        path.write_text("canary")
        path.chmod(0o666)
        yield path
        assert path.read_text() == "canary"
        assert list(Path(folder).iterdir()) == [path]


# --- the ordinary case --------------------------------------------------------------------------------------------


def test_a_right_operator_is_observed_again_and_again() -> None:
    with sandbox(PLAIN) as box:
        assert box.loaded.methods == {"mul": "ready", "pow": "missing", "relu": "missing"}
        assert [observe(box) for _ in range(5)] == [RIGHT] * 5
        assert_unharmed(box)


def test_closing_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with sandbox(PLAIN) as box:
        assert observe(box) == RIGHT
        assert list(tmp_path.iterdir())
    assert Step.RLIMITS in box.isolation.applied  # and asking for it starts no other worker
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(own_uid(0) is None, reason="only an own uid tells whose a file is")
def test_closing_removes_files_that_got_out() -> None:
    left = Path("/tmp") / f"left-by-{own_uid(0)}"
    with attacker(f"open({str(left)!r}, 'w').close()", FULL - {Step.LANDLOCK, Step.SECCOMP}) as box:
        assert observe(box, 100).status == "returned"
        assert left.exists()
    assert not left.exists()


def test_stand_ins_and_the_usual_modules_are_there() -> None:
    imports = """
import matplotlib.pyplot as plt
from IPython.display import display
from google.colab import drive
from tqdm.auto import tqdm
import numpy as np, statistics, dataclasses, typing, decimal
figure, axes = plt.subplots()
display(plt.plot([1, 2]))
ten = list(tqdm(range(10)))
"""
    with sandbox(imports + PLAIN) as box:
        assert box.loaded.problems == ()
        assert observe(box) == RIGHT


def test_a_module_is_imported_beforehand_if_it_is_mentioned() -> None:
    look = "import sys\nother.grad = 1000 * ('deci' + 'mal' in sys.modules)"
    with attacker(look) as box:
        assert observe(box, 100).values["b.grad"] == 150
    with attacker(look + "  # decimal") as box:
        assert observe(box, 100).values["b.grad"] == 1150


def test_no_other_module_is_there_wherever_it_is_installed() -> None:
    modules = ("pandas", "autograder.assignment", "psutil", "nbformat")
    with sandbox(*(f"import {module}" for module in modules), PLAIN) as box:
        for module, problem in zip(modules, box.loaded.problems, strict=True):
            assert f"import {module}" in problem.text and "not available" in problem.text
        assert observe(box) == RIGHT


@pytest.mark.parametrize("system", ["_linux_x86_64-linux-gnu", "_x86_64-linux-gnu", "_m_darwin_darwin"])
def test_what_every_system_calls_otherwise_is_of_the_standard_library_too(system: str) -> None:
    assert (
        import_hook.Finder(frozenset()).find_spec(f"_sysconfigdata_{system}", None) is None
    )  # left to the usual finders


def test_a_watchdog_bounds_memory_where_the_kernel_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.sandbox.conversation.MEMORY", 200 << 20)
    hog = "import time\nx = [(b'x' * (1 << 24), time.sleep(0.02)) for _ in range(64)]"
    limits = Limits(probe=20.0)
    with attacker(hog, FULL - {Step.RLIMITS}, limits) as box:
        assert Step.MEMORY_WATCHDOG in box.isolation.applied
        started = time.monotonic()
        assert [one.status for one in box.observe("product_gradients", [INPUTS | {"a": 100.0}])] == ["crashed"]
        assert time.monotonic() - started < 15
        assert_unharmed(box)


def test_no_state_crosses_from_one_probe_to_the_next() -> None:
    attack = "import builtins, math\nmath.calls = getattr(math, 'calls', 0) + 1\nother.grad = math.calls * 1000"
    with attacker(attack) as box:
        assert len({observe(box, 100).values["b.grad"] for _ in range(3)}) == 1


_SHARED_STATE = """
import fcntl, os, resource, struct, sys, threading
def mark(action):
    try:
        action()
    except (OSError, ValueError):
        pass
for descriptor in range(10):
    mark(lambda: fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK))
    mark(lambda: fcntl.fcntl(descriptor, 10, 42))
    mark(lambda: fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getppid()))
    mark(lambda: fcntl.fcntl(descriptor, 1031, 8192))
    mark(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB))
mark(lambda: os.write(1, b"x" * 3000))
mark(lambda: os.nice(3))
mark(lambda: os.sched_setaffinity(0, {0}))
mark(lambda: os.utime("."))
mark(lambda: open("note", "w").close())
"""
_SEEN_STATE = """
import fcntl, os, struct, time
time.sleep(0.2)  # for the worker to read what waits in this process's own pipe: that is no state of another one
def look(action):
    try:
        return int(action())
    except (OSError, ValueError) as error:
        return -getattr(error, "errno", 1)
seen = 0
for descriptor in range(10):
    for action in (
        lambda: fcntl.fcntl(descriptor, fcntl.F_GETFL) & ~3,
        lambda: fcntl.fcntl(descriptor, 11),
        lambda: fcntl.fcntl(descriptor, fcntl.F_GETOWN),
        lambda: fcntl.fcntl(descriptor, 1032),
        lambda: struct.unpack("i", fcntl.ioctl(descriptor, 0x541B, b"0000"))[0],
    ):
        seen = (31 * seen + look(action)) % 1_000_003
seen = (31 * seen + look(lambda: os.nice(0))) % 1_000_003
seen = (31 * seen + look(lambda: len(os.sched_getaffinity(0)))) % 1_000_003
seen = (31 * seen + look(lambda: os.stat(".").st_mtime_ns % 1_000_003)) % 1_000_003
other.grad = 1000.0 * seen
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the marks are left in Linux's own ways")
def test_no_state_of_a_descriptor_or_of_the_process_outlives_a_probe() -> None:
    attacks = {100: _SEEN_STATE, 200: _SHARED_STATE}
    with sandbox(f"ATTACKS, BACKWARD_ATTACKS = {attacks!r}, {{}}\nimport fcntl, os, struct" + MUL) as box:
        before = observe(box, 100)
        assert "b.grad" in before.values
        assert observe(box, 200).status == "returned"
        assert observe(box, 100) == before


_OPEN = """
from fcntl import F_GETFD, fcntl
def is_open(descriptor):
    try:
        return fcntl(descriptor, F_GETFD) >= 0
    except OSError:
        return False
other.grad = 1000.0 * sum(map(is_open, range(256)))
"""


def test_a_probe_has_four_descriptors() -> None:
    with attacker(_OPEN) as box:
        assert observe(box, 100).values["b.grad"] == 4000.0 + 1.5 * 100


FORBIDDEN = (
    "os.stat('/')",
    "os.listdir('.')",
    "os.access('/etc/passwd', 0) or 1 / 0",
    "os.readlink('/proc/self/exe')",
    "open(os.__file__).close()",
    "os.chdir('/')",
    "fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
    "fcntl.fcntl(0, 10, 9)",
    "fcntl.fcntl(0, fcntl.F_SETFL, 0x2000)",
    "fcntl.fcntl(0, 1024, 0)",
    "fcntl.fcntl(0, 1026, 1)",
    "fcntl.fcntl(0, 1031, 4096)",
    "fcntl.ioctl(0, 0x5452, 1)",
    "fcntl.ioctl(0, 0x8901, os.getppid())",
    "fcntl.ioctl(0, 0x5412, b'x')",
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these filters")
def test_a_probe_names_no_file_and_no_owner_of_signals() -> None:
    forbidden = "import fcntl, os\ntry:\n    {}\nexcept (PermissionError, ZeroDivisionError):\n    other.grad = 5e6"
    with attackers({100 + number: forbidden.format(action) for number, action in enumerate(FORBIDDEN)}) as box:
        found = [observe(box, 100 + number).values["b.grad"] for number in range(len(FORBIDDEN))]
    allowed = [action for action, gradient in zip(FORBIDDEN, found, strict=True) if float(gradient) < 5e6]
    assert not allowed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the forger writes to a forked process's pipe")
@pytest.mark.parametrize("kind", ["values", "raised", "loading", "loaded"])
def test_replies_by_the_hundred_megabytes_take_no_memory_of_the_driver(kind: str) -> None:
    body = {
        "values": {f"n{k}": 1.5 for k in range(1900)},
        "raised": ["E", "x" * 9000, 1, 0],
        "loading": [0, 0, "x" * 9000],
    }
    line = f', "{kind}": ' + json.dumps(body.get(kind, ["x"] * 9000)) + "}\n"
    forge = f"""
import os, sys
frame = sys._getframe()
while frame and "request" not in frame.f_locals:
    frame = frame.f_back
text = ('{{"id": "' + frame.f_locals["request"]["id"] + '"' + {line!r}).encode()
for _ in range(10_000):
    for descriptor in range(3, 9):
        if _can(descriptor):
            os.write(descriptor, text)
"""
    can = """
def _can(descriptor, cache={}):
    if descriptor not in cache:
        try:
            import fcntl
            cache[descriptor] = fcntl.fcntl(descriptor, fcntl.F_GETFL) & 3 == 1
        except OSError:
            cache[descriptor] = False
    return cache[descriptor]
"""
    tracemalloc.start()
    try:
        forger = can + f"class Forge:\n    exec({forge!r})"
        with sandbox(forger, PLAIN, limits=replace(LIMITS, load=10.0)) as box:  # for the driver is slow while traced
            assert box.loaded.methods["mul"] == "ready"
            assert any(problem.sign is Sign.STATEMENT_BROKE_PROTOCOL for problem in box.loaded.problems)
            assert observe(box) == RIGHT
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()


def test_an_unknown_probe_is_the_callers_mistake_not_the_students() -> None:
    with sandbox(PLAIN) as box, pytest.raises(SandboxFault, match="no probe of that name"):
        list(box.observe("no_such_probe", [{}]))


# --- attacks from within an operator --------------------------------------------------------------------------------

_EVERY_DESCRIPTOR = """
import os
for descriptor in range(256):
    try: os.write(descriptor, {line!r})
    except OSError: pass
"""
NONSENSE = b"nonsense, and long enough for a header\n"
_FIND_REQUEST = """
import os, sys
frame = sys._getframe()
while "request" not in frame.f_locals:
    frame = frame.f_back
line = '{"id": "%s", "values": {"a.grad": 1.0}}\\n' % frame.f_locals["request"]["id"]
for descriptor in range(3, 64):
    try: os.write(descriptor, line.encode())
    except OSError: pass
"""
_THREAD = "import threading\nfor _ in range({}): threading.Thread(target=exec, args=({!r}, {{}}), daemon=True).start()"
_DEEP = "import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(200_000): x = [x]\nrepr(x)"

ATTACKS: dict[str, tuple[str, set[str]]] = {
    "exits": ("import os; os._exit(0)", {"crashed"}),
    "exits with status": ("import os; os._exit(97)", {"crashed"}),
    "system exit": ("raise SystemExit", {"raised"}),
    "keyboard interrupt": ("raise KeyboardInterrupt", {"raised"}),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", {"crashed"}),
    "abort": ("import os; os.abort()", {"crashed"}),
    "endless loop": ("while True: pass", {"timed_out"}),
    "loop that catches all": (
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        {"timed_out"},
    ),
    "sleep": ("import time; time.sleep(60)", {"timed_out"}),
    "regular expression": ("import re; re.match('(a+)+$', 'a' * 40 + 'b')", {"timed_out"}),
    "big integer": ("x = 3 ** 10 ** 9", {"timed_out"}),
    "memory hog": ("x = [bytearray(1 << 28) for _ in range(64)]", {"raised", "timed_out"}),
    "recursion": ("f = lambda: f()\nf()", {"raised"}),
    "recursion in C": (_DEEP, {"crashed", "timed_out", "raised"}),  # from Python 3.12 on it raises
    "fork": ("import os; os.fork()", {"raised"}),
    "program": ("import subprocess; subprocess.run(['/bin/true'])", {"raised"}),
    "kill everything": ("import os; os.kill(-1, 9)", {"raised"}),
    "kill the worker": ("import os; os.kill(os.getppid(), 9)", {"raised"}),
    "stop itself": ("import os; os.kill(os.getpid(), 19)", {"raised"}),
    "ignores all signals": (
        "import signal\nfor n in range(1, 64):\n  try: signal.signal(n, signal.SIG_IGN)\n  except OSError: pass\n"
        "while True: pass",
        {"timed_out"},
    ),
    "200 MB of output": ("for _ in range(200): print('x' * 1_000_000)", {"returned", "timed_out"}),
    "endless output": ("while True: print('x' * 100)", {"timed_out"}),
    "closes all descriptors": ("import os; os.closerange(0, 256)", {"crashed"}),
    "writes to all descriptors": (_EVERY_DESCRIPTOR.format(line=b'{"values": {"a.grad": 1.0}}\n'), {"broke_protocol"}),
    "writes nonsense to all descriptors": (_EVERY_DESCRIPTOR.format(line=b"\xff\0\n" * 9), {"broke_protocol"}),
    "writes without end": (
        _EVERY_DESCRIPTOR.format(line=b"x" * 50_000).replace("range(256)", "[*range(64)] * 99"),
        {"broke_protocol"},
    ),
    "forges an answer with the right id": (_FIND_REQUEST, {"broke_protocol"}),
    "racing forger": (
        _THREAD.format(1, "while True:\n" + _EVERY_DESCRIPTOR.format(line=b"{}\n").replace("\n", "\n  ")),
        {"broke_protocol", "returned"},
    ),
    "busy thread": (_THREAD.format(1, "while True: pass"), {"returned"}),
    "a thousand threads": (_THREAD.format(1000, "import time; time.sleep(9)"), {"returned", "raised", "timed_out"}),
    "patches the library": (
        "import builtins, json, os, sys, time\n"
        "for name in ('print', 'type', 'dict', 'str', 'repr', 'float'): setattr(builtins, name, None)\n"
        "json.JSONEncoder = json.dumps = json.encoder.encode_basestring_ascii = os.write = os._exit = None\n"
        "time.monotonic = time.time = sys.exc_info = sys.stdout = sys.stderr = None",
        {"returned"},
    ),
    "empties the modules": ("import sys; sys.modules.clear()", {"returned"}),
    "leaves work for the exit": ("import atexit; atexit.register(print, 'late')", {"returned"}),
    "reads the driver's environment": ("import os; open(f'/proc/{os.getppid()}/environ').read()", {"raised"}),
    "reads the driver's memory": ("import os; open(f'/proc/{os.getppid()}/mem', 'rb').read(1)", {"raised"}),
    "reads passwords": ("open('/etc/passwd').read()", {"raised"}),
    "reads the rubric": (
        f"open({str(ROOT / 'autograder' / 'autodiff' / 'assignment.py')!r}).read()",
        {"raised"},
    ),
    "writes beside itself": ("open('file', 'w').write('x')", {"raised"}),
    "shares memory": ("open('/dev/shm/shared', 'w')", {"raised"}),
    "connects": ("import socket; socket.create_connection(('127.0.0.1', 22), 1)", {"raised"}),
    "a page of exception": ("raise ValueError('x' * 10**6)", {"raised"}),
    "an unspeakable exception": ("raise ValueError('\\ud800\\x1b[31m\\x00\\u202e<b>')", {"raised"}),
    "an exception that hangs": (
        "class E(Exception):\n  def __str__(self):\n    while True: pass\nraise E",
        {"raised"},
    ),
    "an answer of 50 MB": ("self.data = Ellipsis; other.data = 'x' * 50_000_000", {"raised"}),
    "waits for input": ("input()", {"raised"}),
}
_NUMBERS = {1000.0 + number: name for number, name in enumerate(ATTACKS)}


@pytest.fixture(scope="module")
def besieged(canary: Path) -> Iterator[Sandbox]:
    """One sandbox for all attacks, so that each one meets what those before it left."""
    attacks = {operand: ATTACKS[name][0] for operand, name in _NUMBERS.items()}
    with attackers(attacks, slot=BESIEGED) as box:
        yield box
        assert_unharmed(box, BESIEGED)


@pytest.mark.xdist_group("besieged")
@pytest.mark.parametrize("operand", list(_NUMBERS), ids=list(ATTACKS))
def test_an_attack_ends_in_an_observation_and_the_next_probe_works(besieged: Sandbox, operand: float) -> None:
    observation = observe(besieged, operand)
    assert observation.status in ATTACKS[_NUMBERS[operand]][1], observation
    assert observation.detail.isprintable()
    assert len(observation.detail) < 400
    if observation.status == "raised":
        assert observation.error in messages.BUILTIN_EXCEPTIONS
    assert observe(besieged) == RIGHT


def test_output_is_capped_and_printable() -> None:
    with attacker("print('\\x1b[31mred\\x00\\ud800' if False else '\\x1b[31mred\\x00' + 'x' * 10**6)") as box:
        observe(box, 100)
        box.close()
        assert box.output.startswith("red\N{REPLACEMENT CHARACTER}xxx")
        assert len(box.output) <= worker_process.MAX_OUTPUT


def test_what_is_no_plain_number_comes_as_text() -> None:
    attacks = {
        2.0: "self.grad = float('nan')",
        3.0: "self.grad = float('-inf')",
        4.0: "self.grad = 10**20000; other.data = 1; self.data = 1",
        5.0: "self.grad = True; other.data = 0",
    }
    with sandbox(f"ATTACKS, BACKWARD_ATTACKS = {{}}, {attacks!r}" + MUL) as box:
        seen = {operand: observe(box, operand) for operand in attacks}
    found = {operand: one.values.get("a.grad", one.status) for operand, one in seen.items()}
    assert found == {2.0: "nan", 3.0: "-inf", 4.0: "raised", 5.0: 1.0}
    assert all(type(value) in (int, float, str) for one in seen.values() for value in one.values.values())


def test_an_endless_loop_in_backward_is_a_timeout() -> None:
    cell = f"ATTACKS = {{}}\nBACKWARD_ATTACKS = {{100: 'while True: pass'}}\n{MUL}"
    with sandbox(cell) as box:
        assert observe(box, 100).status == "timed_out"
        assert_unharmed(box)


# --- attacks while loading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "x = __import__('os')._exit(0)",
        "x = __import__('ctypes').string_at(0)",
        "x = [0 for _ in iter(int, 1)]",
        "class Endless:\n  while True:\n    try:\n      while True: pass\n    except BaseException: pass",
        "x = __import__('re').match('(a+)+$', 'a' * 40 + 'b')",
        "x = [bytearray(1 << 28) for _ in range(64)]",
        "x = __import__('os').closerange(0, 256)",
        "x = [__import__('os').write(3 + n, b'nonsense\\n') for n in range(61)]",
        f"x = exec({_EVERY_DESCRIPTOR.format(line=b'nonsense')!r} + '\\nraise SystemExit')",
        "x = input()",
        "x = exit()",
        "x = __import__('sys').setrecursionlimit(5)",
        "x = __import__('signal').pthread_sigmask(0, range(1, 64))",
    ],
)
def test_a_statement_that_attacks_costs_itself_only(statement: str) -> None:
    started = time.monotonic()
    with sandbox(statement, PLAIN, limits=replace(LIMITS, probe=2.0)) as box:  # each probe fills the memory again
        assert box.loaded.methods["mul"] == "ready"
        assert time.monotonic() - started < 2 * (LIMITS.load + LIMITS.grace) + SLACK
        assert_unharmed(box)


_COUNT_DESCRIPTORS = """
class Descriptors:
    from fcntl import F_GETFD, fcntl
    found = 0
    for descriptor in range(3, 64):
        try:
            fcntl(descriptor, F_GETFD)
            found += 1
        except OSError:
            pass
    raise Warning(found)
"""


def test_while_cells_are_loaded_the_pipe_for_what_was_read_is_closed() -> None:
    with sandbox(_COUNT_DESCRIPTORS, PLAIN) as box:
        assert box.loaded.problems == (Note("`class Descriptors:` raised Warning: 1."),)


def test_what_is_too_long_to_be_kept_is_read_by_every_probe() -> None:
    with sandbox(f"x = {'y' * (MAX_READ + 1)!r}", PLAIN) as box:
        assert [observe(box) for _ in range(2)] == [RIGHT] * 2


def test_the_worker_keeps_no_more_than_its_limit_of_what_was_read() -> None:
    ours, theirs = _pipes()
    _, replies = unread = os.pipe()
    os.write(theirs.answers, b"+")

    def write_twice_the_limit() -> None:
        for _ in range(2 * MAX_READ // messages.MAX_FRAME):
            os.write(theirs.read, b"x" * messages.MAX_FRAME)
        os.close(theirs.read)
        os.close(theirs.answers)

    read = bytearray()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(write_twice_the_limit)
        assert _relay(ours, read, replies, {"id": "0" * messages.ID_LENGTH, "seconds": 30})
    assert MAX_READ < len(read) <= MAX_READ + messages.MAX_FRAME
    for descriptor in (*ours, theirs.output, theirs.input, *unread):
        os.close(descriptor)


def test_a_quarantined_statement_is_told() -> None:
    with sandbox("x = __import__('os')._exit(0)", PLAIN) as box:
        (problem,) = box.loaded.problems
        assert problem.text == "`x = __import__('os')._exit(0)` ended the program and was left out."
        assert problem.sign is Sign.STATEMENT_CRASHED


def test_loading_gives_up_after_a_few_statements() -> None:
    with sandbox(*["x = __import__('os')._exit(0)"] * 9, PLAIN) as box:
        assert set(box.loaded.methods.values()) == {"missing"}
        assert box.loaded.problems[-1] == Note("The code could not be loaded.", sign=Sign.NOT_LOADED)
        [observation] = box.observe("power_forward", [{"a": 2.0, "n": 3}])
        assert observation.status in ("crashed", "raised")


def test_slow_statements_do_not_slow_every_probe() -> None:
    """The statement takes as long on every machine: more than a probe may take, and less than loading may."""
    slow = "x = sum(iter(lambda start=time.process_time(): time.process_time() - start > 1.2, True))"
    with sandbox("import time", slow, PLAIN, limits=replace(LIMITS, load=10.0, probe=1.0)) as box:
        assert box.loaded.methods["mul"] == "ready"
        started = time.process_time()
        assert observe(box) == RIGHT
        assert time.process_time() - started < 1


# --- where a level is missing ---------------------------------------------------------------------------------------

_DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(30)
    os._exit(0)
"""
_FORKS = "import os, time\nfor _ in range(7):\n  try: os.fork()\n  except OSError: pass\ntime.sleep(30)"

UNFILTERED = [FULL - {Step.SECCOMP}, FULL - {Step.SECCOMP, Step.OWN_UID}]


GET_OUT: dict[float, tuple[str, set[str]]] = {
    100: (_DAEMON, {"timed_out"}),
    200: (_FORKS, {"timed_out", "broke_protocol"}),
    300: ("import os; os.kill(os.getppid(), 9)", {"crashed"}),
    400: ("import os; os.kill(os.getppid(), 19)", {"timed_out"}),
    500: ("import os; os.kill(os.getpid(), 19)", {"timed_out"}),
}


@pytest.mark.parametrize("confinement", UNFILTERED, ids=["own uid", "same uid"])
def test_processes_that_get_out_are_swept_up(confinement: Confinement) -> None:
    with attackers({operand: attack for operand, (attack, _) in GET_OUT.items()}, confinement) as box:
        for operand, (attack, statuses) in GET_OUT.items():
            assert observe(box, operand).status in statuses, attack
            assert_alone(box)
        assert_unharmed(box)


@pytest.mark.parametrize(
    ("attack", "statuses"),
    [
        ("import os; os._exit(0)", {"crashed"}),
        ("while True: pass", {"timed_out"}),
        ("raise ValueError('no')", {"raised"}),
        (_EVERY_DESCRIPTOR.format(line=NONSENSE), {"broke_protocol"}),
    ],
    ids=["exits", "loops", "raises", "writes"],
)
def test_without_fork_the_worker_answers_itself(attack: str, statuses: set[str]) -> None:
    with attacker(attack, FULL - {Step.FORK}) as box:
        assert observe(box) == RIGHT
        assert observe(box, 100).status in statuses
        assert_unharmed(box)


@pytest.mark.serial
def test_an_ordinary_user_is_as_safe(tmp_path: Path) -> None:
    new = f"/tmp/new-{os.getpid()}"
    script = f"""
import sys
sys.path.append({str(ROOT)!r})
from autograder.assignment import ASSIGNMENT
from autograder.sandbox.sandbox import Limits, Sandbox
attacks = {{
    100: "open('/etc/passwd')", 101: "import os; os.fork()", 102: "while True: pass", 103: "open({new!r}, 'w')",
}}
cell = f"ATTACKS = {{attacks!r}}\\nBACKWARD_ATTACKS = {{{{}}}}\\n" + {MUL!r}
with Sandbox(ASSIGNMENT.manifest, {definitions()!r}, [cell], limits=Limits(probe=1.0)) as box:
    cases = [{{"a": a, "b": 3.0, "upstream": 1.5}} for a in (2.0, 100, 101, 102, 103, 2.0)]
    for seen in box.observe("product_gradients", cases):
        print(seen.status, seen.error or seen.values.get("a.grad", ""))
print(box.leftovers, "landlock" in box.isolation.to_json()["applied"])
"""
    expected = (
        "returned 4.5/raised PermissionError/raised PermissionError/timed_out /raised PermissionError/returned 4.5"
    )
    assert ordinary_user().run_unconfined(script).split("\n") == [*expected.split("/"), "False True"]


# --- the cases of one probe ---------------------------------------------------------------------------------------

_IN_PROCESS = "import os; other.grad = 1000.0 * os.getpid()"
"""Lets an operator tell the process that it runs in."""


def cases(*operands: float) -> list[Inputs]:
    return [INPUTS | {"a": a} for a in operands]


def test_cases_share_a_process_and_other_probes_have_another() -> None:
    with attacker(_IN_PROCESS) as box:
        first, second, third = (one.values["b.grad"] for one in box.observe("product_gradients", cases(100, 100, 100)))
        assert first == second == third
        assert observe(box, 100).values["b.grad"] != first


def test_each_case_meets_the_definitions_as_if_it_were_the_first() -> None:
    notes = "of_cell, of_class = type(self).__mul__.__globals__, type(self)"
    count = "of_class.calls = getattr(of_class, 'calls', 0) + 1; of_cell['CALLS'].append(1)"
    attack = f"{notes}; {count}; other.grad = 1000.0 * len(of_cell['CALLS']) + 10.0 * of_class.calls"
    with sandbox("CALLS = []", f"ATTACKS, BACKWARD_ATTACKS = {{100: {attack!r}}}, {{}}{MUL}") as box:
        seen = list(box.observe("product_gradients", cases(100, 100, 100)))
    assert [one.values["b.grad"] for one in seen] == [1000.0 + 10.0 + 150.0] * 3


@pytest.mark.parametrize(
    ("attack", "status"),
    [
        ("raise ValueError('no')", "raised"),
        ("import os; os._exit(0)", "crashed"),
        ("while True: pass", "timed_out"),
        (_EVERY_DESCRIPTOR.format(line=NONSENSE), "broke_protocol"),
    ],
    ids=["raises", "exits", "loops", "writes"],
)
@pytest.mark.parametrize("confinement", [FULL, FULL - {Step.FORK}], ids=["forks", "no forks"])
def test_a_case_that_goes_wrong_costs_no_other_one(attack: str, status: str, confinement: Confinement) -> None:
    with attacker(attack, confinement) as box:
        seen = list(box.observe("product_gradients", cases(100, 2, 2, 100, 100, 2)))
        assert [one.status for one in seen] == [status, "returned", "returned", status, status, "returned"]
        assert seen[-1] == RIGHT
        assert_unharmed(box)


def test_a_case_that_fails_for_what_an_earlier_one_left_is_run_again() -> None:
    with attacker("import math\nassert not hasattr(math, 'left')\nmath.left = True\n" + _IN_PROCESS) as box:
        seen = list(box.observe("product_gradients", cases(100, 100, 100)))
        assert [one.status for one in seen] == ["returned"] * 3
        assert len({one.values["b.grad"] for one in seen}) == 3


_FORGE = """
import sys
frame = sys._getframe()
while "request" not in frame.f_locals or "write" not in frame.f_locals:
    frame = frame.f_back
line = '{"id": "%s", "values": {"a.grad": 4.5, "b.grad": 3.0}}\\n' % frame.f_locals["request"]["id"]
frame.f_locals["write"](line.encode() * 9)
"""


def test_nothing_counts_of_what_a_case_says_for_the_others() -> None:
    with attacker(_FORGE) as box:
        seen = list(box.observe("product_gradients", cases(100, 2, 100, 2)))
        assert [one.status for one in seen] == ["broke_protocol", "returned", "broke_protocol", "returned"]
        assert_unharmed(box)


def test_slow_cases_have_a_process_each() -> None:
    with attacker(f"import time; time.sleep({0.7 * LIMITS.probe})\n" + _IN_PROCESS) as box:
        seen = list(box.observe("product_gradients", cases(100, 100, 100)))
        assert len({one.values["b.grad"] for one in seen}) == 3


def test_without_time_for_all_cases_the_rest_is_out_of_time() -> None:
    with attacker(f"import time; time.sleep({0.6 * LIMITS.probe})") as box:
        box.load()
        seen = box.observe("product_gradients", cases(100, 100, 100, 100), Budget(LIMITS.probe, math.inf))
        assert [one.status for one in seen] == ["returned", "out_of_time", "out_of_time", "out_of_time"]


# --- training -------------------------------------------------------------------------------------------------------

POW_AND_RELU = """
def __pow__(self, n):
    out = Value(self.data ** n, (self,))
    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad
    out._backward = _backward
    return out
setattr(Value, "__pow__", __pow__)
def relu(self):
    {}
    return self
setattr(Value, "relu", relu)
"""
TRAINING = {
    "seed": 59,
    "layers": [[2, 2, True], [2, 1, False]],
    "epochs": 5,
    "count": 2,
    "x": [[1.0, 2.0], [2.0, 1.0]],
    "y": [3.0, 4.0],
    "learning_rate": 1e-3,
}


def trainer(in_relu: str = "pass") -> Sandbox:
    return sandbox(PLAIN, f"WRITES = {_EVERY_DESCRIPTOR.format(line=NONSENSE)!r}", POW_AND_RELU.format(in_relu))


def test_training_streams_one_observation_an_epoch() -> None:
    with trainer() as box:
        observations = list(box.stream("gradient_descent", TRAINING, steps=5, seconds=10))
        assert [seen.status for seen in observations] == ["returned"] * 5
        losses = [seen.values["loss"] for seen in observations]
        assert all(type(loss) is float and math.isfinite(loss) for loss in losses)
        assert "layers[1].biases[0].grad" in observations[0].values
        assert_unharmed(box)


def test_a_training_that_is_not_wanted_any_more_ends() -> None:
    with trainer() as box:
        with closing(box.stream("gradient_descent", TRAINING | {"epochs": 10**6}, steps=10**6, seconds=60)) as stream:
            assert next(stream).status == "returned"
        assert_unharmed(box)


@pytest.mark.parametrize(
    ("in_relu", "status"),
    [
        ("raise ValueError('no')", "raised"),
        ("import os; os._exit(0)", "crashed"),
        ("while True: pass", "timed_out"),
        ("exec(WRITES)", "broke_protocol"),
    ],
)
def test_a_training_that_goes_wrong_says_so_last(in_relu: str, status: str) -> None:
    with trainer(in_relu) as box:
        stream = box.stream("gradient_descent", TRAINING, steps=5, seconds=LIMITS.probe)
        assert [seen.status for seen in stream] == [status]
        assert_unharmed(box)


# --- faults of the sandbox itself -----------------------------------------------------------------------------------


def test_provided_definitions_that_fail_are_no_students_fault() -> None:
    with (
        Sandbox(MANIFEST, "raise RuntimeError('the author')", [PLAIN]) as box,
        pytest.raises(SandboxFault, match="the author"),
    ):
        box.load()


def test_an_interpreter_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with sandbox(PLAIN) as box, pytest.raises(SandboxFault, match="cannot be started"):
        box.load()


_IMPOSTOR = """
import json, os, struct, sys
first = json.loads(sys.stdin.readline())
os.write(1, struct.pack("!16scI", first["id"].encode(), b"r", 31) + b'{{"applied": [], "missing": []}} ')
sys.stdin.readline()
request = json.loads(sys.stdin.readline())
{body}
"""


def impostor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Sandbox:
    """A sandbox with a worker that starts as it should, and answers with ``body``."""
    worker = tmp_path / "worker.py"
    worker.write_text(_IMPOSTOR.format(body=body))
    monkeypatch.setattr(worker_process, "WORKER", worker)
    return sandbox(PLAIN, limits=Limits(load=0.5, probe=0.5, grace=0.5, quarantined=0))


_FRAME = "os.write(1, struct.pack('!16scI', request['id'].encode(), {kind}, {length}) + {payload})"


@pytest.mark.parametrize(
    "body",
    [
        "os.write(1, os.urandom(1000))",
        "os.write(1, b'{}\\n' * 1000)",
        "while True: os.write(1, b'x' * 100_000)",
        _FRAME.format(kind="b'c'", length=2**32 - 1, payload="b'x' * 100"),
        _FRAME.format(kind="b'?'", length=0, payload="b''"),
        _FRAME.format(kind="b'c'", length=10, payload="b'[' * 9 + b'\\n'"),
        "for _ in range(9): " + _FRAME.format(kind="b'c'", length=60_000, payload="b'[' * 60_000"),
    ],
)
def test_a_worker_that_writes_nonsense_breaks_the_protocol(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    with impostor(tmp_path, monkeypatch, body) as box:
        assert observe(box).status == "broke_protocol"


def test_a_worker_that_says_nothing_times_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with impostor(tmp_path, monkeypatch, "sys.stdin.read()") as box:
        assert observe(box).status == "timed_out"


def test_a_worker_that_never_stops_repeating_itself_times_out_or_breaks_the_protocol(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = 'line = b\'{"id": "%s", "loading": [0, 0, "x"]}\\n\' % request[\'id\'].encode()'
    frame = _FRAME.format(kind="b'c'", length="len(line)", payload="line")
    with impostor(tmp_path, monkeypatch, f"{line}\nwhile True: {frame}") as box:
        assert observe(box).status in ("timed_out", "broke_protocol")


def test_the_line_that_raised_is_told_with_the_beginning_of_its_cell() -> None:
    cell = (
        "# my product\ndef __mul__(self, other):\n    raise ValueError('odd')\n\n\nsetattr(Value, '__mul__', __mul__)"
    )
    with sandbox(cell) as box:
        box.load()
        [observation] = box.observe("product_forward", [{"a": 2.0, "b": 3.0}])
    assert (observation.error, observation.detail) == (
        "ValueError",
        "odd (line 3 of the cell that begins `def __mul__(self, other):`)",
    )
