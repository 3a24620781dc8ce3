"""The hooks of pre-commit: those of CI, and nothing that a network is needed for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from specimens import ROOT

CONFIG = ".pre-commit-config.yaml"


def hooks() -> list[dict[str, Any]]:
    """All hooks of the one repository that is local."""
    [repository] = yaml.safe_load((ROOT / CONFIG).read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    found: list[dict[str, Any]] = repository["hooks"]
    return found


def entries(stage: str) -> list[str]:
    return [hook["entry"] for hook in hooks() if hook["stages"] == [stage]]


def test_before_a_commit_runs_what_make_lint_runs() -> None:
    printed = subprocess.run(["make", "-n", "lint"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert entries("pre-commit") == printed.splitlines()[-1].split(" && ")


def test_before_a_push_runs_what_ci_runs() -> None:
    assert entries("pre-push") == [re.sub("^exec ", "", (ROOT / ".ci" / "run").read_text().splitlines()[-1])]


def test_the_hooks_need_nothing_but_the_venv() -> None:
    assert {hook["language"] for hook in hooks()} == {"system"}
    assert not any(hook["pass_filenames"] or hook.get("additional_dependencies") for hook in hooks())


@pytest.mark.skipif(not shutil.which("git") or sys.platform == "win32", reason="git, and a venv as on POSIX")
def test_the_hooks_run_without_a_network(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    no_network = dict.fromkeys(("http_proxy", "https_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    environment = {**os.environ, **no_network, "PRE_COMMIT_HOME": str(tmp_path / "home"), "SKIP": "mypy"}
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / ".venv").symlink_to(sys.prefix)
    for name in (CONFIG, "pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / name, folder)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=100)

    python = str(folder / ".venv" / "bin" / "python")
    assert run("git", "init", "-q").returncode == 0
    assert run(python, "-m", "pre_commit", "install").returncode == 0
    assert all((folder / ".git" / "hooks" / name).is_file() for name in ("pre-commit", "pre-push"))
    (folder / "fine.py").write_text('"""A module."""\n', encoding="utf-8")
    run("git", "add", "fine.py", CONFIG)
    assert run(python, "-m", "pre_commit", "run", "--all-files").returncode == 0
    (folder / "fine.py").write_text("import os\n", encoding="utf-8")
    done = run(python, "-m", "pre_commit", "run", "--all-files")
    assert (done.returncode, "F401" in done.stdout) == (1, True)
