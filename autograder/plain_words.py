"""Readers of times, spans of time and late policies that an instructor writes in plain words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone, tzinfo
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
END_OF_DAY = time(23, 59, 59)
"""Time of day at which a due date ends that has none."""

_NUMBER = r"\d+(?:\.\d+)?"
_SPAN = re.compile(rf"\+?({_NUMBER}) ?(minute|hour|day)s?")
_POLICY = re.compile(
    rf"(?P<amount>{_NUMBER}) ?(?P<unit>%|points?)(?P<earned> of the score)? per (?P<each>hour|day)"
    rf"(?:, at most (?P<most>{_NUMBER}) ?(?P<limit>%|points?|hours?|days?))?"
)


class NoZonesError(RuntimeError):
    """Exception for a computer on which no time zones but UTC are installed."""


@dataclass(frozen=True)
class Policy:
    """A late policy: it takes ``amount`` for ``each`` hour or day that has begun.

    The amount is in percent of all points that there are, or with ``of_score`` of the points earned; if ``percent`` is
    false, it is in points. No more than ``most`` is taken, but everything if a submission is later than ``until``.
    """

    amount: float
    each: timedelta
    percent: bool = True
    of_score: bool = False
    most: float | None = None
    until: timedelta | None = None

    def deduction(self, late_by: timedelta, score: float, possible: float) -> float:
        """Return the points that lateness takes from ``score``; they are never more than the score."""
        if late_by <= timedelta(0):
            return 0
        if self.until is not None and late_by > self.until:
            return score
        taken = self.amount * math.ceil(late_by / self.each)
        taken = taken if self.most is None else min(taken, self.most)
        if self.percent:
            taken *= (score if self.of_score else possible) / 100
        return min(score, round(taken, 2))

    def in_words(self) -> str:
        """Return the policy in words, so that nobody must guess how its short form is understood."""
        of = " of the points earned" if self.of_score else " of all points"
        unit = f"%{of}" if self.percent else " points"
        words = f"{self.amount:g}{unit} for each {length(self.each).removeprefix('1 ')} begun"
        words += "" if self.most is None else f", but no more than {self.most:g}{'%' if self.percent else ' points'}"
        return words + ("" if self.until is None else f"; no points when later than {length(self.until)}")


def policy(text: str) -> Policy:
    """Read a policy such as "10% per day, at most 3 days".

    Raises ``ValueError``, whose message shows how to write one.
    """
    match = _POLICY.fullmatch(" ".join(text.split()))
    percent = match is not None and match["unit"] == "%"
    if match is None or (match["earned"] and not percent):
        raise ValueError(f"write a late policy such as '10% per day, at most 3 days', not {text!r}")
    amount, until, most = float(match["amount"]), None, None
    if (limit := match["limit"] or "").startswith(("hour", "day")):
        until = float(match["most"]) * UNITS[limit.rstrip("s")]
    elif limit:
        most = float(match["most"])
        if (limit == "%") != percent:
            raise ValueError(f"the limit must be in the unit of the deduction, or in days, not {text!r}")
    if percent and max(amount, most or 0) > 100:
        raise ValueError(f"no more than 100% can be taken, not {text!r}")
    return Policy(amount, UNITS[match["each"]], percent, bool(match["earned"]), most, until)


def span(text: str) -> timedelta:
    """Read a span of time such as "15 minutes".

    Raises ``ValueError``, whose message shows how to write one.
    """
    match = _SPAN.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(f"write a span of time such as '15 minutes', '12 hours' or '2 days', not {text!r}")
    return float(match[1]) * UNITS[match[2]]


def length(time: timedelta) -> str:
    """Write a span of time in words, such as "1 day 2 hours"; less than a minute counts as one."""
    minutes = max(1, math.floor(time / UNITS["minute"]))
    parts = (("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60))
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for unit, number in [p for p in parts if p[1]][:2])


def moment(text: str, zone: tzinfo) -> datetime:
    """Read a time such as "2026-11-30T23:59+01:00" and return it in ``zone``.

    A time without an offset is one in ``zone``; a date alone means the end of that day.

    Raises ``ValueError``, whose message shows how to write a time.
    """
    words = text.strip().replace(" ", "T", 1)
    try:
        found = datetime.fromisoformat(words[:-1] + "+00:00" if words.endswith(("Z", "z")) else words)
    except ValueError:
        raise ValueError(f"write a time such as '2026-11-30T23:59+01:00', not {text!r}") from None
    if len(words) == len("2026-11-30"):
        found = datetime.combine(found.date(), END_OF_DAY)
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def time_zone(name: str) -> tzinfo:
    """Return the time zone of that name, such as Europe/Berlin.

    Raises ``ValueError`` for an unknown name (the message suggests a similar one), and ``NoZonesError`` if no time
    zones are installed.
    """
    if name == "UTC":
        return timezone.utc  # known even where no time zones are installed
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zones = available_timezones()
    if not zones:
        raise NoZonesError(f"no time zones are installed here, so {name!r} is not known: pip install tzdata")
    raise ValueError(f"there is no time zone {name!r}{nearest(name, sorted(zones))}")


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the question "did you mean ...?" to put after an error; empty if none of ``names`` is similar."""
    by_folded = {each.casefold(): each for each in names}
    found = get_close_matches(name.casefold(), by_folded, n=1)
    return f"; did you mean {by_folded[found[0]]}?" if found else ""
