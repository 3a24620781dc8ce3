"""A drawing of the notebook, taken apart."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"


def svg(shown: Any) -> ElementTree.Element:
    """The picture in a drawing."""
    found = re.search(r"<svg.*</svg>", shown._repr_html_(), re.DOTALL)
    assert found is not None
    return ElementTree.fromstring(found[0])


def lines(shown: Any) -> list[str]:
    """The lines of a drawing in words."""
    return [line.strip() for line in repr(shown).split("\n")]


def nodes(shown: Any) -> list[str]:
    """Those that describe a node each."""
    return [line for line in lines(shown) if ": data " in line]


def steps(shown: Any) -> list[str]:
    """Those that describe the grads now, and the steps of ``backward``."""
    return lines(shown)[1 + len(nodes(shown)) :]


def boxes(picture: ElementTree.Element) -> list[tuple[float, ...]]:
    """Left, top, right and bottom of every node, in topological order."""
    rects = [rect for rect in picture.iter(f"{SVG}rect") if rect.get("fill-opacity")]
    numbers = [[float(rect.get(name) or 0) for name in ("x", "y", "width", "height")] for rect in rects]
    return [(x, y, x + width, y + height) for x, y, width, height in numbers]


def ends(path: ElementTree.Element) -> tuple[float, float, float, float]:
    """Where an arrow begins and where it ends."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d") or "")]
    return (*numbers[:2], *numbers[-2:])  # type: ignore[return-value]


class Elements(HTMLParser):
    """The elements of a piece of HTML, each with its attributes, and the text in it, by their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of that name."""
        return [attributes for name, attributes in self.found if name == tag]
