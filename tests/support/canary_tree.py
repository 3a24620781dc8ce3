"""Grades a hostile submission beside a canary tree, and finds what was read or changed in it and what survived.

The tree is open to everyone, and the grader's process carries its secret in memory, in its environment and on an open
descriptor: only the confinement stands between. A specimen names the tree's root ``/CANARY``.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from assigned import find_submission
from confined_process import User, ordinary_user, root
from specimens import ROOT, Specimen

from autograder.sandbox import cleanup
from autograder.wire.confinement import FIRST_UID, SLOTS

SECONDS = 400
"""For one hostile submission on a busy machine; most end within 5 s, those that use up their time take 110 s."""
FILES = (
    "autograder/source/tests/mul.py",
    "autograder/results/results.json",
    "autograder/submission/other.ipynb",
    "home/.ssh/id_ed25519",
    "home/.bashrc",
    "home/.local/lib/python3/site-packages/usercustomize.py",
    "tmp/other-student/notes.txt",
)
SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
ORDINARY = itertools.count(70_000 + os.getpid() % 10_000 * 1000)
"""Ordinary users, a new one for each grading, so that its processes can be told from all others."""

STOLEN = "STOLEN"
"""Specimens put this before what they try to tell of the course's code; grading may show neither."""
_GRADE = f"""
import sys
sys.path += [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
if sys.argv[1] == "short":
    import short_training
    del sys.argv[1]
    short_training.use()
from autograder.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def _someone() -> User:
    user = ordinary_user()
    return User(user.python, user.uid and next(ORDINARY))


USERS: dict[str, Callable[[], User]] = {"own uid": root, "ordinary user": _someone}
"""The two confinements that separate a submission from everything else."""


@dataclass(frozen=True)
class Graded:
    """What came of grading a submission beside a canary tree."""

    report: dict[str, Any]
    printed: str
    seconds: float
    changed: tuple[str, ...]
    survivors: tuple[str, ...]
    leaked: bool

    @property
    def lost(self) -> frozenset[str]:
        """The checks that neither passed nor followed through."""
        right = ("passed", "followed_through")
        return frozenset(check["id"] for check in self.report["checks"] if check["outcome"] not in right)

    @property
    def words(self) -> str:
        """Everything that the report tells the student and the staff."""
        messages = [check[part] for check in self.report["checks"] for part in ("message", "hint")]
        return "\n".join([*self.report["notes"], *self.report["for_staff"], *messages])


@dataclass(frozen=True)
class Grader:
    """The command line at work on one submission."""

    process: subprocess.Popen[str]
    user: User
    report: Path
    started: float

    @property
    def uids(self) -> range:
        """The uids that the submission's own processes may have: the worker's, or the ordinary user's."""
        first = FIRST_UID + self.process.pid % (1 << 22) * SLOTS
        return range(first, first + SLOTS) if self.user.uid is None else range(self.user.uid, self.user.uid + 1)

    def processes(self) -> list[psutil.Process]:
        """The submission's processes that run."""
        return [process for process in psutil.process_iter() if _uid(process) in self.uids]

    def left_behind(self) -> list[str]:
        """The submission's processes, and its files where everyone may write."""
        files = [path for folder in SHARED for path in folder.iterdir() if _owner(path) in self.uids]
        return [*map(str, self.processes()), *map(str, files)]


class Canary:
    """The tree: hidden tests, results, another student's submission, a home, and a folder for temporary files."""

    def __init__(self, base: Path) -> None:
        self.base, self.root, self.secret = base, base / "tree", secrets.token_hex(16)
        for name in FILES:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(f"secret = {self.secret!r}\n")
        for path in (base, self.root, *self.root.rglob("*")):
            path.chmod(0o777)
        self.before = self.state()

    def state(self) -> dict[str, tuple[Any, ...]]:
        """All that can be seen of each file and folder, by its path."""
        return {str(path.relative_to(self.root)): _state(path) for path in (self.root, *self.root.rglob("*"))}

    def hand_in(self, specimen: Specimen, name: str = "submission") -> Path:
        """The file that intake finds in what the specimen hands in; raises ``Refused`` as intake does."""
        return find_submission(self.folder_of(specimen, name))

    def folder_of(self, specimen: Specimen, name: str = "submission") -> Path:
        """The folder with what the specimen hands in, with the tree's path for ``/CANARY``."""
        folder = self.base / name
        folder.mkdir()
        specimen.hand_in(folder)
        for path in folder.glob("*.ipynb"):
            if path.is_file() and not path.is_symlink():
                path.write_bytes(path.read_bytes().replace(b"/CANARY", str(self.root).encode()))
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o777)
        return folder

    def changed(self) -> tuple[str, ...]:
        """The paths that are not as they were."""
        after = self.state()
        return tuple(sorted(path for path in self.before | after if self.before.get(path) != after.get(path)))

    def start(self, user: User, submission: Path, *, short: bool = False) -> Grader:
        """Start the command line on ``submission`` as ``user``, with a ``short`` training if that is enough."""
        opened, report = os.open(self.root / FILES[0], os.O_RDWR), submission.parent.with_suffix(".json")
        command = [*["short"] * short, "grade", str(submission), "--json", str(report)]
        try:
            process = subprocess.Popen(
                [user.python, "-I", "-B", "-c", _GRADE, *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                user=user.uid,
                cwd=self.root / "home",
                env={
                    "PATH": os.defpath,
                    "HOME": str(self.root / "home"),
                    "TMPDIR": str(self.root / "tmp"),
                    "SECRET": self.secret,
                },
                pass_fds=(opened,),
            )
        finally:
            os.close(opened)
        return Grader(process, user, report, time.monotonic())

    def finish(self, *graders: Grader) -> list[Graded]:
        """Wait for graders that run side by side, and look at what they leave behind."""
        printed: list[str] = []
        seconds: list[float] = []
        try:
            for grader in graders:
                printed.append(grader.process.communicate(timeout=SECONDS)[0])
                seconds.append(time.monotonic() - grader.started)
        finally:
            for grader in graders:
                grader.process.kill()
            survivors = [left for grader in graders for left in grader.left_behind()]
            for grader in graders:
                cleanup.end_all(grader.processes)
        return [self._graded(*one, survivors) for one in zip(graders, printed, seconds, strict=True)]

    def _graded(self, grader: Grader, printed: str, seconds: float, survivors: Sequence[str]) -> Graded:
        assert grader.process.returncode == 0, printed
        text = grader.report.read_text(encoding="utf-8")
        leaked = any(word in told for word in (self.secret, STOLEN) for told in (text, printed))
        return Graded(json.loads(text), printed, seconds, self.changed(), tuple(survivors), leaked)


@contextmanager
def canary_tree() -> Iterator[Canary]:
    """A canary tree in a folder that every user can reach, removed at the end."""
    base = Path(tempfile.mkdtemp(prefix="autograder-canary-", dir="/tmp"))
    try:
        yield Canary(base)
    finally:
        cleanup.remove(base)


def grade_beside_canary(specimen: Specimen, way: str, *, short: bool = False) -> Graded:
    """Grade ``specimen`` by the command line, in one of the ``USERS``, with a ``short`` training if that is enough."""
    with canary_tree() as canary:
        return canary.finish(canary.start(USERS[way](), canary.hand_in(specimen), short=short))[0]


def _state(path: Path) -> tuple[Any, ...]:
    status = path.lstat()
    seen = (status.st_mode, status.st_uid, status.st_gid, status.st_nlink)
    if path.is_symlink() or not path.is_file():
        return seen
    return (*seen, status.st_size, status.st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())


def _uid(process: psutil.Process) -> int:
    """The real uid of a process that runs; -1 where it has ended, whether or not it was waited for."""
    try:
        return -1 if process.status() == psutil.STATUS_ZOMBIE else int(process.uids().real)
    except psutil.Error:
        return -1


def _owner(path: Path) -> int:
    """The uid that a file belongs to; -1 where it is gone."""
    try:
        return path.lstat().st_uid
    except OSError:
        return -1
