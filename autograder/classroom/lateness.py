"""Late is late: the due date, a grace period and extensions, and what the course's policy takes for lateness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone, tzinfo

from autograder import plain_words, settings
from autograder.classroom.hand_ins import HandIn, Lateness
from autograder.plain_words import Policy


class DeadlineError(ValueError):
    """A due date, a grace period or a policy that cannot be understood; the message says how to write it."""


@dataclass(frozen=True)
class Deadline:
    """Until when a class hands in, in the course's time zone, and what lateness costs; without ``due`` nothing."""

    zone: tzinfo = timezone.utc
    due: datetime | None = None
    grace: timedelta = timedelta(0)
    policy: Policy | None = None

    def extended(self, text: str) -> datetime:
        """The end of the time that an extension gives: a time, or a span after the due date such as ``2 days``.

        Raises ``ValueError`` that says what is wrong with it.
        """
        if self.due is None:
            raise ValueError("there is no due date to extend: set due in settings.toml, or give --due")
        try:
            end = self.due + plain_words.span(text)  # days of the calendar, also where the clocks change
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
        """The hand-in with its time in the course's time zone, late or not, and what is taken for lateness."""
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
        """What holds for the class, so that nobody need guess how the settings were understood."""
        if self.due is None:
            return "No due date: nothing is taken for lateness."
        grace = f", and {plain_words.length(self.grace)} of grace" if self.grace else ""
        cost = f"Lateness costs {self.policy.in_words()}" if self.policy else "Nothing is taken for lateness"
        return f"Due {shown(self.due)}{grace}. {cost}."


def deadline(due: str | None = None, grace: str | None = None, policy: str | None = None) -> Deadline:
    """The deadline that these words give; where one is None, the course's settings do.

    Raises ``DeadlineError``.
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
    """The time as people write it, with its offset."""
    return f"{moment:%Y-%m-%d %H:%M} {moment:%Z}".rstrip()


def _submitted(hand_in: HandIn, zone: tzinfo) -> datetime | None:
    """When it was handed in; a time without an offset is UTC, as platforms mean it."""
    try:
        return plain_words.moment(hand_in.submitted, timezone.utc).astimezone(zone)
    except ValueError:
        return None


def _seconds(moment: datetime) -> float:
    """Seconds since 1970: times of one zone are subtracted as the clock shows them otherwise."""
    return moment.timestamp()
