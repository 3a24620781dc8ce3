"""The released self-check recognises a mistake where the grader does, and says the same words."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from types import ModuleType

import pytest
from assigned import HINTS, OPERATORS, hint_of
from specimens import Specimen, skeleton, specimens, write

pytestmark = pytest.mark.xdist_group("hints")  # what each wrong answer is told is computed once

ALIKE_ON_PUBLIC_INPUTS = {
    "wrong/mul_attached_to_self",
    "wrong/mul_gradient_into_data",
    "wrong/mul_gradient_into_out",
    "wrong/mul_memo_by_value",
    "wrong/mul_resets_gradients_forward",
    "wrong/pow_attached_to_self",
    "wrong/pow_gradient_into_out",
    "wrong/relu_attached_to_self",
    "wrong/relu_gradient_into_out",
    "wrong/relu_pass",
    "wrong/relu_rounds",
    "wrong/relu_truncates",
}
"""Only hidden inputs tell them from a commoner mistake, so that one is named before submitting."""
LEAST_RECOGNISED = 0.88
"""Of the mistakes that the grader names. The others show on hidden inputs only, or leave no gradient in some other way
than the commonest."""
WRONG = [one for one in specimens("wrong") if not {"files", "notebook"} & {name for name, _ in one.cells}]
NETWORK = "## 6. `Layer` and `Network`"
"""Where the sections begin that the operators do not need."""
CELLS = skeleton()["cells"]
FIRST_OF_NETWORK = next(k for k, cell in enumerate(CELLS) if "".join(cell["source"]).startswith(NETWORK))
NOT_OF_OPERATORS = {cell["id"] for cell in CELLS[FIRST_OF_NETWORK:]}
"""Cells that are left out: each notebook is read in a third of the time, and every hint is the same."""


@pytest.fixture(scope="module")
def named(self_check: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The hints for known mistakes that each wrong answer gets in the notebook."""
    folder = tmp_path_factory.mktemp("hints")
    return {specimen.name: _hints(self_check, specimen, folder) for specimen in WRONG}


def _hints(self_check: ModuleType, specimen: Specimen, folder: Path) -> set[str]:
    notebook = specimen.notebook()
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in NOT_OF_OPERATORS]
    with contextlib.redirect_stdout(io.StringIO()):
        namespace = self_check.load_notebook(write(notebook, folder / "autodiff.ipynb"))
        results = [self_check.check_in(namespace, question) for question in OPERATORS]
    return {outcome.hint for result in results for outcome in result.outcomes} - {""}


def _of_known_mistakes(hints: set[str]) -> set[str]:
    return hints & set(HINTS.values())


def _stated(specimen: Specimen) -> set[str]:
    return {hint_of(name) for name in specimen.names}


def test_a_hint_is_the_one_that_the_grader_gives(named: dict[str, set[str]]) -> None:
    others = {one.name for one in WRONG if _of_known_mistakes(named[one.name]) - _stated(one)}
    assert others == ALIKE_ON_PUBLIC_INPUTS


def test_most_mistakes_that_the_grader_names_are_recognised(named: dict[str, set[str]]) -> None:
    stated = sum(len(_stated(one)) for one in WRONG)
    recognised = sum(len(_stated(one) & named[one.name]) for one in WRONG)
    assert recognised >= LEAST_RECOGNISED * stated > 0


def test_a_mistake_without_a_name_is_located(named: dict[str, set[str]]) -> None:
    (hint,) = named["wrong/mul_clips_gradients"]
    assert hint.startswith("Right: the data of the result")
    assert "Wrong: the gradient of the left operand, by a factor that changes with the upstream gradient" in hint


def test_the_solution_gets_no_hint(self_check: ModuleType, tmp_path: Path) -> None:
    right = next(one for one in specimens("right") if one.name == "right/helper_class")
    assert _hints(self_check, right, tmp_path) == set()


def test_a_hint_stands_with_the_first_failure_only_in_text_and_in_html(self_check: ModuleType, tmp_path: Path) -> None:
    wrong = next(one for one in WRONG if one.name == "wrong/mul_copy_of_add")
    result = self_check.check_in(self_check.load_notebook(write(wrong.notebook(), tmp_path / "a.ipynb")), "mul")
    failed = [outcome for outcome in result.outcomes if outcome.state == "failed"]
    assert len(failed) > 1
    assert [bool(outcome.hint) for outcome in failed] == [True] + [False] * (len(failed) - 1)
    assert repr(result).count("Hint: ") == result._repr_html_().count(">Hint</dt>") == 1


def test_the_bar_and_the_words_give_the_same_points(self_check: ModuleType, tmp_path: Path) -> None:
    wrong = next(one for one in WRONG if one.name == "wrong/mul_no_upstream")
    result = self_check.check_in(self_check.load_notebook(write(wrong.notebook(), tmp_path / "a.ipynb")), "mul")
    earned, total = self_check.points_of(result.outcomes)
    assert 0 < earned < total
    shown = result._repr_html_()
    assert f'min="0" max="{total}" value="{earned}"' in shown
    assert f"{earned} of {total} points" in shown


def test_mistakes_that_raise_are_released_by_what_the_exception_is_about(self_check: ModuleType) -> None:
    raises = [(one["question"], key) for one in self_check.MISTAKES for way in one["ways"] for key in way]
    assert {question for question, key in raises if key == "TypeError/too many arguments of Value"} == set(OPERATORS)
    assert all(key.count("/") == 1 for _, key in raises if isinstance(key, str))
