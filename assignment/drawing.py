"""Pictures for the notebook: the graph behind a Value, a training while it runs, and tables. Nothing here is marked.

Everything is HTML in a notebook and plain text in a console. Drawings and tables have the text colour of the page
around them, so that they can be read in a dark theme as in a light one. All that a picture shows is also said in words.

The steps of a drawing need no JavaScript. They were tried in JupyterLab 4 in Chromium: by keyboard, in the light and
the dark theme, on paper, and in a notebook that JupyterLab does not trust, where a still picture and all words remain.
VS Code and Colab also show an output with its styles, but nobody has tried the steps in them yet.
"""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from html import escape
from typing import Any


def draw(value: Any, /, *, step: int | None = None, **names: Any) -> Shown:
    """Return a picture of the graph of `value`, with the steps of `backward` through it.

    Each node shows its name, how it was computed, its data and its grad. Nodes that you give no name are called v1, v2
    and so on, and leaves by their number. A dashed arrow back shows its local derivative. It is *measured*: each
    `_backward` is called once with the upstream gradient 1 and once with 2, and what it does is undone. With `step`,
    you see the grads after that many visits of `backward` from grads of 0, instead of the present ones. For a graph
    that is too large to draw, the answer is a sentence.

    Raises `TypeError` for an object that is no Value, and `ValueError` if there is no such step.
    """
    for each in (value, *names.values()):
        if not _is_value(each):
            raise TypeError(f"draw takes a Value, and this is an object of type {type(each).__name__}")
    label = next((name for name, node in names.items() if node is value), "This Value")
    try:
        nodes = _topological(value)
    except OverflowError:
        return _sentence(f"The graph of {label} has more than {MOST_NODES} nodes: draw a smaller expression.")
    except RecursionError:
        return _sentence(f"{label} is computed from itself, in a circle: there is no order to draw its graph in.")
    graph = Graph(nodes, {id(node): name for name, node in names.items()})
    states = _states(graph)
    if step is not None:
        if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step < len(states) - 1:
            raise ValueError(f"step is a whole number from 0 to {len(states) - 2} here")
        states = [states[step + 1]]
    return _shown(graph, states)


def _sentence(text: str) -> Shown:
    return Shown(f"<p>{escape(text)}</p>", text)


# --- The layout of a drawing: the places of a graph's nodes, and the arrows between them --------------------------


LINE, PADDING, GAP_X, GAP_Y, LETTER = 18, 10, 48, 26, 7.8
"""Sizes in pixels: a line of text, the space around it, the gaps between nodes, the width of a letter at 13 pixels."""
HEIGHT = 3 * LINE + PADDING
"""Height of a node in pixels; it has three lines of text."""
MARGIN = 8
"""Space around a picture, in pixels."""
LANES = 22
"""Greatest distance between two pairs of arrows (there and back) at the edge of a node, in pixels."""

Point = tuple[float, float]
Stop = tuple[float, float, float]
"""Place that an arrow begins or ends at, or passes: its left end, its right end, and the height of its middle."""


@dataclass(frozen=True)
class Arrow:
    """The arrow from a child to its user and the one back, as paths, with the place of the label.

    Without a label there is no arrow back.
    """

    user: int
    label: str
    forward: str
    back: str
    place: Point


@dataclass(frozen=True)
class Layout:
    """The places of a graph's nodes, each by its middle, and the arrows between them; the result is on the right."""

    graph: Graph
    widths: list[float]
    places: list[Point]
    arrows: list[Arrow]
    size: Point


def _layout(graph: Graph, states: list[State]) -> Layout:
    """Place the nodes in layers from left to right.

    Raises `ModuleNotFoundError` if igraph is not installed.
    """
    count = len(graph.nodes)
    said = [
        [graph.headlines[k], f"data {graph.data[k]}", *(f"grad {state.grads[k]}" for state in states)]
        for k in range(count)
    ]
    widths = [LETTER * max(map(len, texts)) + 2 * PADDING for texts in said]
    edges = [(child, k) for k in graph.order for child in graph.children[k]]
    labels = ["" if k in graph.silent else str(back) for k in graph.order for back in graph.back[k]]
    layers = _layers(count, edges)
    routes = _routes(edges, layers)
    columns = _columns(widths, layers, [(layers[end], label) for (_, end), label in zip(edges, labels, strict=True)])
    stops = []
    for k, (layer, y) in enumerate(zip(layers, _rows(layers, routes), strict=True)):
        left, wide = columns[layer]
        inset = (wide - widths[k]) / 2 if k < count else 0
        stops.append((left + inset, left + wide - inset, y))
    arrows = _arrows(routes, labels, stops)
    places = [((left + right) / 2, y) for left, right, y in stops[:count]]
    size = (sum(columns[-1]) + MARGIN, max(y for _, _, y in stops) + HEIGHT / 2 + MARGIN)
    return Layout(graph, widths, places, arrows, size)


def _layers(count: int, edges: list[tuple[int, int]]) -> list[int]:
    """Return the layer of every node: it lies to the right of its children, and a leaf just left of its first user."""
    layers = [0] * count
    for start, end in sorted(edges, key=lambda edge: edge[1]):
        layers[end] = max(layers[end], layers[start] + 1)
    for leaf in set(range(count)) - {end for _, end in edges}:
        layers[leaf] = min((layers[end] for start, end in edges if start == leaf), default=1) - 1
    return layers


def _routes(edges: list[tuple[int, int]], layers: list[int]) -> list[list[int]]:
    """Return the stops of every arrow, from its start to its end.

    In each layer that an arrow crosses it gets a stop of its own, whose layer is added to `layers`.
    """
    routes = []
    for start, end in edges:
        between = range(layers[start] + 1, layers[end])
        routes.append([start, *range(len(layers), len(layers) + len(between)), end])
        layers += between
    return routes


def _rows(layers: list[int], routes: list[list[int]]) -> list[float]:
    """Return the height of every stop, chosen so that few arrows cross."""
    import igraph  # here, because everything but drawing works without it

    links = [link for route in routes for link in itertools.pairwise(route)]
    rows = [row for row, _ in igraph.Graph(len(layers), links, directed=True).layout_sugiyama(layers=layers).coords]
    return [MARGIN + GAP_Y + HEIGHT / 2 + (row - min(rows)) * (HEIGHT + GAP_Y) for row in rows]


def _columns(widths: list[float], layers: list[int], labels: list[tuple[int, str]]) -> list[tuple[float, float]]:
    """Return the left edge and the width of every layer, with room for the labels of the arrows that end there."""
    columns, left = [], float(MARGIN)
    for layer in range(max(layers) + 1):
        left += max((_width(label) + GAP_X for end, label in labels if end == layer), default=0)
        columns.append((left, max(w for w, at in zip(widths, layers, strict=False) if at == layer)))
        left += columns[-1][1]
    return columns


def _width(label: str) -> float:
    return LETTER * len(label) + 6 if label else 0


def _arrows(routes: list[list[int]], labels: list[str], stops: list[Stop]) -> list[Arrow]:
    leave = _ports([(route[0], stops[route[1]][2]) for route in routes])
    enter = _ports([(route[-1], stops[route[-2]][2]) for route in routes])
    arrows: list[Arrow] = []
    for route, label, first, last in zip(routes, labels, leave, enter, strict=True):
        (_, x0, y0), (x1, _, y1) = stops[route[0]], stops[route[-1]]
        middle = [
            (x, y, LANES / 4) for k in route[1:-1] for x, y in [(stops[k][0], stops[k][2]), (stops[k][1], stops[k][2])]
        ]
        line = [(x0 + 3, y0 + first[0], first[1]), *middle, (x1 - 3, y1 + last[0], last[1])]
        forward, back = ([(x, y + side * apart) for x, y, apart in line] for side in (-1, 1))
        place = _free_place(back[-2:], label, arrows)
        arrows.append(Arrow(route[-1], label, _curve(forward), _curve(back[::-1]), place))
    return arrows


def _ports(ends: list[tuple[int, float]]) -> list[tuple[float, float]]:
    """Return for the end of each arrow two distances: below the middle of its node, and half the gap to its arrow back.

    At a node, the ends are in the order of the heights of the arrows' next stops, so that arrows do not cross there.
    """
    ports = []
    for k, (node, y) in enumerate(ends):
        others = sorted((other, j) for j, (at, other) in enumerate(ends) if at == node)
        lane = min(LANES, (HEIGHT - PADDING) / len(others))
        ports.append(((others.index((y, k)) - (len(others) - 1) / 2) * lane, lane / 4))
    return ports


def _curve(points: list[Point]) -> str:
    """Return a path through the points that is level at each of them; a straight part is a single line."""
    bends = [points[0]]
    for before, (x, y), after in zip(points, points[1:], [*points[2:], None], strict=False):
        if after is None or not before[1] == y == after[1]:
            bends.append((x, y))
    path = f"M{bends[0][0]:.1f} {bends[0][1]:.1f}"
    for (x0, y0), (x1, y1) in itertools.pairwise(bends):
        middle = (x0 + x1) / 2
        way = f"L{x1:.1f} {y1:.1f}" if y0 == y1 else f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        path += way
    return path


def _free_place(ends: list[Point], label: str, arrows: list[Arrow]) -> Point:
    """Find a place for a label on the last curve of an arrow, if possible one where no other label is."""
    (x0, y0), (x1, y1) = ends
    places = []
    for t in (0.5, 0.4, 0.6, 0.3, 0.7):
        ease = t * t * (3 - 2 * t)
        places.append((x0 + (x1 - x0) * (1.5 * t - 1.5 * t * t + t**3), y0 + (y1 - y0) * ease))
    for x, y in places:
        taken = (abs(y - b) < LINE and abs(x - a) < _width(label) for a, b in (arrow.place for arrow in arrows))
        if not any(taken):
            return x, y
    return places[0]


# --- Measurement of what each `_backward` of a graph does: it is called, and what it does is undone ---------------


class Graph:
    """The nodes of a graph, each after its children, with their names and what their `_backward` does.

    All other lists and methods refer to a node by its place in the list of nodes.
    """

    def __init__(self, nodes: list[Any], names: dict[int, str]) -> None:
        place = {id(node): k for k, node in enumerate(nodes)}
        self.nodes = nodes
        labels = _labels(nodes, names)
        self.labels = [labels[id(node)] for node in nodes]
        self.headlines = [_headline(node, labels) for node in nodes]
        self.children = [list(dict.fromkeys(place[id(child)] for child in _children(node))) for node in nodes]
        self.order = [k for k in reversed(range(len(nodes))) if self.children[k]]  # the order of backward, no leaves
        self.title = f"Graph of {self.labels[-1]}: {len(nodes)} node{'s' if len(nodes) > 1 else ''}"
        self.silent = {k for k in self.order if not _operation(nodes[k])}  # nodes without a `_backward` of their own
        self.data = [_number(node.data) for node in nodes]
        self.now = self.grads()
        remembered = {id(thing): thing for node in nodes for thing in _remembered(node).values()}
        self.others = [thing for key, thing in remembered.items() if key not in place and _is_value(thing)]
        with self.undone():
            self.back = {k: self._measure(k) for k in self.order}

    def called(self, k: int) -> str:
        """Return the name of a node as it stands in a sentence."""
        number = self.labels[k] == self.data[k]
        return f"the number {self.labels[k]}" if number else self.labels[k]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo at the end of the context all that has happened to a Value in it; what is printed there is not shown."""
        nodes = [*self.nodes, *self.others]
        before = [(node, field, getattr(node, field)) for node in nodes for field in FIELDS]
        try:
            with redirect_stdout(io.StringIO()):
                yield
        finally:
            for node, field, content in before:
                setattr(node, field, content)

    def _measure(self, k: int) -> list[Back]:
        """Measure what the `_backward` of node `k` hands to each of its children."""
        children = [self.nodes[child] for child in self.children[k]]
        once, twice = (_handed_back(self.nodes[k], children, upstream) for upstream in (1, 2))
        return [Back.of(*grads) for grads in zip(once, twice, strict=True)]

    def grads(self) -> list[str]:
        """Return the present grads of all nodes."""
        return [_number(node.grad) for node in self.nodes]

    def words(self, grads: Sequence[str]) -> list[str]:
        """Return a line of text for each node."""
        lines = zip(self.headlines, self.data, grads, strict=True)
        return [f"{headline}: data {data}, grad {grad}" for headline, data, grad in lines]

    def derivatives(self) -> list[str]:
        """Return a sentence for each arrow back."""
        edges = [
            (k, child, back) for k in self.order for child, back in zip(self.children[k], self.back[k], strict=True)
        ]
        return [f"Back from {self.labels[k]} to {self.labels[child]}: {back}" for k, child, back in edges]


@dataclass(frozen=True)
class Back:
    """The gradient that a child receives: the upstream gradient times `factor`, or always `plus`.

    If both are None, it is neither.
    """

    factor: float | None = None
    plus: float | None = None

    @classmethod
    def of(cls, once: Any, twice: Any) -> Back:
        """Find what explains the grads that the upstream gradients 1 and 2 led to."""
        with suppress(TypeError, ValueError):
            first, second = float(once), float(twice)
            if math.isclose(second, 2 * first):
                return cls(factor=first)
            if math.isclose(second, first):
                return cls(plus=first)
        return cls()

    def __str__(self) -> str:
        if self.factor is not None:
            return f"× {self.factor:.4g}"
        return "?" if self.plus is None else f"+ {self.plus:.4g}"


def _handed_back(node: Any, children: list[Any], upstream: int) -> list[Any]:
    """Call `_backward` with the children's grads at 0, and return these grads; they are None if it raises an error."""
    for child in children:
        child.grad = 0
    node.grad = upstream
    try:
        node._backward()
    except Exception:
        return [None] * len(children)
    return [child.grad for child in children]


# --- The graph of a Value: its nodes, and how each of them was computed -------------------------------------------


MOST_NODES = 60
"""Maximum number of nodes in a drawing; more do not fit on a page."""
FIELDS = ("data", "grad", "_prev", "_backward")
"""Attributes by which a Value is recognised."""
SIGNS = {"__add__": "+", "__mul__": "×", "__sub__": "-", "__truediv__": "/", "__pow__": "**"}


def _is_value(thing: Any) -> bool:
    return all(hasattr(thing, field) for field in FIELDS)


def _topological(value: Any) -> list[Any]:
    """List the nodes of the graph, each after its children; the last is `value`.

    Raises `OverflowError` for more than `MOST_NODES` nodes, and `RecursionError` for a node computed from itself.
    """
    order: list[Any] = []
    seen, done = {id(value)}, set()
    path = [(value, iter(_children(value)))]
    while path:
        node, children = path[-1]
        child = next(children, None)
        if child is None:
            order.append(node)
            done.add(id(node))
            path.pop()
        elif id(child) not in seen:
            seen.add(id(child))
            path.append((child, iter(_children(child))))
        elif id(child) not in done:
            raise RecursionError
        if len(seen) > MOST_NODES:
            raise OverflowError
    return order


def _children(node: Any) -> list[Any]:
    """Return the children of a node, in the order of the operation if `_backward` remembers its operands.

    The set `_prev` does not tell: it has no order, and for `x * x` it holds `x` once.
    """
    known = _remembered(node)
    found = [child for child in _iterated(getattr(node, "_prev", ())) if _is_value(child)]
    operands = [known[name] for name in ("self", "other") if any(known.get(name) is child for child in found)]
    others = [child for child in found if not any(child is operand for operand in operands)]
    return operands + sorted(others, key=lambda child: _number(child.data))


def _iterated(things: Any) -> list[Any]:
    """Return the things in a set or list, as many as a drawing may have; none if it is neither."""
    with suppress(TypeError):
        return list(itertools.islice(things, MOST_NODES + 1))
    return []


def _remembered(node: Any) -> dict[str, Any]:
    """Return the variables that `_backward` remembers from the function in which it was defined."""
    names = getattr(getattr(node._backward, "__code__", None), "co_freevars", ())
    known = {}
    for name, cell in zip(names, getattr(node._backward, "__closure__", None) or (), strict=False):
        with suppress(ValueError):  # a variable that has no value yet
            known[name] = cell.cell_contents
    return known


def _operation(node: Any) -> str:
    """Return the sign or name of the function that made `_backward`; empty if the node has none of its own."""
    if not callable(node._backward):
        return ""
    path = getattr(node._backward, "__qualname__", type(node._backward).__name__)
    maker, inside, _ = path.rpartition(".<locals>.")
    name = (maker if inside else path).rpartition(".")[2]
    return "" if name == "__init__" else SIGNS.get(name, name.strip("_"))


def _headline(node: Any, labels: dict[int, str]) -> str:
    """Return the name of a node and, if it was computed, how."""
    strangers = [type(thing).__name__ for thing in _iterated(getattr(node, "_prev", ())) if not _is_value(thing)]
    label, children = labels[id(node)], _children(node)
    if strangers:
        return f"{label}: an object of type {strangers[0]} among its children"
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
    """Return the exponent of a power: a number that `_backward` remembers and that gives the node's data.

    It is empty if there is none.
    """
    for number in _remembered(node).values():
        with suppress(TypeError, ArithmeticError):
            if isinstance(number, (int, float)) and math.isclose(base.data**number, node.data):
                return _number(number)
    return ""


def _labels(nodes: list[Any], names: dict[int, str]) -> dict[int, str]:
    free = (name for k in itertools.count(1) if (name := f"v{k}") not in names.values())
    return {id(node): names.get(id(node)) or (next(free) if _children(node) else _number(node.data)) for node in nodes}


def _number(number: Any) -> str:
    try:
        return format(float(number), ".6g")
    except (TypeError, ValueError):
        return f"an object of type {type(number).__name__}"


# --- The HTML of a drawing: radio buttons for its steps, the picture, and the words -------------------------------


INSTALL = "To see it as a picture, run %pip install igraph in a cell, and then this cell again."
STYLE = """
.autodiff-graph { border: 0; margin: 0 0 8px; padding: 0; min-width: 0; position: relative; }
.autodiff-graph legend { font-weight: bold; padding: 0; float: left; width: 100%; }
.autodiff-graph .still { display: none !important; }
.autodiff-graph .picture { display: block !important; overflow-x: auto; margin: 6px 0; padding: 3px; }
.autodiff-graph .picture:focus-visible { outline: 2px solid; outline-offset: -2px; }
.autodiff-graph svg { display: block; }
.autodiff-graph svg .card { display: none; }
.autodiff-graph svg [fill="#1b1f24"] { fill: currentColor; }
.autodiff-graph svg [stroke="#1b1f24"] { stroke: currentColor; }
.autodiff-graph svg [fill="#0b5c94"] { fill: color-mix(in srgb, #0f7bc5 75%, currentColor); }
.autodiff-graph svg [stroke="#0b5c94"] { stroke: color-mix(in srgb, #0f7bc5 75%, currentColor); }
.autodiff-graph svg [fill="#b34700"] { fill: color-mix(in srgb, #ef5f00 75%, currentColor); }
.autodiff-graph svg [stroke="#b34700"] { stroke: color-mix(in srgb, #ef5f00 75%, currentColor); }
.autodiff-graph ul { list-style: none; margin: 0; padding: 0 !important; }
.autodiff-graph input { display: inline !important; position: absolute; left: 0; opacity: 0; margin: 0; }
.autodiff-graph label { display: inline-block !important; min-width: 26px; padding: 3px 8px; margin: 3px 2px;
  text-align: center; border: 1px solid; border-radius: 4px; cursor: pointer; }
.autodiff-graph input:checked + label { font-weight: bold; text-decoration: underline; box-shadow: inset 0 0 0 2px; }
.autodiff-graph input:focus-visible + label { outline: 3px solid; outline-offset: 1px; }
@media print {
  .autodiff-graph { color: #000 !important; background: #fff !important; }
  .autodiff-graph input, .autodiff-graph label { display: none !important; }
  .autodiff-graph svg { max-width: 100%; height: auto; }
}
"""
"""Style of a drawing, in the page's colour of text.

Some pages drop styles, such as JupyterLab for a notebook that it does not trust. There all that is `hidden` stays
hidden, and the `still` picture is shown.
"""
STYLE_OF_STEPS = """\
@media screen {{
  .autodiff-graph.steps .if {{ visibility: hidden; }}
  .autodiff-graph.steps li {{ display: none; }}
{rules}}}
"""
"""Style of a drawing with steps: a screen shows one state at a time, paper the first picture and all words."""
STYLE_OF_STEP = """\
  .autodiff-graph input:nth-of-type({number}):checked ~ .picture .s{k} {{ visibility: visible; }}
  .autodiff-graph input:nth-of-type({number}):checked ~ ul .s{k} {{ display: block; }}
"""
"""Style by which the radio button of a step shows its state."""
OWN_KEYS = 'data-lm-suppress-shortcuts="true"'
"""Attribute that leaves the arrow keys to an element with the focus; JupyterLab would move to another cell."""
UNSEEN = 'hidden="hidden"'
"""Attribute that hides what only makes sense with styles, which overrule it.

It must have a value: JupyterLab drops an empty one in a notebook that it does not trust.
"""


def _shown(graph: Graph, states: list[State]) -> Shown:
    """Make the drawing of a graph in its states.

    Paper, and pages without styles, show the picture of the first state and the words of all.
    """
    lines, said = graph.words(states[0].grads), [state.words for state in states]
    text = "\n  ".join([graph.title, *lines, *said])
    try:
        layout = _layout(graph, states)
    except ModuleNotFoundError:
        return Shown(f"<pre>{escape(text)}</pre><p>{INSTALL}</p>", f"{text}\n{INSTALL}")
    name = f"graph-{hashlib.sha256(text.encode()).hexdigest()[:8]}-{next(_pictures)}"  # unique on the page
    described = ". ".join([*lines, *graph.derivatives()]) + "."
    picture, still = (_svg(layout, shown, name, described) for shown in (states, states[:1]))
    steps = len(states) > 1
    choices = "".join(_choice(name, k, state.name) for k, state in enumerate(states)) if steps else ""
    words = "".join(f'<li id="{name}-{k}-words" class="s{k}">{escape(each)}</li>' for k, each in enumerate(said))
    return Shown(
        f"<style>{STYLE}{_style_of_steps(len(states)) if steps else ''}</style>"
        f'<fieldset class="autodiff-graph{" steps" if steps else ""}">'
        f"<legend>{escape(graph.title)}</legend>{choices}"
        f'<div class="picture" tabindex="0" {OWN_KEYS} role="group" aria-label="{escape(graph.title)}" {UNSEEN}>'
        f"{picture}</div>"
        f'<img class="still" src="data:image/svg+xml;base64,{base64.b64encode(still.encode()).decode()}" '
        f'alt="{escape(described)}"><ul>{words}</ul></fieldset>',
        text,
    )


def _style_of_steps(count: int) -> str:
    return STYLE_OF_STEPS.format(rules="".join(STYLE_OF_STEP.format(number=k + 1, k=k) for k in range(count)))


def _choice(name: str, k: int, label: str) -> str:
    """Make a radio button with its label."""
    checked = " checked" if k == 0 else ""
    return (
        f'<input type="radio" id="{name}-{k}" name="{name}"{checked} aria-describedby="{name}-{k}-words" '
        f"{OWN_KEYS} {UNSEEN}>"
        f'<label for="{name}-{k}" {UNSEEN}>{escape(label)}</label>'
    )


_pictures = itertools.count(1)


# --- The output of a cell: HTML for a notebook, text for a console ------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """Output of a cell: HTML for a notebook, text for a console."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


# --- The steps of `backward`: the node that is visited, and what it adds to the grads of its children -------------


LONGEST_ERROR = 200
"""Maximum length of an exception's text, in characters."""
LONGEST_SUM = 20
"""Maximum length of a sum that is shown in a node, in characters."""


@dataclass(frozen=True)
class State:
    """The grads at one moment of `backward`, what has just happened in words, and the node that was `visited`."""

    name: str
    words: str
    grads: list[str]
    visited: int | None = None


def _states(graph: Graph) -> list[State]:
    """Return the present state, and then the states of `backward` from node to node, if all grads begin at 0."""
    size, result = len(graph.nodes), graph.labels[-1]
    start = ["0"] * (size - 1) + ["1"]
    states = [State("start", f"Start: {result} gets the grad 1, every other grad is 0.", start)]
    with graph.undone():
        for node in (*graph.nodes, *graph.others):
            node.grad = 0
        graph.nodes[-1].grad = 1
        for number, k in enumerate(graph.order, start=1):
            state, goes_on = _visit(graph, k, number)
            states.append(state)
            if not goes_on:
                break
        else:
            words = f"{len(graph.order) + 1}. The leaves have no children and add nothing: done."
            states.append(State("leaves", words, graph.grads()))
    return [State("now", _now(graph, states[-1].grads), graph.now), *states]


def _now(graph: Graph, end: list[str]) -> str:
    """Tell if the present grads are those that `backward` makes."""
    if set(graph.now) == {"0"}:
        return "Now: every grad is 0, as before backward."
    result = graph.labels[-1]
    if graph.now == end:
        return f"Now: the grads are those of {result}.backward()."
    return f"Now: the grads are not those that {result}.backward() makes where all begin at 0."


def _visit(graph: Graph, k: int, number: int) -> tuple[State, bool]:
    """Call the `_backward` of node `k` and tell what it did, and whether `backward` would go on."""
    name, visitor = f"{number} {graph.labels[k]}", f"{number}. {graph.labels[k]} (grad {_number(graph.nodes[k].grad)})"
    everyone = [*graph.nodes, *graph.others]
    before = [node.grad for node in everyone]
    try:
        graph.nodes[k]._backward()
    except Exception as error:
        text = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_ERROR]
        return State(name, f"{visitor}: its _backward raises {text}. There backward ends.", graph.grads(), k), False
    grads, received = graph.grads(), []
    for child, back in zip(graph.children[k], graph.back[k], strict=True):
        words, grads[child] = _received(graph.called(child), before[k], back, before[child], graph.nodes[child].grad)
        received.append(words)
    strays = [j for j, node in enumerate(everyone) if node.grad is not before[j] and j not in (k, *graph.children[k])]
    stray = " It changes the grad of {} too, which is not among its children."
    named = [graph.labels[j] if j < len(graph.nodes) else "a Value" for j in strays[:1]]
    return State(name, f"{visitor} {'; '.join(received)}." + "".join(map(stray.format, named)), grads, k), True


def _received(label: str, upstream: Any, back: Back, before: Any, after: Any) -> tuple[str, str]:
    """Return in words what a child received, and its grad, as a short sum if it had one before."""
    had, has = _number(before), _number(after)
    with suppress(TypeError, ValueError):
        part = back.factor * upstream if back.plus is None else back.plus
        given = (
            f"{_number(upstream)} × {_number(back.factor)} = {_number(part)}" if back.plus is None else _number(part)
        )
        if math.isclose(after, before + part, abs_tol=1e-12):
            total = f"{had} + {_number(part)} = {has}"
            fits = before and len(total) <= LONGEST_SUM
            return f"adds {given} to {label}" + (f": {total}" if before else ""), total if fits else has
        if math.isclose(after, part):
            return f"sets the grad of {label} to {given}, and the {had} that was there is lost", has
    return (
        f"changes the grad of {label} from {had} to {has}" if after is not before else f"adds nothing to {label}",
        has,
    )


# --- A graph as SVG with all its states in one picture; the page decides which of them is visible -----------------


FORWARD, BACK, INK = "#0b5c94", "#b34700", "#1b1f24"
"""Colours of the notebook's figures: the way forward, the way back, and text."""


def _svg(layout: Layout, states: list[State], name: str, words: str) -> str:
    """Make the picture in all `states`; without styles, the first one is visible."""
    graph, (width, height) = layout.graph, layout.size
    size = f'width="{width:.0f}" height="{height:.0f}"'
    forward = "".join(f'<path d="{arrow.forward}" marker-end="url(#{name}-forward)"/>' for arrow in layout.arrows)
    back = "".join(_back(arrow, states, f"{name}-back") for arrow in layout.arrows if arrow.label)
    labels = "".join(_text(arrow.place, arrow.label) for arrow in layout.arrows if arrow.label)
    cuts = "".join(_cut(arrow) for arrow in layout.arrows if arrow.label)
    boxes = "".join(_box(layout, k, states) for k in range(len(graph.nodes)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-words" '
        f'{size} viewBox="0 0 {width:.0f} {height:.0f}">'
        f'<title id="{name}-title">{escape(graph.title)}</title><desc id="{name}-words">{escape(words)}</desc>'
        f"<defs>{_head(f'{name}-forward', FORWARD)}{_head(f'{name}-back', BACK)}"
        f'<mask id="{name}-cuts" maskUnits="userSpaceOnUse" x="0" y="0" {size}>'
        f'<rect {size} fill="#fff"/><g fill="#000">{cuts}</g></mask></defs>'
        f'<rect class="card" {size} rx="12" fill="#fff"/><g fill="none" stroke-width="1.5" mask="url(#{name}-cuts)">'
        f'<g stroke="{FORWARD}">{forward}</g><g stroke="{BACK}" stroke-dasharray="6 4">{back}</g></g>'
        f'<g text-anchor="middle" font-family="sans-serif" font-size="13"><g fill="{BACK}">{labels}</g>{boxes}</g>'
        "</svg>"
    )


def _head(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 10 5 0 10z" fill="{colour}"/></marker>'
    )


def _cut(arrow: Arrow) -> str:
    """Make the rectangle in which lines are left out, so that a label can be read."""
    (x, y), width = arrow.place, _width(arrow.label)
    return f'<rect x="{x - width / 2:.1f}" y="{y - LINE / 2:.1f}" width="{width:.1f}" height="{LINE}"/>'


def _text(place: Point, text: str, attributes: str = "") -> str:
    x, y = place
    return f'<text x="{x:.1f}" y="{y + 4.5:.1f}"{attributes}>{escape(text)}</text>'


def _if(states: list[State], holds: Callable[[State], bool]) -> str:
    """Return the attributes of an element that is visible only in the states in which `holds` is true.

    They are empty if it is visible in all of them.
    """
    found = [k for k, state in enumerate(states) if holds(state)]
    if len(found) == len(states):
        return ""
    classes = "".join(f" s{k}" for k in found)
    return f' class="if{classes}"' + ("" if 0 in found else ' visibility="hidden"')


def _back(arrow: Arrow, states: list[State], head: str) -> str:
    """Draw the dashed arrow back, and once more in bold for the visit of the node from which it comes."""
    path = f'<path d="{arrow.back}" marker-end="url(#{head})"'
    visited = any(state.visited == arrow.user for state in states)
    bold = _if(states, lambda state: state.visited == arrow.user) + ' stroke-width="4"'
    return f"{path}/>" + (f"{path}{bold}/>" if visited else "")


def _box(layout: Layout, k: int, states: list[State]) -> str:
    """Draw a node; a computed one has corners and a thick edge, a leaf is round with a thin edge."""
    graph, (x, y), width = layout.graph, layout.places[k], layout.widths[k]
    corner, edge = (6, 2) if graph.children[k] else (22, 1)
    box = f'x="{x - width / 2:.1f}" y="{y - HEIGHT / 2:.1f}" width="{width:.1f}" height="{HEIGHT}" rx="{corner}"'
    shown = f'<rect {box} fill="{INK}" fill-opacity="0.05" stroke="{INK}" stroke-width="{edge}"/>'
    if any(state.visited == k for state in states):
        shown += f'<rect {box} fill="none" stroke="{BACK}" stroke-width="4"{_if(states, lambda s: s.visited == k)}/>'
    shown += _text((x, y - LINE), graph.headlines[k], f' font-weight="bold" fill="{INK}"')
    shown += _text((x, y), f"data {graph.data[k]}", f' fill="{FORWARD}"')
    for grad in dict.fromkeys(state.grads[k] for state in states):
        when = _if(states, lambda state, grad=grad: state.grads[k] == grad)
        shown += _text((x, y + LINE), f"grad {grad}", f' fill="{BACK}"{when}')
    if k in graph.order and any(state.name != "now" for state in states):
        when = _if(states, lambda state: state.name != "now")
        place = (x + width / 2 - 12, y - HEIGHT / 2 - 13)
        number = _text(place, str(graph.order.index(k) + 1), f' fill="{INK}"')
        shown += (
            f'<g{when}><circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="10" fill="none" stroke="{INK}"/>{number}</g>'
        )
    return shown


# --- Tables for the notebook --------------------------------------------------------------------------------------


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


# --- The view of a training while it runs -------------------------------------------------------------------------


SECONDS_BETWEEN_UPDATES = 0.25
"""Time between updates: four a second look smooth, and take less than a hundredth of the training's time."""


class TrainingView:
    """View of a training below its cell, while it runs: its progress, and the curves of its losses.

    `plot(train_losses, test_losses)` returns a matplotlib figure.
    """

    def __init__(self, epochs: int, plot: Callable[[Sequence[float], Sequence[float]], Any]) -> None:
        self._epochs, self._plot, self._done = epochs, plot, 0
        self._bar, self._curves = Place(), Place()
        self._updated = time.monotonic()

    def houses(self, x: Sequence[Any]) -> Iterator[Any]:
        """Yield the houses `x` one by one; show now and then how many have been yielded."""
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
    """Return a matplotlib figure as an image, with the words `alt` for those who cannot see it."""
    import matplotlib.pyplot as plt

    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})  # matplotlib's version would change the bytes
    plt.close(figure)  # otherwise the notebook shows the figure again at the end of the cell
    data = base64.b64encode(png.getvalue()).decode()
    return Shown(f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}">', alt)
