"""What several test files need, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import package

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip for Gradescope and otter, made from the checkout as it is."""
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    package.make_autograder(ROOT, path)
    return path
