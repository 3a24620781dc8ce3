"""Intake of a class: each submission is read once and kept on disk, so that they are never all in memory."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.classroom.hand_ins import HandIn
from autograder.classroom.readers import Readers
from autograder.classroom.result_store import grader_version, key_of
from autograder.grading.pipeline import GRADER_FAULT
from autograder.intake.reader_process import Reader
from autograder.vocabulary import Submission

_log = logging.getLogger(__name__)
_NEVER = b"-"
"""Digest of lines that the next run must not use again."""


@dataclass(frozen=True)
class Row:
    """A student's hand-in after intake.

    Either there is a ``submission`` with the ``key`` of its result, or ``refused`` says why not. ``fault`` is true if
    intake itself failed; the student then gets no mark rather than no points.
    """

    hand_in: HandIn
    submission: Submission | None = None
    key: str = ""
    refused: str = ""
    fault: bool = False

    @property
    def name(self) -> str:
        """Name of the file that was handed in, or the student's key if there is none."""
        return self.hand_in.file.name if self.hand_in.file else self.hand_in.student.key


class Intake:
    """A class after intake; its rows can be iterated as often as needed, in the order of ``hand_ins``.

    Files are read once, so that all that is graded and shown is the same even if a file changes meanwhile. The rows are
    kept in ``folder``, and the next run does not parse a file again that has not changed.
    """

    def __init__(self, hand_ins: Sequence[HandIn], folder: Path) -> None:
        self._hand_ins, self._path = hand_ins, folder / "intake.jsonl"

    def __len__(self) -> int:
        return len(self._hand_ins)

    def read(self, readers: Readers) -> Iterator[Row]:
        """Read every submission, and yield each row as soon as it is on disk."""
        known, new = _places(self._path), self._path.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with self._path.open("a+b") as old, os.fdopen(descriptor, "wb") as file:
            found = readers.map(lambda reader, hand_in: _read(reader, hand_in, known), self._hand_ins)
            for hand_in, line in zip(self._hand_ins, found, strict=True):
                if isinstance(line, int):
                    old.seek(line)
                    line = old.readline()
                file.write(line)
                yield _row(hand_in, line)
        new.replace(self._path)

    def __iter__(self) -> Iterator[Row]:
        with self._path.open("rb") as file:
            for hand_in, line in zip(self._hand_ins, file, strict=True):
                yield _row(hand_in, line)


def _places(path: Path) -> dict[bytes, int]:
    """Find where each line begins in the last run's file, by the line's digest; damaged lines are left out."""
    places: dict[bytes, int] = {}
    place = 0
    with suppress(FileNotFoundError), path.open("rb") as file:
        for line in file:
            digest, check, text = (*line.split(b" ", 2), b"", b"")[:3]
            if check == _check(text):
                places[digest] = place
            place += len(line)
    return places


def _read(reader: Reader, hand_in: HandIn, known: Mapping[bytes, int]) -> bytes | int:
    """Return the line to keep for a hand-in, or the place in ``known`` of the same line from the last run.

    A line has three parts: a digest of all that decides its content, a digest that shows damage, and the row as JSON.
    """
    if hand_in.file is None:
        return _as_line(_NEVER, Row(hand_in, refused=hand_in.problem))
    if hand_in.fault:
        return _as_line(_NEVER, Row(hand_in, refused=GRADER_FAULT, fault=True))
    name = hand_in.file.name

    def key(digest: str) -> bytes:
        return _digest_of(name, digest)

    try:
        read = reader.read(hand_in.file, lambda digest: key(digest) in known)
    except OSError as refusal:
        return _as_line(_NEVER, Row(hand_in, refused=str(refusal)))
    except Exception:  # one file must not cost a class its marks
        _log.exception("the grader failed to read %s", hand_in.file)
        return _as_line(_NEVER, Row(hand_in, refused=GRADER_FAULT, fault=True))
    if read.submission is None and not read.refused:
        return known[key(read.digest)]
    row = Row(hand_in, read.submission, key_of(read.submission) if read.submission else "", read.refused)
    return _as_line(key(read.digest) if read.digest else _NEVER, row)


def _digest_of(name: str, digest: str) -> bytes:
    """Return the digest of all that decides a line: the grader's version, and the file's name and content."""
    parts = [grader_version().encode(), name.encode("utf-8", "surrogatepass"), digest.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest().encode()


def _as_line(digest: bytes, row: Row) -> bytes:
    submission = asdict(row.submission) if row.submission else None
    kept = {"key": row.key, "refused": row.refused, "fault": row.fault, "submission": submission}
    text = json.dumps(kept).encode() + b"\n"
    return b" ".join([digest, _check(text), text])


def _check(text: bytes) -> bytes:
    """Return the digest that shows if a line is damaged."""
    return hashlib.sha256(text).hexdigest().encode()


def _row(hand_in: HandIn, line: bytes) -> Row:
    kept = json.loads(line.split(b" ", 2)[2])
    fields = kept.pop("submission")
    if fields is None:
        return Row(hand_in, **kept)
    for name in ("cells", "notes"):
        fields[name] = tuple(fields[name])
    return Row(hand_in, Submission(**fields), **kept)
