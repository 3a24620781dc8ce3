"""Reads what a platform exports: every student of it, and of each student's submissions the newest."""

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
"""Characters of a name in a student's key, which becomes the name of a file."""

_KINDS = (".py", ".zip", ".ipynb")
"""The files that intake reads, the one that is most likely the submission last."""
_OURS = ASSIGNMENT.manifest.name
"""How the notebook is called that students are given."""
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def read_export(folder: Path, readers: Readers, problems: Mapping[Path, str] | None = None) -> tuple[str, list[HandIn]]:
    """The platform's name and one HandIn a student, in the order of their keys.

    ``readers`` look for the submission in each student's folder; ``problems`` are the files that could not be unpacked.
    Raises ExportError if there is no submission at all.
    """
    for root in _roots(folder):
        for platform, read in READERS.items():
            versions = read(root)
            if versions:
                return platform, _hand_ins(versions, readers, problems or {})
    raise ExportError(f"{folder} holds no submissions")


def _roots(folder: Path) -> Iterator[Path]:
    """The folder; before it the only one within, when that holds the class: zips often wrap all in a folder."""
    within = entries(folder)
    if len(within) == 1 and is_folder(within[0]) and not looks_like_moodle(within[0]):
        inner = entries(within[0])
        if len(inner) > 1 and (any(map(is_folder, inner)) or sum(map(is_notebook, inner)) > 1):
            yield within[0]
    yield folder


@dataclass(frozen=True)
class _Found:
    """The submission in a student's folder, or the ``problem`` why there is none; ``fault`` where that is ours."""

    file: Path | None
    problem: str = ""
    fault: bool = False


def _hand_ins(versions: Iterable[Version], readers: Readers, problems: Mapping[Path, str]) -> list[HandIn]:
    students: dict[str, list[Version]] = {}
    for version in versions:
        students.setdefault(version.identity, []).append(version)
    ordered = [sorted(own, key=_order) for own in students.values()]
    paths = {own[-1].path for own in ordered if not own[-1].problem}  # that of a group counts for several students
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
    """What counts last: a submission before none, a notebook before other files, the newer before the older."""
    kind, ours = _kind(version)
    return not version.problem, kind, ours, _instant(version.submitted), version.order


def _kind(version: Version) -> tuple[int, bool]:
    """How likely the file or folder is the submission: by its kind, and by its name."""
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
    """The submission of a version; where it could not be unpacked, or something beside it, the reason of that."""
    path = version.path
    if path is None or version.problem:
        return _Found(path, version.problem)
    found = within.get(path, _Found(path))
    if found.file is not None:
        return replace(found, problem=problems.get(found.file, ""))
    unpacked = [reason for other, reason in problems.items() if path in other.parents]
    return replace(found, problem=" ".join([found.problem, *unpacked[:1]]))


def _instant(time: str) -> float:
    """Seconds since 1970, to compare times of different zones; 0 where there is no time."""
    if not time:
        return 0.0
    moment = datetime.fromisoformat(time)
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()


def key_of(identity: str, name: str) -> str:
    """A key that is safe as a file name anywhere, the same in every run, and different for different identities."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    readable = _NO_LETTERS.sub("-", ascii_name).strip("-")[:MAX_KEY] or "student"
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable}-{digest[:12]}"
