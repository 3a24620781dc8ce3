"""The course's settings: ``settings.toml`` beside this file, and the salt, which is kept out of git."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from autograder import plain_words, settings_file
from autograder.plain_words import Policy
from autograder.settings_file import Entry, SettingsError

__all__ = ["FILE", "SALT_FILE", "Config", "SettingsError", "load"]

FILE = Path(__file__).resolve().parent / "settings.toml"
SALT_FILE = FILE.with_name("salt.txt")
"""File with the course's own salt; git ignores it."""
SALT_VARIABLE = "AUTOGRADER_SALT"
"""Environment variable with the salt; if it is set, ``SALT_FILE`` is not read."""
PUBLIC_SALT = "b7c0f2b1f6f04a0e9d3ad55b6f1c7a52"
"""Salt of a course that has set none; everybody can read it."""
LEAST_SALT = 16
"""Least length of a salt, in characters."""

VISIBILITIES = ("after_published", "after_due_date", "hidden")
"""Answers to when Gradescope shows hidden checks: once grades are published, after the due date, or never."""

WALL_SECONDS, CPU_SECONDS = 240.0, 120.0
"""Default limits of time for one submission: ten times what the solution needs on Gradescope's half of a core."""
LEAST_SECONDS, MOST_SECONDS = 30, 420
"""Bounds of these limits: the solution needs 10 s on Gradescope, which stops everything after 600 s."""
MOST_POINTS = 1000
"""Maximum points of one explanation; more is a slip of the keyboard."""

FILES_URL = r"""|https://(?!github\.com/)[^\s"'\\]+|https://github\.com/[^/\s]+/[^/\s]+/tree/[^\s"'\\]+"""
"""Pattern of a folder's address, or of an empty text; on GitHub, the address as a browser shows it, with the branch."""


@dataclass(frozen=True)
class Config:
    """The course's settings; ``settings.toml`` explains each.

    ``visibility`` is by question, ``explanation_points`` by explanation; those with no points are left out. ``lines``
    has the line of each setting in the file, by section and name.
    """

    salt: str
    hidden_visibility: str = VISIBILITIES[0]
    wall_seconds: float = WALL_SECONDS
    cpu_seconds: float = CPU_SECONDS
    follow_through: bool = True
    files_url: str = ""
    title: str = ""
    time_zone: str = "UTC"
    due: str = ""
    grace: timedelta = timedelta(0)
    late_policy: Policy | None = None
    visibility: Mapping[str, str] = field(default_factory=dict)
    explanation_points: Mapping[str, float] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def zone(self) -> tzinfo:
        """Time zone of the course.

        Raises ``NoZonesError`` if no time zones are installed.
        """
        return plain_words.time_zone(self.time_zone)

    @property
    def due_at(self) -> datetime | None:
        """Due date in the course's time zone; None if there is none."""
        return plain_words.moment(self.due, self.zone) if self.due else None

    def visibility_of(self, question: str) -> str:
        """Return the visibility of a question's hidden checks, one of ``VISIBILITIES``."""
        return self.visibility.get(question, self.hidden_visibility)

    def generator(self, fingerprint: str, check: str) -> Random:
        """Make the random generator for a hidden check's inputs; submission, check and salt decide its numbers."""
        digest = hashlib.sha256(f"{self.salt}|{fingerprint}|{check}".encode()).digest()
        return Random(int.from_bytes(digest, "big"))

    def check_names(self, questions: Collection[str], explanations: Collection[str]) -> None:
        """Check that the assignment has every question and explanation that the settings name.

        Raises ``SettingsError`` for the first that it has not.
        """
        for section, name in self.lines:
            known = {"visibility": questions, "explanation_points": explanations}.get(section)
            if known is not None and name not in known:
                raise _unknown(name, known, self.lines[section, name])


@lru_cache(maxsize=1)
def load() -> Config:
    """Load the settings from ``FILE``, and the salt.

    Raises ``SettingsError``, whose message names the line to mend.
    """
    entries = settings_file.read(FILE.read_bytes(), FILE.name)
    for (section, name), entry in entries.items():
        if section in _BY_NAME:
            continue
        if section:
            raise _unknown(section, _BY_NAME, entry.line)
        if name not in _SETTINGS:
            raise _unknown(name, _SETTINGS, entry.line)
    single = {name: _checked(_SETTINGS[name], name, entry) for (section, name), entry in entries.items() if not section}
    several: dict[str, Any] = {
        section: {name: _checked(check, name, entry) for (own, name), entry in entries.items() if own == section}
        for section, check in _BY_NAME.items()
    }
    several["explanation_points"] = {name: points for name, points in several["explanation_points"].items() if points}
    return Config(_salt(), **single, **several, lines={place: entry.line for place, entry in entries.items()})


def _unknown(name: str, known: Collection[str], line: int) -> SettingsError:
    hint = plain_words.nearest(name, known) or f"; there are {', '.join(known)}"
    if name == "salt":
        hint = f"; it belongs into {SALT_FILE.name} beside this file, or into {SALT_VARIABLE} in the environment"
    return SettingsError(f"{FILE.name}, line {line}: there is no setting {name}{hint}")


def _checked(check: Callable[[Any], Any], name: str, entry: Entry) -> Any:
    try:
        return check(entry.value)
    except ValueError as error:
        raise SettingsError(f"{FILE.name}, line {entry.line}: {name} {error}") from None


def _salt() -> str:
    """Return the salt from the environment, or else from ``SALT_FILE``, or else the public one."""
    place, salt = f"{SALT_VARIABLE} in the environment", os.environ.get(SALT_VARIABLE)
    if salt is None and SALT_FILE.is_file():
        place, salt = f"{SALT_FILE.name}, line 1", SALT_FILE.read_text(encoding="utf-8").strip()
    if salt is None:
        return PUBLIC_SALT
    if len(salt) < LEAST_SALT or not salt.isprintable():
        raise SettingsError(
            f"{place}: the salt must be one line of at least {LEAST_SALT} characters, as `openssl rand -hex 16` prints"
        )
    return salt


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be a text in double quotes, not {value!r}")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {value!r}")
    return value


def _files_url(value: Any) -> str:
    if not re.fullmatch(FILES_URL, _text(value)):
        raise ValueError(
            "must be empty or the address of a folder, such as https://github.com/owner/repository/tree/branch/folder "
            f"or https://example.edu/folder, not {value!r}"
        )
    return str(value).rstrip("/")


def _visibility(value: Any) -> str:
    if value not in VISIBILITIES:
        raise ValueError(f"must be one of {', '.join(VISIBILITIES)}, not {value!r}")
    return str(value)


def _number(least: float, most: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise ValueError(f"must be a number from {least} to {most}, not {value!r}")
        return float(value)

    return check


def _zone(value: Any) -> str:
    """Check the name of a time zone; if none are installed, any name is right, as grading one submission needs none."""
    with suppress(plain_words.NoZonesError):
        plain_words.time_zone(_text(value))
    return str(value)


def _due(value: Any) -> str:
    if _text(value):
        plain_words.moment(value, timezone.utc)
    return str(value)


def _words(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda value: read(_text(value)) if value != "" else None


_SETTINGS: Mapping[str, Callable[[Any], Any]] = {
    "title": _text,
    "hidden_visibility": _visibility,
    "follow_through": _truth,
    "files_url": _files_url,
    "time_zone": _zone,
    "due": _due,
    "grace": lambda value: plain_words.span(_text(value)),
    "late_policy": _words(plain_words.policy),
    "wall_seconds": _number(LEAST_SECONDS, MOST_SECONDS),
    "cpu_seconds": _number(LEAST_SECONDS, MOST_SECONDS),
}
"""Function for each setting that turns its value into the one in ``Config``.

It raises ``ValueError`` for a wrong value; the message says what the value must be.
"""
_BY_NAME: Mapping[str, Callable[[Any], Any]] = {
    "visibility": _visibility,
    "explanation_points": _number(0, MOST_POINTS),
}
"""Function of the same sort for each section whose settings are by question or explanation."""
