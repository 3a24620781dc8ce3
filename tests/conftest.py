"""What several test files need, made once."""

from __future__ import annotations

import compileall
import importlib.util
import os
import shutil
import signal
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from assigned import ASSIGNMENT
from made_once import made_once
from short_training import shortened
from specimens import ROOT, WHOLE
from zip_ways import set_up

from autograder.authoring import handout, package
from autograder.vocabulary import Assignment

pytest_plugins = ["cost", "scheduling"]


def pytest_configure(config: pytest.Config) -> None:
    """Let Ctrl-C interrupt what the tests start, and compile the package once.

    A shell has a job in the background ignore Ctrl-C, which every process would inherit. And here, unlike at a user's,
    none of the many processes of the tests may be let to compile.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each start of NumPy's threads takes a tenth of a second
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process compiles all that it imports from a new .venv
    for of_make in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):  # a make that a test starts is no part of `make test`
        os.environ.pop(of_make, None)
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "autograder", quiet=1)


@pytest.fixture(scope="session")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip for Gradescope and otter, made from the checkout as it is."""

    def make(folder: Path) -> None:
        package.make_autograder(ROOT, folder / "autograder.zip")

    return made_once(tmp_path_factory, "zip", make) / "autograder.zip"


@pytest.fixture(scope="session")
def container(autograder_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that stands for ``/autograder`` on Gradescope, set up by the zip's own ``setup.sh``.

    It grades one submission at a time: tests that use it are ``serial``.
    """
    return made_once(tmp_path_factory, "container", lambda folder: set_up(autograder_zip, folder)) / "autograder"


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The zip, unpacked as a student does; no test may change it."""

    def make(folder: Path) -> None:
        handout.release(ROOT, folder / "student.zip")
        with zipfile.ZipFile(folder / "student.zip") as archive:
            archive.extractall(folder)

    folder = made_once(tmp_path_factory, "student", make)
    yield folder / "autodiff"
    with zipfile.ZipFile(folder / "student.zip") as archive:
        assert all((folder / name).read_bytes() == archive.read(name) for name in archive.namelist())


@pytest.fixture(scope="session")
def short_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The student's zip with a self-check that trains on a few houses."""

    def make(folder: Path) -> None:
        shutil.copytree(ROOT / "assignment", folder / "assignment")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(handout, "ASSIGNMENT", shortened(ASSIGNMENT))
            handout.write_handout(folder / "assignment")
        handout.release(folder, folder / "student.zip")

    return made_once(tmp_path_factory, "short student", make) / "student.zip"


@pytest.fixture
def student(released: Path, tmp_path: Path) -> Path:
    """A copy of the unpacked release to work in."""
    return shutil.copytree(released, tmp_path / "autodiff")


@pytest.fixture(scope="session")
def self_check(released: Path) -> Iterator[ModuleType]:
    """The released ``grader`` as a module."""
    spec = importlib.util.spec_from_file_location("grader", released / "grader.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["grader"] = module  # where its dataclasses look for themselves
    spec.loader.exec_module(module)
    yield module
    del sys.modules["grader"]


@pytest.fixture(scope="session")
def short_training() -> Assignment:
    """The assignment with a few houses and epochs in place of the whole training, unless the gallery is to be whole."""
    return ASSIGNMENT if WHOLE else shortened(ASSIGNMENT)
