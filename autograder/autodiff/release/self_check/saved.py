"""The notebook as it was saved last."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from autograder.wire.answers import out_of_kind, told_of_kind
from autograder.wire.explanations import read_explanations

from .filled_in import BLANK, KINDS, TEXTS

NOTEBOOK = Path(__file__).with_name("autodiff.ipynb")


@dataclass(frozen=True)
class _Saved:
    """A notebook's code cells, answers whose cells are no code cells any more among them, and what to tell of these.

    ``explained`` are the answers that are texts, as far as they are written.
    """

    code: list[str]
    slipped: list[str]
    notes: list[str]
    explained: Collection[str] = ()


def _saved_in(path: Path) -> _Saved:
    raw = json.loads(path.read_text(encoding="utf-8"))["cells"]
    cells = [(cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", [])) for cell in raw]
    tags = out_of_kind(cells, KINDS)
    kinds = [KINDS[tags[place]] if place in tags else kind for place, (kind, _, _) in enumerate(cells)]
    code = {place: source for place, (_, source, _) in enumerate(cells) if kinds[place] == "code"}
    notes = [told_of_kind(tag, cells[place][0], KINDS) for place, tag in tags.items()]
    meant = [(kind, source, own) for kind, (_, source, own) in zip(kinds, cells, strict=True)]
    explained = read_explanations(meant, TEXTS, BLANK)
    return _Saved([*code.values()], [source for place, source in code.items() if place in tags], notes, explained)


def _notebook_file() -> Path:
    """The notebook that is open, if VS Code or Jupyter says which; else the one beside this file."""
    for told in (vars(sys.modules["__main__"]).get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if isinstance(told, str) and told.endswith(".ipynb") and Path(told).is_file():
            return Path(told)
    return NOTEBOOK


def _saved() -> _Saved:
    """The notebook as it was saved last; nothing where there is no such file, as in Colab."""
    try:
        return _saved_in(_notebook_file())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _Saved([], [], [])
