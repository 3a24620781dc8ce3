"""Intake: whatever a student hands in becomes answers, or a refusal that says what to do.

Nothing of the student's runs here, and no file makes intake wait, follow a link or take more than about three times its
size in memory.
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
"""Size of a submitted file: twice the 100 MB that Gradescope takes in one upload."""

MAX_CANDIDATES = 20
"""Notebooks that are opened to find the one with the answers."""

MAX_FOLDERS = 1000
"""Folders that are searched: a student submits one or two, a script may submit a million."""

MAX_DEPTH = 2
"""Folders within folders that are searched: a zipped folder, unpacked into a folder of its name, makes two."""

BESIDE = "setup.py"
"""A Python file that lies beside notebooks and is no submission; those that are released with it are none either."""

_NO_NOTEBOOK = "No notebook was found. Submit the .ipynb file you worked in."

_Key = TypeVar("_Key", str, Path)


def read_submission(path: Path, manifest: Manifest) -> Submission:
    """Read a notebook, a ``.py`` file in the percent format, or the notebook in a ``.zip``.

    Raises FileNotFoundError when there is no such file and Refused, with a text for the student, when it is unreadable.
    """
    return parse_submission(path.name, read_file(path), manifest)


def parse_submission(name: str, data: bytes, manifest: Manifest) -> Submission:
    """What a file of this name and content is as a submission; raises Refused, as ``read_submission`` does."""
    if not _is_zip(name):
        return _parse(name, data, manifest)
    found = dict(zip_file.files(data, _is_notebook)) or dict(zip_file.files(data, partial(_is_script, manifest)))
    if not found:
        raise Refused(_NO_NOTEBOOK)
    return _choose(found, lambda inner: _parse(PurePosixPath(inner).name, found[inner], manifest), manifest)[1]


def find_submission(folder: Path, manifest: Manifest) -> Path:
    """Return the file to grade in a folder that a student submitted; whatever else lies there is ignored.

    That is the only notebook, or the one with most answers; else a zip; else a Python file. Raises Refused when there
    is none, or no telling which.
    """
    files = list(_files(folder))
    for wanted in (_is_notebook, _is_zip, partial(_is_script, manifest)):
        paths = [path for path in files if wanted(path.name)]
        if len(paths) == 1:
            return paths[0]  # read, or refused with its own reason, later
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
    """The files in a folder and in the folders within, in the order of their names, hidden ones left out."""
    for root, folders, names in islice(os.walk(folder), MAX_FOLDERS):
        here = Path(root).relative_to(folder)
        nested = len(here.parts) < MAX_DEPTH
        folders[:] = sorted(name for name in folders if nested and not zip_file.is_hidden(PurePosixPath(name)))
        yield from (Path(root, name) for name in sorted(names) if not zip_file.is_hidden(PurePosixPath(name)))


def _choose(
    candidates: Collection[_Key], read: Callable[[_Key], Submission], manifest: Manifest
) -> tuple[_Key, Submission]:
    """The candidate with most answers, and what was read from it; copies of one notebook count as one."""
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
    """How many answers a submission holds, and how many of the methods it defines, be they blank."""
    code = "\n".join(submission.cells)
    stubs = {question: code.count(f'NotImplementedError("Question {question}') for question in manifest.methods}
    defined = {question: code.count(f"def {name}(") for question, name in manifest.methods.items()}
    written = sum(defined[question] > stubs[question] for question in manifest.methods)
    return written + len(submission.choices) + len(submission.evidence), sum(map(bool, defined.values()))


def read_file(path: Path) -> bytes:
    """The bytes of a regular file, without following a link or waiting for a pipe's writer; raises Refused."""
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
    """The cells, with those of the kind they should have that a slip of the keyboard turned into another; and notes."""
    slipped = out_of_kind(_plain(cells), kinds)
    meant = [
        replace(cell, kind=kinds[slipped[place]]) if place in slipped else cell for place, cell in enumerate(cells)
    ]
    return meant, [told_of_kind(tag, cells[place].kind, kinds) for place, tag in slipped.items()]
