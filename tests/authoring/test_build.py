"""Building: one source becomes the skeleton, the solution and otter's tests, and an author's slip is named."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from assigned import CHECKS, MANIFEST, OPERATORS, QUESTIONS
from executed_solution import executed_solution, of_the_run
from made_once import made_once
from specimens import ROOT

from autograder.authoring import build, handout, source_file
from autograder.authoring.source_file import AuthoringError


@pytest.fixture(scope="module")
def assigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What otter assign makes of the source."""
    return made_once(tmp_path_factory, "assigned", lambda folder: build.assign(ROOT, folder))


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> source_file.Notebook:
    """The solution, built and executed anew."""
    return executed_solution(tmp_path_factory)[0]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A throw-away root whose source may be spoiled."""
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("*.ipynb"))
    return tmp_path


def committed(name: str) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return notebook


def sources(notebook: dict[str, Any]) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook["cells"]]


def answers(notebook: dict[str, Any]) -> dict[str, str]:
    """Source of each answer cell by its tag."""
    return {
        tag: "".join(cell["source"])
        for cell in notebook["cells"]
        for tag in cell["metadata"].get("tags", [])
        if tag.startswith("answer:")
    }


def texts_printed(notebook: dict[str, Any]) -> list[str]:
    """What the cells print, but for the one that tells how long something took."""
    cells = [cell for cell in notebook["cells"] if "perf_counter" not in "".join(cell["source"])]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return ["".join(output.get("text", output.get("data", {}).get("text/plain", ""))) for output in outputs]


# --- what is committed is what the source makes -------------------------------------------------------------------


def test_the_committed_skeleton_is_the_one_that_the_source_makes(assigned: Path) -> None:
    rebuilt = build.student_notebook(ROOT, assigned)
    assert (ROOT / "assignment" / build.NAME).read_text(encoding="utf-8") == build.as_text(rebuilt)


def test_the_committed_handout_is_the_one_that_the_templates_and_the_rubric_make(tmp_path: Path) -> None:
    handout.write_handout(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (ROOT / "assignment" / path.name).read_bytes(), path.name


def test_nothing_lies_in_the_assignment_folder_that_is_not_released() -> None:
    ignored = ("__pycache__", ".ipynb_checkpoints", ".pytest_cache")
    files = [path.relative_to(ROOT / "assignment") for path in (ROOT / "assignment").rglob("*") if path.is_file()]
    assert {file.as_posix() for file in files if not set(file.parts) & set(ignored)} == set(handout.RELEASED)


def test_the_committed_solution_holds_the_source_of_today() -> None:
    solution = build.solution_notebook(ROOT)
    assert sources(committed("solutions/autodiff.ipynb")) == sources(solution)
    assert committed("solutions/autodiff.ipynb")["metadata"]["built_from"] == build.built_from(solution)


@of_the_run
def test_executing_the_solution_prints_what_is_committed(executed: source_file.Notebook) -> None:
    assert texts_printed(executed) == texts_printed(committed("solutions/autodiff.ipynb"))


@of_the_run
def test_the_executed_solution_trains_from_about_500_to_about_100(executed: source_file.Notebook) -> None:
    printed = "\n".join(texts_printed(executed))
    losses = [float(loss) for loss in re.findall(r"(?m)^ +\d+ +(\d+\.\d{4}) +\d+\.\d{4}$", printed)]
    assert len(losses) == 10
    assert 450 < losses[0] < 550
    assert 80 < losses[-1] < 120


@of_the_run
def test_every_public_check_passes_in_the_executed_solution(executed: source_file.Notebook) -> None:
    found = re.findall(r"Public checks passed: (\d+) of (\d+) points", "\n".join(texts_printed(executed)))
    assert len(found) == len(QUESTIONS)
    assert all(earned == total for earned, total in found)
    assert sum(int(total) for _, total in found) == sum(check.points for check in handout.public_checks())


@of_the_run
def test_the_executed_solution_holds_drawings_a_described_plot_and_no_error(executed: source_file.Notebook) -> None:
    outputs = [output for cell in executed["cells"] for output in cell.get("outputs", [])]
    shown = "".join("".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    assert re.search(r'<img src="data:image/png;base64,\S{1000,}" alt="training loss 497\.7, [^"]+">', shown)
    assert len(re.findall("<svg [^>]*>", shown)) == 4
    assert shown.count("<progress ") == 2  # of the training only its last state is left
    assert not [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]


# --- the skeleton -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "method"), OPERATORS.items())
def test_a_blank_operator_raises_and_names_its_question(question: str, method: str) -> None:
    source = answers(committed("assignment/autodiff.ipynb"))[f"answer:{question}"]
    [function] = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    *_, last = function.body
    assert function.name == method
    assert ast.unparse(last).startswith(f"raise NotImplementedError('Question {question}: ")
    assert f'setattr(Value, "{method}", {method})' in source


def test_the_skeleton_leaves_evidence_choices_and_explanations_blank() -> None:
    blank = answers(committed("assignment/autodiff.ipynb"))
    assert set(blank) == set(source_file.ANSWERS)
    for tag in ("answer:evidence", "answer:choice_1", "answer:choice_2"):
        code = re.sub(r"(?m)^#.*\n?", "", blank[tag]).strip().split("\n")
        assert all(re.fullmatch(r"\w+ = \.\.\.", line) for line in code), blank[tag]
    assert blank["answer:explain_1"] == blank["answer:explain_2"] == MANIFEST.blank


def test_the_skeleton_has_predictable_ids_no_outputs_and_only_our_tags() -> None:
    skeleton = committed("assignment/autodiff.ipynb")
    ids = [cell["id"] for cell in skeleton["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"cell-\d{3}|answer-\w+", name) for name in ids)
    assert set(skeleton["metadata"]) == {"kernelspec", "language_info"}
    for cell in skeleton["cells"]:
        assert set(cell["metadata"]) <= {"tags"}
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_otter_leaves_no_trace_in_the_skeleton() -> None:
    text = (ROOT / "assignment" / "autodiff.ipynb").read_text(encoding="utf-8")
    assert not re.search(r"otter|BEGIN (SOLUTION|PROMPT|TESTS|QUESTION)|# SOLUTION", text)


def test_each_question_is_checked_once_in_the_skeleton() -> None:
    found = [source for source in sources(committed("assignment/autodiff.ipynb")) if source.startswith("grader.check(")]
    assert found == [*(f'grader.check("{question}")' for question in QUESTIONS), "grader.check()"]


def test_every_answer_cell_is_marked_as_the_students() -> None:
    marks = {tag: source.partition("\n")[0] for tag, source in answers(committed("assignment/autodiff.ipynb")).items()}
    for tag, mark in marks.items():
        is_text = tag.startswith("answer:explain")
        assert re.fullmatch(r"\*\*Your explanation:\*\*" if is_text else "# Your (code|numbers|letter)", mark), tag
    assert {marks[f"answer:{question}"] for question in OPERATORS} == {"# Your code"}


def test_figures_are_inside_the_notebook_with_their_alt_text(copy: Path) -> None:
    (copy / "solutions" / "figures" / "new.svg").write_text("<svg/>")
    embedded = source_file.embed_images('![A "new" graph](figures/new.svg)', copy)
    assert embedded == '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="A &quot;new&quot; graph">'


# --- otter's side -------------------------------------------------------------------------------------------------


def otter_tests(assigned: Path) -> dict[str, tuple[int, bool]]:
    """Points and hidden flag of every test that otter wrote, by the name of its function."""
    found = {}
    for path in (assigned / "autograder" / "tests").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                [decorator] = node.decorator_list
                assert isinstance(decorator, ast.Call)
                options = {keyword.arg: ast.literal_eval(keyword.value) for keyword in decorator.keywords}
                found[node.name] = (options["points"], options["hidden"])
    return found


def test_otter_has_a_test_for_each_share_of_a_check_with_its_points_and_visibility(assigned: Path) -> None:
    rubric: dict[str, tuple[int, bool]] = {}
    for check in CHECKS:
        name, hidden = f"test_{check.id.replace('.', '_')}", check.visibility == "hidden"
        thirds = [f"{name}_{share}_of_3" for share in (1, 2, 3)]
        names = thirds if check.question == "training" else [name]
        rubric |= dict.fromkeys(names, (check.points // len(names), hidden))
    assert otter_tests(assigned) == rubric
    assert sum(points for points, _ in rubric.values()) == 100


@pytest.mark.parametrize(
    ("id", "share", "score", "passes"),
    [
        ("mul.forward", "", 2, True),
        ("mul.forward", "", 0, False),
        ("training.trajectory", "_1_of_3", 0, False),
        ("training.trajectory", "_1_of_3", 3, True),
        ("training.trajectory", "_2_of_3", 3, False),
        ("training.trajectory", "_2_of_3", 6, True),
        ("training.trajectory", "_3_of_3", 6, False),
        ("training.trajectory", "_3_of_3", 9, True),
    ],
)
def test_an_otter_test_passes_exactly_when_the_report_has_its_points(
    assigned: Path, id: str, share: str, score: int, passes: bool
) -> None:
    [check] = [check for check in CHECKS if check.id == id]
    source = (assigned / "autograder" / "tests" / f"{check.question}.py").read_text(encoding="utf-8")
    name = f"test_{check.id.replace('.', '_')}{share}"
    [function] = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef) and n.name == name]
    function.decorator_list.clear()
    namespace: dict[str, Any] = {}
    exec(ast.unparse(function), namespace)
    report = {"checks": [{"id": check.id, "score": score, "message": 'He said "no"'}]}
    if passes:
        namespace[name](report)
    else:
        with pytest.raises(AssertionError, match='He said "no"'):
            namespace[name](report)


# --- slips of an author -------------------------------------------------------------------------------------------


def spoil(root: Path, old: str, new: str) -> None:
    path = root / source_file.SOURCE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'tags=["answer:mul"]',
            "",
            ["question mul", "no cell has the tag 'answer:mul'", 'Write # %% tags=["answer:mul"]'],
        ),
        ('"answer:pow"', '"answer:relu"', ["question relu, cell", "a second cell has the tag", "Leave it on one"]),
        ('"answer:pow"', '"answer:power"', ["'answer:power' is not known", "cell", "Use one of answer:mul"]),
        ('grader.check("relu")', "", ["question relu", "0 cells hold", "exactly one such cell"]),
        ('choice_2 = "B"', 'choice_2 = "C"', ["choice_2 is 'C' here", "the rubric says 'B'", "Make the source and"]),
        ("train_after = 93.4", "train_after = 93.5", ["train_after is 93.5", "test_vs_train, cell", "says 93.4"]),
        ("**B.**", "**Z.**", ["the key of choice_2 is 'B'", "question test_vs_train, cell", "letter of one of them"]),
        (
            "Question pow: ",
            "Problem pow: ",
            ["question pow, cell", "stub does not name", "Add raise NotImplementedError"],
        ),
        ("    # END SOLUTION\n", "", ["question mul, cell", "has no partner", "Every # BEGIN has one # END"]),
        ("# BEGIN SOLUTION NO PROMPT", "# no mark", ["question mul, cell", "has no partner"]),
        ("# END PROMPT", "# the end", ["question mul, cell", "# BEGIN PROMPT is never closed", "Add # END PROMPT"]),
        ("train_before = 497.7  # SOLUTION", "# BEGIN PROMPT", ["question test_vs_train", "never closed"]),
        (
            'choice_1 = "D"  # SOLUTION',
            'choice_1 = "D"',
            ["question test_vs_train", "would reach students", "# SOLUTION"],
        ),
        ("](figures/", "](pictures/", ["cell", "is missing", "Put an SVG file at"]),
    ],
)
def test_a_slip_is_named_with_its_question_its_cell_and_the_mend(
    copy: Path, old: str, new: str, words: list[str]
) -> None:
    spoil(copy, old, new)
    with pytest.raises(AuthoringError) as caught:
        source_file.read_source(copy)
    assert all(word in str(caught.value) for word in ["solutions/autodiff.py", *words]), str(caught.value)


def test_a_figure_without_alt_text_is_an_authoring_error(copy: Path) -> None:
    path = copy / source_file.SOURCE
    path.write_text(re.sub(r"!\[[^\]]*\]\(", "![](", path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(AuthoringError, match="has no alt text"):
        source_file.read_source(copy)


def test_a_mark_outside_the_answer_cells_is_an_authoring_error(copy: Path) -> None:
    spoil(copy, "class Layer:", "# BEGIN SOLUTION\nclass Layer:")
    with pytest.raises(AuthoringError, match="outside the answer cells"):
        source_file.read_source(copy)


def test_a_stub_that_only_the_solution_holds_is_an_authoring_error(copy: Path, assigned: Path) -> None:
    student = assigned / "student" / build.NAME
    spoiled = copy / "student" / build.NAME
    spoiled.parent.mkdir()
    spoiled.write_text(
        student.read_text(encoding="utf-8").replace("raise NotImplementedError", "pass  #"), encoding="utf-8"
    )
    with pytest.raises(AuthoringError, match=r"question mul.*does not raise NotImplementedError"):
        build.student_notebook(ROOT, copy)


def test_new_prose_keeps_the_outputs_of_the_same_code() -> None:
    executed = build._read(ROOT / "solutions" / build.NAME)
    solution = build.solution_notebook(ROOT)
    solution.cells[0].source = "# Another title"
    build._take_outputs(solution, executed)
    assert solution.cells[0].source == "# Another title"
    assert texts_printed(solution) == texts_printed(executed) != []
    assert solution.metadata.built_from == build.built_from(solution)
