"""The due date, the grace period and extensions, and the lateness of a submission."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone, tzinfo

from autograder import plain_words, settings
from autograder.classroom.hand_ins import HandIn, Lateness
from autograder.plain_words import Policy


class DeadlineError(ValueError):
    """Exception for a due date, grace period or policy that cannot be read; the message says how to write it."""


@dataclass(frozen=True)
class Deadline:
    """The due date of a class with its grace period and the policy for lateness; if ``due`` is None, nobody is late.

    ``zone`` is the course's time zone.
    """

    zone: tzinfo = timezone.utc
    due: datetime | None = None
    grace: timedelta = timedelta(0)
    policy: Policy | None = None

    def extended(self, text: str) -> datetime:
        """Return the new due date that an extension gives: ``text`` is a time, or a span such as ``2 days``.

        Raises ``ValueError``, whose message says what is wrong with it.
        """
        if self.due is None:
            raise ValueError("there is no due date to extend: set due in settings.toml, or give --due")
        try:
            end = self.due + plain_words.span(text)  # a day later is the same time of day, also where clocks change
        except ValueError:
            try:
                end = plain_words.moment(text, self.zone)
            except ValueError:
                raise ValueError(
                    f"write an extension as '2 days' or as a time such as '2026-12-02T23:59', not {text!r}"
                ) from None
        if _seconds(end) < _seconds(self.due):
            raise ValueError(f"the extension ends before the due date, {shown(self.due)}")
        return end

    def judge(self, hand_in: HandIn, extension: datetime | None = None) -> tuple[HandIn, Lateness]:
        """Judge if a hand-in is late; return it with its time in the course's time zone, and its lateness.

        ``extension`` replaces the due date for this student.
        """
        submitted = _submitted(hand_in, self.zone)
        if submitted is not None:
            hand_in = replace(hand_in, submitted=submitted.isoformat())
        if self.due is None or hand_in.file is None:
            return hand_in, Lateness()
        notes = [f"Extension to {shown(extension)}."] if extension else []
        if submitted is None:
            unknown = "Late by the platform, which does not say by how much: nothing is taken for it."
            return replace(hand_in, notes=(*hand_in.notes, *notes, *([unknown] if hand_in.late else []))), Lateness()
        by = timedelta(seconds=max(0.0, _seconds(submitted) - _seconds(extension or self.due)))
        late = by > self.grace
        notes += [f"Handed in {plain_words.length(by)} late."] if late else []
        words = self.policy.in_words() if self.policy else ""
        lateness = Lateness(by - self.grace, self.policy, words) if late else Lateness()
        return replace(hand_in, late=late, notes=(*hand_in.notes, *notes)), lateness

    def in_words(self) -> str:
        """Return the rules in words, so that people see how their settings were understood."""
        if self.due is None:
            return "No due date: nothing is taken for lateness."
        grace = f", and {plain_words.length(self.grace)} of grace" if self.grace else ""
        cost = f"Lateness costs {self.policy.in_words()}" if self.policy else "Nothing is taken for lateness"
        return f"Due {shown(self.due)}{grace}. {cost}."


def deadline(due: str | None = None, grace: str | None = None, policy: str | None = None) -> Deadline:
    """Make a deadline from the words of the options; where one is None, the course's settings count.

    Raises ``DeadlineError`` for words that cannot be read.
    """
    course = settings.load()
    try:
        zone = course.zone
        return Deadline(
            zone,
            course.due_at if due is None else plain_words.moment(due, zone) if due else None,
            course.grace if grace is None else plain_words.span(grace),
            course.late_policy if policy is None else plain_words.policy(policy) if policy else None,
        )
    except (ValueError, plain_words.NoZonesError) as error:
        raise DeadlineError(str(error)) from None


def shown(moment: datetime) -> str:
    """Return a time as people write it, with its time zone."""
    return f"{moment:%Y-%m-%d %H:%M} {moment:%Z}".rstrip()


def _submitted(hand_in: HandIn, zone: tzinfo) -> datetime | None:
    """Return the time of a hand-in, None if there is none; one without an offset is UTC, as platforms mean it."""
    try:
        return plain_words.moment(hand_in.submitted, timezone.utc).astimezone(zone)
    except ValueError:
        return None


def _seconds(moment: datetime) -> float:
    """Return a time as seconds since 1970.

    Two times of one zone cannot simply be subtracted: Python ignores that the clocks may have changed in between.
    """
    return moment.timestamp()
