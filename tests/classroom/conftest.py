"""What the tests of a class on this machine and of one on a cluster need."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where cheap gradings leave a line each."""
    path = tmp_path / "journal"
    path.touch()
    monkeypatch.setenv("CLASS_JOURNAL", str(path))
    return path
