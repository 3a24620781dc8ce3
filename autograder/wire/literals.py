"""Reading of letters and numbers that are written out: the value of an expression of literals, and the answer it gives.

Nothing is run. This module is released inside the student's self-check, so that it and the grader read alike; it
therefore imports the standard library only.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from collections.abc import Mapping

MAX_ANSWER = 2000
"""Maximum length of a text that is read as an answer, in characters; the longest option has 200."""

_FULL_WIDTH = {chr(0xFF01 + number): chr(0x21 + number) for number in range(94)}
_BLANKS = dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ") | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
_QUOTES = dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u300c\u300d\u300e\u300f", '"') | dict.fromkeys(
    "\u2018\u2019\u201a\u201b\u2039\u203a\u2032", "'"
)
_KEYS = str.maketrans({**_FULL_WIDTH, **_BLANKS, **_QUOTES, "\u2212": "-", "\u066b": "."})
_LOOK_ALIKE = "\u0410\u0412\u0421\u0415\u0430\u0441\u0435\u0501\u0391\u0392\u0395"
"""Cyrillic and Greek letters that look like Latin ones; ``_LATIN`` gives the Latin ones in the same order."""
_LATIN = dict(zip(_LOOK_ALIKE, "ABCEACEDABE", strict=True))

_FRAME = " \t\n\r\"'`()[]{}<>*_-•"
"""Characters that may surround a letter or its option and mean nothing."""
_PREFIX = re.compile(r"(?:(?:my |the )?(?:option|answer|choice|letter)\b(?: is\b)?[\s:=]*)?", re.IGNORECASE)
_OPTION = re.compile(
    rf"[A-Ea-e{_LOOK_ALIKE}](?!\w)\s*"
    r"(?:$|[^\w\s]+(?!\S)|[):\]\u2013\u2014\u3001\u3002]|[-.,](?=[A-Z][a-z]|[^\x00-\x7f])|because\b)"
)
"""Pattern of a letter that is alone or separated by punctuation from a text. In "A test" the A is an article."""
_REASON = re.compile(r"\w(?:(?P<because>[\s,]*because\b)|\s*[-.):*\]\u2013\u2014\u3002]+)")
"""Pattern of a letter with what separates it from its reason, in which other letters may be mentioned."""
_SECOND_THOUGHTS = frozenset(
    ("actually", "also", "and", "but", "either", "maybe", "neither", "no", "nor", "or", "perhaps", "sorry")
)
"""Words at the beginning of a text after a letter that announce another letter."""
_FEWEST_WORDS = 6
"""Minimum length, in words, of a reason that may end with a letter. A shorter one, as in "D. I mean A", chooses it."""
_SENTENCE_END = re.compile(r"[.!?;\n]\s")
_LONE = re.compile(
    rf"(?<!\w)(?<!\w['.])(?:[B-E]|[Aa-e{_LOOK_ALIKE}](?!\s+(?!(?:and|as|because|is|nor?|not|or|too|[A-E])\b)\w))"
    r"(?!\w|['.]\w)"
)
"""Pattern of a lone letter in a text. A small letter or "A" before another word is taken for a word of the sentence."""

_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,  # always a float: the result neither grows without bound nor is complex
}


def plain_keys(text: str) -> str:
    """Return the text with plain quotes, blanks, digits and signs in place of characters that look like them."""
    return text.translate(_KEYS)


def as_letter(name: str, value: float | str | None) -> str:
    """Return the letter that was typed as the answer ``name``.

    If it is no single letter, return a text that says so and what to type instead.
    """
    chosen = letters_in(value) if isinstance(value, str) else set()
    if len(chosen) == 1:
        return chosen.pop()
    if chosen:
        return f'several letters (type the one that you mean, as in {name} = "A")'
    return f'not a letter from A to E in quotes (type it as in {name} = "A")'


def letters_in(text: str) -> set[str]:
    """Return the letter that a text chooses, with or without the words of the option.

    The set is empty if the text chooses none, and holds several letters if it names several.
    """
    text = unicodedata.normalize("NFKC", plain_keys(text[:MAX_ANSWER])).strip(_FRAME)
    prefix = _PREFIX.match(text)
    text = text[prefix.end() if prefix else 0 :].strip(_FRAME)
    chosen = text[:1] if _OPTION.match(text) else ""
    reason = _REASON.match(text) if chosen else None
    if reason and (reason["because"] or not _goes_on(text[reason.end() :].strip(_FRAME))):
        text = chosen
    named = {_LATIN.get(one, one).upper() for one in [*chosen, *_LONE.findall(text)]}
    return named if chosen or len(named) > 1 else set()


def _goes_on(text: str) -> bool:
    """Tell whether the text after a letter chooses another letter. A reason may mention others without choosing one."""
    words = [word.strip(_FRAME + ".,:;?!").lower() for word in text.split()]
    is_last = len(words) < _FEWEST_WORDS and any(_LONE.fullmatch(word) for word in words[-1:])
    names_option = any(_OPTION.match(sentence.strip(_FRAME)) for sentence in [text, *_SENTENCE_END.split(text)])
    return is_last or names_option or not _SECOND_THOUGHTS.isdisjoint(words[:1])


def as_number(name: str, value: float | str | None) -> float | str:
    """Return the number that was typed as the answer ``name``.

    If it is no finite number, return a text that says so and what to type instead.
    """
    try:
        typed = math.nan if value is None else _parsed_number(value)
    except ValueError:
        typed = math.nan
    if math.isfinite(typed):
        return typed
    return f"not a number written out (type it with a decimal point, as in {name} = 12.3)"


def written_out(node: ast.expr, known: Mapping[str, float | str]) -> float | str | None:
    """Return the number or the text that an expression of literals evaluates to, or None for any other expression.

    ``known`` holds the values of names that may occur in it. A list, tuple or set of one element counts as the element.
    """
    try:
        value = _value(node, known)
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return value if isinstance(value, str) or math.isfinite(value) else None


def _value(node: ast.expr, known: Mapping[str, float | str]) -> float | str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            if all(isinstance(part, ast.Constant) for part in parts):
                return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        case ast.List(elts=[only]) | ast.Tuple(elts=[only]) | ast.Set(elts=[only]):
            return _value(only, known)
        case ast.Name(id=name) if name in known:
            return known[name]
    return _number(node, known)


def _parsed_number(value: float | str) -> float:
    """Return a number as a float, also if it was typed as a text.

    Raises ``ValueError`` for a text that is no number or too long.
    """
    if isinstance(value, str) and len(value) > MAX_ANSWER:
        raise ValueError("a text that is too long")
    return float(plain_keys(value) if isinstance(value, str) else value)


def _number(node: ast.expr, known: Mapping[str, float | str]) -> float:
    """Evaluate arithmetic on literals and ``known`` names, also with ``round``, ``abs`` and ``float``.

    Every step is done in floats, so that no number takes much memory. ``np.float64(12.3)`` counts as a literal, because
    NumPy 2 prints numbers so.

    Raises ``ValueError`` for any other expression, and ``ArithmeticError`` where the arithmetic fails.
    """
    match node:
        case ast.Constant(value=int() | float() | str() as value) if not isinstance(value, bool):
            return _parsed_number(value)
        case ast.Name(id=name) if name in known:
            return _parsed_number(known[name])
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand, known)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _number(operand, known)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATIONS:
            return float(_OPERATIONS[type(sign)](_number(left, known), _number(right, known)))
        case ast.Call(func=ast.Name(id="round") | ast.Attribute(attr="round"), args=[rounded, *digits], keywords=given):
            places = [*digits, *(keyword.value for keyword in given if keyword.arg in ("ndigits", "decimals"))]
            if len(places) == len(digits) + len(given) < 2:
                return round(_number(rounded, known), int(_number(places[0], known)) if places else 0)
        case ast.Call(func=ast.Name(id="abs"), args=[only], keywords=[]):
            return abs(_number(only, known))
        case ast.Call(func=ast.Name(id="float") | ast.Attribute(attr="float64" | "float32"), args=[only], keywords=[]):
            return _number(only, known)
    raise ValueError("not a number written out")
