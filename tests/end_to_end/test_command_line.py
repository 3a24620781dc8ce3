"""The command line: what it prints, writes and returns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from specimens import ROOT

from autograder import __main__ as cli
from autograder.vocabulary import Check, Isolation, Outcome, Report, Step

REPORT = Report(
    "autodiff.ipynb",
    (Outcome(Check("mul.node", "mul", "A product is a new Value – nothing else", 4, "public", "why"), "passed"),),
    Isolation((Step.LANDLOCK,)),
)
HEAVY = {"otter", "jupytext", "nbformat", "nbclient", "matplotlib", "pandas"}


def module(name: str, monkeypatch: pytest.MonkeyPatch, **content: object) -> None:
    """Put a stand-in where a command imports ``autograder.name`` from."""
    stand_in = ModuleType(f"autograder.{name}")
    vars(stand_in).update(content)
    monkeypatch.setitem(sys.modules, f"autograder.{name}", stand_in)
    monkeypatch.setattr(f"autograder.{name}", stand_in, raising=False)


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file, and a grading that takes no time."""
    module("grading.pipeline", monkeypatch, grade=lambda path, assignment, *, progress, witness: REPORT)
    path = tmp_path / "autodiff.ipynb"
    path.touch()
    return path


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*arguments: object, **named: object) -> None:
        raise error

    return fail


def test_a_report_is_printed_whatever_the_score(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["grade", str(notebook)]) == 0
    output = capsys.readouterr()
    assert output.out.startswith("autodiff.ipynb") and "4 / 4" in output.out
    assert output.err == ""


def test_json_goes_to_a_file_beside_the_text(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = notebook.with_name("report.json")
    target.write_text("old")
    assert cli.main(["grade", str(notebook), "--json", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8")) == REPORT.to_json()
    assert sorted(path.name for path in notebook.parent.iterdir()) == ["autodiff.ipynb", "report.json"]
    assert capsys.readouterr().out.startswith("autodiff.ipynb")


def test_json_alone_goes_to_standard_output(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["grade", str(notebook), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == REPORT.to_json()


def test_a_failed_write_leaves_the_old_file_and_no_other(
    notebook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = notebook.with_name("report.json")
    target.write_text("old")
    monkeypatch.setattr(Path, "replace", raising(OSError("disk full")))
    assert cli.main(["grade", str(notebook), "--json", str(target)]) == 1
    assert "disk full" in capsys.readouterr().err
    assert target.read_text() == "old"
    assert sorted(path.name for path in notebook.parent.iterdir()) == ["autodiff.ipynb", "report.json"]


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["missing.ipynb"], "there is no file missing.ipynb"),
        (["autodiff.ipynb", "--json", "missing/report.json"], "there is no folder"),
        (["autodiff.ipynb", "--json", "."], "is no regular file"),
        (["autodiff.ipynb", "--json", "/dev/null"], "is no regular file"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_graded(
    notebook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    module("grading.pipeline", monkeypatch, grade=raising(AssertionError("graded")))
    monkeypatch.chdir(notebook.parent)
    assert cli.main(["grade", *arguments]) == 2
    output = capsys.readouterr()
    assert output.err.startswith("autograder grade: ") and told in output.err
    assert output.out == ""


@pytest.mark.parametrize("arguments", [[], ["degrade"], ["grade"], ["grade", "a", "b"], ["build", "--fast"]])
def test_arguments_that_make_no_sense_are_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


def test_a_fault_of_the_grader_is_status_1_with_its_traceback(
    notebook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module("grading.pipeline", monkeypatch, grade=raising(ZeroDivisionError("inside")))
    assert cli.main(["grade", str(notebook)]) == 1
    assert "ZeroDivisionError: inside" in capsys.readouterr().err


def test_an_interruption_is_status_130_without_a_traceback(
    notebook: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module("grading.pipeline", monkeypatch, grade=raising(KeyboardInterrupt()))
    assert cli.main(["grade", str(notebook)]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_gradescope_runs_in_the_folder_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roots: list[Path] = []
    module("outlets.gradescope", monkeypatch, run=lambda root, assignment: roots.append(root))
    assert cli.main(["gradescope", str(tmp_path)]) == 0
    assert roots == [tmp_path]


class FaultError(Exception):
    """Stands in for what an instructor must mend."""


def authoring_stand_ins(monkeypatch: pytest.MonkeyPatch, action: Callable[..., object]) -> None:
    module("authoring.source_file", monkeypatch, AuthoringError=FaultError)
    module("authoring.leaks", monkeypatch, LeakError=FaultError)
    module("authoring.build", monkeypatch, build=action, NAME="autodiff.ipynb")
    module("authoring.package", monkeypatch, make_zip=action, PackageError=FaultError)


@pytest.mark.parametrize("command", ["build", "zip"])
def test_a_fault_in_the_source_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    authoring_stand_ins(monkeypatch, raising(FaultError("cell 3: no tag")))
    assert cli.main([command]) == 1
    assert capsys.readouterr().err == f"autograder {command}: cell 3: no tag\n"


@pytest.mark.parametrize("command, shown", [("build", "assignment"), ("zip", "solution  100 / 100")])
def test_what_was_built_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, shown: str
) -> None:
    authoring_stand_ins(monkeypatch, lambda *paths: SimpleNamespace(table=lambda: "solution  100 / 100"))
    assert cli.main([command]) == 0
    assert shown in capsys.readouterr().out


# The real thing


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "autograder", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, timeout=60)


def test_help_lists_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(name in done.stdout.decode() for name in cli.COMMANDS)


def test_the_blank_skeleton_is_graded_from_end_to_end(tmp_path: Path) -> None:
    done = run("grade", "assignment/autodiff.ipynb", "--json", str(tmp_path / "report.json"), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["score"], report["max_score"]) == (0, 100)
    assert done.stdout.splitlines()[0].endswith(b"0 / 100")
    assert b"  - " in done.stdout


def test_an_unreadable_file_still_gets_a_report() -> None:
    done = run("grade", "Makefile", "--json", "-")
    report = json.loads(done.stdout)
    assert (done.returncode, report["score"], report["max_score"]) == (0, 0, 100)
    assert "not a notebook" in report["notes"][0]


def test_a_reader_who_has_seen_enough_causes_no_traceback() -> None:
    command = f"{sys.executable} -u -m autograder grade Makefile | head -c 0"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_grading_imports_nothing_that_the_container_lacks() -> None:
    program = (
        "import sys; from autograder.__main__ import main; status = main(['grade', 'Makefile', '--json', '-']);"
        f"sys.exit(status or sorted({HEAVY!r} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
