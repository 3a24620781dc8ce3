"""Comments are read up to what is no Python, on every Python."""

from __future__ import annotations

import pytest

from autograder.classroom.sources import comments

ODD = ("", "'''", "x = (\n", "\x00", "?!$", "\ud800", "# \ud800", "x = '\ud800'", "(" * 1000)


@pytest.mark.parametrize("rest", ODD)
def test_comments_are_read_up_to_the_first_place_that_is_not_python(rest: str) -> None:
    assert [*comments(f"# One of mine.\nx = 1  #two\n{rest}")][:2] == ["One of mine.", "two"]
