"""A text is made safe to show: no terminal obeys it, and no letter of it is hidden."""

from __future__ import annotations

import pytest

from autograder.wire.printable import printable, without_escapes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a = 1\nb", "a = 1\nb"),
        ("naïve – 梯度 🙂", "naïve – 梯度 🙂"),
        ("a\tb\rc", "a\ufffdb\ufffdc"),
        ("\x1b[31m\x00\x7f", "\ufffd[31m\ufffd\ufffd"),
        ("left\u202eright\u200b", "left\ufffdright\ufffd"),
    ],
)
def test_what_cannot_be_printed_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_the_caller_says_what_is_kept_beside_what_can_be_printed() -> None:
    assert printable("a\tb\nc", kept="\t") == "a\tb\ufffdc"
    assert printable("a\nb", kept="") == "a\ufffdb"


def test_sequences_for_a_terminal_are_left_out_whole() -> None:
    assert without_escapes("\x1b[1;31mred\x1b[0m \x1b]0;title\x07end") == "red end"
