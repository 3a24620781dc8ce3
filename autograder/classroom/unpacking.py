"""Unpacking of the zip that an instructor downloads. Its names and contents come from students; none is trusted."""

from __future__ import annotations

import errno
import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path

MAX_ENTRIES = 200_000
"""Maximum number of files in an export: ten thousand students with twenty files each."""

MAX_FILE_BYTES = 200 * 2**20
"""Maximum size of one unpacked file, in bytes: the most that intake reads of a submission."""

MAX_TOTAL_BYTES = 50 * 2**30
"""Maximum size of all unpacked files, in bytes: a thousand students with 50 MB of outputs each."""

MAX_NAME_BYTES = 200
"""Maximum length of the name of a file or folder, in bytes; file systems take 255."""

MAX_PARTS = 8
"""Maximum number of parts in a path: intake looks three folders deep, and an export wraps those in two or three."""

_BLOCK = 1 << 20
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')
_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, NotImplementedError, ValueError)
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}
"""Errors of the disk itself, which end the unpacking; all other errors concern one entry."""


class ExportError(Exception):
    """Exception for an export that cannot be used as a whole; the message says why."""


def unpack(archive: Path, folder: Path) -> dict[Path, str]:
    """Unpack ``archive`` into the empty ``folder``; return the files that could not be unpacked, each with the reason.

    Such a file is there but empty, so that its student is not lost. Nothing is written outside of ``folder``, and no
    links are made. Names that differ only in case do not overwrite each other.

    Raises ``ExportError`` if the archive as a whole cannot be unpacked.
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
                try:
                    left -= _copy(opened, entry, path, left)
                except (*_ERRORS, OSError) as error:
                    problems[path] = _problem(error, path)
    except (*_ERRORS, OSError) as error:
        raise ExportError(f"{archive.name} cannot be unpacked: {error}") from None
    return problems


def _problem(error: Exception, path: Path) -> str:
    """Return the reason why an entry could not be unpacked, and make an empty file in its place if possible.

    Raises the error again if it is one of the disk itself.
    """
    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        raise error
    if path.parent.is_dir() and not path.is_dir():
        path.write_bytes(b"")
    return f"It could not be unpacked: {error.strerror if isinstance(error, OSError) else error}."


def _free_name(name: str, taken: set[str]) -> Path:
    """Make a safe relative path: it cannot lead upwards, has no odd characters, and is new even if case is ignored."""
    parts = [part for part in map(_safe, name.replace("\\", "/").split("/")) if part] or ["unnamed"]
    path = Path(*parts[: MAX_PARTS - 1], parts[-1]) if len(parts) > MAX_PARTS else Path(*parts)
    number = 1
    free = path
    while str(free).casefold() in taken:
        number += 1
        free = path.with_name(f"{path.stem}-copy{number}{path.suffix}")
    taken.add(str(free).casefold())
    return free


def _safe(part: str) -> str:
    """Make a name that every file system takes; a name that is too long is cut before its suffix."""
    clean = _UNSAFE.sub("_", part).rstrip(". ")
    encoded = clean.encode()
    if len(encoded) <= MAX_NAME_BYTES:
        return clean
    suffix = Path(clean).suffix if len(Path(clean).suffix.encode()) < 20 else ""
    return encoded[: MAX_NAME_BYTES - len(suffix.encode())].decode("utf-8", "ignore") + suffix


def _copy(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left: int) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ValueError("it is a link")
    most, size = min(MAX_FILE_BYTES, left), 0
    with opened.open(entry) as source, path.open("wb") as target:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > most:  # counted here, as the size that the zip claims may be wrong
                raise ValueError("it is too large")
            target.write(block)
    return size
