"""Debian's newer Pythons, each in a bare Debian of its own; run as a program, as root, this makes them.

It needs ``debootstrap``, and no package: CI runs it before there is a ``.venv``.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "debian"
SUITES = {"3.13": "trixie", "3.14": "forky"}
"""Python -> the Debian that has it."""
PACKAGES = "ca-certificates,make,python3,python3-venv"
MIRROR = "http://deb.debian.org/debian"
SCRIPT = "/usr/share/debootstrap/scripts/sid"
"""The script of debootstrap for a Debian that is newer than itself."""
READY = "ready"
PASSED_ON = ("PIP_", "LANG", "SSL_CERT")


def folder_of(python: str) -> Path | None:
    """Return the folder of the Debian with this Python, if it is made and this user may enter it."""
    folder = FOLDER / SUITES.get(python, "none")
    return folder if (folder / READY).exists() and hasattr(os, "geteuid") and os.geteuid() == 0 else None


def inside(debian: Path, folder: Path, command: str) -> list[str]:
    """Return the command line that runs a shell's command in a Debian, where ``folder`` is ``/work``.

    What is mounted for it is seen by it alone, and gone when it ends.
    """
    passed_on = [f"{name}={value}" for name, value in os.environ.items() if name.startswith(PASSED_ON)]
    path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
    entered = ["chroot", str(debian), "env", "-i", path, "HOME=/root", *passed_on, "sh", "-ec", f"cd /work; {command}"]
    mounts = [
        f"mount -t proc proc {debian}/proc",
        f"mount --bind /dev {debian}/dev",
        f"mount --bind /etc/ssl {debian}/etc/ssl",
        f"mount --bind /etc/resolv.conf {debian}/etc/resolv.conf",
        f"mount --bind {shlex.quote(str(folder))} {debian}/work",
    ]
    return ["unshare", "--mount", "--fork", "sh", "-ec", "; ".join([*mounts, f"exec {shlex.join(entered)}"])]


def main() -> None:
    """Make what is missing."""
    for suite in SUITES.values():
        folder = FOLDER / suite
        if not (folder / READY).exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a time before that failed
            folder.mkdir(parents=True)
            made = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, str(folder), MIRROR, SCRIPT]
            subprocess.run(made, check=True)
            (folder / "work").mkdir()
            (folder / READY).touch()


if __name__ == "__main__":
    main()
