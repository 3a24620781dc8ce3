"""What several test files need, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from waysin import set_up

from autograder import package

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip for Gradescope and otter, made from the checkout as it is."""
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    package.make_autograder(ROOT, path)
    return path


@pytest.fixture(scope="session")
def container(autograder_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that stands for ``/autograder`` on Gradescope, set up by the zip's own ``setup.sh``."""
    return set_up(autograder_zip, tmp_path_factory.mktemp("container"))
