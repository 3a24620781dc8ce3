"""A graph as SVG with all its states in one picture; the page decides which of them is visible."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from .layout import HEIGHT, LINE, Arrow, Layout, Point, _width
from .steps import State

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
