"""Pictures for the notebook: the graph behind a Value, a training while it runs, and tables. Nothing here is marked.

Everything is HTML in a notebook and plain text in a console. Drawings and tables have the text colour of the page
around them, so that they can be read in a dark theme as in a light one. All that a picture shows is also said in words.

The steps of a drawing need no JavaScript. They were tried in JupyterLab 4 in Chromium: by keyboard, in the light and
the dark theme, on paper, and in a notebook that JupyterLab does not trust, where a still picture and all words remain.
VS Code and Colab also show an output with its styles, but nobody has tried the steps in them yet.
"""

from __future__ import annotations

from html import escape
from typing import Any

from pictures.measured import Graph
from pictures.nodes import MOST_NODES, _is_value, _topological
from pictures.page import _shown
from pictures.shown import Shown
from pictures.steps import _states
from pictures.tables import table as table
from pictures.training import TrainingView as TrainingView
from pictures.training import picture as picture


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


# Here the build puts the modules in pictures/.
