"""Docstrings are plain English: a function's says what it does, any other says what the thing is (style, rule 5)."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from specimens import ROOT

from autograder.autodiff.probes.by_name import ONCE, STEPWISE

PACKAGE = ROOT / "autograder"

_VERBS = """
Add Allow Answer Append Apply Ask Bring Build Call Check Choose Close Collect Compare Compute Confine Connect
Copy Count Cut Describe Do Draw End Enter Evaluate Execute Fetch Find Forbid Forget Fork Format Give Grade Hand
Hold Import Install Interrupt Join Judge Keep Kill Leave Let List Load Lock Look Make Map Match Measure Merge
Move Name Note Open Parse Pass Place Prepare Print Put Read Record Remove Replace Report Reserve Return Reverse
Round Run Save Search Send Serve Set Show Sort Spend Split Start Stop Store Subtract Suspend Take Tell Test
Train Try Turn Undo Unpack Update Use Wait Warn Watch Write Yield
"""
VERBS = frozenset(_VERBS.split())
"""Verbs in the imperative that a function's docstring may begin with; add another one here when it is needed."""

_NO_NOUNS = """
About As At By Does For From Has How If In Is Its Of On Such That These This Those Times To Under What When
Where Whether Which Who Why With Accepts Allows Begins Builds Called Catches Decides Ends Finds Gathers Gives
Holds Keeps Leaves Lets Looks Makes Raised Reads Return Returns Says Sends Shows Stands Takes Tell Tells Turns
Wants Writes Yield Yields
"""
NO_NOUNS = frozenset(_NO_NOUNS.split())
"""Words that the docstring of a constant, class, module or property must not begin with."""


class Doc(NamedTuple):
    """A docstring and the place where it stands."""

    file: str
    line: int
    is_of_function: bool
    text: str

    @property
    def first_word(self) -> str:
        return re.split(r"[^\w?]", self.text, maxsplit=1)[0]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text.splitlines()[0]}"


def docs_in(source: str, file: str = "") -> Iterator[Doc]:
    """Yield the docstrings of a module, also those below constants and fields."""
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for place, statement in enumerate(body):
            text = _text(statement)
            if text is None:
                continue
            is_function = place == 0 and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if not (is_function and getattr(node, "name", "") in (ONCE | STEPWISE)):  # texts for students
                yield Doc(file, statement.lineno, is_function and not _is_property(node), inspect.cleandoc(text))


def _text(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
    return None


def _is_property(function: ast.AST) -> bool:
    return any("property" in ast.unparse(one) for one in getattr(function, "decorator_list", ()))


def begins_wrong(doc: Doc) -> bool:
    return doc.first_word not in VERBS if doc.is_of_function else doc.first_word in NO_NOUNS


def is_no_sentence(doc: Doc) -> bool:
    first, *rest = doc.text.splitlines()
    return not first.endswith((".", ":")) or bool(rest and rest[0])


def hides_what_is_raised(doc: Doc) -> bool:
    told = len(re.findall(r"\bRaises\b", doc.text))
    return "; raises" in doc.text or told != len(re.findall(r"(?:^|\n\n)Raises\b", doc.text))


RULES: tuple[Callable[[Doc], bool], ...] = (begins_wrong, is_no_sentence, hides_what_is_raised)


def test_the_docstrings_of_the_package_keep_every_rule() -> None:
    broken = [
        f"{doc} ({rule.__name__})"
        for path in sorted(PACKAGE.rglob("*.py"))
        for doc in docs_in(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
        for rule in RULES
        if rule(doc)
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("def f():\n    'Whether it holds.'", begins_wrong),
        ("def f():\n    'The length of a name.'", begins_wrong),
        ("def f():\n    'Returns the length of a name.'", begins_wrong),
        ("class C:\n    @property\n    def f(self):\n        'Tell if it holds.'", begins_wrong),
        ("LIMIT = 3\n'For one name.'", begins_wrong),
        ("class C:\n    limit: int = 3\n    'What one name may take.'", begins_wrong),
        ("class C:\n    'Holds names.'", begins_wrong),
        ("'Which names there are.'", begins_wrong),
        ("def f():\n    'Return the length'", is_no_sentence),
        ("def f():\n    '''Return the length\n    of a name.'''", is_no_sentence),
        ("def f():\n    'Return the length; raises KeyError.'", hides_what_is_raised),
        ("def f():\n    '''Return the length.\n\n    It may fail. Raises KeyError.'''", hides_what_is_raised),
    ],
)
def test_what_is_wrong_is_seen(source: str, wrong: Callable[[Doc], bool]) -> None:
    [doc] = docs_in(source)
    assert [rule for rule in RULES if rule(doc)] == [wrong]


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    '''Return the length of a name.\n\n    Raises KeyError if there is none.'''",
        "LIMIT = 3\n'Maximum length of a name, in characters.'",
        "class C:\n    @property\n    def f(self):\n        'Length of the name.'",
        "'The names of the field.'",
    ],
)
def test_what_is_right_is_let_be(source: str) -> None:
    [doc] = docs_in(source)
    assert not any(rule(doc) for rule in RULES)
