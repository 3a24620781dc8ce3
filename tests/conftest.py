"""What several test files need, made once."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from waysin import unpack

from autograder import package

ROOT = Path(__file__).resolve().parent.parent
SET_UP_SECONDS = 300
"""About 15 s here, most of it pip."""


@pytest.fixture(scope="session")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip for Gradescope and otter, made from the checkout as it is."""
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    package.make_autograder(ROOT, path)
    return path


@pytest.fixture(scope="session")
def container(autograder_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that stands for ``/autograder`` on Gradescope, set up by the zip's own ``setup.sh``."""
    root = unpack(autograder_zip, tmp_path_factory.mktemp("container"))
    environment = {**os.environ, "AUTODIFF_PREFIX": str(root.parent)}
    subprocess.run(["bash", root / "source" / "setup.sh"], env=environment, check=True, timeout=SET_UP_SECONDS)
    return root
