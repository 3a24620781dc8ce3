"""Intake: a file from a student becomes a submission, or a refusal that says what to do.

No student code runs here. No file makes intake wait, follow a link, or take more than about three times the file's size
in memory.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TypeVar

from autograder.intake import zip_file
from autograder.intake.notebook_file import Cell, Refused, read_notebook, read_percent
from autograder.vocabulary import Manifest, Submission
from autograder.wire.answers import out_of_kind, read_answers, told_of_kind
from autograder.wire.explanations import read_explanations

__all__ = ["Refused", "find_submission", "parse_submission", "read_file", "read_submission"]

MAX_FILE_BYTES = 200 * 2**20
"""Maximum size of a submitted file, in bytes: twice the 100 MB that Gradescope accepts in one upload."""

MAX_CANDIDATES = 20
"""Maximum number of notebooks that are opened to find the one with the answers."""

MAX_FOLDERS = 1000
"""Maximum number of folders that are searched: a student submits one or two, a script may submit a million."""

MAX_DEPTH = 2
"""Maximum depth of folders that are searched: a zipped folder, unpacked into a folder of its name, has depth two."""

BESIDE = "setup.py"
"""Name of a Python file that may stand beside notebooks and is no submission, as the released Python files are not."""

_NO_NOTEBOOK = "No notebook was found. Submit the .ipynb file you worked in."

_Key = TypeVar("_Key", str, Path)


def read_submission(path: Path, manifest: Manifest) -> Submission:
    """Read a notebook, a ``.py`` file in the percent format, or the notebook in a ``.zip``.

    Raises ``FileNotFoundError`` if there is no such file, and ``Refused``, with a text for the student, if it cannot be
    read.
    """
    return parse_submission(path.name, read_file(path), manifest)


def parse_submission(name: str, data: bytes, manifest: Manifest) -> Submission:
    """Return the submission in a file of this name and content. In a zip, scripts count only without a notebook.

    Raises ``Refused`` if it cannot be read.
    """
    if not _is_zip(name):
        return _parse(name, data, manifest)
    found = dict(zip_file.files(data, _is_notebook)) or dict(zip_file.files(data, partial(_is_script, manifest)))
    if not found:
        raise Refused(_NO_NOTEBOOK)
    return _choose(found, lambda inner: _parse(PurePosixPath(inner).name, found[inner], manifest), manifest)[1]


def find_submission(folder: Path, manifest: Manifest) -> Path:
    """Return the file to grade in a folder that a student submitted. All other files there are ignored.

    It is the only notebook, or the one with most answers; else a zip; else a Python file.

    Raises ``Refused`` if there is none, or if several count the same.
    """
    files = list(_files(folder))
    for wanted in (_is_notebook, _is_zip, partial(_is_script, manifest)):
        paths = [path for path in files if wanted(path.name)]
        if len(paths) == 1:
            return paths[0]  # it is read later, or refused with its own reason
        if paths:
            return _choose(paths, lambda path: read_submission(path, manifest), manifest)[0]
    raise Refused(_NO_NOTEBOOK)


def _is_notebook(name: str) -> bool:
    return ".ipynb" in name.lower()  # browsers save notebooks as autodiff.ipynb.txt


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _is_script(manifest: Manifest, name: str) -> bool:
    return name.lower().endswith(".py") and name not in (*manifest.released, BESIDE)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and in its subfolders, without the hidden ones, each folder in the order of names.

    ``MAX_DEPTH`` and ``MAX_FOLDERS`` limit the search.
    """
    for root, folders, names in islice(os.walk(folder), MAX_FOLDERS):
        here = Path(root).relative_to(folder)
        nested = len(here.parts) < MAX_DEPTH
        folders[:] = sorted(name for name in folders if nested and not zip_file.is_hidden(PurePosixPath(name)))
        yield from (Path(root, name) for name in sorted(names) if not zip_file.is_hidden(PurePosixPath(name)))


def _choose(
    candidates: Collection[_Key], read: Callable[[_Key], Submission], manifest: Manifest
) -> tuple[_Key, Submission]:
    """Return the candidate with most answers, and its submission. Copies of one notebook count as one.

    Raises ``Refused`` if none can be read, if several have most answers, or if there are too many.
    """
    if len(candidates) > MAX_CANDIDATES:
        raise Refused(f"More than {MAX_CANDIDATES} notebooks were submitted. Submit only the one you worked in.")
    readable: dict[_Key, Submission] = {}
    refusals: list[Refused] = []
    for key in candidates:
        try:
            readable[key] = read(key)
        except Refused as refusal:
            refusals.append(refusal)
    if not readable:
        raise refusals[0]
    answered = {key: _answered(submission, manifest) for key, submission in readable.items()}
    best = {key: readable[key] for key, count in answered.items() if count == max(answered.values())}
    if len({submission.fingerprint for submission in best.values()}) > 1:
        names = ", ".join(sorted({submission.name for submission in best.values()}))
        raise Refused(f"Several notebooks were submitted, and none stands out: {names}. Submit only one.")
    return next(iter(best.items()))


def _answered(submission: Submission, manifest: Manifest) -> tuple[int, int]:
    """Return the number of answers in a submission, and the number of methods that it defines, even if blank."""
    code = "\n".join(submission.cells)
    stubs = {question: code.count(f'NotImplementedError("Question {question}') for question in manifest.methods}
    defined = {question: code.count(f"def {name}(") for question, name in manifest.methods.items()}
    written = sum(defined[question] > stubs[question] for question in manifest.methods)
    return written + len(submission.choices) + len(submission.evidence), sum(map(bool, defined.values()))


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file. It never follows a link, and never waits for a writer of a pipe.

    Raises ``FileNotFoundError`` if there is no file, and ``Refused`` if it is no regular file, or too large, or closed
    to us.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise
    except OSError as error:
        what = "is a link" if error.errno == errno.ELOOP else f"cannot be opened ({error.strerror})"
        raise Refused(f"The submission {what}. Submit the notebook file itself.") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Refused("The submission is a folder, a pipe or a device. Submit the notebook file itself.")
        if status.st_size > MAX_FILE_BYTES:
            raise Refused(
                f"The file is larger than {MAX_FILE_BYTES >> 20} MB. Clear all outputs, save, and submit again."
            )
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(status.st_size)
    finally:
        os.close(descriptor)


def _parse(name: str, data: bytes, manifest: Manifest) -> Submission:
    cells, notes = read_percent(data) if name.lower().endswith(".py") else read_notebook(data)
    cells, told = _as_meant(cells, manifest.cell_kinds)
    code = tuple(cell.source for cell in cells if cell.kind == "code")
    choices, evidence = read_answers(code, manifest.named("letter"), manifest.named("number"))
    decisive = json.dumps([code, choices, evidence], sort_keys=True)
    return Submission(
        name=name.encode("utf-8", "replace").decode(),
        cells=code,
        choices=choices,
        evidence=evidence,
        explanations=read_explanations(_plain(cells), manifest.texts, manifest.blank),
        notes=(*told, *notes),
        fingerprint=hashlib.sha256(decisive.encode()).hexdigest(),
    )


def _plain(cells: Iterable[Cell]) -> Iterator[tuple[str, str, Collection[str]]]:
    return ((cell.kind, cell.source, cell.tags) for cell in cells)


def _as_meant(cells: Sequence[Cell], kinds: Mapping[str, str]) -> tuple[list[Cell], list[str]]:
    """Return the cells with the right kinds, and notes on the answer cells that had another kind.

    A slip of the keyboard turns a cell into one of another kind.
    """
    slipped = out_of_kind(_plain(cells), kinds)
    meant = [
        replace(cell, kind=kinds[slipped[place]]) if place in slipped else cell for place, cell in enumerate(cells)
    ]
    return meant, [told_of_kind(tag, cells[place].kind, kinds) for place, tag in slipped.items()]
