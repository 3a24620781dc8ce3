"""Placeholders for the public half of the rubric and the probes; in the released file the build fills them in."""

from __future__ import annotations

from typing import Any

from autograder.wire.cells import harmless_calls

QUESTIONS: tuple[str, ...] = ()
CHOICES: tuple[str, ...] = ()
EVIDENCE: tuple[str, ...] = ()
TEXTS: dict[str, tuple[str, str]] = {}
BLANK = ""
TOTALS: dict[str, int] = {}
KINDS: dict[str, str] = {}
METHODS: dict[str, str] = {}
HARMLESS = harmless_calls(())
PROBES: dict[str, Any] = {}
CHECKS: list[dict[str, Any]] = []
MISTAKES: list[dict[str, Any]] = []
