"""The commands in the release's README, and a shell that runs them as a student's does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from specimens import ROOT

README = (ROOT / "assignment" / "README.md").read_text(encoding="utf-8")
START, ANOTHER_DAY, VS_CODE, CHECKS = re.findall(r"(?ms)^```sh\n(.*?)^```$", README)
LAB = "jupyter lab autodiff.ipynb\n"
PIP = "pip install"
BY_UV = "uv pip install"
"""What stands in for pip, which takes ten times as long."""
SECONDS = 600
"""For a hundred packages to be fetched and installed; a few seconds where nothing else runs."""
SERVER = {
    "ServerApp": {"allow_root": True, "open_browser": False, "ip": "127.0.0.1", "port": 0},  # any port that is free
    "LanguageServerManager": {"autodetect": False},  # which asks npm
}
PRINTED = "printed.txt"
"""Name of the file with what the commands to start printed."""
JUPYTER = 'jupyter() { command -v python; ls "$2"; }\n'
"""Stand-in that says with which Python it would open what."""


def start(released: Path, folder: Path) -> None:
    """Copy the release into ``folder`` and run the commands to start in it."""
    copy = shutil.copytree(released, folder / "autodiff")
    (folder / PRINTED).write_text(run(copy, JUPYTER + START.replace(PIP, BY_UV)), encoding="utf-8")


def environment(runtime: Path) -> dict[str, str]:
    """A student's shell: the Python of the tests by its usual name, and none of their packages."""
    (runtime / "jupyter_server_config.json").write_text(json.dumps(SERVER), encoding="utf-8")
    ours = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    path = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    jupyter = {"JUPYTER_CONFIG_DIR": str(runtime), "JUPYTER_RUNTIME_DIR": str(runtime)}
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **path, **jupyter}


def run(folder: Path, commands: str) -> str:
    """Run commands in a shell that stops at the first one that fails; return what they print."""
    done = subprocess.run(
        ["bash", "-ec", commands],
        cwd=folder,
        env=environment(folder.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
