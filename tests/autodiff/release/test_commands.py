"""Every command in the release's README, run in its order by a shell, in a folder that holds the release only."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from readme_commands import (
    BY_UV,
    CHECKS,
    LAB,
    PIP,
    PRINTED,
    README,
    START,
    VS_CODE,
    run,
)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the other blocks are for another shell"),
    pytest.mark.long,
    pytest.mark.xdist_group("jupyterlab"),  # in one process, or each would install
]

TO_POWERSHELL = {"python3 -m": "py -m", "source .venv/bin/activate": r".venv\Scripts\Activate.ps1"}


def test_a_student_who_types_the_first_commands_has_all_in_place(first_day: Path) -> None:
    assert START.endswith(LAB)
    assert PIP in START and PIP in VS_CODE
    printed = (first_day.parent / PRINTED).read_text(encoding="utf-8").split()
    assert printed == [str(first_day / ".venv/bin/python"), "autodiff.ipynb"]


def test_the_checks_run_on_the_blank_notebook(first_day: Path) -> None:
    assert CHECKS.splitlines() == ["pytest", "pytest --training", "python grader.py"]
    printed = run(first_day, "source .venv/bin/activate\n" + CHECKS)
    assert printed.count(" skipped in ") == 2
    assert printed.count("Question ") >= 4


def test_vs_code_needs_no_jupyterlab(released: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(released, tmp_path / "autodiff")
    make_venv, _, activate_and_install = VS_CODE.partition("\n")
    assert START.startswith(make_venv)  # which is tried above; uv's has a pip too
    run(copy, "uv venv --seed .venv\n" + activate_and_install.replace(PIP, BY_UV))
    run(copy, activate_and_install)  # pip itself has nothing to add
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
