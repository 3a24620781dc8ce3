"""The notebook as it was last saved."""

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
    """The saved notebook: its code cells, and the texts that are written.

    ``slipped`` are answers whose cells were turned into cells of another kind by mistake; they are in ``code`` too, and
    ``notes`` tell the student. ``explained`` are the names of the texts that are written.
    """

    code: list[str]
    slipped: list[str]
    notes: list[str]
    explained: Collection[str] = ()


def _saved_in(path: Path) -> _Saved:
    raw = json.loads(path.read_text(encoding="utf-8"))["cells"]
    cells = [(cell["cell_type"], _joined(cell["source"]), cell["metadata"].get("tags", [])) for cell in raw]
    tags = out_of_kind(cells, KINDS)
    kinds = [KINDS[tags[place]] if place in tags else kind for place, (kind, _, _) in enumerate(cells)]
    code = {place: source for place, (_, source, _) in enumerate(cells) if kinds[place] == "code"}
    notes = [told_of_kind(tag, cells[place][0], KINDS) for place, tag in tags.items()]
    meant = [(kind, source, own) for kind, (_, source, own) in zip(kinds, cells, strict=True)]
    explained = read_explanations(meant, TEXTS, BLANK)
    return _Saved([*code.values()], [source for place, source in code.items() if place in tags], notes, explained)


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _notebook_file() -> Path:
    """Return the path of the open notebook, if VS Code or Jupyter tells it; else of the one beside this file."""
    for told in (vars(sys.modules["__main__"]).get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if isinstance(told, str) and told.endswith(".ipynb") and Path(told).is_file():
            return Path(told)
    return NOTEBOOK


def _saved() -> _Saved:
    """Read the notebook as it was last saved; it is empty if there is no such file, as in Colab."""
    try:
        return _saved_in(_notebook_file())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _Saved([], [], [])
