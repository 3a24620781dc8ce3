"""Writing of a zip that is the same each time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
"""Time of every entry: the earliest one that a zip can hold."""


def write_zip(path: Path, files: Mapping[str, bytes], *, compressed: bool = False) -> None:
    """Write ``files`` to a zip whose bytes depend only on their names and content.

    If it is ``compressed``, its bytes depend on the version of zlib too.
    """
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _TIMESTAMP)
            entry.create_system = 3  # Unix, on every system, because else the modes do not count
            executable = files[name].startswith(b"#!")
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            archive.writestr(entry, files[name])
