"""The HTML of a drawing: radio buttons for its steps, the picture, and the words."""

from __future__ import annotations

import base64
import hashlib
import itertools
from html import escape

from .layout import _layout
from .measured import Graph
from .shown import Shown
from .steps import State
from .svg import _svg

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
