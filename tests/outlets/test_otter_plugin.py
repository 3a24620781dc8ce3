"""``otter run -a autograder.zip NOTEBOOK``: our scores and words, and no code of the student's in otter's kernel."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from assigned import CHECKS
from specimens import skeleton, with_answers, write
from zip_ways import points, run_otter, watched

from autograder.outlets.otter_plugin import Plugin


def test_otter_gives_the_solution_all_points(autograder_zip: Path, tmp_path: Path) -> None:
    results = run_otter(autograder_zip, write(with_answers(), tmp_path / "mine.ipynb"), tmp_path)
    assert points(results) == (100, 100)


def test_a_submission_that_hangs_ends_with_a_score_and_a_message(autograder_zip: Path, tmp_path: Path) -> None:
    hanging = with_answers(("mul", "import time\ndef __mul__(self, other):\n    time.sleep(3600)\n"))
    results = run_otter(autograder_zip, write(hanging, tmp_path / "mine.ipynb"), tmp_path)
    score, possible = points(results)
    assert 0 < score < possible == 100
    assert "a loop that does not end" in json.dumps(results["tests"])


def test_the_blank_skeleton_gets_none_and_no_cell_of_the_students_reaches_otters_kernel(
    autograder_zip: Path, tmp_path: Path
) -> None:
    witness = tmp_path / "ran"
    forging = f"open({os.fspath(witness)!r}, 'w').close()\nreport = {{'score': 100}}\nimport otter\n"
    notebook = skeleton()
    notebook["cells"].append(with_answers(("+", forging))["cells"][-1] | {"source": forging, "cell_type": "code"})
    results = run_otter(autograder_zip, write(notebook, tmp_path / "mine.ipynb"), tmp_path)
    assert points(results) == (0, 100)
    assert not witness.exists()


def test_otter_is_left_nothing_that_the_student_chose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submission, source = tmp_path / "submission", tmp_path / "source"
    for name in ("tests/mul.py", "json.py", "__init__.py", ".OTTER_LOG", "numpy/__init__.py", "data/x.csv"):
        (submission / name).parent.mkdir(parents=True, exist_ok=True)
        (submission / name).write_text("raise SystemExit", encoding="utf-8")
    (submission / "link").symlink_to("/etc")
    (source / "tests").mkdir(parents=True)
    (source / "tests" / "mul.py").write_text("ours", encoding="utf-8")
    notebook = write(skeleton(), submission / "mine.ipynb")
    monkeypatch.setattr("autograder.outlets.otter_plugin._grade", lambda *_: ({}, ""))

    Plugin(os.fspath(notebook), {}, {}).before_grading(None)

    assert sorted(path.name for path in submission.rglob("*")) == ["mine.ipynb", "mul.py", "tests"]
    assert (submission / "tests" / "mul.py").read_text(encoding="utf-8") == "ours"


def test_the_plugin_grades_with_the_code_in_the_zip(autograder_zip: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    checks = [{"id": check.id, "score": check.points, "message": ""} for check in CHECKS]
    report = json.dumps({"score": 100, "max_score": 100, "checks": checks})
    with zipfile.ZipFile(autograder_zip) as old, zipfile.ZipFile(changed, "w") as new:
        for name in set(old.namelist()) - {"autograder/__main__.py"}:
            new.writestr(name, old.read(name))
        new.writestr(
            "autograder/__main__.py", f"def main():\n    open(sys.argv[-1], 'w').write({report!r})\nimport sys"
        )
    results = run_otter(changed, write(skeleton(), tmp_path / "mine.ipynb"), tmp_path)
    assert points(results) == (100, 100)


@pytest.mark.parametrize("total, possible", [(0, 0), (100, 100), (99, 100)])
def test_otters_totals_must_be_those_of_the_report(total: int, possible: int) -> None:
    plugin = Plugin("submission/mine.ipynb", {}, {})
    plugin.report = {"score": 50, "max_score": 100}
    with pytest.raises(RuntimeError, match="points"):
        plugin.after_grading(SimpleNamespace(total=total, possible=possible, has_catastrophic_failure=lambda: False))


def test_a_process_that_outlives_the_way_in_is_seen(tmp_path: Path) -> None:
    daemon = "import subprocess; subprocess.Popen(['sleep', '60'], start_new_session=True)"
    with pytest.raises(RuntimeError, match=r"left running: .*sleep"):
        watched([sys.executable, "-c", daemon], tmp_path, os.environ)
