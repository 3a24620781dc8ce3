"""Opens a class: the folder to work in, kept for one run, and the students of the export."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.classroom import exports
from autograder.classroom.hand_ins import HandIn
from autograder.classroom.readers import Readers
from autograder.classroom.result_store import make_private, only_one
from autograder.classroom.unpacking import ExportError, unpack

WORK = ".autograder"
"""The folder within OUT that a run works in: what it unpacked, until its end, and what intake made of it."""


@contextmanager
def opened(source: Path, out: Path) -> Iterator[Path]:
    """Keep ``out`` for this run, and give the private folder in it to work in; what was unpacked there goes at the end.

    Raises ``FileNotFoundError``, ``ExportError`` where ``out`` would become a part of the class, and
    ``result_store.BusyError`` while another run works there.
    """
    if not source.exists():
        raise FileNotFoundError(source)
    work = _work_folder(source, out)
    with only_one(work):
        _empty(work)
        try:
            yield work
        finally:
            _empty(work)


def hand_ins_of(source: Path, work: Path, readers: Readers) -> tuple[str, list[HandIn]]:
    """The platform and the students of the export; a zip is unpacked into the folder ``work``."""
    if source.is_dir():
        return exports.read_export(source, readers)
    folder = work / "unpacked"
    make_private(folder)
    return exports.read_export(folder, readers, unpack(source, folder))


def _work_folder(source: Path, out: Path) -> Path:
    here, there = source.resolve(), out.resolve()
    if here.is_dir() and (there == here or here in there.parents):
        raise ExportError(
            f"{out} lies within {source}, where it would be taken for a submission; choose another folder"
        )
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out} is no folder")
    make_private(out / WORK)
    return out / WORK


def _empty(work: Path) -> None:
    """Remove what this run, or one that was killed, unpacked."""
    shutil.rmtree(work / "unpacked", ignore_errors=True)
