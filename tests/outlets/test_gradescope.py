"""What Gradescope is told: scores, visibility, words that cannot break out, and a fault that is never a zero."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from assigned import ASSIGNMENT, CHECKS, MANIFEST
from specimens import ROOT
from zip_ways import SCHEMA

from autograder.grading import pipeline
from autograder.outlets import gradescope
from autograder.settings import VISIBILITIES
from autograder.vocabulary import Isolation, Note, Outcome, OutcomeName, Report, Step

CONTAINER = ROOT / "autograder" / "authoring" / "container"


def _report(outcome: OutcomeName = "passed", **fields: Any) -> Report:
    outcomes = tuple(Outcome(check, outcome, **fields) for check in CHECKS)
    return Report("autodiff.ipynb", outcomes, Isolation((Step.OWN_UID,), (Step.NETWORK_NAMESPACE,)), 12.34)


def _results(report: Report, visibility: str = "after_published") -> dict[str, Any]:
    results = gradescope.results(report, MANIFEST, lambda question: visibility)
    jsonschema.validate(results, SCHEMA)
    return results


@pytest.mark.parametrize("outcome, total", [("passed", 100), ("failed", 0), ("not_attempted", 0), ("not_reached", 0)])
def test_the_tests_add_up_to_the_report(outcome: OutcomeName, total: int) -> None:
    tests = _results(_report(outcome))["tests"]
    assert sum(test["score"] for test in tests) == total
    assert sum(test["max_score"] for test in tests) == 100
    assert {test["status"] for test in tests} == {"passed" if total else "failed"}


def test_every_check_is_one_test_with_its_question_and_outcome_as_tags() -> None:
    tests = _results(_report("not_reached"))["tests"]
    assert [(test["name"], test["tags"]) for test in tests] == [
        (f"{check.question}: {check.title}", [check.question, "not_reached"]) for check in CHECKS
    ]
    assert len({test["number"] for test in tests}) == len({test["name"] for test in tests}) == len(CHECKS)


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_hidden_checks_are_hidden_until_the_date_the_instructor_chose(visibility: str) -> None:
    tests = _results(_report(), visibility)["tests"]
    wanted = ["visible" if check.visibility == "public" else visibility for check in CHECKS]
    assert [test["visibility"] for test in tests] == wanted


def test_what_a_student_sees_at_once_does_not_depend_on_hidden_checks() -> None:
    def seen(hidden: OutcomeName) -> str:
        outcomes = (Outcome(c, "passed" if c.visibility == "public" else hidden, "words") for c in CHECKS)
        results = _results(Report("autodiff.ipynb", tuple(outcomes)))
        visible = [test for test in results["tests"] if test["visibility"] == "visible"]
        return json.dumps([results["output"], visible, results.get("score")])

    assert seen("passed") == seen("failed") == seen("not_reached")


def test_a_fault_of_the_grader_has_no_score() -> None:
    report = _report()
    report = replace(report, outcomes=(replace(report.outcomes[0], outcome="grader_fault"), *report.outcomes[1:]))
    first, *others = _results(report)["tests"]
    assert "score" not in first
    assert all("score" in test for test in others)
    assert "no score" in _results(report)["output"]


def test_the_result_that_stands_when_the_grader_dies_is_valid_and_no_mark() -> None:
    fault = json.loads((CONTAINER / "fault.json").read_text(encoding="utf-8"))
    jsonschema.validate(fault, SCHEMA)
    assert "score" not in fault
    assert not any("score" in test for test in fault["tests"])
    assert "tell the course staff" in fault["output"]


def test_hidden_checks_of_one_question_may_be_shown_at_another_time() -> None:
    def visibility_of(question: str) -> str:
        return "after_due_date" if question == "training" else "hidden"

    results = gradescope.results(_report(), MANIFEST, visibility_of)
    hidden = [check for check in CHECKS if check.visibility == "hidden"]
    shown = {test["name"]: test["visibility"] for test in results["tests"]}
    assert {shown[f"{check.question}: {check.title}"] for check in hidden if check.question != "training"} == {"hidden"}
    own = [check for check in hidden if check.question == "training"]
    assert {shown[f"{check.question}: {check.title}"] for check in own} == {"after_due_date"}
    points = sum(check.points for check in own)
    assert f"{len(own)} more checks, worth {points} points, are hidden until the due date." in results["output"]
    assert f"{len(hidden) - len(own)} more checks, worth" in results["output"]


def test_a_result_without_any_score_is_refused_by_the_schema() -> None:
    results = gradescope.results(_report(), MANIFEST, lambda question: "hidden")
    del results["tests"][0]["score"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(results, SCHEMA)


def test_a_message_keeps_its_lines_and_its_words() -> None:
    message = "Ran: a * b\nExpected: 6\nGot: <b>5</b> `x` [l](http://e.org)\nWhy it matters: it does"
    output = _results(_report("failed", message=message, hint="Is it +=?"))["tests"][0]["output"]
    shown = html.unescape(output.replace("**", ""))
    assert shown.split("\n\n") == [*message.split("\n"), "Hint: Is it +=?"]
    assert "**Got:**" in output


@pytest.mark.parametrize(
    "text", ["<script>", "`code`", "**bold**", "_it_", "[a](b)", "| row |", "# title", "$$x$$", "~~~", "&amp;", "\\*"]
)
def test_markup_in_a_students_text_is_only_text(text: str) -> None:
    literal = gradescope.literal(text)
    assert html.unescape(literal) == text
    assert not set(literal.replace("&#", "")) & set("<>`*_[]|#$~\\&")


def test_terminal_escapes_and_lone_surrogates_do_not_get_through() -> None:
    literal = gradescope.literal("\x1b[31mred\x07 \ud800 \u202e")
    assert literal.encode("utf-8")
    assert not set(literal) & set("\x1b\x07\u202e")


def test_notes_are_shown_as_text() -> None:
    assert "- two &#60;notebooks&#62;" in _results(replace(_report(), notes=(Note("two <notebooks>"),)))["output"]


def test_notes_for_the_staff_are_hidden_from_students() -> None:
    results = _results(replace(_report(), notes=(Note("look at it", "staff"),)))
    assert "look at it" not in results["output"]
    [note] = [test for test in results["tests"] if test["tags"] == ["staff"]]
    assert "look at it" in note["output"]
    assert (note["visibility"], note["max_score"]) == ("hidden", 0)


def test_extra_data_names_the_isolation_and_the_misconceptions() -> None:
    extra = _results(_report("failed", misconception="mul.overwrites"))["extra_data"]
    assert extra["isolation"] == {"applied": ["own uid"], "missing": ["network namespace"]}
    assert set(extra["misconceptions"]) == {check.id for check in CHECKS}


def test_totals_out_of_bounds_are_a_fault_not_a_mark() -> None:
    with pytest.raises(ValueError, match="not 100"):
        gradescope.results(replace(_report(), outcomes=_report().outcomes[1:]), MANIFEST, lambda question: "hidden")


def test_a_crash_leaves_the_earlier_result_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "submission").mkdir()
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "results.json").write_text("earlier", encoding="utf-8")

    def crash(*_: object) -> Report:
        raise RuntimeError

    monkeypatch.setattr(pipeline, "grade", crash)
    monkeypatch.setattr(pipeline, "refuse", crash)
    with pytest.raises(RuntimeError):
        gradescope.run(tmp_path, ASSIGNMENT)
    assert (tmp_path / "results" / "results.json").read_text(encoding="utf-8") == "earlier"
