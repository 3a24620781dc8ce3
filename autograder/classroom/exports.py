"""Reading of a platform's export: its students, and the newest submission of each."""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import HandIn, Student
from autograder.classroom.platforms import READERS, Version, entries, is_folder, is_notebook, looks_like_moodle
from autograder.classroom.readers import Readers
from autograder.classroom.unpacking import ExportError
from autograder.intake.reader_process import Reader
from autograder.intake.submission import Refused

_log = logging.getLogger(__name__)
MAX_KEY = 40
"""Maximum length of the name in a student's key, in characters; the key becomes the name of a file."""

_KINDS = (".py", ".zip", ".ipynb")
"""Suffixes of the files that intake reads; the most likely submission comes last."""
_OURS = ASSIGNMENT.manifest.name
"""Name, without suffix, of the notebook that students are given."""
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def read_export(folder: Path, readers: Readers, problems: Mapping[Path, str] | None = None) -> tuple[str, list[HandIn]]:
    """Return the platform's name, and a ``HandIn`` for each student in the order of their keys.

    ``readers`` look for the submission in each student's folder; ``problems`` are the files that could not be unpacked.

    Raises ``ExportError`` if there is no submission at all.
    """
    for root in _roots(folder):
        for platform, read in READERS.items():
            versions = read(root)
            if versions:
                return platform, _hand_ins(versions, readers, problems or {})
    raise ExportError(f"{folder} holds no submissions")


def _roots(folder: Path) -> Iterator[Path]:
    """Yield the folders that may hold the class.

    Zips often wrap everything in one folder. If there is such a folder and it looks like a class, it comes first.
    """
    within = entries(folder)
    if len(within) == 1 and is_folder(within[0]) and not looks_like_moodle(within[0]):
        inner = entries(within[0])
        if len(inner) > 1 and (any(map(is_folder, inner)) or sum(map(is_notebook, inner)) > 1):
            yield within[0]
    yield folder


@dataclass(frozen=True)
class _Found:
    """The submission found in a student's folder, or the ``problem`` why there is none.

    ``fault`` is true if the grader failed while it looked.
    """

    file: Path | None
    problem: str = ""
    fault: bool = False


def _hand_ins(versions: Iterable[Version], readers: Readers, problems: Mapping[Path, str]) -> list[HandIn]:
    students: dict[str, list[Version]] = {}
    for version in versions:
        students.setdefault(version.identity, []).append(version)
    ordered = [sorted(own, key=_order) for own in students.values()]
    paths = {own[-1].path for own in ordered if not own[-1].problem}  # a set: members of a group share one folder
    folders = sorted(path for path in paths if path and path not in problems and is_folder(path))
    within = dict(zip(folders, readers.map(_look_in, folders), strict=True))
    found = [_newest(own, within, problems) for own in ordered]
    return sorted(found, key=lambda hand_in: hand_in.student.key)


def _look_in(reader: Reader, folder: Path) -> _Found:
    try:
        return _Found(reader.choose(folder))
    except Refused as refusal:
        return _Found(None, str(refusal))
    except OSError as error:
        return _Found(None, f"The folder cannot be read ({error.strerror}).")
    except Exception:  # one folder must not cost a class its marks
        _log.exception("the grader failed to look for the submission in %s", folder)
        return _Found(folder, fault=True)


def _order(version: Version) -> tuple[bool, int, bool, float, tuple[int, ...]]:
    """Return the key to sort a student's versions by; the one that comes last is the one that counts.

    A version without a problem comes after one with a problem, then a notebook after other files, then newer after
    older.
    """
    kind, ours = _kind(version)
    return not version.problem, kind, ours, _instant(version.submitted), version.order


def _kind(version: Version) -> tuple[int, bool]:
    """Return how likely a path is the submission: a rank by its kind, and if its name is the assignment's."""
    path = version.path
    if path is None:
        return -1, False
    if is_folder(path):
        return len(_KINDS), any(file.name.lower().startswith(_OURS) for file in entries(path))
    kinds = [k for k, kind in enumerate(_KINDS) if kind in path.name.lower()]
    return max(kinds, default=-1), (version.file or "").lower().startswith(_OURS)


def _newest(versions: list[Version], within: Mapping[Path, _Found], problems: Mapping[Path, str]) -> HandIn:
    newest = versions[-1]
    notes = list(newest.notes)
    if others := ", ".join(version.path.name for version in versions[:-1] if version.path):
        notes.append(f"Other versions or files, which do not count: {others}.")
    found = _found(newest, within, problems)
    student = Student(key_of(newest.identity, newest.name), newest.name, newest.email, newest.ids)
    return HandIn(
        student,
        None if found.problem else found.file,
        newest.submitted,
        newest.late,
        tuple(notes),
        found.problem,
        tuple(version.path.name for version in versions if version.path),
        found.fault,
        newest.earlier,
    )


def _found(version: Version, within: Mapping[Path, _Found], problems: Mapping[Path, str]) -> _Found:
    """Return the submission of a version; ``problem`` also tells if it, or a file in its folder, was not unpacked."""
    path = version.path
    if path is None or version.problem:
        return _Found(path, version.problem)
    found = within.get(path, _Found(path))
    if found.file is not None:
        return replace(found, problem=problems.get(found.file, ""))
    unpacked = [reason for other, reason in problems.items() if path in other.parents]
    return replace(found, problem=" ".join([found.problem, *unpacked[:1]]))


def _instant(time: str) -> float:
    """Return a time as seconds since 1970, so that times of different zones can be compared; 0 for an empty text."""
    if not time:
        return 0.0
    moment = datetime.fromisoformat(time)
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()


def key_of(identity: str, name: str) -> str:
    """Make a student's key: safe as a file name anywhere, the same in every run, different for each identity."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    readable = _NO_LETTERS.sub("-", ascii_name).strip("-")[:MAX_KEY] or "student"
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable}-{digest[:12]}"
