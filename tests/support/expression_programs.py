"""Generated expression programs: what every engine, the solution's too, must compute like plain numbers do."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import assume, reject
from hypothesis import strategies as st

from autograder.autodiff.sealed.reference_engine import engine

Instruction = tuple[str, int, Any]
Program = tuple[list[float], list[Instruction]]
"""Leaves, and instructions that each append a value: what to do, the operand's index, and an index or a number."""

OF_TWO_VALUES: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "sub": lambda x, y: x - y,
}
OF_A_VALUE_AND_A_NUMBER: dict[str, Callable[[Any, Any], Any]] = {
    "add number": lambda x, number: x + number,
    "radd": lambda x, number: number + x,
    "mul number": lambda x, number: x * number,
    "rmul": lambda x, number: number * x,
    "rsub": lambda x, number: number - x,
}
KINDS = (*OF_TWO_VALUES, *OF_A_VALUE_AND_A_NUMBER, "neg", "pow", "relu")
NUMBERS = (-1.5, 0, 0.5, 2, 3.25)
EXPONENTS = (2, 3, -1, 0.5, 1, 0, -2.5)
STEP = 1e-5
"""For differences: the slopes to the left and to the right are unlike where a kink or a pole is near."""
LARGEST_SLOPE = 1e6
"""Beyond it the difference of two results has too few digits."""


class Reference(engine()):  # type: ignore[misc]  # mypy does not follow a class that a function returns
    """The reference engine, with the operators that the rubric does not need."""

    def __neg__(self) -> Any:
        return self * -1

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return other + -self


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Two to four leaves and up to eight instructions; nodes are shared wherever two instructions take the same one."""
    leaves = draw(st.lists(st.floats(-2.0, 2.0).map(lambda x: round(x, 3)), min_size=2, max_size=4))
    instructions: list[Instruction] = []
    for k in range(draw(st.integers(1, 8))):
        earlier = st.integers(0, len(leaves) + k - 1)
        kind = draw(st.sampled_from(KINDS))
        argument: Any = None
        if kind in OF_TWO_VALUES:
            argument = draw(earlier)
        elif kind in OF_A_VALUE_AND_A_NUMBER:
            argument = draw(st.sampled_from(NUMBERS))
        elif kind == "pow":
            argument = draw(st.sampled_from(EXPONENTS))
        instructions.append((kind, draw(earlier), argument))
    return leaves, instructions


def run(leaves: Sequence[Any], instructions: Sequence[Instruction], relu: Callable[[Any], Any]) -> Any:
    """The last value of the program plus every leaf squared, so that each leaf has a gradient."""
    values = list(leaves)
    for kind, k, argument in instructions:
        x = values[k]
        if kind in OF_TWO_VALUES:
            values.append(OF_TWO_VALUES[kind](x, values[argument]))
        elif kind in OF_A_VALUE_AND_A_NUMBER:
            values.append(OF_A_VALUE_AND_A_NUMBER[kind](x, argument))
        elif kind == "pow":
            values.append(_power(x, argument))
        else:
            values.append(relu(x) if kind == "relu" else -x)
    out = values[-1]
    for leaf in leaves:
        out = out + leaf * leaf
    return out


def _power(x: Any, exponent: float) -> Any:
    """``x ** exponent``; of plain numbers only where it is real and has a slope."""
    if isinstance(x, float) and ((x < 0 and exponent != int(exponent)) or (x == 0 and exponent < 1)):
        raise ZeroDivisionError("the root of a negative number, or a pole")
    return x**exponent


def run_on(value: Any, program: Program) -> tuple[float, list[float]]:
    """The result and the gradient of each leaf, by the engine whose class of scalars is ``value``."""
    leaves, instructions = program
    nodes = [value(leaf) for leaf in leaves]
    out = run(nodes, instructions, lambda x: x.relu())
    try:
        out.backward()
    except OverflowError:
        reject()
    return out.data, [node.grad for node in nodes]


def result_of(program: Program) -> float:
    """The result in plain numbers; gives up on programs that have none: a pole, or the root of a negative number."""
    try:
        return _plain(*program)
    except (ZeroDivisionError, OverflowError):
        reject()


def smooth_slopes(program: Program) -> tuple[float, list[float]]:
    """The result, and each leaf's slope by central differences; gives up on programs near a kink or a pole."""
    leaves, instructions = program
    result, slopes = result_of(program), []
    for k, leaf in enumerate(leaves):
        before, after = ([*leaves[:k], leaf + step, *leaves[k + 1 :]] for step in (-STEP, STEP))
        left = (result - result_of((before, instructions))) / STEP
        right = (result_of((after, instructions)) - result) / STEP
        assume(abs(left) < LARGEST_SLOPE and math.isclose(left, right, rel_tol=1e-3, abs_tol=1e-3))
        slopes.append((left + right) / 2)
    return result, slopes


def _plain(leaves: list[float], instructions: list[Instruction]) -> float:
    return float(run(leaves, instructions, lambda x: max(x, 0.0)))
