"""What the worker can still reach of the file system: Landlock's rules, and what the permissions leave of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder.worker.seccomp import optional


def close_file_system() -> bool:
    """Landlock: read the standard library and NumPy, write nothing; no TCP, no signals, no abstract sockets outside."""
    landlock = optional("py_landlock") if sys.platform == "linux" else None
    if landlock is None:
        return False
    rules = landlock.Landlock()
    try:
        rules.abi_version  # noqa: B018 - asks the kernel
    except (landlock.LandlockError, OSError):
        return False
    read, enter = landlock.AccessFs.READ_FILE, landlock.AccessFs.READ_DIR
    folders, files, listed = _readable()
    rules.add_path_rule(*listed, access=enter)
    rules.add_path_rule(*folders, access=read | enter)
    rules.add_path_rule(*files, access=read)
    rules.apply()
    return True


def _readable() -> tuple[list[Path], list[Path], list[Path]]:
    """Folders and single files to read, and folders to list only.

    A rule holds for all that lies below, and ``site-packages`` lies below the standard library: hence entry by entry.
    """
    numpy = [Path(sys.modules["numpy"].__file__ or "").parent] if "numpy" in sys.modules else []
    libraries = [folder.with_name("numpy.libs") for folder in numpy]
    listed = [path for path in [Path(os.__file__).parent] if _within_reach(path)]
    entries = [entry for folder in listed for entry in folder.iterdir() if not entry.name.endswith("-packages")]
    reached = [entry for entry in (*entries, *numpy, *libraries) if _within_reach(entry)]
    return [entry for entry in reached if entry.is_dir()], [entry for entry in reached if entry.is_file()], listed


def _within_reach(path: Path) -> bool:
    """Whether the uid that the worker has become may read ``path``: a Python that root alone can see is none of it."""
    return os.access(path, os.R_OK)
