"""A mark that was typed into the gradebook is never lost: it is told, kept as an override, or set aside."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from class_rows_by_hand import report, row, rows, student

from autograder import settings
from autograder.classroom import gradebook_edits, overrides
from autograder.classroom.gradebook_edits import EditedError
from autograder.classroom.hand_ins import Marked
from autograder.classroom.lateness import Deadline
from autograder.classroom.naming import pseudonym
from autograder.classroom.overrides import Overrides
from autograder.classroom.publish import publish

ADA, BOB = student("Ada Lovelace"), student("Bob Hopper")
CLASS = (row(ADA, report({"mul.square": ""})), row(BOB))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A class that was graded once."""
    publish(rows(*CLASS), tmp_path)
    return tmp_path


def cells(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "gradebook.csv").read_text(encoding="utf-8"))))


def save(out: Path, lines: list[dict[str, str]], dialect: str = "excel", encoding: str = "utf-8") -> None:
    """Save the table as a spreadsheet does."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), dialect=dialect)
    writer.writeheader()
    writer.writerows(lines)
    (out / "gradebook.csv").write_text(text.getvalue(), encoding=encoding)


def typed(out: Path, student: int = 0, **columns: str) -> None:
    """Type into the student's cells; of a column, the beginning of its name, or of what it is about, is enough."""
    lines = cells(out)
    for begins, text in columns.items():
        [name] = [
            head for head in lines[student] if head.partition(": ")[2].startswith(begins) or _as_word(head, begins)
        ]
        lines[student][name] = text
    save(out, lines)


def _as_word(head: str, begins: str) -> bool:
    return head.replace(" ", "_").startswith(begins)


def settle(out: Path, known: Overrides | None = None, **options: bool) -> list[str]:
    students = [ADA, BOB]
    known = known or overrides.read(out, students, Deadline())
    return gradebook_edits.settle(out, students, known, **{"keep": False, "discard": False, **options})


def decided(out: Path) -> dict[str, dict[str, float]]:
    found = overrides.read(out, [ADA, BOB], Deadline()).decisions
    return {key: {what: one.points for what, one in own.items()} for key, own in found.items()}


def test_an_untouched_gradebook_is_no_matter(out: Path) -> None:
    assert settle(out) == []


def test_typed_marks_are_told_cell_by_cell_and_nothing_is_written(out: Path) -> None:
    typed(out, Total_Score="97")
    typed(out, 1, Total_Score="0", Notes="cheated")
    before = (out / "gradebook.csv").read_bytes()
    with pytest.raises(EditedError) as error:
        settle(out)
    said = str(error.value).splitlines()
    assert said[1:4] == [
        f"  Ada Lovelace: Total Score: {CLASS[0].report['score']} -> 97",
        "  Bob Hopper: Total Score: 100 -> 0",
        "  Bob Hopper: Notes: empty -> cheated",
    ]
    assert "--keep" in said[-1] and "--discard" in said[-1]
    assert (out / "gradebook.csv").read_bytes() == before
    assert not (out / overrides.FILE).exists()


def test_kept_marks_become_overrides_and_the_edited_file_stays(out: Path) -> None:
    typed(out, Total_Score="97", pow="10")
    typed(out, 1, Notes="cheated", Late_D="5")
    edited = (out / "gradebook.csv").read_bytes()
    said = settle(out, keep=True)
    assert decided(out) == {ADA.key: {"total": 97, "pow": 10}}
    assert [line.partition(":")[0] for line in said[:-1]] == ["Kept in overrides.csv"] * 2 + ["Not kept"] * 2
    assert said[-1] == "The gradebook as it was edited is now gradebook-edited-1.csv."
    assert (out / "gradebook-edited-1.csv").read_bytes() == edited


def test_discarded_marks_can_still_be_found(out: Path) -> None:
    for number in (1, 2):
        typed(out, Total_Score=f"{90 + number}")
        settle(out, discard=True)
        publish(rows(*CLASS), out)
        assert f"{90 + number}" in (out / f"gradebook-edited-{number}.csv").read_text(encoding="utf-8")
        assert settle(out) == []
    assert decided(out) == {}


@pytest.mark.parametrize("text", ["A-", "101", "-3", ""])
def test_what_is_no_mark_is_not_kept_but_told(out: Path, text: str) -> None:
    typed(out, Total_Score=text)
    assert settle(out, keep=True)[0].startswith("Not kept: Ada Lovelace: Total Score")
    assert decided(out) == {}


def test_a_column_or_a_line_of_ones_own_is_told(out: Path) -> None:
    lines = [{**line, "Oral exam": "1.3"} for line in cells(out)]
    save(out, [*lines, {**lines[0], "Name": "Zoe", "Report": "reports/zoe.html", "Oral exam": ""}])
    with pytest.raises(EditedError, match=r"Ada Lovelace: oral exam: empty -> 1\.3(.|\n)*Zoe: Total Score"):
        settle(out)
    assert all(line.startswith("Not kept") for line in settle(out, keep=True)[:-1])


@pytest.mark.parametrize("dialect, encoding", [("excel", "utf-8-sig"), ("excel-tab", "utf-8"), ("semicolons", "utf-8")])
def test_what_a_spreadsheet_writes_in_its_own_way_is_no_edit(out: Path, dialect: str, encoding: str) -> None:
    csv.register_dialect("semicolons", csv.excel, delimiter=";")
    lines = cells(out)
    for line in lines:
        line["Submission Time"], line["SID"] = "30.11.2026", "11"
        line["Total Score"] += ",0" if dialect == "semicolons" else ".00"
    save(out, lines[::-1], dialect, encoding)
    assert settle(out) == []
    publish(rows(*CLASS), out)
    assert not list(out.glob("gradebook-edited-*"))


def test_what_was_kept_before_a_kill_is_not_asked_again(out: Path) -> None:
    typed(out, Total_Score="97")
    settle(out, keep=True)  # and killed before the gradebook was written
    assert settle(out) == []
    assert settle(out, keep=True) == []
    assert decided(out) == {ADA.key: {"total": 97}}


def test_pseudonyms_lead_to_the_same_student(tmp_path: Path) -> None:
    publish(rows(*CLASS), tmp_path, anonymous=True)
    assert pseudonym(ADA.key) in (tmp_path / "gradebook.csv").read_text(encoding="utf-8")
    typed(tmp_path, 0 if cells(tmp_path)[0]["Name"] == ADA.name else 1, Total_Score="97")
    settle(tmp_path, keep=True)
    assert decided(tmp_path) == {ADA.key: {"total": 97}}


def test_points_of_explanations_are_kept_too(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = replace(settings.load(), explanation_points={"explain_2": 5})
    monkeypatch.setattr(settings, "load", lambda: course)
    publish(rows(*CLASS), out)
    typed(out, explain_2="4")
    settle(out, keep=True)
    assert decided(out) == {ADA.key: {"explain_2": 4}}


def test_a_gradebook_that_nobody_knows_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "gradebook.csv").write_text("Name,Mark\nAda,1\n", encoding="utf-8")
    assert settle(tmp_path) == [
        "gradebook.csv is of an earlier version of the grader, or not of the grader; it is now gradebook-edited-1.csv."
    ]
    publish(rows(*CLASS), tmp_path)
    assert (tmp_path / "gradebook-edited-1.csv").read_text(encoding="utf-8") == "Name,Mark\nAda,1\n"


def test_what_is_typed_while_a_class_is_graded_is_set_aside(out: Path) -> None:
    settle(out)
    typed(out, Total_Score="97")
    publish(rows(*CLASS), out)
    assert ",97," in (out / "gradebook-edited-1.csv").read_text(encoding="utf-8")
    assert ",97," not in (out / "gradebook.csv").read_text(encoding="utf-8")


def test_an_edited_file_that_cannot_be_read_is_not_written_over_unseen(out: Path) -> None:
    (out / "gradebook.csv").write_text("Name,Mark\nAda,1\n", encoding="utf-8")
    with pytest.raises(EditedError, match=r"line 1: .*report"):
        settle(out)


# --- killed at any moment ---------------------------------------------------------------------------------------------


class Killed(BaseException):
    pass


def dies_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Have the ``step``-th step that puts a file in its place end the run; returns whether it came to that."""
    left, real = [step], Path.replace

    def replace_or_die(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace_or_die)
    return lambda: left[0] <= 0


@pytest.mark.parametrize("after", ["untouched", "edited again"])
def test_nothing_is_lost_wherever_a_run_is_killed(after: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in range(1, 30):
        out = tmp_path / f"{step}"
        publish(rows(*CLASS), out)
        typed(out, Total_Score="97")
        changed: list[Marked] = [row(ADA), row(BOB, report({"pow.chained": ""}))]
        with monkeypatch.context() as patch:
            died = dies_at(step, patch)
            try:
                settle(out, keep=True)
                publish(rows(*changed), out)
            except Killed:
                pass
        if not died():
            break
        if after == "edited again":
            typed(out, 1, Total_Score="42")
        settle(out, keep=True)
        publish(rows(*changed), out)
        marks = decided(out)
        assert marks[ADA.key] == {"total": 97}, step
        assert marks.get(BOB.key, {}) == ({"total": 42} if after == "edited again" else {}), step
        assert settle(out) == []
    assert step > 5
