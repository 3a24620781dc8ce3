"""Where the nodes of a graph are drawn, and the arrows between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from .measured import Graph
from .steps import State

LINE, PADDING, GAP_X, GAP_Y, LETTER = 18, 10, 48, 26, 7.8
"""Pixels: a line of text, the room around it, the room between nodes, and the width of a letter at 13 pixels."""
HEIGHT = 3 * LINE + PADDING
"""Pixels: a node has three lines."""
MARGIN = 8
"""Pixels around a picture."""
LANES = 22
"""Pixels between two pairs of arrows at the edge of a node, at most."""

Point = tuple[float, float]
Stop = tuple[float, float, float]
"""Left and right end of where an arrow may begin or end, or passes through, and its height."""


@dataclass(frozen=True)
class Arrow:
    """The way from a child to its user and back, as paths; without a label there is no way back."""

    user: int
    label: str
    forward: str
    back: str
    place: Point


@dataclass(frozen=True)
class Layout:
    """Where the nodes of a graph are, each by its middle, and the arrows between them; the result is at the right."""

    graph: Graph
    widths: list[float]
    places: list[Point]
    arrows: list[Arrow]
    size: Point


def _layout(graph: Graph, states: list[State]) -> Layout:
    """Place the nodes in layers from left to right; raises `ModuleNotFoundError` without igraph."""
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
    """The layer of every node: right of its children, and a leaf just left of its first user."""
    layers = [0] * count
    for start, end in sorted(edges, key=lambda edge: edge[1]):
        layers[end] = max(layers[end], layers[start] + 1)
    for leaf in set(range(count)) - {end for _, end in edges}:
        layers[leaf] = min((layers[end] for start, end in edges if start == leaf), default=1) - 1
    return layers


def _routes(edges: list[tuple[int, int]], layers: list[int]) -> list[list[int]]:
    """The stops of every arrow: one over several layers has a place of its own in each, which is added to `layers`."""
    routes = []
    for start, end in edges:
        between = range(layers[start] + 1, layers[end])
        routes.append([start, *range(len(layers), len(layers) + len(between)), end])
        layers += between
    return routes


def _rows(layers: list[int], routes: list[list[int]]) -> list[float]:
    """The height of every stop, so that few arrows cross."""
    import igraph  # only where something is drawn

    links = [link for route in routes for link in itertools.pairwise(route)]
    rows = [row for row, _ in igraph.Graph(len(layers), links, directed=True).layout_sugiyama(layers=layers).coords]
    return [MARGIN + GAP_Y + HEIGHT / 2 + (row - min(rows)) * (HEIGHT + GAP_Y) for row in rows]


def _columns(widths: list[float], layers: list[int], labels: list[tuple[int, str]]) -> list[tuple[float, float]]:
    """The left edge and the width of every layer, with room on its left for the labels of the arrows that end there."""
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
    """How far below the middle of its node each arrow begins or ends, in the order of the other ends; and half of the
    way between it and its arrow back."""
    ports = []
    for k, (node, y) in enumerate(ends):
        others = sorted((other, j) for j, (at, other) in enumerate(ends) if at == node)
        lane = min(LANES, (HEIGHT - PADDING) / len(others))
        ports.append(((others.index((y, k)) - (len(others) - 1) / 2) * lane, lane / 4))
    return ports


def _curve(points: list[Point]) -> str:
    """A path through the points, level where it passes them; what goes straight on is one line."""
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
    """A place for a label on the last curve of an arrow, where no other label is if that can be."""
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
