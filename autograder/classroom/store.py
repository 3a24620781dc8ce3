"""Results on disk: each under the hash of all that decides it, written whole or not at all.

A result names no student, so that equal answers share one. What belongs to a student alone (their name, their written
explanations) is read from their own submission again, each time it is needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder import classroom, config, provided
from autograder.records import Submission

PACKAGE = Path(classroom.__file__).resolve().parent.parent
_SUFFIX = ".json"


@lru_cache(maxsize=1)
def grader_version() -> str:
    """A digest of what decides a score besides the submission: the grader's code and salt, and what it gives students.

    Class mode itself decides nothing. Python's version does not either: the grader's tests show the same scores.
    """
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(config.FILE.read_bytes())
    digest.update("\0".join(provided.cells()).encode())
    digest.update((provided.ASSIGNMENT / "data" / "boston_housing.csv").read_bytes())
    return digest.hexdigest()[:16]


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
        folder.mkdir(parents=True, exist_ok=True)

    def has(self, key: str) -> bool:
        """Whether the result is there."""
        return (self.folder / (key + _SUFFIX)).is_file()

    def read(self, key: str) -> dict[str, Any]:
        """The result; raises ``KeyError`` if there is none that is whole."""
        try:
            result: dict[str, Any] = json.loads((self.folder / (key + _SUFFIX)).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise KeyError(key) from error
        return result

    def write(self, key: str, result: Mapping[str, Any]) -> None:
        """Store the result; after a crash at any moment it is there as a whole, or not at all."""
        write_atomically(self.folder / (key + _SUFFIX), json.dumps(result).encode())

    def newest(self, keys: Iterable[str]) -> str:
        """The one of these keys that was stored last."""
        return max(keys, key=lambda key: (self.folder / (key + _SUFFIX)).stat().st_mtime_ns)

    def __iter__(self) -> Iterator[str]:
        """All keys, those of other versions of the grader too."""
        return (path.stem for path in self.folder.glob(f"*{_SUFFIX}"))


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that is never seen half written; left as it is if it already has this content."""
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        Path(temporary).chmod(0o600)  # marks are nobody else's business
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
