"""Who handed in what: reads the exports of Gradescope, Canvas, Moodle and nbgrader, and plain folders.

Nothing of a submission is opened here but to find the notebook in a folder, as intake does. Every student of an export
becomes exactly one row, with the newest of their submissions, or with the reason why there is none.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import yaml

from autograder.classroom.records import HandIn, Student
from autograder.submission import Refused, find_submission

METADATA = "submission_metadata.yml"
MAX_METADATA = 200 * 2**20
"""Bytes of Gradescope's metadata: it repeats every earlier result, some 100 KB a student."""
MAX_UNPACKED, MAX_ENTRIES = 20 * 2**30, 200_000
"""Bytes and files of an export as a zip: a class of 3,000 with 5 MB each is below both."""

_CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)")
_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?")
_ATTEMPT = re.compile(r"-(\d+)$")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_SUBMISSION_SUFFIXES = (".ipynb", ".zip", ".py", ".txt")


class NoClassError(ValueError):
    """There is nothing to grade at that place; the message says what was looked for."""


@dataclass(frozen=True)
class Version:
    """One submission of one student: ``order`` sorts the versions of a student, the newest last."""

    student: Student
    path: Path | None
    order: tuple[Any, ...] = ()
    submitted: str = ""
    late: bool = False
    problem: str = ""


def read_class(source: Path, unpack_into: Path) -> list[HandIn]:
    """The rows of a class in the order of the students' keys; a zip is unpacked into ``unpack_into`` first.

    Raises ``NoClassError`` where there is no class, ``FileNotFoundError`` where there is nothing at all.
    """
    if not source.exists():
        raise FileNotFoundError(source)
    folder = source if source.is_dir() else _unpacked(source, unpack_into)
    while (inner := _only_folder(folder)) is not None:
        folder = inner  # a zip often holds one folder that holds it all
    recognise: tuple[Callable[[Path], list[Version]], ...] = (_gradescope, _nbgrader, _moodle, _canvas, _plain)
    for versions_in in recognise:
        if versions := versions_in(folder):
            return _with_safe_keys(_newest(versions))
    raise NoClassError(f"{source} holds no submissions: neither notebooks, nor folders or zips of students")


def _unpacked(source: Path, folder: Path) -> Path:
    """The content of a zip; ``zipfile`` keeps names inside the folder, and makes plain files of links."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise NoClassError(f"{source} is larger than any class: unpack it yourself, and name the folder")
            archive.extractall(folder)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, NoClassError):
            raise
        raise NoClassError(f"{source} is no zip that can be read ({error})") from None
    return folder


def _only_folder(folder: Path) -> Path | None:
    """The one folder in ``folder``, where it can only be a wrapping: a single student has a submission in it."""
    inside = list(_visible(folder))
    if len(inside) == 1 and inside[0].is_dir() and not inside[0].is_symlink():
        deeper = list(_visible(inside[0]))
        if not any(path.suffix in _SUBMISSION_SUFFIXES for path in deeper) or len(deeper) > 1:
            return inside[0] if not _MOODLE.fullmatch(inside[0].name) and inside[0].name != "submitted" else None
    return None


def _visible(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.iterdir() if not path.name.startswith((".", "__MACOSX")))


# --- the formats --------------------------------------------------------------------------------------------------


def _gradescope(folder: Path) -> list[Version]:
    """``submission_metadata.yml`` names the submitters of each folder; what is in a folder is their newest version."""
    file = folder / METADATA
    if not file.is_file():
        return []
    if file.stat().st_size > MAX_METADATA:
        raise NoClassError(f"{file} is larger than {MAX_METADATA >> 20} MB")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        metadata = yaml.load(file.read_bytes(), Loader=loader)  # a safe loader: plain values only
    except yaml.YAMLError as error:
        raise NoClassError(f"{file} cannot be read: {error}") from None
    if not isinstance(metadata, Mapping):
        raise NoClassError(f"{file} does not list submissions")
    return [version for name, entry in metadata.items() for version in _of_gradescope(folder, str(name), entry)]


def _of_gradescope(folder: Path, name: str, entry: Any) -> Iterator[Version]:
    entry = entry if isinstance(entry, Mapping) else {}
    submitted = _iso(entry.get(":created_at"))
    inside = folder / name
    path = inside if inside.is_dir() and not inside.is_symlink() else None
    problem = "" if path else f"the export has no folder {name}"
    submitters = entry.get(":submitters")
    for who in submitters if isinstance(submitters, list) and submitters else [{}]:
        who = who if isinstance(who, Mapping) else {}
        email, sid = (str(who.get(field) or "") for field in (":email", ":sid"))
        student = Student(email or sid or name, str(who.get(":name") or name), email, {"SID": sid} if sid else {})
        yield Version(student, path, (submitted,), submitted, problem=problem)


def _nbgrader(folder: Path) -> list[Version]:
    """``submitted/<student>/<assignment>/``, with the time in ``timestamp.txt``."""
    root = folder if folder.name == "submitted" else folder / "submitted"
    if not root.is_dir():
        return []
    versions = []
    for student in filter(Path.is_dir, _visible(root)):
        assignments: list[Path | None] = [*filter(Path.is_dir, _visible(student))]
        for assignment in assignments or [None]:
            stamp = assignment / "timestamp.txt" if assignment else None
            time = _iso(stamp.read_text("utf-8", "replace")[:100].strip()) if stamp and stamp.is_file() else ""
            problem = "" if assignment else "nothing was submitted"
            versions.append(Version(Student(student.name, student.name), assignment, (time,), time, problem=problem))
    return versions


def _moodle(folder: Path) -> list[Version]:
    """``Full Name_12345_assignsubmission_file_``; online texts are no notebooks, but their authors are students."""
    versions = []
    for path in _visible(folder):
        if (match := _MOODLE.fullmatch(path.name)) and path.is_dir():
            student = Student(f"{match['name']}_{match['id']}", match["name"], ids={"Identifier": match["id"]})
            is_file = match["kind"] == "file"
            problem = "" if is_file else "only an online text was submitted"
            versions.append(Version(student, path if is_file else None, (is_file,), problem=problem))
    return versions


def _canvas(folder: Path) -> list[Version]:
    """``lastfirst_LATE_12345_67890_autodiff-1.ipynb``: a user, a submission, and the attempt at the end of the name."""
    found = [(path, match) for path in _visible(folder) if (match := _CANVAS.fullmatch(path.name))]
    if len(found) * 2 < len([path for path in _visible(folder) if path.suffix in _SUBMISSION_SUFFIXES]):
        return []
    versions = []
    for path, match in found:
        attempt = _ATTEMPT.search(Path(match["file"]).stem)
        order = (int(match["submission"]), int(attempt[1]) if attempt else 0)
        student = Student(f"{match['name']}_{match['user']}", match["name"], ids={"ID": match["user"]})
        kind = path.suffix.lower() in _SUBMISSION_SUFFIXES
        versions.append(Version(student, path, (kind, *order), late=bool(match["late"])))
    return versions


def _plain(folder: Path) -> list[Version]:
    """A folder or a file for each student: what otter and people make."""
    versions = []
    for path in _visible(folder):
        if path.is_dir() or path.suffix.lower() in _SUBMISSION_SUFFIXES:
            name = path.name if path.is_dir() else path.stem
            versions.append(Version(Student(name, name), path))
    return versions


def _iso(time: object) -> str:
    """A time as ISO 8601 in UTC, so that the texts sort; empty for what is none."""
    if isinstance(time, str):
        text = re.sub(r" (UTC|Z)$", "+00:00", time.strip())
        text = re.sub(r"(\.\d{6})\d+", r"\1", text)  # nanoseconds, as Ruby writes them
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            return ""
    if not isinstance(time, datetime):
        return ""
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)).astimezone(timezone.utc).isoformat()


# --- one row a student --------------------------------------------------------------------------------------------


def _newest(versions: Iterable[Version]) -> Iterator[HandIn]:
    """One row a student: the newest version, and a note about the others."""
    by_student: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_student[version.student.key].append(version)
    for own in by_student.values():
        newest = max(own, key=lambda version: (version.path is not None, version.order))
        notes = (f"{len(own)} versions were handed in; the newest counts",) if len(own) > 1 else ()
        file, problem = _file(newest)
        yield HandIn(newest.student, file, newest.submitted, newest.late, notes, problem)


def _file(version: Version) -> tuple[Path | None, str]:
    """What is to be graded, or the reason why nothing can be."""
    if version.path is None or not version.path.is_dir() or version.path.is_symlink():
        return version.path, version.problem
    try:
        return find_submission(version.path), ""
    except Refused as refusal:
        return None, str(refusal)


def _with_safe_keys(rows: Iterable[HandIn]) -> list[HandIn]:
    """The rows with keys that are file names everywhere, different also where upper and lower case are one."""
    taken: set[str] = set()
    safe = []
    for row in sorted(rows, key=lambda row: row.student.key):
        key = name = _file_name(row.student.key)
        number = 2
        while key in taken:
            key, number = f"{name}-{number}", number + 1
        taken.add(key)
        safe.append(replace(row, student=replace(row.student, key=key)))
    return sorted(safe, key=lambda row: row.student.key)


def _file_name(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9@._+-]+", "-", plain).strip("-.")[:80] or "student"
    return f"_{name}" if _RESERVED.match(name) else name
