"""Written explanations are listed to be marked, blind if wanted, and their marks are read back and never lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from class_rows_by_hand import row, rows, student

from autograder import settings
from autograder.classroom import explanations
from autograder.classroom.explanations import MarkError
from autograder.classroom.hand_ins import Decision, Marked
from autograder.classroom.publish import publish

LONG = "The recorded test loss is measured after the update of its epoch and so it is one update ahead."
ADA = student("Ada Lovelace", key="ada-1")


@pytest.fixture(autouse=True)
def five_points(monkeypatch: pytest.MonkeyPatch) -> None:
    course = replace(settings.load(), explanation_points={"explain_1": 5, "explain_2": 2.5})
    monkeypatch.setattr(settings, "load", lambda: course)


def wrote(name: str, one: str = "", two: str = "") -> Marked:
    return row(name, explanations={"explain_1": one, "explain_2": two})


def table(out: Path) -> list[dict[str, str]]:
    text = (out / explanations.FILE).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if text.startswith("id;") else ","))


def save(out: Path, lines: Sequence[dict[str, str]], delimiter: str = ",") -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(lines)
    (out / explanations.FILE).write_text(text.getvalue(), encoding="utf-8-sig")


def mark(out: Path, text: str, points: str, comment: str = "") -> None:
    """Type points and a comment beside a text."""
    lines = table(out)
    [line] = [line for line in lines if line["text"] == text]
    line["points"], line["comment"] = points, comment
    save(out, lines)


def marks(out: Path, one: Marked) -> dict[str, Decision]:
    return explanations.marks_of(one.hand_in.student.key, one.explanations, explanations.read(out))


def test_every_text_has_a_line_beside_what_it_is_about(tmp_path: Path) -> None:
    publish(rows(wrote("Ada", "First.", "Second."), wrote("Bob", "Third.")), tmp_path)
    shown = [(one["explanation"], one["student"], one["letter"], one["text"], one["of"]) for one in table(tmp_path)]
    assert shown == [
        ("explain_1", "Ada", "right letter", "First.", "5"),
        ("explain_1", "Bob", "right letter", "Third.", "5"),
        ("explain_2", "Ada", "right letter", "Second.", "2.5"),
    ]


def test_points_and_comments_are_read_back_and_kept(tmp_path: Path) -> None:
    ada = wrote("Ada", "First.", "Second.")
    publish(rows(ada), tmp_path)
    mark(tmp_path, "First.", "3,5", "=Well, said")
    mark(tmp_path, "Second.", "80%")
    assert marks(tmp_path, ada) == {
        "explain_1": Decision(3.5, "=Well, said", "explanations.csv, line 2"),
        "explain_2": Decision(2, "", "explanations.csv, line 3"),
    }
    publish(rows(ada), tmp_path)
    assert [(one["points"], one["comment"]) for one in table(tmp_path)] == [("3,5", "'=Well, said"), ("80%", "")]
    assert marks(tmp_path, ada)["explain_1"].comment == "=Well, said"


def test_without_names_the_order_is_random_and_the_same_again(tmp_path: Path) -> None:
    made = [wrote(f"S{k:02d}", f"My own text, number {k}: {'abcdefghijklmnopq'[k % 17] * (k + 9)}") for k in range(30)]
    publish(rows(*made), tmp_path, anonymous=True)
    first = (tmp_path / explanations.FILE).read_bytes()
    assert {one["student"] for one in table(tmp_path)} == {""}
    assert not any(name in first for name in (b"S01", b"student-"))
    order = [one["text"] for one in table(tmp_path)]
    assert order != sorted(order) and order != [one.explanations["explain_1"] for one in made]
    (tmp_path / explanations.FILE).unlink()
    publish(rows(*made), tmp_path, anonymous=True)
    assert (tmp_path / explanations.FILE).read_bytes() == first


def test_marks_given_blind_count_for_the_same_texts_with_names(tmp_path: Path) -> None:
    ada = wrote("Ada", "First.")
    publish(rows(ada), tmp_path, anonymous=True)
    mark(tmp_path, "First.", "4")
    publish(rows(ada), tmp_path)
    assert [(one["student"], one["points"]) for one in table(tmp_path)] == [("Ada", "4")]


@pytest.mark.parametrize("anonymous", [False, True])
def test_equal_and_nearly_equal_texts_stand_together(anonymous: bool, tmp_path: Path) -> None:
    others = [
        wrote(f"M{k}", f"{'An answer of my own in words that nobody else has used' * 2}"[k:] + "x" * 50 * k)
        for k in range(5)
    ]
    alike = [wrote("Ada", LONG), wrote("Nick", LONG.replace("recorded", "written")), wrote("Zoe", LONG.upper())]
    publish(rows(*others, *alike), tmp_path, anonymous=anonymous)
    texts = [one["text"] for one in table(tmp_path)]
    places = sorted(texts.index(one.explanations["explain_1"]) for one in alike)
    assert places == list(range(places[0], places[0] + 3))
    assert [table(tmp_path)[place]["alike"] for place in places] == ["3 alike"] * 3
    page = (tmp_path / "class.html").read_text(encoding="utf-8")
    found = sorted(page.index(f'dir="auto">{one.explanations["explain_1"]}<') for one in alike)
    assert page[found[0] : found[-1]].count('class="answer"') == 2


def test_another_text_needs_another_mark_and_the_old_one_is_not_lost(tmp_path: Path) -> None:
    publish(rows(wrote("Ada", "First.")), tmp_path)
    mark(tmp_path, "First.", "3", "Why?")
    again = wrote("Ada", "First, and why.")
    publish(rows(again), tmp_path)
    assert [(one["text"], one["points"], one["comment"], one["note"]) for one in table(tmp_path)] == [
        ("First, and why.", "", "", ""),
        ("First.", "3", "Why?", explanations.NO_LONGER),
    ]
    assert marks(tmp_path, again) == {}
    publish(rows(wrote("Ada", "First.")), tmp_path)
    assert [(one["text"], one["points"], one["note"]) for one in table(tmp_path)] == [("First.", "3", "")]


def test_what_is_typed_while_a_class_is_graded_is_not_lost(tmp_path: Path) -> None:
    ada = wrote("Ada", "First.")
    publish(rows(ada), tmp_path)
    explanations.read(tmp_path)
    mark(tmp_path, "First.", "3")
    publish(rows(ada), tmp_path)
    assert marks(tmp_path, ada)["explain_1"].points == 3


@pytest.mark.parametrize(
    "points, says",
    [("6", "write points from 0 to 5, or a grade such as 80%, not '6'"), ("A", "write points"), ("-1", "write points")],
)
def test_points_that_cannot_be_are_told_with_their_line_and_the_file_stays(
    points: str, says: str, tmp_path: Path
) -> None:
    publish(rows(wrote("Ada", "First.", "Second.")), tmp_path)
    mark(tmp_path, "First.", points)
    before = (tmp_path / explanations.FILE).read_bytes()
    with pytest.raises(MarkError, match=f"explanations.csv, line 2: {says}"):
        explanations.read(tmp_path)
    publish(rows(wrote("Ada", "First.", "Second.")), tmp_path)
    assert (tmp_path / explanations.FILE).read_bytes() == before


def test_points_for_what_has_none_and_two_marks_for_one_text_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(rows(wrote("Ada", "First.")), tmp_path)
    mark(tmp_path, "First.", "3")
    save(tmp_path, [*table(tmp_path)] * 2)
    with pytest.raises(MarkError, match="line 3: line 2 is about the same text"):
        explanations.read(tmp_path)
    save(tmp_path, table(tmp_path)[:1])
    course = replace(settings.load(), explanation_points={})
    monkeypatch.setattr(settings, "load", lambda: course)
    with pytest.raises(MarkError, match="the course gives no points for explain_1; set them in settings"):
        explanations.read(tmp_path)


def test_what_a_spreadsheet_saves_is_read(tmp_path: Path) -> None:
    ada = wrote("Ada", "First; and\nthen = more.")
    publish(rows(ada), tmp_path)
    lines = table(tmp_path)
    lines[0]["points"] = "4,5"
    save(tmp_path, lines, delimiter=";")
    assert marks(tmp_path, ada)["explain_1"].points == 4.5


def test_a_class_that_explained_nothing_has_no_such_file(tmp_path: Path) -> None:
    publish(rows(row("Ada")), tmp_path)
    assert not (tmp_path / explanations.FILE).exists()


def test_no_text_of_a_students_is_a_formula(tmp_path: Path) -> None:
    publish(rows(wrote("Ada", '=HYPERLINK("http://x")')), tmp_path)
    assert [one["text"] for one in table(tmp_path)] == ['\'=HYPERLINK("http://x")']
