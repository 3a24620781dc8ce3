"""Readers of each platform's export, which find students and submissions by the names of files and folders.

The names are those of Canvas' ``content_zipper.rb``, of Moodle's ``assign::download_submissions``, of nbgrader's course
folder and of Gradescope's ``submission_metadata.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from autograder.classroom.unpacking import ExportError
from autograder.intake.zip_file import is_hidden

METADATA = "submission_metadata.yml"
"""Name of Gradescope's list of submissions."""
MAX_METADATA_BYTES = 100 * 2**20
"""Maximum size of that list, in bytes: with earlier results in it, 1,000 students have 100 KB each."""
MAX_EARLIER = 50
"""Maximum number of a student's earlier submissions that are listed."""
MAX_TIME = 100
"""Maximum length of a time or score in an export, in characters; nbgrader's times have about 30."""

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(?:\s*(?:(Z|UTC)\b|([+-]\d\d):?(\d\d)))?")
_CANVAS = re.compile(
    # Canvas lets no name contain a number between two underscores, because it reads such file names back itself.
    r"(?P<name>.*?)(?:(?:^|_)(?P<late>LATE))?(?:^|_)(?P<id>\d+|anon_[0-9A-Za-z]+)_"
    r"(?:(?P<attachment>\d+)_(?P<file>.+)|(?:text|link)\.html)",
    re.DOTALL,
)
_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<file>.*)", re.DOTALL)
_COPY = re.compile(r"-(\d{1,9})$")
_SUFFIXES = re.compile(r"(\.(ipynb|py|zip|txt|json|html))+$", re.IGNORECASE)
_NO_FILE = "Only a text or a link was submitted online, no notebook."


@dataclass(frozen=True)
class Version:
    """A submission of a student: ``path`` is a file or a folder, ``file`` the name that the student gave the file.

    ``submitted`` is an ISO 8601 time or empty; without times, the newer version has the greater ``order``.
    """

    identity: str
    name: str
    path: Path | None
    file: str = ""
    submitted: str = ""
    order: tuple[int, ...] = ()
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    late: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""
    earlier: tuple[str, ...] = ()


Reader = Callable[[Path], "list[Version] | None"]
"""Function that reads a folder as a platform's export; it returns None if the folder is none."""


def _gradescope(root: Path) -> list[Version] | None:
    """Read Gradescope's export: a folder for each submission, and a list whose keys are Ruby symbols."""
    metadata = root / METADATA
    if not metadata.is_file():
        return None
    if metadata.stat().st_size > MAX_METADATA_BYTES:
        raise ExportError(f"{METADATA} is larger than {MAX_METADATA_BYTES >> 20} MB")
    try:
        # BaseLoader makes nothing but texts: student numbers keep leading zeros, and tags cannot make objects.
        listed = yaml.load(metadata.read_bytes(), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ExportError(f"{METADATA} cannot be read: {error}") from None
    if not isinstance(listed, dict):
        raise ExportError(f"{METADATA} holds no list of submissions")
    versions = [version for name, entry in listed.items() for version in _gradescope_group(root, str(name), entry)]
    known = {version.path for version in versions}
    return versions + [
        Version(path.name, path.name, path, notes=(f"{METADATA} does not list this folder.",))
        for path in entries(root)
        if path != metadata and path not in known
    ]


def _gradescope_group(root: Path, folder: str, entry: Any) -> Iterator[Version]:
    fields = entry if isinstance(entry, dict) else {}
    submitters = [who for who in _list(fields.get(":submitters")) if isinstance(who, dict)]
    notes = []
    if len(submitters) > 1:
        notes.append(f"Submitted by a group of {len(submitters)}.")
    history = [one for one in _list(fields.get(":history")) if isinstance(one, dict)]
    if history:
        notes.append(f"Earlier submissions on Gradescope: {len(history)}. The newest counts.")
    path = root / PurePosixPath(folder).name
    is_there = path.parent == root and path.name != ".." and path.exists()
    problem = "" if is_there else "The export holds nothing for this submission."
    submitted = _iso(str(fields.get(":created_at", "")))
    for who in submitters or [{}]:
        name, sid, email = (str(who.get(key) or "") for key in (":name", ":sid", ":email"))
        yield Version(
            email or sid or f"{folder}/{name}",  # two students may have the same name
            name or email or sid or folder,
            path if is_there else None,
            submitted=submitted,
            email=email,
            ids={"SID": sid} if sid else {},
            notes=tuple(notes),
            problem=problem,
            earlier=tuple(map(_earlier, history[-MAX_EARLIER:])),
        )


def _earlier(entry: Mapping[str, Any]) -> str:
    """Describe an earlier submission: its time, and its points on Gradescope."""
    score = str(entry.get(":score") or "no")
    return f"{_iso(str(entry.get(':created_at', ''))) or 'At an unknown time'}: {score[:MAX_TIME]} points on Gradescope"


def _canvas(root: Path) -> list[Version] | None:
    """Read Canvas' export: files named ``lastfirst_LATE_user_attachment_file``, of each student's newest attempt.

    Texts that were typed online end in ``_text.html``, links in ``_link.html``. In an anonymous export the names are
    ``anon_abc12_attachment_file``.
    """
    found, others = _matching(root, _CANVAS)
    return [_of_canvas(path, match) for path, match in found] + _named(others) if len(found) > len(others) else None


def _of_canvas(path: Path, match: re.Match[str]) -> Version:
    is_anonymous = match["id"].startswith("anon_")
    copy = _COPY.search(path.stem)  # ``autodiff-2.ipynb`` is the third upload of a file of that name
    return Version(
        match["id"],
        match["name"] or match["id"],
        path,
        match["file"] or "",
        order=(int(match["attachment"] or 0), int(copy[1]) if copy else 0),
        ids={} if is_anonymous else {"ID": match["id"]},
        late=bool(match["late"]),
        problem="" if match["attachment"] else _NO_FILE,
    )


def _moodle(root: Path) -> list[Version] | None:
    """Read Moodle's export: folders ``Full Name_participant_assignsubmission_file_``, or files that begin like that."""
    found, others = _matching(root, _MOODLE)
    versions = [
        Version(
            match["id"],
            match["name"],
            path,
            match["file"],
            ids={"Identifier": f"Participant {match['id']}"},
            problem="" if match["kind"] == "file" else _NO_FILE,
        )
        for path, match in found
    ]
    return versions + _named(others) if found else None


def looks_like_moodle(path: Path) -> bool:
    """Tell if a path is named like a student's folder in Moodle's export."""
    return _MOODLE.fullmatch(path.name) is not None


def _nbgrader(root: Path) -> list[Version] | None:
    """Read nbgrader's course folder: ``submitted/<student>/<assignment>/``, perhaps with a ``timestamp.txt``."""
    inner = root / "submitted"
    root = inner if is_folder(inner) else root
    if root.name != "submitted" and not any(True for _ in root.glob("*/*/timestamp.txt")):
        return None
    versions: list[Version] = []
    for student in entries(root):
        folders = [path for path in entries(student) if is_folder(path)] if is_folder(student) else []
        versions += [Version(student.name, student.name, path, submitted=_timestamp(path)) for path in folders]
        if not folders:
            versions += _named([student])
    return versions


def _timestamp(folder: Path) -> str:
    file = folder / "timestamp.txt"
    if not file.is_file() or file.is_symlink():
        return ""
    with file.open(encoding="utf-8", errors="replace") as opened:
        return _iso(opened.read(MAX_TIME))


def _plain(root: Path) -> list[Version] | None:
    """Read a folder that has a folder or file for each student, named after the student, as otter's has."""
    return _named(entries(root))


READERS: dict[str, Reader] = {
    "Gradescope": _gradescope,
    "Moodle": _moodle,
    "Canvas": _canvas,
    "nbgrader": _nbgrader,
    "plain folder": _plain,
}
"""Reader of each platform, in the order in which they are tried."""


def entries(folder: Path) -> list[Path]:
    """Return the entries of a folder in the order of their names, without hidden and system files."""
    return sorted(path for path in folder.iterdir() if not is_hidden(PurePosixPath(path.name)))


def is_folder(path: Path) -> bool:
    """Tell if a path is a folder, and not a link to one."""
    return path.is_dir() and not path.is_symlink()


def is_notebook(path: Path) -> bool:
    """Tell if a file is named like a notebook; browsers may save one as ``autodiff.ipynb.txt``."""
    return ".ipynb" in path.name.lower()


def _named(paths: Iterable[Path]) -> list[Version]:
    """Return a version for each file or folder, of the student that it is named after."""
    names = {path: path.name if is_folder(path) else _SUFFIXES.sub("", path.name) or path.name for path in paths}
    return [Version(name, name, path) for path, name in names.items()]


def _matching(root: Path, pattern: re.Pattern[str]) -> tuple[list[tuple[Path, re.Match[str]]], list[Path]]:
    """Return a folder's entries whose names match, with their matches, and all other entries."""
    matches = {path: pattern.fullmatch(path.name) for path in entries(root)}
    return [(path, match) for path, match in matches.items() if match], [p for p, m in matches.items() if not m]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _iso(text: str) -> str:
    """Return a time as ISO 8601, with its offset if it is known; empty if the text has no time."""
    match = _TIME.search(text)
    if match is None:
        return ""
    offset = "+00:00" if match[3] else f"{match[4]}:{match[5]}" if match[4] else ""
    with suppress(ValueError):
        return datetime.fromisoformat(f"{match[1]}T{match[2]}{offset}").isoformat()
    return ""
