"""A letter is read from the text that a student typed, and a sentence is not taken for one."""

from __future__ import annotations

import ast
import re

import pytest
from specimens import skeleton

from autograder.wire.literals import letters_in, written_out

OPTIONS = [
    " ".join(option.replace("\n", " ").split())
    for cell in skeleton()["cells"]
    for option in re.split(r"\n(?=- \*\*)|\n\n", "".join(cell["source"]))
    if re.match(r"- \*\*[A-E]\.", option)
]
OPTION = "The training loss of an epoch is recorded before the weights change"


@pytest.mark.parametrize(
    "typed",
    [
        *(f"D. {OPTION}", f"**D.** {OPTION}", f"- **D.** {OPTION}", f"(D) {OPTION}", f"D) {OPTION}", f"D: {OPTION}"),
        *(f"D - {OPTION}", f"D \u2013 {OPTION}", f"D\u2014{OPTION}", f"d. {OPTION}", f"D.{OPTION}"),
        *("D, because the numbers say so", "D because of the order", "D. A network learns from a mean", "D?", "[D]"),
        *("Option D", "option (d)", "Answer: D", "The answer is D.", "letter D", "`D`", f"Option D: {OPTION}"),
        *("\u201cD\u201d", "\u2018D\u2019", "\uff24", "\uff08\uff24\uff09", "\uff24\uff0e\u8a13", "D\u3002\u8a13"),
        *("\u24b9", "\U0001d403", "\u0501", "D\u200b", "\xa0D\xa0"),
        *("D because A is wrong", "D, because A or B is wrong", "D. The B feature misleads", "D. A is wrong"),
        *("D: not A, as that is of another mean", "D \u2013 C would need memory", "**D.** A is no"),
        *("D-The loss, and not that of a B", "D) of all the others I would only think of A", "D because not A"),
        "Option D: because E says nothing",
        "D. \u0412 \u043d\u0430\u0447\u0430\u043b\u0435",
    ],
)  # fmt: skip
def test_a_letter_is_read_with_its_text_and_from_other_keyboards(typed: str) -> None:
    assert letters_in(typed) == {"D"}


@pytest.mark.parametrize(
    "alike", ["\u0410A", "\u0412B", "\u0421C", "\u0415E", "\u0430A", "\u0441C", "\u0391A", "\u0392B"]
)
def test_a_letter_that_looks_the_same_is_the_same(alike: str) -> None:
    assert letters_in(alike[0]) == {alike[1]}


def test_the_notebook_has_ten_options() -> None:
    assert len(OPTIONS) == 10


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_of_the_notebook_is_read_as_its_letter(option: str) -> None:
    assert letters_in(option) == {option.strip("-* ")[0]}


@pytest.mark.parametrize(
    "typed",
    [
        *("A test house is easier", "A 'test' house", "Because of it", "D'accord", "e.g. the test", "b/c of it"),
        *("not D", "I think D", "A-level", "E-mail", "Dear me", "AB", "D is it", "a mean over it", "i.e. D", "F", "4"),
        *("0D", "DD", "\u0414", "\u0432", "", "ABCDE", "C3PO"),
    ],
)  # fmt: skip
def test_a_sentence_is_no_letter(typed: str) -> None:
    assert letters_in(typed) == set()


@pytest.mark.parametrize("expression", ["1e999", "-1e999", "1e999 - 1e999", "1e308 * 10", "1 / 0"])
def test_a_number_that_is_not_finite_is_none(expression: str) -> None:
    assert written_out(ast.parse(expression, mode="eval").body, {}) is None
