"""What the notebook shows: the graph behind a Value, a training while it runs, and tables. Nothing in it is marked.

Everything is HTML in a notebook and plain text in a console. Drawings and tables have the colours of the page around
them, so that a dark theme is as good as a light one; what a picture shows is also said in words.
"""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Any

MOST_NODES = 60
"""More do not fit on a page."""
LINE, PADDING, GAP_X, GAP_Y, LETTER = 18, 10, 50, 22, 7.8
"""Pixels: a line of text, the room around it, the room between nodes, and the width of a letter at 13 pixels."""
HEIGHT = 3 * LINE + PADDING
"""Pixels: a node has three lines."""
SECONDS_BETWEEN_UPDATES = 0.25
"""Four updates a second look alive, and cost a training less than a hundredth of its time."""

SIGNS = {"__add__": "+", "__mul__": "×", "__sub__": "-", "__truediv__": "/", "__pow__": "**"}
INSTALL = "To see it as a picture, run %pip install igraph in a cell, and then this cell again."

Point = tuple[float, float]


@dataclass(frozen=True)
class Shown:
    """Something to look at: HTML for a notebook, text for a console."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


# --- the graph of a Value -----------------------------------------------------------------------------------------


def draw(value: Any, **names: Any) -> Shown:
    """Return a picture of the graph of `value`.

    A node shows its name and how it was computed, its data and its grad. Nodes without a name of yours are called v1,
    v2 and so on; a number is called by itself. Raises `TypeError` for what is no Value, `ValueError` for a large graph.
    """
    for each in (value, *names.values()):
        if not all(hasattr(each, field) for field in ("data", "grad", "_prev", "_backward")):
            raise TypeError(f"draw takes a Value, and this is an object of type {type(each).__name__}")
    nodes = _topological(value)
    labels = _labels(nodes, {id(node): name for name, node in names.items()})
    lines = [(_headline(node, labels), f"data {_number(node.data)}", f"grad {_number(node.grad)}") for node in nodes]
    title = f"Graph of {labels[id(value)]}: {len(nodes)} node{'s' if len(nodes) > 1 else ''}"
    words = [f"{headline}: {data}, {grad}" for headline, data, grad in lines]
    text = "\n  ".join([title, *words])
    try:
        picture = _svg(nodes, lines, title, ". ".join(words) + ".")
    except ModuleNotFoundError:
        return Shown(f"<pre>{escape(text)}</pre><p>{INSTALL}</p>", f"{text}\n{INSTALL}")
    return Shown(f'<div style="overflow-x: auto">{picture}</div>', text)


def _topological(value: Any) -> list[Any]:
    """The nodes of the graph, each after its children; the last is `value`."""
    order, seen = [], {id(value)}
    path = [(value, iter(_children(value)))]
    while path:
        node, children = path[-1]
        child = next(children, None)
        if child is None:
            order.append(node)
            path.pop()
        elif id(child) not in seen:
            seen.add(id(child))
            path.append((child, iter(_children(child))))
        if len(seen) > MOST_NODES:
            raise ValueError(f"This graph has more than {MOST_NODES} nodes: draw a smaller expression")
    return order


def _children(node: Any) -> list[Any]:
    """The children, in the order of the operation if `_backward` knows it: a set has no order, and holds `x` once."""
    known = _remembered(node)
    operands = [known[name] for name in ("self", "other") if any(known.get(name) is child for child in node._prev)]
    others = [child for child in node._prev if not any(child is operand for operand in operands)]
    return operands + sorted(others, key=lambda child: _number(child.data))


def _remembered(node: Any) -> dict[str, Any]:
    """The variables of the function around `_backward` that it remembers."""
    names = getattr(getattr(node._backward, "__code__", None), "co_freevars", ())
    known = {}
    for name, cell in zip(names, getattr(node._backward, "__closure__", None) or (), strict=False):
        with suppress(ValueError):  # a variable that has no value yet
            known[name] = cell.cell_contents
    return known


def _operation(node: Any) -> str:
    """The sign or the name of the function that made `_backward`; empty if nobody attached one."""
    path = getattr(node._backward, "__qualname__", type(node._backward).__name__)
    maker, inside, _ = path.rpartition(".<locals>.")
    name = (maker if inside else path).rpartition(".")[2]
    return "" if name == "__init__" else SIGNS.get(name, name.strip("_"))


def _headline(node: Any, labels: dict[int, str]) -> str:
    """The name of a node and, if it was computed, how."""
    label, children = labels[id(node)], _children(node)
    operands = [labels[id(child)] for child in children]
    operation = _operation(node)
    if not operands:
        return label
    if not operation:
        return f"{label}: no _backward attached to a result of {', '.join(operands)}"
    if operation == "**" and len(operands) == 1:
        exponent = _exponent(node, children[0])
        return f"{label} = {operands[0]} ** {exponent}" if exponent else f"{label} = power of {operands[0]}"
    if operation in SIGNS.values() and len(operands) == 2:
        return f"{label} = {operands[0]} {operation} {operands[1]}"
    return f"{label} = {operation}({', '.join(operands)})"


def _exponent(node: Any, base: Any) -> str:
    """The exponent of a power: the number that `_backward` remembers and that leads from the base to the node."""
    for number in _remembered(node).values():
        with suppress(TypeError, ArithmeticError):
            if isinstance(number, (int, float)) and math.isclose(base.data**number, node.data):
                return _number(number)
    return ""


def _labels(nodes: list[Any], names: dict[int, str]) -> dict[int, str]:
    free = (name for k in itertools.count(1) if (name := f"v{k}") not in names.values())
    return {id(node): names.get(id(node)) or (next(free) if node._prev else _number(node.data)) for node in nodes}


def _number(number: Any) -> str:
    try:
        return format(float(number), ".6g")
    except (TypeError, ValueError):
        return f"an object of type {type(number).__name__}"


# --- drawing it ---------------------------------------------------------------------------------------------------


def _svg(nodes: list[Any], lines: list[tuple[str, str, str]], title: str, words: str) -> str:
    """The picture, with arrows from left to right; raises `ModuleNotFoundError` without igraph."""
    widths = [LETTER * max(map(len, texts)) + 2 * PADDING for texts in lines]
    places, arrows, (width, height) = _layout(nodes, widths)
    name = f"graph-{hashlib.sha256(words.encode()).hexdigest()[:8]}-{next(_pictures)}"  # no two of a page share it
    paths = "".join(f'<path d="{arrow}" marker-end="url(#{name}-arrow)"/>' for arrow in arrows)
    boxes = "".join(map(_box, places, widths, lines, [bool(node._prev) for node in nodes]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" tabindex="0" aria-labelledby="{name}-title {name}-words" '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-words">{escape(words)}</desc>'
        f'<defs><marker id="{name}-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0 10 5 0 10z" fill="currentColor"/></marker></defs>'
        f'<g fill="none" stroke="currentColor" stroke-width="1.2">{paths}</g>'
        f'<g fill="currentColor" text-anchor="middle" font-family="sans-serif" font-size="13">{boxes}</g></svg>'
    )


def _box(place: Point, width: float, texts: tuple[str, str, str], computed: bool) -> str:
    """A node around its middle: what was computed has corners and a thick edge, a leaf is round and thin."""
    (x, y), (corner, edge) = place, (4, 2) if computed else (20, 1)
    rows = ""
    for k, (text, weight) in enumerate(zip(texts, ("bold", "normal", "normal"), strict=True), start=-1):
        rows += f'<text x="{x:.1f}" y="{y + k * LINE + 4.5:.1f}" font-weight="{weight}">{escape(text)}</text>'
    return (
        f'<rect x="{x - width / 2:.1f}" y="{y - HEIGHT / 2:.1f}" width="{width:.1f}" height="{HEIGHT}" rx="{corner}" '
        f'fill="none" stroke="currentColor" stroke-width="{edge}"/>{rows}'
    )


def _layout(nodes: list[Any], widths: list[float]) -> tuple[list[Point], list[str], Point]:
    """The middle of every node, the path of every arrow, and the size of the whole; the result is at the right."""
    import igraph  # only where something is drawn

    index = {id(node): k for k, node in enumerate(nodes)}
    edges = [(index[child], k) for k, node in enumerate(nodes) for child in dict.fromkeys(map(id, _children(node)))]
    layers = _layers(len(nodes), edges)
    routes = []
    for start, end in edges:  # an arrow over several layers passes through a place of its own in each
        between = range(layers[start] + 1, layers[end])
        routes.append([start, *range(len(layers), len(layers) + len(between)), end])
        layers += between
    links = [link for route in routes for link in itertools.pairwise(route)]
    rows = [row for row, _ in igraph.Graph(len(layers), links, directed=True).layout_sugiyama(layers=layers).coords]
    wide = [max(w for w, layer in zip(widths, layers, strict=False) if layer == k) for k in range(max(layers) + 1)]
    left = [2 + sum(wide[:k]) + k * GAP_X for k in range(len(wide))]
    places = [
        (left[layer] + wide[layer] / 2, 2 + HEIGHT / 2 + (row - min(rows)) * (HEIGHT + GAP_Y))
        for row, layer in zip(rows, layers, strict=True)
    ]
    half = [width / 2 for width in widths] + [wide[layer] / 2 for layer in layers[len(nodes) :]]
    arrows = [_arrow([(places[k], half[k]) for k in route]) for route in routes]
    return places[: len(nodes)], arrows, (left[-1] + wide[-1] + 2, max(y for _, y in places) + HEIGHT / 2 + 2)


def _layers(count: int, edges: list[tuple[int, int]]) -> list[int]:
    """The layer of every node: right of its children, and a leaf just left of its first user."""
    layers = [0] * count
    for start, end in edges:
        layers[end] = max(layers[end], layers[start] + 1)
    for leaf in set(range(count)) - {end for _, end in edges}:
        layers[leaf] = min((layers[end] for start, end in edges if start == leaf), default=1) - 1
    return layers


def _arrow(stops: list[tuple[Point, float]]) -> str:
    """A path from the right edge of the first stop, straight through those between, to the left edge of the last."""
    (x, y), half = stops[0]
    path = f"M{x + half:.1f} {y:.1f}"
    for ((x0, y0), half0), ((x1, y1), half1) in itertools.pairwise(stops):
        start, end = x0 + half0, x1 - half1
        middle = (start + end) / 2
        path += f"L{start:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {end:.1f} {y1:.1f}"
    return path


_pictures = itertools.count(1)


# --- a training while it runs -------------------------------------------------------------------------------------


class TrainingView:
    """Shows a training below its cell while it runs: how far it is, and the curves of its losses.

    `plot(train_losses, test_losses)` returns a matplotlib figure.
    """

    def __init__(self, epochs: int, plot: Callable[[Sequence[float], Sequence[float]], Any]) -> None:
        self._epochs, self._plot, self._done = epochs, plot, 0
        self._bar, self._curves = Place(), Place()
        self._updated = time.monotonic()

    def houses(self, x: Sequence[Any]) -> Iterator[Any]:
        """Yield the houses `x` one by one, and show now and then how many have been looked at."""
        for number, house in enumerate(x, start=1):
            yield house
            if time.monotonic() - self._updated > SECONDS_BETWEEN_UPDATES:
                self._progress(f"epoch {self._done + 1} of {self._epochs}: house {number} of {len(x)}", number / len(x))

    def show(self, train_losses: Sequence[float], test_losses: Sequence[float]) -> None:
        """Show the losses of the epochs so far."""
        self._done = len(train_losses)
        losses = f"training loss {train_losses[-1]:.4f}, test loss {test_losses[-1]:.4f}"
        self._progress(f"epoch {self._done} of {self._epochs}: {losses}", 1)
        said = [", ".join(f"{loss:.1f}" for loss in losses) for losses in (train_losses, test_losses)]
        self._curves.show(
            picture(self._plot(train_losses, test_losses), "training loss {}; test loss {}".format(*said))
        )

    def _progress(self, status: str, share: float) -> None:
        bars = (("epochs", self._epochs, self._done), ("this epoch", 1, round(share, 2)))
        shown = " ".join(
            f'<progress aria-label="{name}" max="{most}" value="{now}"></progress>' for name, most, now in bars
        )
        self._bar.show(Shown(f"<p>{shown} {escape(status)}</p>", status))
        self._updated = time.monotonic()


class Place:
    """A place below a cell whose content can be replaced; empty until something is shown."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, shown: Shown) -> None:
        """Put `shown` there, in place of what was there before."""
        from IPython.display import display

        if self._handle is None:
            self._handle = display(shown, display_id=True)
        else:
            self._handle.update(shown)


def picture(figure: Any, alt: str) -> Shown:
    """Return a matplotlib figure as an image that says in words, `alt`, what it shows."""
    import matplotlib.pyplot as plt

    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})  # whose version would change the bytes
    plt.close(figure)  # else the notebook shows it once more at the end of the cell
    data = base64.b64encode(png.getvalue()).decode()
    return Shown(f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}">', alt)


# --- tables -------------------------------------------------------------------------------------------------------


def table(caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Shown:
    """Return a table of texts: the first column names the rows, and columns of numbers are aligned to the right."""
    right = [all(_is_number(row[k]) for row in rows) for k in range(len(headers))]
    styles = [f' style="text-align: {"right" if numbers else "left"}"' for numbers in right]
    head = "".join(f'<th scope="col"{style}>{escape(text)}</th>' for text, style in zip(headers, styles, strict=True))
    body = ""
    for first, *others in rows:
        cells = "".join(f"<td{style}>{escape(text)}</td>" for text, style in zip(others, styles[1:], strict=True))
        body += f'<tr><th scope="row"{styles[0]}>{escape(first)}</th>{cells}</tr>'
    shown = f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    lines = [
        "  ".join(
            map(lambda text, width, numbers: text.rjust(width) if numbers else text.ljust(width), row, widths, right)
        )
        for row in (headers, *rows)
    ]
    return Shown(shown, "\n".join([caption, *map(str.rstrip, lines)]))


def _is_number(text: str) -> bool:
    with suppress(ValueError):
        return math.isfinite(float(text))
    return False
