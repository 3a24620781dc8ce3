"""What intake makes of a class, read once and kept on disk: the submissions of a class are never all in memory."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from autograder.classroom.records import HandIn
from autograder.classroom.store import key_of
from autograder.grading import GRADER_FAULT
from autograder.records import Submission
from autograder.submission import Refused, read_submission

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Row:
    """A student's place in the class: what was handed in, and what intake made of it.

    Either there is a ``submission`` with the ``key`` of its result, or ``refused`` says why not; ``fault`` where intake
    itself failed, which is no reason to give no points.
    """

    hand_in: HandIn
    submission: Submission | None = None
    key: str = ""
    refused: str = ""
    fault: bool = False

    @property
    def name(self) -> str:
        """The name of the file that was handed in, else the student's key."""
        return self.hand_in.file.name if self.hand_in.file else self.hand_in.student.key


class Intake:
    """A class after intake, to be walked as often as needed, in the order of ``hand_ins``.

    What is graded and shown is what was read then, whatever happens to the files meanwhile.
    """

    def __init__(self, hand_ins: Sequence[HandIn], path: Path) -> None:
        self._hand_ins, self._path = hand_ins, path

    def __len__(self) -> int:
        return len(self._hand_ins)

    def read(self) -> Iterator[Row]:
        """Read every submission, and yield each row as soon as it is kept."""
        with self._path.open("w", encoding="ascii") as file:
            self._path.chmod(0o600)
            for hand_in in self._hand_ins:
                row = _read(hand_in)
                _keep(row, file)
                yield row

    def __iter__(self) -> Iterator[Row]:
        with self._path.open(encoding="ascii") as file:
            for hand_in, line in zip(self._hand_ins, file, strict=True):
                yield _kept(hand_in, json.loads(line))


def _read(hand_in: HandIn) -> Row:
    if hand_in.file is None:
        return Row(hand_in, refused=hand_in.problem)
    try:
        submission = read_submission(hand_in.file)
        return Row(hand_in, submission, key_of(submission))
    except (Refused, OSError) as refusal:
        return Row(hand_in, refused=str(refusal))
    except Exception:  # one file must not cost a class its marks
        _log.exception("the grader failed to read %s", hand_in.file)
        return Row(hand_in, refused=GRADER_FAULT, fault=True)


def _keep(row: Row, file: IO[str]) -> None:
    kept = {"key": row.key, "refused": row.refused, "fault": row.fault}
    if row.submission is not None:
        kept["submission"] = asdict(row.submission)
    json.dump(kept, file)
    file.write("\n")


def _kept(hand_in: HandIn, kept: dict[str, Any]) -> Row:
    fields = kept.pop("submission", None)
    if fields is None:
        return Row(hand_in, **kept)
    for name in ("cells", "notes"):
        fields[name] = tuple(fields[name])
    return Row(hand_in, Submission(**fields), **kept)
