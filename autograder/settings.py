"""What an instructor sets: ``config.json`` beside this file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).resolve().parent / "config.json"
VISIBILITIES = ("after_published", "after_due_date", "hidden")
"""When Gradescope shows hidden checks: once grades are published, after the due date, or never."""

WALL_SECONDS, CPU_SECONDS = 240.0, 120.0
"""For one submission, unless it is set: ten times what the solution needs on Gradescope's half of a core."""
LEAST_SECONDS, MOST_SECONDS = 30, 420
"""For one submission: the solution needs 10 s on Gradescope, which ends all after 600 s, reading included."""

FILES_URL = r"""|https://(?!github\.com/)[^\s"'\\]+|https://github\.com/[^/\s]+/[^/\s]+/tree/[^\s"'\\]+"""
"""Pattern of the address of a folder, or nothing; one on GitHub is as the browser shows it, with its branch."""


@dataclass(frozen=True)
class Config:
    """Holds what an instructor sets.

    ``salt`` makes the inputs of hidden checks unpredictable; ``hidden_visibility`` is one of ``VISIBILITIES``;
    ``wall_seconds`` and ``cpu_seconds`` are what grading one submission may take, on the clock and of the processor.
    ``follow_through`` tells if a mistake costs its points once; else it costs those of what builds on it as well.
    ``files_url`` is the address of the folder from which the notebook fetches its files; empty where there is none.
    """

    salt: str
    hidden_visibility: str
    wall_seconds: float = WALL_SECONDS
    cpu_seconds: float = CPU_SECONDS
    follow_through: bool = True
    files_url: str = ""

    def generator(self, fingerprint: str, check: str) -> Random:
        """The generator of a hidden check's inputs: the same for the same submission, check and salt."""
        digest = hashlib.sha256(f"{self.salt}|{fingerprint}|{check}".encode()).digest()
        return Random(int.from_bytes(digest, "big"))


@lru_cache(maxsize=1)
def load() -> Config:
    """The settings in ``FILE``; raises ``ValueError`` that names the setting to mend."""
    settings = json.loads(FILE.read_text(encoding="utf-8"))
    salt, visibility = settings.get("salt"), settings.get("hidden_visibility")
    if not isinstance(salt, str) or len(salt) < 16:
        raise ValueError(
            f"{FILE}: salt must be a text of at least 16 characters, such as `openssl rand -hex 16` prints"
        )
    if visibility not in VISIBILITIES:
        raise ValueError(f"{FILE}: hidden_visibility must be one of {', '.join(VISIBILITIES)}, not {visibility!r}")
    wall, cpu = _seconds(settings, "wall_seconds", WALL_SECONDS), _seconds(settings, "cpu_seconds", CPU_SECONDS)
    follow_through = settings.get("follow_through", True)
    if not isinstance(follow_through, bool):
        raise ValueError(f"{FILE}: follow_through must be true or false, not {follow_through!r}")
    return Config(salt, visibility, wall, cpu, follow_through, _files_url(settings.get("files_url", "")))


def _files_url(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(FILES_URL, value):
        raise ValueError(
            f"{FILE}: files_url must be empty or the address of a folder, such as "
            f"https://github.com/owner/repository/tree/branch/folder or https://example.edu/folder, not {value!r}"
        )
    return value.rstrip("/")


def _seconds(settings: Mapping[str, Any], name: str, default: float) -> float:
    value = settings.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not LEAST_SECONDS <= value <= MOST_SECONDS:
        raise ValueError(f"{FILE}: {name} must be a number from {LEAST_SECONDS} to {MOST_SECONDS}, not {value!r}")
    return float(value)
