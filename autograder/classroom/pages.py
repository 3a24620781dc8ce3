"""Templates of the HTML pages; everything that is put into them is escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

import jinja2
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from autograder.classroom.gradebook import title

OUTCOMES = {
    "passed": ("✓", "passed"),
    "followed_through": ("→", "followed through"),
    "failed": ("✗", "failed"),
    "not_attempted": ("–", "blank"),
    "not_reached": ("·", "not reached"),
    "grader_fault": ("!", "the grader failed"),
}
"""Sign and words for each outcome."""

LABELS = ("Ran", "Expected", "Got", "Why it matters", "Runs once this passes", "Follows from", "Hint")
"""Labels with which the lines about a check begin."""


def template(name: str) -> jinja2.Template:
    """Load a template; a variable that it uses and is not given is an error, never an empty place."""
    return _environment().get_template(name, globals={"assignment": title()})


@cache
def _environment() -> jinja2.Environment:
    folder = files("autograder.classroom") / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = Markup((folder / "style.css").read_text(encoding="utf-8"))
    environment.globals |= {"outcomes": OUTCOMES, "labels": LABELS}
    script = (folder / "class.js").read_text(encoding="utf-8")
    environment.globals |= {"script": Markup(script), "script_digest": _digest(script)}
    environment.filters |= {"deviation": _deviation, "signed": _signed, "points": _points}
    return environment


def _digest(script: str) -> str:
    """Return the script's digest for the page's content security policy, which lets no other script run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _points(number: float | None) -> str:
    """Write points as pages show them; a dash stands for None."""
    return "–" if number is None else f"{number:g}"


def _deviation(number: float | None) -> str:
    return "–" if number is None else f"{number:.1f}"


def _signed(number: float) -> str:
    """Write a correlation with two decimal places and a true minus sign instead of a hyphen."""
    return f"{number:.2f}".replace("-", "\N{MINUS SIGN}")


def markdown(text: str, *, top: int) -> Markup:
    """Turn Markdown into HTML whose highest headings have level ``top``; HTML within it is shown as text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    levels = [_level(token) for token in tokens if _level(token)]
    for token in tokens:
        if _level(token):
            token.tag = f"h{min(6, _level(token) - min(levels) + top)}"
    for opening, content, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "th_open" and not content.content:
            opening.tag = closing.tag = "td"  # an empty cell is no heading of its column
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # the renderer escapes all text


def _level(token: Token) -> int:
    return int(token.tag[1]) if token.type in ("heading_open", "heading_close") else 0
