"""The leak check: no file for students holds a solution, a hidden check, the key or an expected hidden number.

The secrets are read from the sources themselves, so a new check or another solution is protected without a change here.
"""

from __future__ import annotations

import ast
import hashlib
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.authoring import handout, source_file
from autograder.authoring.decoding import texts
from autograder.vocabulary import SecretNumber

REPOSITORY = Path(__file__).resolve().parents[2]
SHORTEST_SECRET = 10
"""Minimum length of a secret text, in characters without white space; shorter lines of code are found everywhere."""

_NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")


class LeakError(ValueError):
    """Exception for a student release that holds a secret. The message names the file, the secret and its layers."""


@dataclass(frozen=True)
class Secrets:
    """Secrets that no released file may hold: texts without white space and patterns, by their names, and numbers."""

    texts: dict[str, str]
    patterns: dict[re.Pattern[str], str]
    numbers: tuple[SecretNumber, ...]


def check(release: Path, root: Path = REPOSITORY) -> None:
    """Search a release for secrets, be it a folder or a zip.

    Raises ``LeakError`` that lists all that were found.
    """
    hidden = secrets(root)
    files = [release / name for name in handout.RELEASED] if release.is_dir() else [release]
    found = [f"{file}: {finding}" for file in files for finding in find(hidden, file.read_bytes())]
    if found:
        raise LeakError("Students must not see what the release holds:\n  " + "\n  ".join(found))


def find(secrets: Secrets, data: bytes) -> list[str]:
    """Return the name of every secret in ``data``, each with the layers that hide it."""
    found: dict[str, str] = {}
    literals: set[str] = set()
    for layers, text in texts(data, _innocent()):
        new = set(_NUMBER.findall(text)) - literals
        literals |= new
        for name in (*_texts_in(secrets, text), *_numbers_in(secrets, new)):
            found.setdefault(name, layers)
    return [f"{name}{f' (hidden by {layers})' if layers else ''}" for name, layers in found.items()]


@lru_cache(maxsize=1)
def _innocent() -> frozenset[str]:
    """Return the digests of the published data, which are not searched: they hold thousands of numbers."""
    return frozenset(hashlib.sha256((ASSIGNMENT.folder / name).read_bytes()).hexdigest() for name in ASSIGNMENT.data)


def secrets(root: Path) -> Secrets:
    """Collect the secrets from the source, the rubric, the settings and the marking guide."""
    return Secrets(
        texts={_compact(text): name for text, name in _secret_texts(root) if len(_compact(text)) >= SHORTEST_SECRET},
        patterns={
            re.compile(rf"{name}[^A-Za-z0-9]{{1,12}}{letter}(?![A-Za-z0-9])"): f"the key of {name}"
            for name, letter in ASSIGNMENT.key.items()
            if isinstance(letter, str)
        },
        numbers=tuple(ASSIGNMENT.secrets()),
    )


def _texts_in(secrets: Secrets, text: str) -> Iterator[str]:
    for compact in {_compact(text), *_code_lines(text, together=True)}:
        yield from (name for secret, name in secrets.texts.items() if secret in compact)
    yield from (name for pattern, name in secrets.patterns.items() if pattern.search(text))


def _numbers_in(secrets: Secrets, literals: set[str]) -> Iterator[str]:
    for literal in literals:
        places, digits = len(literal.partition(".")[2]), len(literal.replace(".", "").lstrip("0"))
        for number in secrets.numbers:
            room = max(10.0**-places, number.error)  # the number may be rounded or cut off
            if digits >= number.digits and abs(float(literal) - number.value) < room:
                yield number.name


def _secret_texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield every secret text with its name. A line of a solution that a given cell holds too is no secret."""
    cells = source_file.read_source(root).cells
    answers = [cell for cell in cells if source_file.question_of(cell)]
    given = {_compact(line) for line in ASSIGNMENT.manifest.blank.split("\n")} | {
        line
        for cell in cells
        if cell.cell_type == "code" and cell not in answers
        for line in (*map(_compact, cell.source.split("\n")), *_code_lines(cell.source))
    }
    for cell in answers:
        solution = "\n".join(source_file.solution_lines(cell.source)) if cell.cell_type == "code" else cell.source
        lines = {*map(_compact, solution.split("\n")), *_code_lines(solution)} - given
        yield from ((line, f"the solution of {source_file.answer_tag(cell)}") for line in lines)
    yield from _hidden_texts()
    guide = root / "solutions" / "marking-guide.md"
    if guide.is_file():
        yield from ((line, "the marking guide") for line in guide.read_text(encoding="utf-8").split("\n"))


def _hidden_texts() -> Iterator[tuple[str, str]]:
    yield settings.load().salt, "the salt"
    public = handout.public_checks()
    shown = {text for check in public for text in (check.title, check.why, check.probe)}
    for check in ASSIGNMENT.checks:
        if check not in public:
            texts = {check.id, check.title, check.why, check.probe} - shown
            yield from ((text, f"the hidden check {check.id}") for text in texts)


def _compact(text: str) -> str:
    return "".join(text.split())


def _code_lines(text: str, together: bool = False) -> list[str]:
    """Parse a text as Python, and return its lines as ``ast.unparse`` writes them, without white space.

    With ``together`` they are joined. The list is empty if the text is no Python.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an unknown escape in a string
            code = ast.unparse(ast.parse(textwrap.dedent(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [_compact(line) for line in ([code] if together else code.split("\n"))]
