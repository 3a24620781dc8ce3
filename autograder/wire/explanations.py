"""The search for students' explanations in cells of text.

It imports the standard library only, so that the student's self-check can include it and read as the grader does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

MAX_EXPLANATION = 5000
"""Maximum length of an explanation that is kept, in characters; one or two sentences are asked for."""


def read_explanations(
    cells: Iterable[tuple[str, str, Collection[str]]], texts: Mapping[str, tuple[str, str]], blank: str
) -> dict[str, str]:
    """Return the student's explanations by the name of the answer. One that is still blank is absent.

    A cell is given as its kind, its source and its tags. ``texts`` maps the tag of each text to its name and to the
    name of the answer that it explains. ``blank`` is the text before the student writes there. A cell that lost its tag
    but kept its label belongs to the last answer above it.
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
        own = [texts[tag][0] for tag in sorted(tags) if tag in texts]
        if not own and not (name and label.match(source)):
            continue  # before any search, which takes long in a text that holds pictures
        if text := placeholder.sub("", label.sub("", source)).strip()[:MAX_EXPLANATION]:
            if own:
                tagged[own[0]] = text
            else:
                labelled.setdefault(name, text)
    return {**labelled, **tagged}


@lru_cache(maxsize=4)
def _label(blank: str) -> re.Pattern[str]:
    """Return a pattern for the first line of a blank text, with its emphasis or without."""
    return re.compile(rf"\*{{0,3}}{re.escape(blank.partition(chr(10))[0].strip('*:'))}:?\*{{0,3}}:?", re.IGNORECASE)


@lru_cache(maxsize=4)
def _placeholder(blank: str) -> re.Pattern[str]:
    """Return a pattern for the line in italics that the student is to replace, the rest of a blank text."""
    return re.compile(rf"[*_]{re.escape(blank.partition(chr(10))[2].strip().strip('*'))}[*_]")


@lru_cache(maxsize=4)
def _explained(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for one of these answers' names at the beginning of a line."""
    return re.compile(rf"^({'|'.join(names)})\b", re.MULTILINE)
