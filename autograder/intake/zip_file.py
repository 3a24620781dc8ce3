"""Reads the notebooks in a zip from a student, in memory: nothing is unpacked, so no name or link in it can do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from autograder.intake.notebook_file import Refused

MAX_ARCHIVE_BYTES = 20 * 2**20
"""Size of a zip: a notebook with 30 MB of images, packed."""

MAX_ENTRIES = 20_000
"""Files in a zip: a student's folder with an environment for Python in it. A million take 0.3 GB to be listed."""

MAX_UNPACKED_BYTES = 200 * 2**20
"""What all files taken from a zip may hold together, whatever its directory claims: as for a single notebook."""

_IN_DIRECTORY = b"PK\x01\x02"
"""Begins every entry of a zip's directory, and is rare anywhere else."""

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)


def is_hidden(path: PurePosixPath) -> bool:
    """Whether a path leads into what systems and front ends keep beside notebooks, such as ``.ipynb_checkpoints``."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def files(data: bytes, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of the files in a zip whose own names are ``wanted``; hidden ones are left out.

    Raises Refused, with a text for the student, when the zip is damaged, encrypted or too large.
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
                with archive.open(entry) as file:  # yields, and where told a number unfolds, no more than stated
                    yield entry.filename, file.read(entry.file_size + 1)
    except _ERRORS as error:
        raise Refused(f"The zip cannot be read ({error}). Submit the .ipynb file that is inside.") from None
