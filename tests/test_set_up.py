"""How make sets itself up: with the newest Python, from the lock of whom it is for, by uv where there is uv."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from specimens import ROOT, skeleton, with_answers, write
from uv import find_uv_bin

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and a shell")

STAND_IN = "#!/bin/sh\nexit {status}\n"
OF_DEBIAN = "/usr/bin:/bin"
SECONDS = 300


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What make needs of a checkout, without a ``.venv``."""
    copy = tmp_path / "checkout"
    for name in ("autograder", "assignment", "locks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "setup.py", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    return copy


def stand_in(folder: Path, name: str, status: int = 0) -> None:
    """Put a program of that name in ``folder``."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(STAND_IN.format(status=status), encoding="utf-8")
    (folder / name).chmod(0o755)


def made(checkout: Path, *arguments: str | Path, path: str, status: int = 0) -> str:
    """What make prints in a checkout with that ``PATH``."""
    done = subprocess.run(
        ["make", *arguments],
        cwd=checkout,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def chosen(checkout: Path, *arguments: str, **status: int) -> str:
    """The Python that makes the venv, where each named one has this status for whether it can make one."""
    folder = checkout.parent / "bin"
    every = {f"python3.{minor}": 127 for minor in range(10, 20)} | {"python3": 0}
    for name, own in {**every, **{key.replace("_", "."): value for key, value in status.items()}}.items():
        stand_in(folder, name, own)
    [python] = re.findall(
        r"^(\S+) -m venv", made(checkout, "-n", "setup", *arguments, path=f"{folder}:{OF_DEBIAN}"), re.M
    )
    return str(python)


def test_the_newest_python_that_can_make_a_venv_is_taken(checkout: Path) -> None:
    assert chosen(checkout) == "python3"
    assert chosen(checkout, python3_10=0) == "python3.10"
    assert chosen(checkout, python3_10=0, python3_12=0, python3_14=1) == "python3.12"
    assert chosen(checkout, python3_13=0, python3_14=0, python3_15=0) == "python3.14"
    assert chosen(checkout, "PYTHON=python3.11", python3_11=0, python3_14=0) == "python3.11"


def test_a_python_that_cannot_make_a_venv_ends_with_what_to_install(checkout: Path) -> None:
    (checkout.parent / "bin").mkdir()
    python = checkout.parent / "bin" / "python"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1; esac\n', encoding="utf-8")
    python.chmod(0o755)
    printed = made(checkout, "grade", "NB=x", f"PYTHON={python}", path=OF_DEBIAN, status=2)
    assert "apt-get install python3-venv" in printed
    assert not (checkout / ".venv").exists()


def test_a_debian_in_the_making_is_not_searched_for_packages(checkout: Path) -> None:
    """Such a folder's ``dev/fd`` leads to whoever searches it: setuptools, which follows links, did not come back."""
    debian = checkout / "build" / "debian" / "trixie"
    debian.mkdir(parents=True)
    for name in ("proc", "sys"):
        (debian / name).symlink_to(debian, target_is_directory=True)
    prepare = "import setuptools.build_meta as build; build.prepare_metadata_for_build_editable('.')"
    subprocess.run([sys.executable, "-c", prepare], cwd=checkout, check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize("has_uv", [True, False])
def test_uv_installs_where_it_is_there(checkout: Path, has_uv: bool) -> None:
    stand_in(checkout.parent / "bin", "uv" if has_uv else "another")
    printed = made(checkout, "-n", "setup", path=f"{checkout.parent / 'bin'}:{OF_DEBIAN}")
    assert len(re.findall("^uv pip install --python .venv/bin/python ", printed, re.M)) == (2 if has_uv else 0)
    assert len(re.findall("^.venv/bin/python -m pip install ", printed, re.M)) == (0 if has_uv else 2)


@pytest.mark.parametrize(
    ("arguments", "lock"),
    [
        (("grade", "NB=one.ipynb"), "grade"),
        (("class", "DIR=in", "OUT=out"), "grade"),
        (("class", "DIR=in", "OUT=out", "SCHEDULER=tcp://host:1"), "cluster"),
        (("build",), "zip"),
        (("zip",), "zip"),
        (("lint",), "test"),
        (("test",), "test"),
        (("setup",), "test"),
    ],
)
def test_a_target_installs_only_what_it_needs(checkout: Path, arguments: tuple[str, ...], lock: str) -> None:
    printed = made(checkout, "-n", *arguments, path=OF_DEBIAN)
    assert re.findall(r"locks/(\w+)\.lock", printed) == [lock]


def test_what_is_installed_is_not_installed_again(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    stand_in(checkout / ".venv" / "bin", "python")
    (checkout / ".venv" / "ready-grade").touch()
    assert "install" not in made(checkout, "-n", "grade", "NB=one.ipynb", path=OF_DEBIAN)
    os.utime(checkout / "locks" / "grade.lock", (2**32, 2**32))
    assert "install" in made(checkout, "-n", "grade", "NB=one.ipynb", path=OF_DEBIAN)


# --- what the locks hold ------------------------------------------------------------------------------------------


def imported(room: Path) -> Iterator[str]:
    """The names of all modules that are imported in a folder, at the top of a file or below."""
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield (node.module or "").split(".")[0]


@pytest.mark.parametrize(
    ("rooms", "lock"),
    [
        (("wire", "worker", "sandbox", "intake", "grading"), "grade"),
        (("classroom",), "cluster"),
        (("authoring", "outlets"), "zip"),
    ],
)
def test_a_room_imports_only_what_its_lock_has(rooms: tuple[str, ...], lock: str) -> None:
    installed = packages_distributions()
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "locks" / f"{lock}.lock").read_text(encoding="utf-8"), re.M))
    for name in {name for room in rooms for name in imported(ROOT / "autograder" / room)}:
        if name not in sys.stdlib_module_names | {"autograder"}:
            assert {one.lower().replace("_", "-") for one in installed[name]} & locked, name


@pytest.mark.long
def test_grading_and_the_class_set_up_a_dozen_packages(checkout: Path) -> None:
    """With uv: pip is what the bare Debians and the container have."""
    folder = checkout.parent / "bin"
    folder.mkdir()
    (folder / "uv").symlink_to(find_uv_bin())
    path = f"{folder}:{os.environ['PATH']}"
    write(with_answers(), checkout / "solution.ipynb")
    assert "100 / 100" in made(checkout, "grade", "NB=solution.ipynb", path=path)
    (checkout / "class").mkdir()
    write(skeleton(), checkout / "class" / "ada.ipynb")
    assert "1 students" in made(checkout, "class", "DIR=class", "OUT=marks", path=path)
    listed = [str(checkout / ".venv" / "bin" / "python"), "-m", "pip", "list", "--format=freeze"]
    packages = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
    assert len({line.split("==")[0] for line in packages} - {"pip", "autodiff-autograder"}) <= 15
