"""The beginning of a run: it reserves the working folder for itself, and reads the students of the export."""

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
"""Name of the working folder in OUT; it holds what intake read, and during a run the unpacked export."""


@contextmanager
def opened(source: Path, out: Path) -> Iterator[Path]:
    """Reserve ``out`` for this run, and yield the private working folder in it; unpacked files are removed at the end.

    Raises ``FileNotFoundError`` if there is no ``source``, ``ExportError`` if ``out`` lies within it or is no folder,
    and ``result_store.BusyError`` while another run works in ``out``.
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
    """Return the platform's name and the hand-ins of the export; a zip is first unpacked below ``work``."""
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
    """Remove the files that this run, or an earlier one that was killed, has unpacked."""
    shutil.rmtree(work / "unpacked", ignore_errors=True)
