"""The versions of each student's answers that all runs have read, so that staff see what a resubmission changed.

They are kept because a platform exports only the newest. Files are named by a digest, so that they name no student.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.classroom.hand_ins import Marked
from autograder.classroom.result_store import make_private, write_atomically
from autograder.classroom.sources import own_cells

FOLDER = "versions"
"""Name of the folder in OUT that holds them."""
MOST_VERSIONS = 20
"""Maximum number of versions of a student that are kept; if there are more, the oldest are dropped."""


@dataclass(frozen=True)
class Version:
    """A version of a student's answers: their fingerprint, the time and score, and the student's own cells."""

    answers: str
    submitted: str
    score: int
    cells: tuple[str, ...]


class Versions:
    """The folder of all versions."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        make_private(folder)

    def earlier(self, row: Marked) -> list[Version]:
        """Keep the student's present version as the newest, and return all others, the oldest first.

        If the run is killed meanwhile, the file holds the old list or the new one. A submission that could not be read
        is no version.
        """
        digest = hashlib.sha256(row.hand_in.student.key.encode("utf-8", "surrogatepass")).hexdigest()
        path = self._folder / f"{digest[:32]}.json"
        known = _read(path)
        if not row.result:
            return known
        answers = row.result.partition("-")[0]
        present = Version(answers, row.hand_in.submitted, row.report["score"], tuple(own_cells(row.cells)))
        others = [one for one in known if one.answers != answers]
        kept = [*others, present][-MOST_VERSIONS:]
        if kept != known:
            write_atomically(path, json.dumps([asdict(one) for one in kept]).encode())
        return others


def _read(path: Path) -> list[Version]:
    """Read the versions in a file; a missing or damaged file has none."""
    with suppress(FileNotFoundError, ValueError, TypeError, KeyError):
        return [_version(fields) for fields in json.loads(path.read_text(encoding="utf-8"))]
    return []


def _version(fields: Mapping[str, Any]) -> Version:
    return Version(**{**fields, "cells": tuple(fields["cells"])})
