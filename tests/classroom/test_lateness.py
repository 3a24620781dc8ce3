"""Late is late: after the due date, an extension and the grace period, in the course's time zone, by its policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from class_rows_by_hand import student

from autograder import plain_words, settings
from autograder.classroom.hand_ins import HandIn, Lateness
from autograder.classroom.lateness import Deadline, DeadlineError, deadline

BERLIN = plain_words.time_zone("Europe/Berlin")
POLICY = plain_words.policy("10% per day, at most 3 days")
DUE = Deadline(BERLIN, plain_words.moment("2026-11-30T23:59", BERLIN), timedelta(minutes=15), POLICY)


def at(time: str, **fields: object) -> HandIn:
    return replace(HandIn(student("Ada"), Path("autodiff.ipynb"), time), **fields)  # type: ignore[arg-type] # of a test


def taken(deadline: Deadline, hand_in: HandIn, extension: str = "") -> float:
    _, lateness = deadline.judge(hand_in, deadline.extended(extension) if extension else None)
    return lateness.policy.deduction(lateness.by, 100, 100) if lateness.policy else 0


@pytest.mark.parametrize(
    "time, points",
    [
        ("2026-11-30T22:59:00+00:00", 0),
        ("2026-11-30T23:14:00+00:00", 0),
        ("2026-11-30T23:14:01+00:00", 10),
        ("2026-12-01T23:14:00+00:00", 10),
        ("2026-12-01T23:14:01+00:00", 20),
        ("2026-12-03T23:14:00+00:00", 30),
        ("2026-12-03T23:14:01+00:00", 100),
        ("2026-12-01T00:13:00+01:00", 0),
        ("2026-11-30T22:59:00", 0),
    ],
)
def test_what_lateness_takes_by_the_second(time: str, points: float) -> None:
    assert taken(DUE, at(time)) == points


def test_the_time_is_shown_in_the_courses_time_zone_and_lateness_is_noted() -> None:
    late, lateness = DUE.judge(at("2026-12-02T01:00:00+00:00"))
    assert (late.submitted, late.late) == ("2026-12-02T02:00:00+01:00", True)
    assert late.notes == ("Handed in 1 day 2 hours late.",)
    assert lateness.note == "10% of all points for each day begun; no points when later than 3 days"
    early, nothing = DUE.judge(at("2026-06-30T10:00:00+00:00", late=True))
    assert (early.submitted, early.late, early.notes) == ("2026-06-30T12:00:00+02:00", False, ())
    assert nothing == Lateness()


def test_an_extension_moves_the_due_date_and_keeps_the_grace() -> None:
    time = "2026-12-02T23:10:00+00:00"
    assert [taken(DUE, at(time), extension) for extension in ("", "1 day", "+2 days", "2026-12-02T23:59")] == [
        20,
        10,
        0,
        0,
    ]
    hand_in, _ = DUE.judge(at(time), DUE.extended("2 days"))
    assert hand_in.notes == ("Extension to 2026-12-02 23:59 CET.",)


def test_days_of_an_extension_are_days_of_the_calendar_where_the_clocks_change() -> None:
    autumn = replace(DUE, due=plain_words.moment("2026-10-24T23:59", BERLIN))
    assert autumn.extended("1 day").isoformat() == "2026-10-25T23:59:00+01:00"
    assert taken(autumn, at("2026-10-25T22:59:00+00:00"), "1 day") == 0
    assert taken(replace(autumn, grace=timedelta(0)), at("2026-10-25T21:59:00+00:00")) == 10  # the first 24 hours


@pytest.mark.parametrize(
    "text, says",
    [("a while", "'2 days' or as a time"), ("2026-11-29", "before the due date, 2026-11-30 23:59 CET"), ("", "2 days")],
)
def test_an_extension_that_makes_no_sense_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        DUE.extended(text)
    with pytest.raises(ValueError, match="no due date to extend"):
        Deadline().extended("2 days")


def test_without_a_due_date_nothing_is_taken_and_the_platform_says_who_is_late() -> None:
    hand_in, lateness = Deadline(BERLIN, policy=POLICY).judge(at("2026-12-02T01:00:00+00:00", late=True))
    assert (hand_in.submitted, hand_in.late, lateness) == ("2026-12-02T02:00:00+01:00", True, Lateness())


def test_without_a_time_nothing_is_taken_and_that_is_said() -> None:
    hand_in, lateness = DUE.judge(at("", late=True))
    assert (hand_in.late, lateness) == (True, Lateness())
    assert "does not say by how much" in hand_in.notes[0]
    assert DUE.judge(at("")) == (at(""), Lateness())
    missing = HandIn(student("Ada"), None, problem="Nothing was handed in.")
    assert DUE.judge(missing) == (missing, Lateness())


def test_options_count_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    course = replace(
        settings.load(), due="2026-11-30", grace=timedelta(hours=1), late_policy=POLICY, time_zone="Asia/Tokyo"
    )
    monkeypatch.setattr(settings, "load", lambda: course)
    assert deadline().in_words() == (
        "Due 2026-11-30 23:59 JST, and 1 hour of grace. "
        "Lateness costs 10% of all points for each day begun; no points when later than 3 days."
    )
    given = deadline("2026-12-01T12:00+01:00", "0 minutes", "5 points per hour")
    assert given.in_words() == "Due 2026-12-01 20:00 JST. Lateness costs 5 points for each hour begun."
    assert deadline("", None, "").due is None
    with pytest.raises(DeadlineError, match="write a time such as"):
        deadline("tomorrow")


def test_utc_needs_no_time_zones_to_be_installed() -> None:
    assert (
        Deadline(timezone.utc, plain_words.moment("2026-11-30", timezone.utc))
        .in_words()
        .startswith("Due 2026-11-30 23:59 UTC")
    )
