"""Reading of the notebooks in a student's zip, in memory. Nothing is written, so no name or link in it can do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from autograder.intake.notebook_file import Refused

MAX_ARCHIVE_BYTES = 20 * 2**20
"""Maximum size of a zip, in bytes: a notebook with 30 MB of images fits in."""

MAX_ENTRIES = 20_000
"""Maximum number of files in a zip: a folder with a Python environment fits in. To list a million takes 0.3 GB."""

MAX_UNPACKED_BYTES = 200 * 2**20
"""Maximum size of all files together that are taken from a zip, in bytes; the same as for a single notebook."""

_IN_DIRECTORY = b"PK\x01\x02"
"""Bytes with which every entry of a zip's directory begins, and which are rare anywhere else."""

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)


def is_hidden(path: PurePosixPath) -> bool:
    """Tell whether a path is hidden: a part begins with a dot, as in ``.ipynb_checkpoints``, or is ``__MACOSX``."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def files(data: bytes, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the files in a zip whose names are ``wanted``, without the hidden ones.

    Raises ``Refused``, with a text for the student, if the zip is damaged, encrypted or too large.
    """
    if len(data) > MAX_ARCHIVE_BYTES:
        raise Refused(f"The zip is larger than {MAX_ARCHIVE_BYTES >> 20} MB. Submit only the .ipynb file in it.")
    if data.count(_IN_DIRECTORY) > MAX_ENTRIES:
        raise Refused(f"The zip holds more than {MAX_ENTRIES:,} files. Submit only the .ipynb file in it.")
    budget = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                path = PurePosixPath(entry.filename)
                if entry.is_dir() or is_hidden(path) or not wanted(path.name):
                    continue
                if entry.compress_type not in _COMPRESSIONS:
                    raise zipfile.BadZipFile("its compression is not a common one")
                budget -= entry.file_size
                if budget < 0:
                    raise Refused("What is in the zip is too large. Submit only the .ipynb file that is inside.")
                with archive.open(entry) as file:  # reading a given number of bytes unpacks no more than that
                    yield entry.filename, file.read(entry.file_size + 1)
    except _ERRORS as error:
        raise Refused(f"The zip cannot be read ({error}). Submit the .ipynb file that is inside.") from None
