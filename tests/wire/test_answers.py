"""Letters and numbers are read as literals, wherever they stand, and nothing of the student's is run for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from notebooks_by_hand import choice, code, intake, notebook

from autograder.wire import answers
from autograder.wire.literals import written_out


@pytest.mark.parametrize("typed", ["D", "4", "'F'", "b'D'", "f'{x}'", "input()", "True", ") D"])
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
        ("train_before = 497.7,", 497.7),
        ("train_before = [497.7]", 497.7),
        ("train_before = (('497.7',),)", 497.7),
        ("train_before\xa0=\xa0497.7\xa0", 497.7),
        ("\xa0train_before = 497.7", 497.7),
        ("train_before = 497.7\u200b", 497.7),
        ("train_before = '\xa0497.7\xa0'", 497.7),
        ("train_before = \uff14\uff19\uff17\uff0e\uff17", 497.7),
        ("train_before \uff1d 497.7", 497.7),
        ("train_before = '\u0664\u0669\u0667\u066b\u0667'", 497.7),
        ("train_before = \u2212497.7", -497.7),
        ("train_before = f'497.7'", 497.7),
        ("a = 497.7; train_before = a", 497.7),
        ("a = b = '497.7'\nc = a\ntrain_before = float(c)", 497.7),
        ("a, b = 497.7, 522.5\ntrain_before, test_before = a, b", 497.7),
        ("a = 497.6749\ntrain_before = round(a, 1)", 497.7),
        ("train_before = 497.6749\ntrain_before = round(train_before, 1)", 497.7),
        ("train_before = 497.7\ntrain_before = measure(network)[0]", 497.7),
        ("train_before = 497.7\nfor train_before in losses: pass", 497.7),
        ("train_before = 497.7\ntrain_before = measure(network", 497.7),
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
            "[1, 2]",
            "1j",
            "1 if 1 else 2",
            "'497.7\u00b2'",
            "{497.7: 1}",
            "[497.7][0]",
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
    assert read.choices["choice_2"] == "C"


def test_an_invalid_escape_in_a_cell_warns_nobody(tmp_path: Path) -> None:
    assert choice("pattern = '\\d'\nchoice_1 = 'B'", tmp_path) == "B"


def test_a_huge_cell_that_names_an_answer_does_not_hide_the_others(tmp_path: Path) -> None:
    huge = "choice_1 = 'A'\n" + "x = 1\n" * 50_000
    cells = [code("choice_1 = 'B'\nchoice_2 = 'C'"), code(huge)]
    assert intake(tmp_path, notebook(*cells)).choices == {"choice_1": "A", "choice_2": "C"}


def test_answers_in_a_cell_that_is_too_long_to_be_parsed_are_read_line_by_line(tmp_path: Path) -> None:
    long = "# what I tried\n" * 5000 + 'choice_1 = "A"\ntrain_before = 497.7\n' + f"text = {'x' * 5000!r}\n"
    assert len(long) > answers.MAX_PARSED
    read = intake(tmp_path, notebook(code('choice_1 = "B"\ntest_after = 106.7'), code(long)))
    assert (read.choices, read.evidence) == ({"choice_1": "A"}, {"train_before": 497.7, "test_after": 106.7})


@pytest.mark.parametrize("typed", ["'D'", "'d'", '" d) "', "'(D)'", "'D.'", "'D:'", "'''D'''"])
def test_a_letter_is_read_however_it_is_dressed(tmp_path: Path, typed: str) -> None:
    assert choice(f"choice_1 = {typed}  # I think", tmp_path) == "D"


@pytest.mark.parametrize(
    "typed",
    [
        *("A or D", "D and B", "I think A, not D", "D, not A", "a or b", "d/e", "A, B", "D & B", "D. Or A."),
        *("D; no, A", "A B", "D, \u0412", "\uff24\uff0c\uff21", "Option A or B", "D? A?", '"D" or "A'),
        *("D? or A", "D. No, A", "D) A)", "D - A", "D: not A", "D. I mean A", "D: B because it is", "D. Maybe B fits"),
        *("D-A", "D. A, B", "A: B", "D, A is wrong", "D; I first said A and then D", "A or B because it is so"),
    ],
)  # fmt: skip
def test_several_letters_are_no_answer_and_get_told(typed: str, tmp_path: Path) -> None:
    told = choice(f"choice_1 = {typed!r}", tmp_path)
    assert told == 'several letters (type the one that you mean, as in choice_1 = "A")'


@pytest.mark.parametrize(
    "source",
    [
        *('choice_1 = ["D"]', 'choice_1 = ("D",)', 'choice_1 = "D",', 'choice_1 = {"D"}', 'choice_1 = f"D"'),
        *("choice_1 = \u201cD\u201d", "choice_1 = \u2018D\u2019", "choice_1 = \u300cD\u300d"),
        *("choice_1 = \u201eD\u201c", 'letter = "D"\nchoice_1 = letter', 'D = "D"; choice_1 = D', "choice_1 = 'D"),
        *("choice_1 = 'D. The network's order", 'choice_1 = "D"\nchoice_1 = input()'),
    ],
)  # fmt: skip
def test_a_letter_is_read_in_other_forms_of_code(source: str, tmp_path: Path) -> None:
    assert choice(source, tmp_path) == "D"


@pytest.mark.parametrize(
    "source", ['choice_1 = ["B", "D"]', 'choice_1 = "D" if x else "B"', "choice_1 = D", "choice_1 = D."]
)
def test_other_code_is_no_letter(source: str, tmp_path: Path) -> None:
    assert str(choice(source, tmp_path)).startswith("not a letter")


def test_a_name_is_looked_up_in_the_cells_above_as_the_notebook_would(tmp_path: Path) -> None:
    cells = ["a = 1.0", "b = a = 497.7", "c = b", "train_before = c", "c = 2.0"]
    assert intake(tmp_path, notebook(*map(code, cells))).evidence == {"train_before": 497.7}


@pytest.mark.parametrize("between", ["a = measure(network)", "a += 1", "for a in x: pass", "def a(): 0", "a = ..."])
def test_a_name_that_was_bound_again_stands_for_no_number(tmp_path: Path, between: str) -> None:
    cells = [code("a = 497.7"), code(between), code("train_before = a")]
    assert str(intake(tmp_path, notebook(*cells)).evidence["train_before"]).startswith("not a number")


def test_what_is_typed_last_counts_whatever_it_is(tmp_path: Path) -> None:
    cells = [code("train_before = 497.7\ntrain_before = 497,7"), code("choice_1 = 'D'\nchoice_1 = 'A or D'")]
    read = intake(tmp_path, notebook(*cells))
    assert str(read.evidence["train_before"]).startswith("not a number")
    assert read.choices["choice_1"].startswith("several letters")


def test_names_made_of_each_other_cost_no_more_than_their_text(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluated = Mock(side_effect=written_out)
    monkeypatch.setattr(answers, "written_out", evaluated)
    doubled = ["a0 = 1.0", *(f"a{n} = a{n - 1} + a{n - 1}" for n in range(1, 200)), "train_before = a199"]
    assert answers.read_answers(["\n".join(doubled)], (), ("train_before",))[1] == {"train_before": 2.0**199}
    assert evaluated.call_count == len(doubled)


def test_a_limited_number_of_names_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"a{n}x" for n in range(500)]
    parsed = Mock(side_effect=answers._of_cell)
    monkeypatch.setattr(answers, "_of_cell", parsed)
    cells = [*(f"{name} = 1.0" for name in names), f"train_before = {'+'.join(names)}"]
    answers.read_answers(cells, (), ("train_before",))
    assert parsed.call_count == 1 + answers.MAX_NAMES


KINDS = {"answer:mul": "code", "answer:choice_1": "code", "answer:explain_1": "markdown"}


@pytest.mark.parametrize(
    "cells, found",
    [
        ([("markdown", "choice_1 = 'D'", {"answer:choice_1"})], {0: "answer:choice_1"}),
        ([("raw", "def __mul__(self, other): ...", {"answer:mul"})], {0: "answer:mul"}),
        ([("code", "Because it is so.", {"answer:explain_1"})], {0: "answer:explain_1"}),
        ([("raw", "Because it is so.", {"answer:explain_1"})], {0: "answer:explain_1"}),
        ([("markdown", "My thoughts on this", {"answer:mul"})], {}),
        ([("code", "x = 1", {"answer:explain_1"})], {}),
        ([("markdown", "x = 1", {"other"}), ("code", "x = 1", {"answer:mul"})], {}),
        ([("markdown", "x = 1", {"answer:mul"}), ("code", "x = 2", {"answer:mul"})], {}),
        ([("markdown", "x = 1", {"answer:mul"}), ("raw", "x = 2", {"answer:mul"})], {1: "answer:mul"}),
    ],
)
def test_an_answer_whose_cell_is_of_another_kind_is_found(cells: Any, found: dict[int, str]) -> None:
    assert answers.out_of_kind(cells, KINDS) == found


def test_what_is_told_of_a_cell_of_another_kind_says_how_to_mend_it() -> None:
    told = answers.told_of_kind("answer:choice_1", "markdown", KINDS)
    assert told == (
        "The cell of choice_1 is no code cell any more, but a markdown cell. It is read all the same. Turn it back: in "
        "Jupyter, select it and press Esc, then Y."
    )
    assert answers.told_of_kind("answer:explain_1", "code", KINDS).endswith("then M.")
