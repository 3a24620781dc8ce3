"""Gradients of the student's own functions beside central differences."""

from __future__ import annotations

import html
import sys
from dataclasses import dataclass
from typing import Any

from .measuring import _needed, _reflected_product


def gradcheck(function: Any, *values: Any) -> GradCheck:
    """Compare the gradients by ``backward`` with central differences, at the point ``values`` (plain numbers).

    ``function`` takes as many Values as there are numbers, and returns one Value.

    Raises ``TypeError`` if it returns something else.
    """
    point = [float(getattr(value, "data", value)) for value in values]
    with _reflected_product(_needed(vars(sys.modules["__main__"]), "Value")) as value_class:

        def output(*numbers: float) -> tuple[Any, list[Any]]:
            leaves = [value_class(number) for number in numbers]
            result = function(*leaves)
            if not isinstance(result, value_class):
                raise TypeError(f"the function must return a Value; it returned {result!r}")
            return result, leaves

        try:
            result, leaves = output(*point)
            result.backward()
            rows = [_row(lambda *p: output(*p)[0].data, point, k, leaf.grad) for k, leaf in enumerate(leaves)]
        except NotImplementedError as blank:
            return GradCheck([], f"Not yet: {blank}")
    return GradCheck(rows)


CUBE_ROOT_OF_EPSILON = sys.float_info.epsilon ** (1 / 3)
"""Best step for numbers around 1: the errors by rounding and by the function's curvature are about equal then."""
SAME, KINK = 1e-5, 1e-2
"""Relative differences: up to ``SAME``, gradients agree; beyond ``KINK``, left and right slope make a kink."""


def _row(output: Any, point: list[float], k: int, gradient: float) -> dict[str, Any]:
    x = point[k]
    step = CUBE_ROOT_OF_EPSILON * max(1.0, abs(x))
    low, here, high = (output(*point[:k], moved, *point[k + 1 :]) for moved in (x - step, x, x + step))
    left, right = (here - low) / step, (high - here) / step
    slope = (high - low) / (2 * step)
    size = max(1.0, abs(left), abs(right), abs(gradient))
    kink = abs(right - left) > KINK * size
    agrees_there = min(left, right) - SAME * size <= gradient <= max(left, right) + SAME * size
    agrees_here = abs(gradient - slope) <= SAME * size
    verdict = "agree" if (agrees_there if kink else agrees_here) else "differ"
    note = f" (a kink: the slope is {left:.4g} to the left and {right:.4g} to the right)" if kink else ""
    return {"value": x, "backward": gradient, "difference": slope, "verdict": verdict + note}


@dataclass(frozen=True)
class GradCheck:
    """Gradients by ``backward`` beside central differences, for each value."""

    rows: list[dict[str, Any]]
    problem: str = ""

    def __bool__(self) -> bool:
        return bool(self.rows) and all(row["verdict"].startswith("agree") for row in self.rows)

    def _cells(self) -> list[list[str]]:
        numbers = ("value", "backward", "difference")
        return [[*(f"{row[name]:.8g}" for name in numbers), row["verdict"]] for row in self.rows]

    def __repr__(self) -> str:
        lines = [f"at {at}: by backward {a}, by central difference {b}: {says}" for at, a, b, says in self._cells()]
        return "\n".join([*lines, self.problem]).strip()

    def _repr_html_(self) -> str:
        if self.problem:
            return f"<p>{html.escape(self.problem)}</p>"
        heads = ("value", "by backward", "by central difference", "they")
        head = "".join(f'<th scope="col">{name}</th>' for name in heads)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in self._cells())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
