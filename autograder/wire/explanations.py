"""Finds what students explain in cells of text.

Standard library only: this module is released inside the student's self-check, so that it and the grader read alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

MAX_EXPLANATION = 5000
"""Characters of an explanation that are kept; one or two sentences are asked for."""


def read_explanations(
    cells: Iterable[tuple[str, str, Collection[str]]], texts: Mapping[str, tuple[str, str]], blank: str
) -> dict[str, str]:
    """Return the student's own words by the name of their answer; what is still blank is absent.

    A cell is its kind, its source and its tags; ``texts`` gives for each tag of a text its name and that of the answer
    that it explains, and ``blank`` is what stands there at first. A cell that lost its tag but kept its label belongs
    to the answer above it.
    """
    by_explained = {explained: name for name, explained in texts.values()}
    label, placeholder = _label(blank), _placeholder(blank)
    tagged: dict[str, str] = {}
    labelled: dict[str, str] = {}
    name = ""
    for kind, source, tags in cells:
        if kind == "code":
            above = _explained(tuple(by_explained)).findall(source)
            name = by_explained[above[-1]] if above else name
            continue
        text = placeholder.sub("", label.sub("", source)).strip()[:MAX_EXPLANATION]
        own = [texts[tag][0] for tag in sorted(tags) if tag in texts]
        if text and own:
            tagged[own[0]] = text
        elif text and name and label.match(source):
            labelled.setdefault(name, text)
    return {**labelled, **tagged}


@lru_cache(maxsize=4)
def _label(blank: str) -> re.Pattern[str]:
    """The first line of a blank text, with its emphasis or without."""
    return re.compile(rf"\*{{0,3}}{re.escape(blank.partition(chr(10))[0].strip('*:'))}:?\*{{0,3}}:?", re.IGNORECASE)


@lru_cache(maxsize=4)
def _placeholder(blank: str) -> re.Pattern[str]:
    """The rest of a blank text, in italics: the line that the student is to replace."""
    return re.compile(rf"[*_]{re.escape(blank.partition(chr(10))[2].strip().strip('*'))}[*_]")


@lru_cache(maxsize=4)
def _explained(names: tuple[str, ...]) -> re.Pattern[str]:
    """The name of an answer that a text explains, at the beginning of a line."""
    return re.compile(rf"^({'|'.join(names)})\b", re.MULTILINE)
