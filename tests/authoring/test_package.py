"""The zip end to end: its own set-up and start scripts in folders laid out like Gradescope's, in a throw-away place."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from assigned import CHECKS
from specimens import ROOT, Notebook, skeleton, with_answers, write
from ways_of_grading import flat
from zip_ways import SCHEMA, SECONDS, run_autograder, unpack

from autograder import settings
from autograder.authoring import package

pytestmark = pytest.mark.serial
NAMES = {check.id: f"{check.question}: {check.title}" for check in CHECKS}
PUBLIC = {NAMES[check.id] for check in CHECKS if check.visibility == "public"}


WRONG = ("mul", "def __mul__(self, other):\n    return Value(self.data * other.data, (self, other))\n")
HANGS = ("mul", "import time\ndef __mul__(self, other):\n    time.sleep(3600)\n")
KILLS = ("mul", "import os\ndef __mul__(self, other):\n    os._exit(0)\n")


def _run(root: Path, files: Mapping[str, Notebook | bytes]) -> dict[str, Any]:
    """Hand in ``files`` and return the valid results.json that ``run_autograder`` leaves."""
    shutil.rmtree(root / "submission", ignore_errors=True)
    (root / "submission").mkdir()
    for name, content in files.items():
        if isinstance(content, bytes):
            (root / "submission" / name).write_bytes(content)
        else:
            write(content, root / "submission" / name)
    results = run_autograder(root)
    jsonschema.validate(results, SCHEMA)
    return results


def _score(results: Mapping[str, Any]) -> int:
    assert all(0 <= test["score"] <= test["max_score"] for test in results["tests"])
    assert sum(test["max_score"] for test in results["tests"]) == 100
    return sum(test["score"] for test in results["tests"])


def _words(results: Mapping[str, Any], check_id: str) -> str:
    [output] = [test["output"] for test in results["tests"] if test["name"] == NAMES[check_id]]
    return html.unescape(output.replace("**", "")).replace("\n\n", "\n")


def _notes(results: Mapping[str, Any]) -> str:
    return "\n".join(line for line in html.unescape(results["output"]).split("\n") if line.startswith("- "))


def test_the_solution_gets_all_points(container: Path) -> None:
    assert _score(_run(container, {"autodiff.ipynb": with_answers()})) == 100


def test_the_blank_skeleton_gets_none(container: Path) -> None:
    results = _run(container, {"autodiff.ipynb": skeleton()})
    assert _score(results) == 0
    assert {test["tags"][1] for test in results["tests"]} <= {"not_attempted", "not_reached"}


@pytest.fixture(scope="module")
def of_wrong(container: Path) -> Mapping[str, Any]:
    """The results.json of a submission that has some points."""
    return _run(container, {"autodiff.ipynb": with_answers(WRONG)})


def test_hidden_checks_stay_hidden_and_public_ones_say_what_is_wrong(of_wrong: Mapping[str, Any]) -> None:
    assert 0 < _score(of_wrong) < 100
    tests = of_wrong["tests"]
    assert {test["name"] for test in tests if test["visibility"] == "visible"} == PUBLIC
    assert {test["visibility"] for test in tests if test["max_score"]} == {"visible", "after_published"}
    explanations = [test for test in tests if not test["max_score"]]
    assert [test["visibility"] for test in explanations] == ["hidden", "hidden"]
    assert "at the same weights" in explanations[0]["output"].lower()
    words = _words(of_wrong, "mul.local_gradients")
    assert [line.split(":")[0] for line in words.split("\n")][:4] == ["Ran", "Expected", "Got", "Why it matters"]


def test_a_submission_that_hangs_ends_with_a_score_and_a_message(container: Path) -> None:
    results = _run(container, {"autodiff.ipynb": with_answers(HANGS)})
    assert 0 < _score(results) < 100
    assert "a loop that does not end" in _words(results, "mul.forward")


def test_a_submission_that_kills_its_process_keeps_its_other_points(container: Path) -> None:
    results = _run(container, {"autodiff.ipynb": with_answers(KILLS)})
    assert 0 < _score(results) < 100
    assert "process ended" in _words(results, "mul.forward")


def test_an_unreadable_file_is_told_why(container: Path) -> None:
    results = _run(container, {"autodiff.ipynb": b"\x00\xff no notebook"})
    assert _score(results) == 0
    assert "not" in _notes(results)


def test_no_file_is_told_what_to_submit(container: Path) -> None:
    results = _run(container, {})
    assert _score(results) == 0
    assert ".ipynb" in _notes(results)


def test_two_notebooks_are_told_how_many_to_submit(container: Path) -> None:
    results = _run(container, {"a.ipynb": with_answers(WRONG), "b.ipynb": with_answers()})
    assert _score(results) == 0
    assert "notebooks" in _notes(results)


def test_only_root_may_look_into_the_graders_folders(container: Path) -> None:
    _run(container, {})
    for folder in ("source", "source/autograder", "submission", "results"):
        assert (container / folder).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("fault", ["raise RuntimeError", "import os\nos.kill(os.getpid(), 9)", "syntax error"])
def test_a_grader_that_dies_leaves_a_valid_result_that_is_no_mark(
    container: Path, autograder_zip: Path, tmp_path: Path, fault: str
) -> None:
    root = unpack(autograder_zip, tmp_path)
    (tmp_path / "opt").symlink_to(container.parent / "opt")
    (root / "source" / "__main__.py").write_text(fault, encoding="utf-8")
    results = _run(root, {"autodiff.ipynb": skeleton()})
    assert results["extra_data"]["grader_fault"] is True
    assert not any("score" in part for part in [results, *results["tests"]])


def test_every_way_in_gives_the_same_scores_and_words(
    of_wrong: Mapping[str, Any], autograder_zip: Path, tmp_path: Path
) -> None:
    notebook = write(with_answers(WRONG), tmp_path / "autodiff.ipynb")
    report, otter = tmp_path / "report.json", Path(sys.executable).with_name("otter")
    grade: list[str | Path] = [sys.executable, "-m", "autograder", "grade", notebook, "--json", report]
    subprocess.run(grade, cwd=ROOT, check=True, timeout=SECONDS, stdout=subprocess.DEVNULL)
    ours = json.loads(report.read_text(encoding="utf-8"))["checks"]
    command: list[str | Path] = [otter, "run", "-a", autograder_zip, notebook]
    printed = subprocess.run(command, cwd=tmp_path, check=True, timeout=SECONDS, capture_output=True, text=True).stdout
    otters = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["tests"]

    marked = [test["score"] for test in of_wrong["tests"] if test["max_score"]]
    assert marked == [check["score"] for check in ours]
    for check in ours:
        words = _words(of_wrong, check["id"])
        assert words == check["message"] + (f"\nHint: {check['hint']}" if check["hint"] else "")
    scored = [test for test in otters if "score" in test]
    assert {check["question"] for check in ours} <= {test["name"] for test in scored}
    for test in scored:
        own = [check for check in ours if check["question"] == test["name"]]
        assert test["score"] == sum(check["score"] for check in own)
        shown = flat(test["output"])
        assert all(flat(check["message"]) in shown for check in own if check["score"] < check["points"])
    assert all(flat(check["message"]) in flat(printed) for check in ours)  # otter says nothing of what is passed


def test_the_same_input_gives_the_same_bytes(autograder_zip: Path, tmp_path: Path) -> None:
    package.make_autograder(ROOT, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == autograder_zip.read_bytes()


def test_the_zip_holds_what_grading_needs_and_no_solution(autograder_zip: Path) -> None:
    with zipfile.ZipFile(autograder_zip) as archive:
        names = archive.namelist()
        modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
        salt = archive.read("autograder/salt.txt").decode().strip()
    assert salt == settings.load().salt
    assert names == sorted(names)
    assert {"setup.sh", "run_autograder", "otter_config.json", "tests/mul.py", "assignment/autodiff.ipynb"} <= {*names}
    assert "autograder/settings.toml" in names
    assert not [name for name in names if any(word in name for word in ("solution", "build", "leaks", "release"))]
    assert (modes["setup.sh"], modes["run_autograder"], modes["tests/mul.py"]) == (0o100755, 0o100755, 0o100644)


def test_the_proof_fails_when_our_own_notebooks_do_not_get_their_marks(autograder_zip: Path, tmp_path: Path) -> None:
    for folder in ("solutions", "assignment"):
        (tmp_path / folder).mkdir()
        write(skeleton(), tmp_path / folder / "autodiff.ipynb")
    with pytest.raises(package.PackageError, match="0 of 100 points"):
        package.prove(tmp_path, autograder_zip)


def test_the_self_check_in_the_zip_passes_the_solution_and_skips_the_skeleton(short_zip: Path) -> None:
    solved, blank = package.prove_handout(ROOT, short_zip)
    public = sum(check.visibility == "public" for check in CHECKS)
    assert (solved.passed, solved.skipped, blank.passed, blank.skipped) == (public, 0, 0, public)


def test_a_self_check_that_fails_the_solution_is_not_released(tmp_path: Path, short_zip: Path) -> None:
    with zipfile.ZipFile(short_zip) as made, zipfile.ZipFile(tmp_path / "s.zip", "w") as broken:
        for name in made.namelist():
            harm = b"\nCHECKS[0]['cases'][0]['expected'] = {'out.data': 7}\n" if name.endswith("grader.py") else b""
            broken.writestr(name, made.read(name).replace(b"\nif __name__ ==", harm + b"\nif __name__ =="))
    with pytest.raises(package.PackageError, match="not 18 and 0"):
        package.prove_handout(ROOT, tmp_path / "s.zip")


def test_the_summary_shows_every_file_and_every_proof(tmp_path: Path) -> None:
    (tmp_path / "student.zip").write_bytes(b"12345")
    graded = package.Graded("solutions/autodiff.ipynb", 100, 100, 12.34)
    checked = package.Checked("assignment/autodiff.ipynb", 0, 17, 1.5)
    table = package.Release((tmp_path / "student.zip",), (graded,), (checked,)).table()
    assert [line.split() for line in table.split("\n")] == [
        ["student.zip", "5", "bytes", "sha256", "5994471abb01112a"],
        ["solutions/autodiff.ipynb", "100", "/", "100", "12.3", "s"],
        ["assignment/autodiff.ipynb,", "self-check", "0", "passed,", "17", "skipped", "1.5", "s"],
    ]
