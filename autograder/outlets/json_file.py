"""The file that a report is written to as JSON."""

from __future__ import annotations

import tempfile
from pathlib import Path


class TargetError(ValueError):
    """Nothing can be written there; the message says why."""


def target(name: str) -> Path:
    """Return the file to write the report to, with links resolved.

    It is checked before the grading, which takes a while.

    Raises ``TargetError`` if the file cannot be written.
    """
    path = Path(name).resolve()
    if not path.parent.is_dir():
        raise TargetError(f"there is no folder {path.parent} to write the report to")
    if path.exists() and not path.is_file():
        raise TargetError(f"{name} is no regular file; to print the report use --json -")
    return path


def write(path: Path, text: str) -> None:
    """Write the text; whoever looks sees the old file or the new one."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.close()
            temporary.replace(path)
        except BaseException:
            temporary.unlink()
            raise
