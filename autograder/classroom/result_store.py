"""Results on disk: each under the hash of all that decides it, written whole or not at all, and checked when read.

A result names no student, so that equal answers share one. What belongs to a student alone (their name, their written
explanations) is read from their own submission again, each time it is needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder import classroom, settings
from autograder.assignment import ASSIGNMENT
from autograder.vocabulary import Submission

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PACKAGE = _HERE = Path(classroom.__file__).resolve().parent.parent
DECIDE = (
    *("assignment", "autodiff", "grading", "intake", "plain_words", "sandbox", "settings", "settings_file"),
    *("vocabulary", "wire", "worker"),
)
"""Rooms and modules that decide a score."""
PRIVATE = 0o700
"""The mode of folders with marks: they are nobody else's business."""
_SUFFIX = ".result"
"""Of a file that holds its own digest in its first line, and a report as JSON in its second."""
_KEY = re.compile(r"[0-9a-f]{32}-[0-9a-f]{16}")
UNFINISHED = ".autograder-"
"""Begins the name of a file that is being written."""


class BusyError(RuntimeError):
    """Another process works in the folder."""


@lru_cache(maxsize=1)
def grader_version() -> str:
    """A digest of what decides a score besides the submission: the grader, its settings, and what it gives students.

    Class mode itself decides nothing. Python's version does not either: the grader's tests show the same scores.
    """
    digest = hashlib.sha256()
    for path in deciding():
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    course = settings.load()
    digest.update(f"{course.salt}\0{course.wall_seconds}\0{course.cpu_seconds}\0{course.follow_through}".encode())
    digest.update("\0".join(ASSIGNMENT.cells()).encode())
    for name in ASSIGNMENT.data:
        digest.update((ASSIGNMENT.folder / name).read_bytes())
    return digest.hexdigest()[:16]


def deciding() -> list[Path]:
    """The modules that decide a score: neither what is shown of it, nor what is released to students."""
    modules = (path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    released = ASSIGNMENT.templates.relative_to(_HERE)
    own = (path for path in modules if path.with_suffix("").parts[0] in DECIDE and not path.is_relative_to(released))
    return sorted(PACKAGE / path for path in own)


def key_of(submission: Submission) -> str:
    """The name under which the result of these answers, by this version of the grader, is stored.

    Raises ``ValueError`` for a submission that intake did not read.
    """
    if not submission.fingerprint:
        raise ValueError("a submission without answers has no result")
    return f"{submission.fingerprint[:32]}-{grader_version()}"


class Store:
    """The folder of results. Several processes may write to it at once; the same key always has the same content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_private(folder)

    def has(self, key: str) -> bool:
        """Whether the result is there and undamaged."""
        with suppress(KeyError):
            self.read(key)
            return True
        return False

    def read(self, key: str) -> dict[str, Any]:
        """The result; raises ``KeyError`` if there is none, or one that is not what was written under this key."""
        try:
            digest, _, text = self._path(key).read_bytes().partition(b"\n")
        except OSError as error:
            raise KeyError(key) from error
        if digest != _digest(key, text):
            raise KeyError(key)
        result: dict[str, Any] = json.loads(text)
        return result

    def write(self, key: str, result: Mapping[str, Any]) -> None:
        """Store the result; after a crash at any moment it is there as a whole, or not at all."""
        text = json.dumps(result).encode()
        write_atomically(self._path(key), _digest(key, text) + b"\n" + text)

    def newest(self, keys: Iterable[str]) -> dict[str, Any] | None:
        """The result that was stored last under one of these keys, if there is any."""
        for key in sorted(keys, key=self._stored_at, reverse=True):
            with suppress(KeyError):
                return self.read(key)
        return None

    def __iter__(self) -> Iterator[str]:
        """All keys, those of other versions of the grader too."""
        return (path.stem for path in self.folder.glob(f"*{_SUFFIX}") if _KEY.fullmatch(path.stem))

    def _path(self, key: str) -> Path:
        return self.folder / (key + _SUFFIX)

    def _stored_at(self, key: str) -> int:
        with suppress(OSError):
            return self._path(key).stat().st_mtime_ns
        return 0


def _digest(key: str, text: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + text).hexdigest().encode()


def make_private(folder: Path) -> None:
    """Make a folder, and the folders above it, that only this user can enter; one that is there becomes so."""
    if not folder.parent.is_dir():
        make_private(folder.parent)
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    folder.chmod(PRIVATE)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that is never seen half written; left as it is if it already has this content."""
    if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
        write_pieces(path, [data])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that need not be in memory as a whole, and is never seen half written."""
    if not path.parent.is_dir():
        make_private(path.parent)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)  # which nobody else may read
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(descriptor)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Keep ``folder`` for this process until it leaves or ends, however it ends. Raises ``BusyError``.

    What a process that was killed had not finished writing is removed.
    """
    with (folder / "lock").open("ab") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise BusyError(f"another run works in {folder.parent}; wait until it has ended") from None
        for place in (folder.parent, folder.parent / "results", folder.parent / "reports"):
            for path in place.glob(UNFINISHED + "*"):
                path.unlink(missing_ok=True)
        yield


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
