"""Results on disk: each is named by the hash of all that decides it, is written whole or not at all, and has a digest.

A result names no student, so that equal answers share one. A student's name and written explanations are not in it;
they are read from the student's own submission each time they are needed.
"""

from __future__ import annotations

import filecmp
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
"""Names of the rooms and modules that decide a score."""
PRIVATE = 0o700
"""Mode of folders with marks, which only their owner may enter."""
_SUFFIX = ".result"
"""Suffix of a stored result; the first line of the file is a digest, the second the report as JSON."""
_KEY = re.compile(r"[0-9a-f]{32}-[0-9a-f]{16}")
UNFINISHED = ".autograder-"
"""Beginning of the name of a file that is still being written."""


class BusyError(RuntimeError):
    """Exception if another process works in the folder."""


@lru_cache(maxsize=1)
def grader_version() -> str:
    """Return a digest of all that decides a score besides the submission: the grader, its settings, cells and data.

    Class mode is left out because it decides no score. So is Python's version: the grader's tests show that scores are
    the same in all of them.
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
    """Return the modules that decide a score; those that only show scores, or are released to students, do not."""
    modules = (path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    released = ASSIGNMENT.templates.relative_to(_HERE)
    own = (path for path in modules if path.with_suffix("").parts[0] in DECIDE and not path.is_relative_to(released))
    return sorted(PACKAGE / path for path in own)


def key_of(submission: Submission) -> str:
    """Return the key of the result of these answers by this version of the grader.

    Raises ``ValueError`` for a submission without answers.
    """
    if not submission.fingerprint:
        raise ValueError("a submission without answers has no result")
    return f"{submission.fingerprint[:32]}-{grader_version()}"


class Store:
    """The folder of results. Several processes may write to it at once, as each file is written whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_private(folder)

    def has(self, key: str) -> bool:
        """Tell if the result is there and undamaged."""
        with suppress(KeyError):
            self.read(key)
            return True
        return False

    def read(self, key: str) -> dict[str, Any]:
        """Read a result.

        Raises ``KeyError`` if there is none, or if the file is damaged or belongs to another key.
        """
        try:
            digest, _, text = self._path(key).read_bytes().partition(b"\n")
        except OSError as error:
            raise KeyError(key) from error
        if digest != _digest(key, text):
            raise KeyError(key)
        result: dict[str, Any] = json.loads(text)
        return result

    def write(self, key: str, result: Mapping[str, Any]) -> None:
        """Store a result; if the computer crashes meanwhile, it is there as a whole or not at all."""
        text = json.dumps(result).encode()
        write_atomically(self._path(key), _digest(key, text) + b"\n" + text)

    def newest(self, keys: Iterable[str]) -> dict[str, Any] | None:
        """Return the result that was stored last under one of these keys; None if there is none."""
        for key in sorted(keys, key=self._stored_at, reverse=True):
            with suppress(KeyError):
                return self.read(key)
        return None

    def __iter__(self) -> Iterator[str]:
        """Return an iterator over all keys, also those of other versions of the grader."""
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
    """Make a folder that only this user can enter, with missing folders above it; one that exists becomes private."""
    if not folder.parent.is_dir():
        make_private(folder.parent)
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    folder.chmod(PRIVATE)


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file so that nobody ever sees it half written; leave it alone if it has this content already.

    Unless it is ``durable``, it may be lost if the computer crashes.
    """
    if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
        write_pieces(path, [data], durable=durable)


def write_pieces(path: Path, pieces: Iterable[bytes], *, durable: bool = True) -> None:
    """Write a file piece by piece as ``write_atomically`` does; its content is never all in memory."""
    if not path.parent.is_dir():
        make_private(path.parent)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)  # only its owner can read it
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            if durable:
                file.flush()
                os.fsync(descriptor)
        if path.is_file() and filecmp.cmp(temporary, path, shallow=False):
            Path(temporary).unlink()
        else:
            Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Lock ``folder`` for this process until the context ends, or the process does, even if it is killed.

    Unfinished files of an earlier process that was killed are removed.

    Raises ``BusyError`` if another process has locked the folder.
    """
    with (folder / "lock").open("ab") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise BusyError(f"another run works in {folder.parent}; wait until it has ended") from None
        folders = [place for place in folder.parent.iterdir() if place.is_dir() and not place.is_symlink()]
        for place in (folder.parent, *folders):
            for path in place.glob(UNFINISHED + "*"):
                path.unlink(missing_ok=True)
        yield


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
