"""The leak check: nothing a student gets holds a solution, a hidden check, the key or an expected hidden number.

What is secret is read from the sources themselves, so a new check or another solution is guarded without a line here.
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
"""Characters without white space: shorter lines of code stand everywhere."""

_NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")


class LeakError(ValueError):
    """The student release holds a secret; the message names the file, the secret and how it is hidden."""


@dataclass(frozen=True)
class Secrets:
    """What must not be found: texts without white space and patterns, each with a name, and numbers."""

    texts: dict[str, str]
    patterns: dict[re.Pattern[str], str]
    numbers: tuple[SecretNumber, ...]


def check(release: Path, root: Path = REPOSITORY) -> None:
    """Look through a release, the folder or the zip; raises ``LeakError`` that lists what was found."""
    hidden = secrets(root)
    files = [release / name for name in handout.RELEASED] if release.is_dir() else [release]
    found = [f"{file}: {finding}" for file in files for finding in find(hidden, file.read_bytes())]
    if found:
        raise LeakError("Students must not see what the release holds:\n  " + "\n  ".join(found))


def find(secrets: Secrets, data: bytes) -> list[str]:
    """Name every secret in ``data`` and the layers that hide it."""
    found: dict[str, str] = {}
    for layers, text in texts(data, _innocent()):
        for name in _found_in(secrets, text):
            found.setdefault(name, layers)
    return [f"{name}{f' (hidden by {layers})' if layers else ''}" for name, layers in found.items()]


@lru_cache(maxsize=1)
def _innocent() -> frozenset[str]:
    """The data as published: thousands of numbers, among which any short number is found."""
    return frozenset(hashlib.sha256((ASSIGNMENT.folder / name).read_bytes()).hexdigest() for name in ASSIGNMENT.data)


def secrets(root: Path) -> Secrets:
    """Collect what is secret from the source, the rubric, the settings and the marking guide."""
    return Secrets(
        texts={_compact(text): name for text, name in _secret_texts(root) if len(_compact(text)) >= SHORTEST_SECRET},
        patterns={
            re.compile(rf"{name}[^A-Za-z0-9]{{1,12}}{letter}(?![A-Za-z0-9])"): f"the key of {name}"
            for name, letter in ASSIGNMENT.key.items()
            if isinstance(letter, str)
        },
        numbers=tuple(ASSIGNMENT.secrets()),
    )


def _found_in(secrets: Secrets, text: str) -> Iterator[str]:
    for compact in {_compact(text), *_code_lines(text, together=True)}:
        yield from (name for secret, name in secrets.texts.items() if secret in compact)
    yield from (name for pattern, name in secrets.patterns.items() if pattern.search(text))
    for literal in set(_NUMBER.findall(text)):
        places, digits = len(literal.partition(".")[2]), len(literal.replace(".", "").lstrip("0"))
        for number in secrets.numbers:
            room = max(10.0**-places, number.error)  # rounded or cut off
            if digits >= number.digits and abs(float(literal) - number.value) < room:
                yield number.name


def _secret_texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield every secret text with its name; a line of a solution that a given cell holds too is none."""
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
    return re.sub(r"\s+", "", text)


def _code_lines(text: str, together: bool = False) -> list[str]:
    """The lines of Python code as Python itself would write them, without white space; none if it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an escape that a string does not know
            code = ast.unparse(ast.parse(textwrap.dedent(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [_compact(line) for line in ([code] if together else code.split("\n"))]
