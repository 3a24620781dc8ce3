"""What an instructor sets: ``config.json`` beside this file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

FILE = Path(__file__).resolve().parent / "config.json"
VISIBILITIES = ("after_published", "after_due_date", "hidden")
"""When Gradescope shows hidden checks: once grades are published, after the due date, or never."""


@dataclass(frozen=True)
class Config:
    """``salt`` makes the inputs of hidden checks unpredictable; ``hidden_visibility`` is one of ``VISIBILITIES``."""

    salt: str
    hidden_visibility: str

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
    return Config(salt, visibility)
