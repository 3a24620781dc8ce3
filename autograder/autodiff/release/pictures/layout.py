"""The layout of a drawing: the places of a graph's nodes, and the arrows between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from .measured import Graph
from .steps import State

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
