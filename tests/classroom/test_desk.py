"""What people decided is read before a class is graded, and stops it where something must be mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from class_rows_by_hand import report, row, rows, student

from autograder.__main__ import main
from autograder.classroom.desk import NO_TERMS, DeskError, Terms, open_desk
from autograder.classroom.marks import mark_of
from autograder.classroom.publish import publish

ADA = student("Ada")
TERMS = Terms(due="2026-11-30T12:00+01:00", grace="1 minute", late_policy="10% per day")


def test_a_new_desk_has_a_file_for_overrides_and_decides_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, [ADA], NO_TERMS)
    assert (tmp_path / "overrides.csv").is_file()
    made = row(ADA, submitted="2026-11-30T12:00:00+00:00", late=True)
    assert vars(desk.decided(made)) == vars(made)
    assert desk.said == ()


def test_lateness_extensions_and_decisions_come_together_in_a_row(tmp_path: Path) -> None:
    made = row(ADA, report({"mul.square": ""}), submitted="2026-11-30T12:00:00+00:00")
    late = open_desk(tmp_path, [ADA], TERMS).decided(made)
    assert (late.hand_in.late, mark_of(late).deduction) == (True, 10)
    (tmp_path / "overrides.csv").write_text(
        "student,what,points or grade,comment\nAda,extension,1 day,ill\nAda,mul.square,1,so\n", encoding="utf-8"
    )
    found = open_desk(tmp_path, [ADA], TERMS).decided(made)
    assert (found.hand_in.late, mark_of(found).deduction) == (False, 0)
    assert mark_of(found).total == made.report["score"] + 1


def test_marks_that_are_kept_count_in_the_same_run(tmp_path: Path) -> None:
    publish(rows(row(ADA)), tmp_path)
    path = tmp_path / "gradebook.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",100,100,", ",42,100,"), encoding="utf-8")
    with pytest.raises(DeskError, match="--keep"):
        open_desk(tmp_path, [ADA], NO_TERMS)
    desk = open_desk(tmp_path, [ADA], Terms(keep=True))
    assert mark_of(desk.decided(row(ADA))).total == 42
    assert desk.said[0] == "Kept in overrides.csv: Ada: Total Score: 100 -> 42"


@pytest.mark.parametrize(
    "terms, says",
    [
        (Terms(due="tomorrow"), "write a time such as"),
        (Terms(grace="soon"), "write a span of time"),
        (Terms(late_policy="a lot"), "write a late policy such as"),
    ],
)
def test_words_that_cannot_be_understood_stop_the_class(terms: Terms, says: str, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=says):
        open_desk(tmp_path, [ADA], terms)


def test_the_command_says_what_is_wrong_and_is_wrong_usage_before_it_grades(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.ipynb").write_text("{}", encoding="utf-8")
    words = ["class", str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--jobs", "1"]
    assert main([*words, "--due", "tomorrow"]) == 2
    assert "write a time such as '2026-11-30T23:59+01:00', not 'tomorrow'" in capsys.readouterr().err
    assert not (tmp_path / "out" / "gradebook.csv").exists()
