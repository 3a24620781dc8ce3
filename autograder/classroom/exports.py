"""Reads what a platform exports: every student of it, and of each student's submissions the newest."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from autograder.archive import is_hidden
from autograder.classroom.records import HandIn, Student
from autograder.classroom.unpacking import ExportError
from autograder.submission import Refused, find_submission

METADATA = "submission_metadata.yml"
MAX_METADATA_BYTES = 100 * 2**20
"""Gradescope's list of submissions, earlier results included: 1,000 students with 100 KB each."""

MAX_KEY = 40
"""Characters of a name in a student's key, which becomes the name of a file."""

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(?:(Z|UTC)|([+-]\d\d):?(\d\d))?")
_CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_(?P<version>\d+)_(?P<file>.+)", re.DOTALL)
_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<file>.*)", re.DOTALL)
_NO_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Version:
    """One submission of one student: ``path`` is a file or a folder; ``order`` tells the newer of two."""

    identity: str
    name: str
    path: Path | None
    order: tuple[str, int] = ("", 0)
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    late: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""


Reader = Callable[[Path], "list[Version] | None"]
"""Reads a folder as one platform's export; None if it is not."""


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
    entries = _entries(folder)
    if len(entries) == 1 and entries[0].is_dir() and not _MOODLE.fullmatch(entries[0].name):
        inner = _entries(entries[0])
        if len(inner) > 1 and (any(entry.is_dir() for entry in inner) or sum(map(_is_notebook, inner)) > 1):
            yield entries[0]
    yield folder


def _entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not is_hidden(PurePosixPath(path.name)))


def _is_notebook(path: Path) -> bool:
    return ".ipynb" in path.name.lower()


# --- platforms ----------------------------------------------------------------------------------------------------


def _gradescope(root: Path) -> list[Version] | None:
    """``submission_metadata.yml`` with Ruby's symbols as keys, beside a folder a submission; groups share one."""
    metadata = root / METADATA
    if not metadata.is_file():
        return None
    if metadata.stat().st_size > MAX_METADATA_BYTES:
        raise ExportError(f"{METADATA} is larger than {MAX_METADATA_BYTES >> 20} MB")
    try:
        # Texts only: a student number keeps its zeros, and no tag makes an object.
        listed = yaml.load(metadata.read_bytes(), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError) as error:
        raise ExportError(f"{METADATA} cannot be read: {error}") from None
    if not isinstance(listed, dict):
        raise ExportError(f"{METADATA} holds no list of submissions")
    versions = [version for name, entry in listed.items() for version in _gradescope_group(root, str(name), entry)]
    known = {version.path for version in versions}
    return versions + [
        Version(path.name, path.name, path, notes=(f"{METADATA} does not list this folder.",))
        for path in _entries(root)
        if path.is_dir() and path not in known
    ]


def _gradescope_group(root: Path, folder: str, entry: Any) -> Iterator[Version]:
    fields = entry if isinstance(entry, dict) else {}
    submitters = [who for who in _list(fields.get(":submitters")) if isinstance(who, dict)]
    path = root / PurePosixPath(folder).name
    notes = []
    if len(submitters) > 1:
        notes.append(f"Submitted by a group of {len(submitters)}.")
    if earlier := len(_list(fields.get(":history"))):
        notes.append(f"Earlier submissions on Gradescope: {earlier}. The newest counts.")
    problem = "" if path.is_dir() else "The export holds no folder for this submission."
    for who in submitters or [{":name": folder}]:
        name, sid, email = (str(who.get(key) or "") for key in (":name", ":sid", ":email"))
        ids = {"SID": sid} if sid else {}
        order = (_iso(str(fields.get(":created_at", ""))), 0)
        yield Version(email or sid or name, name or email, path, order, email, ids, notes=tuple(notes), problem=problem)


def _canvas(root: Path) -> list[Version] | None:
    """``lastfirst_LATE_user_submission_file`` for each file; a higher number of the submission is newer."""
    found = [(path, match) for path in _entries(root) if (match := _CANVAS.fullmatch(path.name))]
    if not found or len(found) * 2 < len(_entries(root)):
        return None
    others = [path for path in _entries(root) if not _CANVAS.fullmatch(path.name)]
    return [
        Version(
            match["id"],
            match["name"],
            path,
            (f"{_is_notebook(path):d}{int(match['version']):020d}", _copy_number(path)),
            ids={"ID": match["id"]},
            late=bool(match["late"]),
        )
        for path, match in found
    ] + _plain_versions(others)


def _copy_number(path: Path) -> int:
    """Canvas' ``autodiff-2.ipynb`` is the third upload of a file of that name."""
    match = re.search(r"-(\d{1,9})$", path.stem)
    return int(match[1]) if match else 0


def _moodle(root: Path) -> list[Version] | None:
    """``Full Name_participant_assignsubmission_file_`` folders, or files that begin like that."""
    found = [(path, match) for path in _entries(root) if (match := _MOODLE.fullmatch(path.name))]
    if not found:
        return None
    others = [path for path in _entries(root) if not _MOODLE.fullmatch(path.name)]
    return [
        Version(
            match["id"],
            match["name"],
            path,
            ("file" if match["kind"] == "file" else "", int(_is_notebook(path))),
            ids={"Identifier": f"Participant {match['id']}"},
            problem="" if match["kind"] == "file" else "Only a text was submitted online, no notebook.",
        )
        for path, match in found
    ] + _plain_versions(others)


def _nbgrader(root: Path) -> list[Version] | None:
    """``submitted/<student>/<assignment>/``, perhaps with a ``timestamp.txt``."""
    inner = root / "submitted"
    root = inner if inner.is_dir() else root
    stamped = any(True for _ in root.glob("*/*/timestamp.txt"))
    if root.name != "submitted" and not stamped:
        return None
    versions: list[Version] = []
    for student in _entries(root):
        folders = [path for path in _entries(student) if path.is_dir()] if _is_folder(student) else []
        versions += [Version(student.name, student.name, path, (_timestamp(path), 0)) for path in folders]
        if not folders:
            versions += _plain_versions([student])
    return versions


def _timestamp(folder: Path) -> str:
    file = folder / "timestamp.txt"
    if not file.is_file() or file.is_symlink():
        return ""
    with file.open(encoding="utf-8", errors="replace") as opened:
        return _iso(opened.read(100))


def _plain(root: Path) -> list[Version] | None:
    """A folder or a file for each student, named after the student (otter's flat folder is one)."""
    return _plain_versions(_entries(root))


def _plain_versions(paths: Iterable[Path]) -> list[Version]:
    names = {path: path.name if _is_folder(path) else path.name.split(".")[0] or path.name for path in paths}
    return [Version(name, name, path, ("", int(_is_notebook(path)))) for path, name in names.items()]


READERS: dict[str, Reader] = {
    "Gradescope": _gradescope,
    "Moodle": _moodle,
    "Canvas": _canvas,
    "nbgrader": _nbgrader,
    "plain folder": _plain,
}
"""Platform -> its reader, in the order in which they are tried."""


# --- versions to hand-ins -----------------------------------------------------------------------------------------


def _hand_ins(versions: Iterable[Version], problems: Mapping[Path, str]) -> list[HandIn]:
    students: dict[str, list[Version]] = {}
    for version in versions:
        students.setdefault(version.identity, []).append(version)
    found = [_newest(sorted(own, key=lambda v: (not v.problem, v.order)), problems) for own in students.values()]
    return sorted(found, key=lambda hand_in: hand_in.student.key)


def _newest(versions: list[Version], problems: Mapping[Path, str]) -> HandIn:
    newest = versions[-1]
    notes = list(newest.notes)
    if len(versions) > 1:
        names = ", ".join(version.path.name for version in versions[:-1] if version.path)
        notes.append(f"Other versions or files, which do not count: {names}.")
    file, problem = newest.path, newest.problem
    if not problem and file is not None:
        problem = problems.get(file, "")
    if file is not None and not problem and _is_folder(file):
        unpacked = [reason for path, reason in problems.items() if file in path.parents]
        try:
            file = find_submission(file)
            problem = problems.get(file, "")
        except Refused as refusal:
            problem = " ".join([str(refusal), *unpacked[:1]])
    student = Student(key_of(newest.identity, newest.name), newest.name, newest.email, newest.ids)
    submitted = newest.order[0] if _TIME.match(newest.order[0]) else ""
    files = tuple(version.path.name for version in versions if version.path)
    return HandIn(student, None if problem else file, submitted, newest.late, tuple(notes), problem, files)


def key_of(identity: str, name: str) -> str:
    """A key that is safe as a file name anywhere, the same in every run, and different for different identities."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    readable = _NO_LETTERS.sub("-", ascii_name).strip("-")[:MAX_KEY] or "student"
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable}-{digest[:12]}"


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _iso(text: str) -> str:
    """A time as ISO 8601 with its offset; empty if it is none."""
    match = _TIME.search(text)
    if match is None:
        return ""
    offset = f"{match[4]}:{match[5]}" if match[4] else "+00:00"
    return f"{match[1]}T{match[2]}{offset}"
