"""The Landlock rules that close the file system to the worker."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder.worker.seccomp import optional


def close_file_system() -> bool:
    """Let this process read the standard library and NumPy only, and write nothing; return False without Landlock.

    TCP, and signals and abstract sockets to processes outside, are forbidden too where the kernel's Landlock can.
    """
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
    """Return the folders to read, the single files to read, and the folders to list only.

    A rule covers everything below its folder. ``site-packages`` lies below the standard library and must stay closed,
    so each other entry of the library is listed by itself.
    """
    numpy = [Path(sys.modules["numpy"].__file__ or "").parent] if "numpy" in sys.modules else []
    libraries = [folder.with_name("numpy.libs") for folder in numpy]
    listed = [path for path in [Path(os.__file__).parent] if _within_reach(path)]
    entries = [entry for folder in listed for entry in folder.iterdir() if not entry.name.endswith("-packages")]
    reached = [entry for entry in (*entries, *numpy, *libraries) if _within_reach(entry)]
    return [entry for entry in reached if entry.is_dir()], [entry for entry in reached if entry.is_file()], listed


def _within_reach(path: Path) -> bool:
    """Tell whether the worker's uid may read ``path``. It may not if Python is installed for root alone."""
    return os.access(path, os.R_OK)
