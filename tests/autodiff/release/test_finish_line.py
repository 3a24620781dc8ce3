"""The finish line: all questions at once, what is blank or not saved, and if the notebook can be submitted."""

from __future__ import annotations

import gc
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from assigned import CHECKS, MANIFEST, QUESTIONS
from notebooks_by_hand import code
from specimens import Notebook, skeleton, solution_answers, with_answers, write

from autograder.authoring import handout

PUBLIC = sum(check.points for check in handout.public_checks())


def solved(**answers: str) -> Notebook:
    """The solved notebook, with these answers in place of its own."""
    return with_answers(*answers.items())


def sources(notebook: Notebook) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.fixture
def at(
    self_check: ModuleType, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> Callable[..., Any]:
    """A function: the finish line of a notebook that was run and, unless another one is ``saved``, saved."""
    monkeypatch.syspath_prepend(released)
    monkeypatch.setattr(self_check, "NOTEBOOK", tmp_path / "autodiff.ipynb")

    def finish(notebook: Any, saved: Any = None, questions: tuple[str, ...] = tuple(MANIFEST.methods)) -> Any:
        namespace = self_check.load_notebook(write(notebook, tmp_path / "run.ipynb"))
        write(saved or notebook, self_check.NOTEBOOK)
        return self_check.finish_line(namespace, [self_check.check_in(namespace, name) for name in questions])

    return finish


def test_the_blank_notebook_is_not_ready_and_every_blank_is_named(at: Callable[..., Any]) -> None:
    line = at(skeleton(), questions=QUESTIONS)
    assert line.verdict() == "Not ready to submit."
    [told] = line.advice()
    numbers = [answer.name for answer in MANIFEST.answers if answer.kind != "text"]
    assert all(name in told for name in (*MANIFEST.methods, *numbers, "explain_1 (in the saved file)", "explain_2"))
    assert line.rows()[-1] == ("together", "0", str(PUBLIC), "100")


def test_the_solution_is_ready_and_how_to_submit_it_is_told(at: Callable[..., Any]) -> None:
    line = at(solved(), questions=(*MANIFEST.methods, "test_vs_train"))
    assert line.verdict() == "Ready to submit."
    assert line.advice()[-1] == "Then submit autodiff.ipynb, and no other file."
    assert [row[3] for row in line.rows()[:-1]] == [
        str(sum(check.points for check in CHECKS if check.question == name)) for name in QUESTIONS
    ]
    mul = sum(check.points for check in handout.public_checks() if check.question == "mul")
    assert line.rows()[0] == ("mul", str(mul), str(mul), "26")
    assert line.rows()[3][:2] == ("training", "–")  # it was not asked for


def test_mistakes_are_named_and_do_not_keep_from_submitting(at: Callable[..., Any]) -> None:
    line = at(solved(mul=solution_answers()["mul"].replace("+=", "=")), questions=QUESTIONS)
    assert line.verdict() == "Ready to submit, with mistakes in mul and training."
    assert "would cost points" in line.advice()[0]
    assert at(solved(choice_2='choice_2 = "F"')).verdict() == "Ready to submit, with mistakes in choice_2."


@pytest.mark.parametrize(
    ("answers", "blank"),
    [
        ({"explain_2": MANIFEST.blank}, "explain_2 (in the saved file)"),
        ({"explain_1": "**Your explanation:**", "choice_1": "choice_1 = ..."}, "choice_1 and explain_1 (in the"),
        ({"pow": "raise NotImplementedError"}, "pow"),
        ({"relu": "def relu(self):\n    pass\nsetattr(Value, 'relu', relu)"}, ""),
    ],
)
def test_whatever_is_blank_keeps_it_from_being_ready(at: Callable[..., Any], answers: Any, blank: str) -> None:
    line = at(solved(**answers))
    assert line.verdict() == ("Not ready to submit." if blank else "Ready to submit, with mistakes in relu.")
    assert f"Still blank: {blank}" in line.advice()[0] if blank else True


# --- the file on disk ---------------------------------------------------------------------------------------------

BLANK_MUL = solved(mul='def __mul__(self, other):\n    raise NotImplementedError("Question mul")')


def test_a_file_that_is_older_than_what_was_run_is_not_ready(at: Callable[..., Any]) -> None:
    line = at(solved(), saved=BLANK_MUL)
    assert line.verdict() == "Not ready to submit."
    assert line.advice()[0].startswith("autodiff.ipynb on disk is older than what you ran last: __mul__ differs. Save")


@pytest.mark.parametrize(("answer", "name"), [("choice_1", "choice_1"), ("evidence", "test_after")])
def test_a_typed_answer_that_is_not_saved_is_named(at: Callable[..., Any], answer: str, name: str) -> None:
    typed = solution_answers()[answer]
    assert name in at(solved(), saved=solved(**{answer: typed + "  # as saved"})).advice()[0]


def test_a_function_that_an_answer_uses_counts_too_and_an_experiment_does_not(at: Callable[..., Any]) -> None:
    uses = solution_answers()["mul"].replace("other.data * out.grad", "part(other, out)")
    notebook = solved(mul=uses)
    helper = "def part(node, out):\n    return {}.data * out.grad"
    ran, saved = deepcopy(notebook), deepcopy(notebook)
    ran["cells"] += [code(helper.format("node")), code("def scratch():\n    pass")]
    saved["cells"].append(code(helper.format("out")))
    assert "last: part differs" in at(ran, saved=saved).advice()[0]


def test_what_was_run_again_counts_and_not_what_was_run_before(at: Callable[..., Any], self_check: ModuleType) -> None:
    assert at(solved()).verdict() == "Ready to submit."
    names = {"In": [*sources(BLANK_MUL), *sources(solved())], "Value": object}
    assert self_check._not_as_saved(names) == []


def test_where_the_file_cannot_be_seen_one_is_told_what_to_look_at(at: Callable[..., Any], self_check: Any) -> None:
    at(solved())
    namespace = self_check.load_notebook(self_check.NOTEBOOK)
    self_check.NOTEBOOK.unlink()
    line = self_check.finish_line(namespace, [])
    assert line.verdict() == "Ready to submit."
    assert "cannot be seen from here" in line.advice()[-1]
    assert "Download .ipynb" in line.advice()[-1]


@pytest.mark.parametrize("how", ["Jupyter", "VS Code"])
def test_a_notebook_of_another_name_is_the_one_that_is_looked_at(
    self_check: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    path = write(solved(), tmp_path / "mine.ipynb")
    assert self_check._notebook_file() == self_check.NOTEBOOK
    if how == "Jupyter":
        monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    else:
        monkeypatch.setattr("__main__.__vsc_ipynb_file__", str(path), raising=False)
    assert self_check._notebook_file() == path
    path.unlink()
    assert self_check._notebook_file() == self_check.NOTEBOOK


# --- how it looks -------------------------------------------------------------------------------------------------


def test_before_anything_is_run_it_says_that(self_check: Any) -> None:
    assert "Nothing has been run in this session" in repr(self_check.finish_line({}, []))


def test_a_notebook_shows_a_table_and_a_terminal_the_same_as_text(at: Callable[..., Any]) -> None:
    line = at(solved(choice_2='choice_2 = "F"'))
    text, shown = repr(line), line._repr_html_()
    for row in line.rows():
        assert " ".join(row) in " ".join(text.split())
        assert f'<th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) in shown
    assert "<strong>Ready to submit, with mistakes in choice_2.</strong>" in shown
    assert all(told in text for told in line.advice())


# --- the training -------------------------------------------------------------------------------------------------


@pytest.fixture
def trains(self_check: Any, at: Callable[..., Any], capsys: Any) -> Callable[..., tuple[int, list[float]]]:
    """A function: how many epochs the check trains on a few houses beside these recorded losses, and the losses."""
    [row] = [row for row in self_check.CHECKS if row["question"] == "training"]

    later: list[str] = []

    def epochs(recorded: Any = None, again: bool = False, after: str = "", **answers: str) -> tuple[int, list[float]]:
        namespace = self_check.load_notebook(write(solved(**answers), self_check.NOTEBOOK.with_name("run.ipynb")))
        (x, y), test = namespace["load_data"]()
        later.append(after)
        namespace["In"] += later
        namespace |= {"load_data": lambda: ((x[:5], y[:5]), test), "train_losses": recorded}
        if not again:
            self_check._trained_here.clear()
        gc.freeze()  # or the collection after each epoch would walk through all that the notebook has imported
        losses = self_check._trained(row["cases"][0]["inputs"], namespace)
        return capsys.readouterr().out.count("training loss = "), losses

    return epochs


def test_losses_of_the_present_operators_are_taken_over(trains: Any) -> None:
    epochs, losses = trains()
    assert epochs == len(losses) == 10
    assert trains(losses) == (2, losses)
    nearly = [loss * (1 + 1e-12) for loss in losses]  # gradients are added in another order in every run
    assert trains(nearly) == (2, nearly)


def test_a_check_does_not_train_twice_for_the_same_operators(trains: Any) -> None:
    _, losses = trains()
    assert trains(again=True) == (2, losses)
    assert trains(again=True, after="scale = 2")[0] == 2
    assert trains(again=True, after=solution_answers()["relu"])[0] == 10  # it may have been another one in between


@pytest.mark.parametrize("what", ["other", "fewer", "none", "odd", "text"])
def test_others_are_not(trains: Any, what: str) -> None:
    _, losses = trains()
    first, second, *rest = losses
    recorded = {
        "other": [first, second * 1.001, *rest],
        "fewer": losses[:9],
        "none": [],
        "odd": None,
        "text": ["1"] * 10,
    }
    epochs, others = trains(recorded[what])
    assert epochs == 10
    assert others == pytest.approx(losses)


def test_nor_are_those_of_operators_that_have_changed_since(trains: Any) -> None:
    _, losses = trains()
    wrong = solution_answers()["relu"].replace("self.grad += out.grad", "self.grad += 2 * out.grad")
    epochs, others = trains(losses, relu=wrong)
    assert epochs == 10
    assert others[0] == losses[0]  # the same forward, so that only the second loss tells
    assert others[1] != losses[1]


@pytest.mark.parametrize("cell", ["def __mul__(self, other): ...", "setattr(Value, 'relu', mine)", "class Value: ..."])
def test_nor_any_once_a_cell_that_operators_are_made_of_was_run_again(trains: Any, cell: str) -> None:
    _, losses = trains()
    assert trains(losses)[0] == 2
    assert trains(losses, after=cell)[0] == 10


def test_a_check_that_waits_names_one_thing(at: Callable[..., Any]) -> None:
    [result] = at(skeleton(), questions=("training",)).results
    assert {outcome.message for outcome in result.outcomes} == {"Runs once this passes: question mul."}
    [result] = at(solved(mul=solution_answers()["mul"].replace("(self, other)", "(self,)")), questions=("mul",)).results
    told = {outcome.message for outcome in result.outcomes if outcome.state == "not reached"}
    failed = [outcome.row["title"] for outcome in result.outcomes if outcome.state == "failed"]
    assert told
    assert told <= {f"Runs once this passes: {title}." for title in failed}
