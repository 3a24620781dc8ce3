"""The driver's end of one worker process: to start it, write to it, read from it, and end it with all it started."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from autograder.sandbox import cleanup
from autograder.wire import memory_watchdog
from autograder.wire.printable import printable, without_escapes

WORKER = Path(__file__).resolve().parent.parent / "worker" / "main.py"
MAX_OUTPUT = 16 * 1024
"""Maximum output of the student's code that is kept, in bytes: some pages.

The rest is read and dropped, so that the writer does not block.
"""
CHUNK = 64 * 1024
"""Maximum size of one read, in bytes: as much as a pipe holds."""
HELD = 4096
"""Number of bytes that every pipe holds. So many can be written without blocking even if nobody reads them."""
WAITING_CHUNKS = 16
"""Maximum number of chunks that are read before the driver takes one; then the worker has to wait."""
SETTLE_SECONDS = 5.0
"""Time limit for a killed process to disappear, in seconds, also on a machine that swaps."""


class SandboxFault(Exception):  # noqa: N818 - the word of the reports
    """Exception for a failure of the sandbox itself. No submission causes it, and it never lowers a score."""


class Gone(Exception):  # noqa: N818 - it is a finding about the student's code, not an error of the grader
    """Exception for a worker whose channel is closed."""


class WorkerProcess:
    """Worker process, from its start to the removal of everything that it left.

    ``uid`` is the uid that it will take, if any. The kernel ends the worker when the *thread* that started it ends.
    """

    def __init__(self, uid: int | None) -> None:
        self.uid = uid
        self.folder = Path(tempfile.mkdtemp(prefix="autograder-"))
        if uid is not None:
            with suppress(OSError):  # a container may not map this uid; then the worker cannot take it either
                os.chown(self.folder, uid, uid)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", *(["-B"] if sys.dont_write_bytecode else []), "-u", str(WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self.folder,
                env=_environment(self.folder),
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            cleanup.remove(self.folder)
            raise SandboxFault(f"the worker cannot be started: {error}") from error
        self._replies: queue.Queue[bytes] = queue.Queue(WAITING_CHUNKS)
        self._output = bytearray()
        self._known: psutil.Process | None = None
        self._cpu_seconds = 0.0
        self._closing = threading.Event()
        self._readers = [
            self._read(self._process.stdout, self._hand_over),
            self._read(self._process.stderr, self._keep_some),
        ]

    def _read(self, stream: IO[bytes] | None, use: Callable[[bytes], None]) -> threading.Thread:
        def run() -> None:
            if stream is not None:
                with stream:
                    while data := stream.read(CHUNK):
                        use(data)
                use(b"")

        reader = threading.Thread(target=run, daemon=True)
        reader.start()
        return reader

    def _hand_over(self, data: bytes) -> None:
        while not self._closing.is_set():
            with suppress(queue.Full):
                self._replies.put(data, timeout=0.1)
                return

    def _keep_some(self, data: bytes) -> None:
        self._output += data[: MAX_OUTPUT - len(self._output)]

    @property
    def output(self) -> str:
        """Beginning of the printed output, without terminal escapes and control characters."""
        return printable(without_escapes(self._output.decode("utf-8", "replace")), kept="\n\t")

    def write(self, data: bytes, seconds: float) -> None:
        """Send ``data`` to the worker, and kill it if it does not read all within ``seconds``.

        Short data needs no time limit: the pipe is empty, because the worker has answered all that was sent before.

        Raises ``Gone`` if the worker has ended.
        """
        clock = threading.Timer(seconds, self._process.kill)
        clock.daemon = True
        if len(data) > HELD:
            clock.start()
        try:
            view = memoryview(data)
            while view and self._process.stdin is not None:
                view = view[self._process.stdin.write(view) :]
        except (OSError, ValueError) as error:
            raise Gone from error
        finally:
            clock.cancel()

    def read(self, deadline: float) -> bytes:
        """Return the next bytes of the reply channel, or b"" if none arrive before ``deadline``.

        Raises ``Gone`` if the channel is closed.
        """
        try:
            data = self._replies.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return b""
        if not data:
            raise Gone
        return data

    def cpu_seconds(self) -> float:
        """Return the processor time in seconds of the worker and of those of its children that have ended.

        Once the worker itself has ended, the time that was read last is returned.
        """
        with suppress(psutil.Error, AttributeError):  # Windows has no children's times, and none is forked there
            self._known = self._known or psutil.Process(self._process.pid)
            times = self._known.cpu_times()
            self._cpu_seconds = float(times.user + times.system + times.children_user + times.children_system)
        return self._cpu_seconds

    def watch_memory(self, most: int) -> None:
        """Start to watch the memory of the worker and its children, and kill them if it exceeds ``most`` bytes."""
        memory_watchdog.watch_memory(self._process.pid, most, self._closing)

    def is_quiet(self) -> bool:
        """Tell whether the worker is running and nothing waits on its channel."""
        return self._process.poll() is None and self._replies.empty()

    def take_down(self, *, by_uid: bool) -> bool:
        """Kill the worker and all processes that it started, and remove its files; return False if any survives.

        With ``by_uid`` the processes and files are found by the worker's uid. Else the processes are the worker's
        descendants and those of its session, and the files are those in its folder.
        """
        processes = cleanup.of_worker(self._process.pid)
        if by_uid and self.uid is not None:
            processes = cleanup.of_uid(self.uid)
        else:
            cleanup.hold(self._process.pid)  # it stays alive, so that orphans stay its children and can be found
        clean = cleanup.end_all(processes)
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SETTLE_SECONDS)
        clean = cleanup.end_all(processes) and clean and self._process.returncode is not None
        self._closing.set()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        for reader in self._readers:
            reader.join(SETTLE_SECONDS)
        cleanup.remove(self.folder)
        if by_uid and self.uid is not None:
            cleanup.remove_files_of(self.uid)
        return clean


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment variables that any program needs, and none that says anything about the grader."""
    environment = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",  # a process with threads cannot be forked safely
        "OMP_NUM_THREADS": "1",
    }
    return environment | {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
