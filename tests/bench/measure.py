"""Runs a command and measures it with everything it starts: wall time, CPU time, peak memory.

- CPU time is the kernel's own sum over the command and all its descendants, taken as each is reaped (``wait4``). The
  meter adopts orphans, so that a daemon or a kernel that outlives its parent counts too.
- Memory is the proportional set size (PSS) added up over all processes that live at the same moment: a page that n of
  them share counts 1/n in each. It is read from ``/proc/PID/smaps_rollup`` several times a second, and the largest sum
  is kept. A process whose PSS may not be read counts with its resident size.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

INTERVAL = 0.05
"""Seconds between two looks at the memory: a program fills some tens of megabytes meanwhile."""
SHARE = 0.05
"""Of a processor that looking may take: the kernel walks a process's pages for each look."""
PAUSE = 0.002
"""Seconds between two looks at whether the command has ended: the error of the wall time."""
SETTLE_SECONDS = 10.0
"""For what a command left running to end by itself; then it is killed."""

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_KIB = 1024


class CommandFailed(RuntimeError):  # noqa: N818 - what the user must know
    """A measured command did not end well; the message holds the end of what it printed."""


@dataclass(frozen=True)
class Run:
    """What one run cost: seconds of wall time and of CPU time, and peak memory in bytes, all processes together."""

    wall: float
    cpu: float
    peak: int
    output: str = ""


def run(
    command: Sequence[str | os.PathLike[str]],
    cwd: Path,
    *,
    seconds: float,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run ``command`` in the folder ``cwd`` and measure it; ``environment`` adds to ours.

    Raises ``CommandFailed`` if it fails or has not ended after ``seconds``; nothing it started is left running. A meter
    of its own watches it, this file as a program, so that only what the command started is adopted, counted and ended.
    """
    words = [os.fspath(word) for word in command]
    meter = [sys.executable, "-I", __file__, str(os.getpid()), str(seconds), *words]
    with TemporaryFile() as output:
        done = subprocess.run(
            meter,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            check=True,
        )
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    status, wall, cpu, peak = json.loads(done.stdout)
    if status != 0:
        how = f"did not end within {seconds:g} s" if status is None else f"ended with wait status {status}"
        raise CommandFailed(f"{' '.join(words)} {how}:\n{text[-2000:]}")
    return Run(wall, cpu, peak, text)


def _meter(parent: int, seconds: float, words: list[str]) -> None:
    """Run and watch a command that prints on standard error; print its wait status, times and memory as JSON."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)
    process = subprocess.Popen(words, stdout=sys.stderr, start_new_session=True)
    watch = _Watch(process.pid, time.monotonic(), seconds)
    try:
        status = watch.until_the_end()
    finally:
        watch.end_all()
        process.returncode = watch.status  # reaped here, not by subprocess
    print(json.dumps([status, watch.wall, watch.cpu, watch.peak]))


class _Watch:
    """Looks at process ``pid`` and all that it starts until they have ended, or for ``seconds``."""

    def __init__(self, pid: int, started: float, seconds: float) -> None:
        self.pid, self.started, self._deadline = pid, started, started + seconds
        self.status: int | None = None
        self.wall, self.cpu, self.peak = seconds, 0.0, 0
        self._next_look = started

    def until_the_end(self) -> int | None:
        """The wait status of the command; None if it has not ended in time."""
        while time.monotonic() < self._deadline:
            self._look()
            if not self._reap():
                break
            time.sleep(PAUSE)
        return self.status

    def _look(self) -> None:
        now = time.monotonic()
        if now >= self._next_look:
            self.peak = max(self.peak, sum(map(memory, descendants(os.getpid()))))
            self._next_look = time.monotonic() + max(INTERVAL, (time.monotonic() - now) / SHARE)

    def _reap(self) -> bool:
        """Take leave of what has ended; whether anything is left."""
        with suppress(ChildProcessError):
            while True:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
                if not pid:
                    return True
                self.cpu += usage.ru_utime + usage.ru_stime
                if pid == self.pid:
                    self.status, self.wall = status, time.monotonic() - self.started
                    self._deadline = min(self._deadline, time.monotonic() + SETTLE_SECONDS)
        return False

    def end_all(self) -> None:
        """Kill what is left, which was started by the command; usually nothing."""
        while self._reap():
            for pid in descendants(os.getpid()):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(PAUSE)


def descendants(pid: int) -> Iterator[int]:
    """The process ids of all that ``pid`` started, and all that they started."""
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from descendants(int(child))


def memory(pid: int) -> int:
    """The proportional set size of a process in bytes; its resident size where that cannot be read, 0 if it is gone."""
    for file, name in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
                if line.startswith(name):
                    return int(line.split()[1]) * _KIB
    return 0


if __name__ == "__main__":
    _meter(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
