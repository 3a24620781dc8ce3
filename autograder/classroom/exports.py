"""Reads what a platform exports: every student of it, and of each student's submissions the newest."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path

from autograder.classroom.platforms import READERS, Version, entries, is_folder, is_notebook, looks_like_moodle
from autograder.classroom.records import HandIn, Student
from autograder.classroom.unpacking import ExportError
from autograder.submission import Refused, find_submission

MAX_KEY = 40
"""Characters of a name in a student's key, which becomes the name of a file."""

_KINDS = (".py", ".zip", ".ipynb")
"""The files that intake reads, the one that is most likely the submission last."""
_OURS = "autodiff"
"""How the notebook is called that students are given."""
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def read_export(folder: Path, problems: Mapping[Path, str] | None = None) -> tuple[str, list[HandIn]]:
    """The platform's name and one HandIn a student, in the order of their keys.

    ``problems`` are the files that could not be unpacked. Raises ExportError if there is no submission at all.
    """
    for root in _roots(folder):
        for platform, reader in READERS.items():
            versions = reader(root)
            if versions:
                return platform, _hand_ins(versions, problems or {})
    raise ExportError(f"{folder} holds no submissions")


def _roots(folder: Path) -> Iterator[Path]:
    """The folder; before it the only one within, when that holds the class: zips often wrap all in a folder."""
    within = entries(folder)
    if len(within) == 1 and is_folder(within[0]) and not looks_like_moodle(within[0]):
        inner = entries(within[0])
        if len(inner) > 1 and (any(map(is_folder, inner)) or sum(map(is_notebook, inner)) > 1):
            yield within[0]
    yield folder


def _hand_ins(versions: Iterable[Version], problems: Mapping[Path, str]) -> list[HandIn]:
    students: dict[str, list[Version]] = {}
    for version in versions:
        students.setdefault(version.identity, []).append(version)
    found = [_newest(sorted(own, key=_order), problems) for own in students.values()]
    return sorted(found, key=lambda hand_in: hand_in.student.key)


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


def _newest(versions: list[Version], problems: Mapping[Path, str]) -> HandIn:
    newest = versions[-1]
    notes = list(newest.notes)
    if others := ", ".join(version.path.name for version in versions[:-1] if version.path):
        notes.append(f"Other versions or files, which do not count: {others}.")
    file, problem = newest.path, newest.problem
    if not problem and file is not None:
        problem = problems.get(file, "")
    if file is not None and not problem and is_folder(file):
        file, problem = _within(file, problems)
    student = Student(key_of(newest.identity, newest.name), newest.name, newest.email, newest.ids)
    files = tuple(version.path.name for version in versions if version.path)
    return HandIn(student, None if problem else file, newest.submitted, newest.late, tuple(notes), problem, files)


def _within(folder: Path, problems: Mapping[Path, str]) -> tuple[Path, str]:
    """The submission in a student's folder, or why there is none."""
    unpacked = [reason for path, reason in problems.items() if folder in path.parents]
    try:
        file = find_submission(folder)
        return file, problems.get(file, "")
    except Refused as refusal:
        return folder, " ".join([str(refusal), *unpacked[:1]])
    except OSError as error:
        return folder, f"The folder cannot be read ({error.strerror})."


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
