"""Debian's newer Pythons, each in a bare Debian of its own; run as a program, as root, this makes them.

It needs ``mmdebstrap``, and no package: CI runs it before there is a ``.venv``, and goes on. A test that needs one of
them waits while it is being made.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "debian"
SUITES = {"3.13": "trixie", "3.14": "forky"}
"""Python -> the Debian that has it."""
PACKAGES = "ca-certificates,make,python{0},python{0}-venv"
"""What a user installs. The Python is named, since a Debian in the making has several, and changes the usual one."""
MIRROR = "http://deb.debian.org/debian"
OF_ANY_AGE = "--aptopt=Acquire::Check-Valid-Until false"
"""A mirror may be a copy of some weeks ago, which is signed all the same."""
READY = "ready"
PASSED_ON = ("PIP_", "UV_", "LANG", "SSL_CERT")


def folder_of(python: str) -> Path | None:
    """Return the folder of the Debian with this Python, if it is made, or being made, and this user may enter it."""
    if python not in SUITES or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    with _locked(SUITES[python]) as folder:
        return folder if (folder / READY).exists() else None


@contextmanager
def _locked(suite: str) -> Iterator[Path]:
    """Hold the lock of the Debian of this name, and yield its folder. Whoever makes it holds the lock for a minute."""
    import fcntl  # late, for Windows has none

    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{suite}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # it is free again as soon as its holder ends, however that ends
        yield FOLDER / suite


def inside(debian: Path, folder: Path, command: str) -> list[str]:
    """Return the command line that runs a shell's command in a Debian, where ``folder`` is ``/work``.

    What is mounted for it is seen by it alone, and gone when it ends. The ``uv`` of the tests is there too.
    """
    from uv import find_uv_bin  # late, for CI has no package yet when it makes a Debian

    passed_on = [f"{name}={value}" for name, value in os.environ.items() if name.startswith(PASSED_ON)]
    path, uv = "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", debian / "usr" / "local" / "bin" / "uv"
    entered = ["chroot", str(debian), "env", "-i", path, "HOME=/root", *passed_on, "sh", "-ec", f"cd /work; {command}"]
    mounts = [
        f"mount -t proc proc {debian}/proc",
        f"mount --bind /dev {debian}/dev",
        f"mount --bind /etc/ssl {debian}/etc/ssl",
        f"mount --bind /etc/resolv.conf {debian}/etc/resolv.conf",
        f"mount --bind {shlex.quote(str(folder))} {debian}/work",
        f"touch {uv}; mount --bind {shlex.quote(find_uv_bin())} {uv}",
    ]
    return ["unshare", "--mount", "--fork", "sh", "-ec", "; ".join([*mounts, f"exec {shlex.join(entered)}"])]


def make(python: str, suite: str) -> None:
    """Make the Debian of this name with this Python, unless it is there."""
    with _locked(suite) as folder:
        if not (folder / READY).exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a time before that failed
            folder.mkdir()
            packages = PACKAGES.format(python)
            made = ["mmdebstrap", OF_ANY_AGE, "--variant=minbase", f"--include={packages}", suite, str(folder), MIRROR]
            subprocess.run(made, check=True)
            (folder / "work").mkdir()
            (folder / READY).touch()


def main() -> None:
    """Make all that are missing, at the same time."""
    with ThreadPoolExecutor() as threads:
        list(threads.map(make, SUITES.keys(), SUITES.values()))


if __name__ == "__main__":
    main()
