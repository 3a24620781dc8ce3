"""What both galleries of submissions need: of answers, and of files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from assigned import Reader

from autograder.intake import reader_process


@pytest.fixture(scope="module")
def reader() -> Iterator[reader_process.Reader]:
    """The reader of all files, as a class has it: it starts another process after a file that it cannot stand."""
    with Reader() as reader:
        yield reader
