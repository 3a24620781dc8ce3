"""The plugin that makes ``otter run -a autograder.zip NOTEBOOK`` as safe as our own command line.

Otter alone runs the student's cells in the kernel that then decides the marks. With this plugin they never reach
otter's kernel: our grader grades the submitted file, and otter executes a notebook with one trusted cell that holds the
report. The rubric's tests in the zip read that report.

Otter imports this class from the instructor's environment, because it cannot import one from the zip. So the class only
starts the grader *in the zip*, which otter has unpacked beside the submission.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin

TIME_LIMIT = 540.0
"""Time limit for one submission, in seconds, as in ``run_autograder``; the grader's own deadlines add up to less."""


class Plugin(AbstractOtterPlugin):  # type: ignore[misc]  # otter has no types
    """Plugin that grades the submitted file with the grader in the zip, and shows otter nothing but the report."""

    def before_grading(self, config: Any) -> None:
        """Grade the submission, then remove all other files beside it and put our tests there.

        Otter would import files of the student's, and would unpickle ``.OTTER_LOG``.
        """
        submission = Path(self.submission_path)
        root = submission.parents[1]
        self.report, self.printed = _grade(root / "source", submission, root / "results" / "report.json")
        for path in submission.parent.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path != submission:
                path.unlink()
        shutil.copytree(root / "source" / "tests", submission.parent / "tests")

    def before_execution(self, submission: Any) -> Any:
        """Return the notebook that otter executes in place of the student's: one cell that defines ``report``."""
        cell = nbformat.v4.new_code_cell(f"import json\n\nreport = json.loads({json.dumps(self.report)!r})")
        return nbformat.v4.new_notebook(cells=[cell])

    def after_grading(self, results: Any) -> None:
        """Check that otter did not fail, and that its totals are those of the report.

        Otter itself accepts 0 of 0 points.

        Raises ``RuntimeError`` otherwise.
        """
        got, own = (results.total, results.possible), (self.report["score"], self.report["max_score"])
        if results.has_catastrophic_failure() or got != own:
            raise RuntimeError(f"otter counted {got[0]} of {got[1]} points, the report has {own[0]} of {own[1]}")

    def generate_report(self) -> str:
        """Return the report in the form in which our command line prints it. Otter prints it too."""
        return self.printed


def _grade(grader: Path, submission: Path, report: Path) -> tuple[dict[str, Any], str]:
    """Run the grader in the folder ``grader``, and return its report as JSON values and as printed text.

    Raises ``RuntimeError`` with the grader's error output if it fails.
    """
    command = [sys.executable, "-I", os.fspath(grader), "grade", os.fspath(submission), "--json", os.fspath(report)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIME_LIMIT)
    if done.returncode:
        raise RuntimeError(f"the grader ended with status {done.returncode}:\n{done.stderr}")
    return json.loads(report.read_text(encoding="utf-8")), done.stdout
