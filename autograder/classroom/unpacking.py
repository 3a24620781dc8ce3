"""Unpacks the zip that an instructor downloads: its names and contents come from students, so neither is trusted."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path

MAX_ENTRIES = 200_000
"""Files in an export: ten thousand students with twenty files each."""

MAX_FILE_BYTES = 200 * 2**20
"""One file unpacked: the most that intake reads of a submission."""

MAX_TOTAL_BYTES = 50 * 2**30
"""All files unpacked: a thousand students with 50 MB of outputs each."""

MAX_NAME = 120
"""Characters of a name that are kept: disks take 255 bytes."""

_BLOCK = 1 << 20
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')
_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, NotImplementedError, ValueError)


class ExportError(Exception):
    """The export as a whole cannot be used; the text says why."""


def unpack(archive: Path, folder: Path) -> dict[Path, str]:
    """Unpack ``archive`` into the empty ``folder``; returns the files that could not be unpacked, with the reason.

    Such a file stands there empty, so that its student is not lost. Nothing is written outside of ``folder``, links are
    not made, and two names that a disk may hold for one do not overwrite each other. Raises ExportError.
    """
    problems: dict[Path, str] = {}
    taken: set[str] = set()
    left = MAX_TOTAL_BYTES
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            if len(entries) > MAX_ENTRIES:
                raise ExportError(f"{archive.name} holds more than {MAX_ENTRIES:,} files")
            for entry in entries:
                path = folder / _free_name(entry.filename, taken)
                path.parent.mkdir(parents=True, exist_ok=True)
                try:
                    left -= _copy(opened, entry, path, left)
                except _ERRORS as error:
                    path.write_bytes(b"")
                    problems[path] = f"It could not be unpacked: {error}."
    except (zipfile.BadZipFile, OSError) as error:
        raise ExportError(f"{archive.name} cannot be unpacked: {error}") from None
    return problems


def _free_name(name: str, taken: set[str]) -> Path:
    """A relative path without a way up, an odd character, or a clash on a disk that ignores case."""
    parts = [_UNSAFE.sub("_", part)[:MAX_NAME].rstrip(". ") for part in name.replace("\\", "/").split("/")]
    path = Path(*(part for part in parts if part)) if any(parts) else Path("unnamed")
    number = 1
    free = path
    while str(free).casefold() in taken:
        number += 1
        free = path.with_name(f"{path.stem}-copy{number}{path.suffix}")
    taken.add(str(free).casefold())
    return free


def _copy(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left: int) -> int:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ValueError("it is a link")
    most, size = min(MAX_FILE_BYTES, left), 0
    with opened.open(entry) as source, path.open("wb") as target:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > most:  # whatever the zip's directory claims
                raise ValueError("it is too large")
            target.write(block)
    return size
