"""The staff's page about one student: code beside messages, hidden inputs, earlier versions, and nothing that runs."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from class_rows_by_hand import answers, report, row, rows, texts
from hypothesis import given
from hypothesis import strategies as st

from autograder.classroom import highlight
from autograder.classroom.grading_job import ACCOUNT
from autograder.classroom.hand_ins import ByHand, Decision
from autograder.classroom.naming import MAX_TEXT
from autograder.classroom.publish import publish
from autograder.classroom.versions import MOST_VERSIONS

EVIL = '<script>alert("1")</script><img src=x onerror=alert(2)>\u202e{{ 7 * 7 }}'
RUN = {"ran": "out = Value(2.7182) * Value(3.1415)", "expected": "out.data = 8.5392", "got": "", "holds": True}


def staff(out: Path, name: str = "ada") -> str:
    return (out / "staff" / f"{name}.html").read_text(encoding="utf-8")


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def accounted(**account: Any) -> dict[str, Any]:
    return {**report({"mul.square": "mul.overwrites"}), ACCOUNT: account}


def section(page: str, name: str) -> str:
    [found] = re.findall(rf'<section aria-labelledby="{name}">.*?</section>', page, re.DOTALL)
    return str(found)


def test_the_code_of_each_question_stands_beside_its_messages(tmp_path: Path) -> None:
    own = "def helper(a):\n    return a\n"
    shown = {"mul.square": "Got: NameError: helper"}
    publish(rows(row("Ada", report({"mul.square": ""}, messages=shown), cells=(*answers(), own))), tmp_path)
    page = staff(tmp_path)
    for question, method in (("mul", "__mul__"), ("pow", "__pow__"), ("relu", "relu")):
        assert f"def {method} (" in words(section(page, question)).replace("(self", " (self")
    assert "Got: NameError: helper" in words(section(page, "mul"))
    assert "choice_1 =" in words(section(page, "test_vs_train"))
    assert "def helper" in words(section(page, "others"))
    assert "class Network" not in words(page)  # the notebook's own


def test_what_intake_read_is_told_also_where_no_cell_says_it(tmp_path: Path) -> None:
    one = replace(row("Ada", cells=()), typed={"choice_1": "B", "train_before": 497.7, "test_before": EVIL})
    publish(rows(one), tmp_path)
    told = section(staff(tmp_path), "test_vs_train")
    assert "choice_1: B" in told and "train_before: 497.7" in told
    assert "<script" not in told and "&lt;script" in told


def test_hidden_inputs_are_on_the_staffs_page_and_on_no_other(tmp_path: Path) -> None:
    wrong = {**RUN, "ran": "out = Value(9.9999) ** 2", "got": "out.data = 1.5555", "holds": False}
    publish(rows(row("Ada", accounted(**{"mul.forward_range": [RUN], "mul.square": [wrong]}))), tmp_path)
    for number in ("2.7182", "8.5392", "9.9999", "1.5555"):
        assert number in section(staff(tmp_path), "report")
        assert [path.parts[0] for path, text in texts(tmp_path).items() if number in text] == ["staff"]


def test_the_mark_that_counts_is_told_with_who_changed_it_from_what_to_what(tmp_path: Path) -> None:
    decided = ByHand({"mul.square": Decision(2, "seen in the office", "overrides.csv, line 4")})
    one = row("Ada", report({"mul.square": ""}))
    publish(rows(replace(one, by_hand=decided)), tmp_path)
    told = words(section(staff(tmp_path), "mark"))
    assert "100 of 100" in told
    assert "98" in told
    assert "mul.square: 0 -> 2 (seen in the office" in told


def test_nothing_of_a_students_is_more_than_text(tmp_path: Path) -> None:
    run = dict.fromkeys(("ran", "expected", "got"), EVIL) | {"holds": False}
    marks = accounted(**{"mul.square": [run]})
    marks["notes"], marks["checks"][0]["message"] = [EVIL], EVIL
    evil = (f"# {EVIL}", f"x = '''{EVIL}'''", f"{EVIL}", f"def __mul__(a, b):\n    '{EVIL}'", "</code></pre><b>")
    one = row("Ada", marks, cells=evil, explanations={"explain_1": EVIL}, notes=(EVIL,), submitted=EVIL)
    publish(rows(one), tmp_path)
    publish(rows(row("Ada", cells=(f"y = 1  # {EVIL}",), result="other-1")), tmp_path)
    publish(rows(one), tmp_path)
    page = staff(tmp_path)
    assert "<script" not in page and "<img" not in page and "<b>" not in page and "\u202e" not in page
    assert page.count("&lt;script&gt;") >= 10
    assert "{{ 7 * 7 }}" in html.unescape(page)


@hypothesis.settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_highlighted_code_is_the_code(code: str) -> None:
    code = code.replace("\r", "\n").lstrip("\ufeff")
    marked = re.sub(r'</?span(?: class="[a-z0-9]+")?>', "", highlight.python(code))
    assert not re.search("[<>]", marked)
    assert html.unescape(marked).rstrip("\n") == html.unescape(html.escape(code)).rstrip("\n")


@pytest.mark.parametrize(
    "piece",
    ["(", "'", '"""', "\\", "f'{", "a.", "0x", "1e", "@", "#", " ", "\t\\\n", "lambda ", "!", "{%", "é", "\x00"],
)
def test_a_text_that_is_hard_to_read_takes_no_time(piece: str) -> None:
    started = time.process_time()
    highlight.python(piece * (MAX_TEXT // len(piece)))
    assert time.process_time() - started < 1


def test_what_two_long_versions_have_in_common_is_found_in_bounded_time() -> None:
    started = time.process_time()
    highlight.difference(["a\nb\n" * 50_000], ["b\na\n" * 50_000])
    assert time.process_time() - started < 3


# --- versions ---------------------------------------------------------------------------------------------------------


def test_an_earlier_version_is_told_with_its_points_and_what_changed(tmp_path: Path) -> None:
    first = row("Ada", report({"mul.square": ""}), cells=("a = 1\nb = 2",), result="one-1", submitted="2026-11-01")
    publish(rows(first), tmp_path)
    assert "None is known." in staff(tmp_path)
    publish(rows(row("Ada", cells=("a = 1\nb = 3",), result="two-1", submitted="2026-11-02")), tmp_path)
    told = words(section(staff(tmp_path), "versions"))
    assert "2026-11-01: 98 points" in told
    assert "- b = 2" in told.replace("-b", "- b") and "+ b = 3" in told.replace("+b", "+ b")


def test_a_regrade_of_the_same_answers_is_no_other_version(tmp_path: Path) -> None:
    publish(rows(row("Ada", result="same-1")), tmp_path)
    publish(rows(row("Ada", report({"mul.square": ""}), result="same-2")), tmp_path)
    assert "None is known." in staff(tmp_path)


def test_versions_name_no_student_and_outlive_a_damaged_file(tmp_path: Path) -> None:
    for number in range(MOST_VERSIONS + 5):
        publish(rows(row("Ada", cells=(f"a = {number}",), result=f"r{number}-1")), tmp_path)
    [kept] = (tmp_path / "versions").iterdir()
    assert "ada" not in kept.name.lower()
    assert staff(tmp_path).count("Met in an earlier run") == MOST_VERSIONS
    kept.write_text('[{"answers": 1}', encoding="utf-8")
    publish(rows(row("Ada")), tmp_path)
    assert "None is known." in staff(tmp_path)


def test_earlier_submissions_that_the_export_tells_of_are_listed(tmp_path: Path) -> None:
    publish(rows(row("Ada", earlier=("2026-11-01T10:00:00: 34 points on Gradescope",))), tmp_path)
    assert "2026-11-01T10:00:00: 34 points on Gradescope" in words(section(staff(tmp_path), "versions"))


def test_pages_about_who_left_are_removed(tmp_path: Path) -> None:
    publish(rows(row("Ada"), row("Bob")), tmp_path)
    publish(rows(row("Ada")), tmp_path)
    assert [path.name for path in (tmp_path / "staff").iterdir()] == ["ada.html"]
