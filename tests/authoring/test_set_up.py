"""Which Python the zip's set-up script makes its venv with, among those that stand in front of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from specimens import ROOT

SET_UP = ROOT / "autograder" / "authoring" / "container" / "setup.sh"
STAND_IN = """#!/bin/sh
if [ "$1" = -c ]; then exit {status}; fi
echo {name} > "$AUTODIFF_PREFIX/chosen"
exit 3
"""


def chosen(folder: Path, **status: int) -> str:
    """The Python that is asked for a venv, where each named one has this status for whether it can make one."""
    every = {f"python3.{minor}": 127 for minor in range(10, 20)} | {"python3": 0}
    for name, own in {**every, **{key.replace("_", "."): value for key, value in status.items()}}.items():
        (folder / name).write_text(STAND_IN.format(name=name, status=own), encoding="utf-8")
        (folder / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "AUTODIFF_PREFIX": str(folder)}
    assert subprocess.run(["bash", SET_UP], env=environment, timeout=30).returncode == 3
    return (folder / "chosen").read_text(encoding="utf-8").strip()


@pytest.mark.skipif(sys.platform == "win32", reason="a script for bash")
def test_the_newest_python_that_can_make_a_venv_grades(tmp_path: Path) -> None:
    assert chosen(tmp_path) == "python3"
    assert chosen(tmp_path, python3_10=0) == "python3.10"
    assert chosen(tmp_path, python3_10=0, python3_12=0, python3_14=1) == "python3.12"
    assert chosen(tmp_path, python3_13=0, python3_14=0) == "python3.14"
