"""After a change of the rubric, each student's difference is told check by check, with the reason."""

from __future__ import annotations

from class_rows_by_hand import all_of, report

from autograder.classroom.changes import changes


def told(before: dict[str, object], now: dict[str, object]) -> list[str]:
    return list(changes(before, now))


def test_nothing_is_told_where_nothing_changed() -> None:
    marks = report({"mul.square": ""})
    assert told(marks, report({"mul.square": ""}, seconds=9.0)) == []


def test_a_check_that_is_judged_otherwise_says_how_and_why() -> None:
    now = report({"pow.node": ""}, messages={"pow.node": "Ran: out = a ** 2\nGot: is out a new Value? no\nWhy: so."})
    assert told(report({"mul.square": ""}), now) == [
        "mul.square: 0 of 2 -> 2 of 2: failed before, passed now",
        "pow.node: 1 of 1 -> 0 of 1: passed before, failed (Got: is out a new Value? no) now",
    ]


def test_points_that_changed_and_checks_that_came_or_went_are_told() -> None:
    before, now = report(), report()
    before["checks"] = [check for check in before["checks"] if check["id"] != "mul.square"]
    now["checks"] = [check for check in now["checks"] if check["id"] != "relu.at_zero"]
    [node] = [check for check in now["checks"] if check["id"] == "pow.node"]
    node["points"] = node["score"] = 4
    assert told(before, now) == [
        "mul.square: nothing -> 2 of 2: a new check, passed",
        "pow.node: 1 of 1 -> 4 of 4: worth 4 points instead of 1",
        "relu.at_zero: 1 of 1 -> nothing: no longer a check",
    ]


def test_points_that_move_between_questions_are_told_though_the_total_stays() -> None:
    before, now = report({"mul.square": ""}), report({"relu.accumulates": ""})
    assert before["score"] == now["score"]
    assert len(told(before, now)) == 2


def test_other_points_that_follow_through_are_told() -> None:
    before = report(all_of("training"), outcome="followed_through")
    now = report(all_of("training"), outcome="followed_through")
    before["checks"][-9]["score"] = now["checks"][-9]["score"] + 2
    assert [line.partition(": ")[2] for line in told(before, now)] == [
        "2 of 3 -> 0 of 3: followed through with other points"
    ]
