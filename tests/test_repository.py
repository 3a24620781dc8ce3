"""The repository keeps what it promises: targets, locks and the changelog."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from specimens import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
AUDIENCES = {
    "grade": ("editable", "class"),
    "cluster": ("editable", "class", "cluster"),
    "zip": ("editable", "class", "zip"),
    "test": ("editable", "class", "cluster", "zip", "test"),
}
"""Lock -> the lists of pyproject.toml that it adds to what grading one notebook needs."""
LOCKS = {name: ROOT / "locks" / f"{name}.lock" for name in AUDIENCES} | {
    "container": ROOT / "autograder" / "authoring" / "container" / "requirements.lock"
}


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


def _locked(lock: Path) -> dict[str, list[str]]:
    """The pinned requirements of a lock (``numpy==2.4.6 ; marker``), each with its hashes."""
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))
    return {
        entry.split(" \\")[0]: re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)
        for entry in entries
        if not entry.startswith("#")
    }


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


def _listed(key: str) -> list[str]:
    """A list of requirements in pyproject.toml; Python 3.10 has no tomllib, and the lists are Python too."""
    [requirements] = re.findall(
        rf"^{key} = (\[.*\])$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    listed: list[str] = ast.literal_eval(requirements)
    return listed


def test_make_alone_lists_every_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    listed = _make().stdout
    assert targets >= {"setup", "build", "zip", "grade", "test", "lint", "clean"}
    assert targets == set(re.findall(r"make (\w+)", listed))


def test_no_recipe_has_more_than_three_lines() -> None:
    recipes = re.findall(r"^\S+:.*\n((?:\t.*\n)*)", MAKEFILE, re.MULTILINE)
    assert max(recipe.count("\n") for recipe in recipes) <= 3


def test_make_grade_without_a_notebook_says_what_to_type() -> None:
    done = _make("-n", "grade")
    assert done.returncode != 0
    assert "make grade NB=" in done.stderr


@pytest.mark.parametrize("command", re.findall(r"\$\(PY\) -m autograder (\w+)", MAKEFILE))
def test_the_command_line_knows_what_the_makefile_calls(command: str) -> None:
    line = [sys.executable, "-m", "autograder", command, "--help"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout[:6]) == (0, "usage:"), done.stderr


def test_the_readme_names_only_targets_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    promised = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE))
    assert promised
    assert promised <= set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_every_locked_package_is_pinned_with_hashes_and_names_no_index(lock: Path) -> None:
    locked = _locked(lock)
    assert locked
    assert all("==" in requirement and hashes for requirement, hashes in locked.items())
    assert not re.search(r"://|--index|--find-links|--trusted", lock.read_text(encoding="utf-8"))


def test_the_container_gets_just_what_grading_needs() -> None:
    assert _names(list(_locked(LOCKS["container"]))) == _names(_listed("dependencies"))


def _files(lock: Path) -> set[tuple[str, ...]]:
    """Return each version in a lock with its hashes."""
    return {(requirement.split(" ;")[0], *hashes) for requirement, hashes in _locked(lock).items()}


def test_all_locks_have_the_same_versions() -> None:
    assert all(_files(lock) <= _files(LOCKS["test"]) for lock in LOCKS.values())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_lock_covers_what_its_audience_needs(audience: str) -> None:
    wanted = [requirement for key in ("dependencies", *AUDIENCES[audience]) for requirement in _listed(key)]
    assert _names(wanted) <= _names(list(_locked(LOCKS[audience])))


def test_contributors_are_told_how_many_packages_each_lock_has() -> None:
    told = re.findall(r"^\| `(\w+)\.lock` .* (\d+) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    linux = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "python_version": "3.13"}
    on = {**linux, "python_full_version": "3.13.0", "implementation_name": "cpython"}
    counted = {}
    for name in AUDIENCES:
        requirements = map(Requirement, _locked(LOCKS[name]))
        counted[name] = sum(one.marker is None or one.marker.evaluate(on) for one in requirements)
    assert {name: int(number) for name, number in told} == counted
    assert counted["grade"] <= 15


def test_ci_runs_what_everyone_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")


def test_changelog_entries_say_whom_they_concern() -> None:
    entries = re.findall(r"^- (.*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert entries
    assert all(entry.startswith(("handout:", "grader:")) for entry in entries)


def test_the_changelog_begins_with_the_version_or_with_what_is_not_released() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = [title for title in re.findall(r"^## (.*)", text, re.MULTILINE) if title != "Unreleased"]
    [version] = re.findall(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == version
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in versions)


def test_the_licence_is_the_one_that_is_named() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'license = "MIT"\nlicense-files = ["LICENSE"]\n' in project
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
