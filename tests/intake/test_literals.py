"""Letters and numbers are read as literals, wherever they stand, and nothing of the student's is run for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from notebooks_by_hand import choice, code, intake, notebook

from autograder.intake import literals


@pytest.mark.parametrize("typed", ["D", "4", "'F'", "'A or D'", "['D']", "b'D'", "f'D'", "input()", "True", ") D"])
def test_a_choice_that_is_no_letter_gets_words_that_say_what_to_type(tmp_path: Path, typed: str) -> None:
    assert (
        choice(f"choice_1 = {typed}", tmp_path) == 'not a letter from A to E in quotes (type it as in choice_1 = "A")'
    )


@pytest.mark.parametrize("blank", ["choice_1 = ...", "choice_1 = None", "choice_1 = '  '", "choice_1: str", "x = 'D'"])
def test_a_blank_choice_is_absent(tmp_path: Path, blank: str) -> None:
    assert choice(blank, tmp_path) is None


def evidence(source: str, folder: Path) -> Mapping[str, Any]:
    return intake(folder, notebook(code(source))).evidence


@pytest.mark.parametrize(
    "source, value",
    [
        ("train_before = 497.7", 497.7),
        ("train_before = 498", 498.0),
        ("train_before = -(1 + 2) * 3 / 2 - 0.5", -5.0),
        ("train_before = +497.7", 497.7),
        ("train_before = '497.7'", 497.7),
        ("train_before = float('497.7')", 497.7),
        ("train_before = np.float64(497.7)", 497.7),
        ("train_before = round(497.6749, 1)", 497.7),
        ("train_before = round(497.6749)", 498.0),
        ("train_before: float = 497.7", 497.7),
        ("x = train_before = 497.7", 497.7),
        ("train_before, test_before = 497.7, 522.5", 497.7),
        ("[test_before, train_before] = (522.5, 497.7)", 497.7),
        ("train_before = 497.7; test_before = 522.5", 497.7),
        ("train_before = (\n    497.7\n)", 497.7),
        ("train_before = 22.5 ** 2 // 1 % 1000", 506.0),
        ("train_before = abs(-497.7)", 497.7),
        ("train_before = round(497.6749, ndigits=1)", 497.7),
        ("train_before = np.round(497.6749, decimals=1)", 497.7),
        ("(train_before, test_before), x = (497.7, 522.5), 1", 497.7),
        ("  train_before = 497.7\n  test_before = 522.5", 497.7),
    ],
)
def test_an_expression_of_literals_is_evaluated(tmp_path: Path, source: str, value: float) -> None:
    assert evidence(source, tmp_path)["train_before"] == value


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "loss(network).data",
            "x",
            "497,7",
            "497.7 k$",
            "True",
            "1e999",
            "'nan'",
            "'many'",
            "[1]",
            "1j",
            "1 if 1 else 2",
        ),
        *(
            "1 / 0",
            "10 ** 999",
            "(-8) ** 0.5",
            "1 << 9",
            "1e308 * 10",
            "round(1.5, places=1)",
            "round(1.5, 1, 1)",
            "round('inf', 1)",
            "9" * 5000,
        ),
        *("-" * 50_000 + "1", "1" + " + 1" * 12_000, "(" * 10_000 + "1" + ")" * 10_000, "1" + ".a" * 25_000),
    ],
    ids=lambda typed: typed[:20],
)
def test_anything_else_gets_words_that_say_what_to_type(tmp_path: Path, typed: str) -> None:
    told = evidence(f"train_before = {typed}", tmp_path)["train_before"]
    assert told == "not a number written out (type it with a decimal point, as in train_before = 12.3)"


def test_an_unpacked_call_tells_each_name(tmp_path: Path) -> None:
    assert set(evidence("train_before, test_before = measure(network)", tmp_path)) == {"train_before", "test_before"}


def test_the_last_assignment_that_is_not_blank_wins(tmp_path: Path) -> None:
    cells = [code("train_before = 1.0"), code("train_before = 2.0\ntrain_before = 3.0"), code("train_before = ...")]
    assert intake(tmp_path, notebook(*cells)).evidence == {"train_before": 3.0}


def test_answers_survive_magics_and_mistakes_in_their_own_cell(tmp_path: Path) -> None:
    source = "%matplotlib inline\n!ls\nfor for\ntrain_before = 497.7\nchoice_1 = 'B'\nchoice_2 = 'C"
    read = intake(tmp_path, notebook(code(source)))
    assert read.evidence == {"train_before": 497.7}
    assert read.choices["choice_1"] == "B"
    assert read.choices["choice_2"].startswith("not a letter")


def test_an_invalid_escape_in_a_cell_warns_nobody(tmp_path: Path) -> None:
    assert choice("pattern = '\\d'\nchoice_1 = 'B'", tmp_path) == "B"


def test_a_huge_cell_that_names_an_answer_does_not_hide_the_others(tmp_path: Path) -> None:
    huge = "choice_1 = 'A'\n" + "x = 1\n" * 50_000
    cells = [code("choice_1 = 'B'\nchoice_2 = 'C'"), code(huge)]
    assert intake(tmp_path, notebook(*cells)).choices == {"choice_1": "A", "choice_2": "C"}


def test_answers_in_a_cell_that_is_too_long_to_be_parsed_are_read_line_by_line(tmp_path: Path) -> None:
    long = "# what I tried\n" * 5000 + 'choice_1 = "A"\ntrain_before = 497.7\n' + f"text = {'x' * 5000!r}\n"
    assert len(long) > literals.MAX_PARSED
    read = intake(tmp_path, notebook(code('choice_1 = "B"\ntest_after = 106.7'), code(long)))
    assert (read.choices, read.evidence) == ({"choice_1": "A"}, {"train_before": 497.7, "test_after": 106.7})


@pytest.mark.parametrize("typed", ["'D'", "'d'", '" d) "', "'(D)'", "'D.'", "'D:'", "'''D'''"])
def test_a_letter_is_read_however_it_is_dressed(tmp_path: Path, typed: str) -> None:
    assert choice(f"choice_1 = {typed}  # I think", tmp_path) == "D"
