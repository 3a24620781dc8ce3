"""Every command in the release's README, run in its order by a shell, in a folder that holds the release only."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from specimens import ROOT

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the other blocks are for another shell"),
    pytest.mark.long,
    pytest.mark.xdist_group("jupyterlab"),  # in one process, or each would install
]

README = (ROOT / "assignment" / "README.md").read_text(encoding="utf-8")
START, ANOTHER_DAY, VS_CODE, CHECKS = re.findall(r"(?ms)^```sh\n(.*?)^```$", README)
LAB = "jupyter lab autodiff.ipynb\n"
PIP = "pip install"
SECONDS = 600
"""For pip to fetch and install a hundred packages; half a minute where nothing else runs."""
SERVER = {"ServerApp": {"allow_root": True, "open_browser": False, "ip": "127.0.0.1", "port": 0}}
TO_POWERSHELL = {"python3 -m": "py -m", "source .venv/bin/activate": r".venv\Scripts\Activate.ps1"}


@pytest.fixture(scope="module")
def folder(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the release in which the commands to start were run, but for the last one.

    uv stands in for pip, which takes a minute for a hundred packages; VS Code's are installed by pip itself.
    """
    copy = shutil.copytree(released, tmp_path_factory.mktemp("commands") / "autodiff")
    assert START.endswith(LAB)
    assert PIP in START and PIP in VS_CODE
    run(copy, START.removesuffix(LAB).replace(PIP, "uv pip install"))
    return copy


def environment(runtime: Path) -> dict[str, str]:
    """A student's shell: the Python of the tests by its usual name, and none of their packages."""
    (runtime / "jupyter_server_config.json").write_text(json.dumps(SERVER), encoding="utf-8")
    ours = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    path = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_COMPILE": "1",
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


def test_another_day_opens_the_notebook_as_the_first_one_did(folder: Path) -> None:
    assert ANOTHER_DAY == "source .venv/bin/activate\n" + LAB
    runtime = folder.parent
    shell = subprocess.Popen(
        ["bash", "-ec", ANOTHER_DAY], cwd=folder, env=environment(runtime), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + SECONDS
        while not (found := list(runtime.glob("jpserver-*.json"))) and shell.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert json.loads(found[0].read_text(encoding="utf-8"))["root_dir"] == str(folder)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)
        shell.wait()


def test_the_checks_run_on_the_blank_notebook(folder: Path) -> None:
    assert CHECKS.splitlines() == ["pytest", "pytest --training", "python grader.py"]
    printed = run(folder, "source .venv/bin/activate\n" + CHECKS)
    assert printed.count(" skipped in ") == 2
    assert printed.count("Question ") >= 4


def test_vs_code_needs_no_jupyterlab(released: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(released, tmp_path / "autodiff")
    run(copy, VS_CODE)
    installed = {path.name.partition("-")[0] for path in copy.glob(".venv/lib/*/site-packages/*.dist-info")}
    assert "ipykernel" in installed
    assert not installed & {"jupyterlab", "jupyter_server", "notebook"}
    run(copy, "source .venv/bin/activate\npython -c 'import drawing, grader, ipykernel'\npytest")


def test_powershell_is_told_the_same() -> None:
    [shown] = re.findall(r"(?ms)^```powershell\n(.*?)^```$", README)
    for ours, theirs in TO_POWERSHELL.items():
        shown = shown.replace(theirs, ours)
    assert shown == START


def test_no_command_stands_outside_the_blocks_that_are_run() -> None:
    prose = re.sub(r"(?ms)^```.*?^```$", "", README)
    assert not re.search(r"`(?:pip|python3?|py|pytest|jupyter|source) [^`]*`", prose)
