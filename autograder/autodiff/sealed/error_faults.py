"""Mistakes that any operator may have, recognised by the exception that they raise.

The messages here are written as Python writes them. A student's exception is compared by its kind and by the subject of
its message, not by the words. It is raised when the operator is called, or only when its inner function runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from autograder.autodiff.sealed.operator_faults import changed, forward, local
from autograder.autodiff.sealed.reference_engine import RULES, Fault, Node, PlainNumber, Rule, Step


def _called(question: str, error: Exception) -> tuple[Rule, ...]:
    """Return the rules of operators that raise this error when they are called.

    One rule always raises; for an operator with a kink there are two more, which raise on one side of it only.
    """

    def stop(*_: float) -> NoReturn:
        raise type(error)(*error.args)

    def side(*, stops: bool) -> Rule:
        def rule(*operands: float) -> Step:
            step = RULES[question](*operands)
            return stop() if bool(step.data) is stops else step

        return rule

    sides = (side(stops=True), side(stops=False)) if question == "relu" else ()
    return forward(question, stop), *sides


def _backward(question: str, error: Exception) -> tuple[Rule, ...]:
    """Return the rules of operators whose inner function raises this error.

    One rule always raises; for an operator with a kink there is another, which raises only where a gradient is passed
    on.
    """

    def stop(upstream: float, local: float) -> NoReturn:
        raise type(error)(*error.args)

    def rule(*operands: float) -> Step:
        step = RULES[question](*operands)
        return replace(step, edges=tuple(edge for edge in step.edges if edge[1]), contribution=stop)

    always = changed(question, contribution=stop)
    return (always, rule) if question == "relu" else (always,)


def _called_with_node(question: str, error: Exception) -> tuple[Rule, ...]:
    """Return the rules of operators that raise this error for two nodes.

    With a plain number as the second operand, one is right and the others raise in the inner function.
    """
    in_backward = _backward(question, _ATTRIBUTES["a number has no .grad"])

    def sparing(with_number: Rule) -> Rule:
        stop, *_ = _called(question, error)
        return lambda a, b: (with_number if isinstance(b, PlainNumber) else stop)(a, b)

    return tuple(map(sparing, (RULES[question], *in_backward)))


def _gradients_are_nodes(question: str, nodes: tuple[int, ...]) -> Rule:
    """Return the rule of an operator that forgets ``.data`` in the local derivatives of these operands."""

    def derivatives(*operands: float) -> list[Any]:
        edges = RULES[question](*operands).edges
        return [Node(derivative) if k in nodes else derivative for k, derivative in edges]

    return local(question, derivatives)


_ATTRIBUTES = {
    "a number has no .data": AttributeError("'float' object has no attribute 'data'"),
    "a number has no .grad": AttributeError("'float' object has no attribute 'grad'"),
    "a number has no ._backward": AttributeError("'float' object has no attribute '_backward'"),
    "a number has no ._prev": AttributeError("'float' object has no attribute '_prev'"),
    "a Value has no such": AttributeError("'Value' object has no attribute 'gard'"),
    "a tuple has no such": AttributeError("'tuple' object has no attribute '_backward'"),
}
_VALUE_AS_NUMBER = TypeError("unsupported operand type(s) for +=: 'int' and 'Value'")
_VALUE_AS_EXPONENT = TypeError("unsupported operand type(s) for ** or pow(): 'float' and 'Value'")


@dataclass(frozen=True)
class _Kind:
    """Mistake with the exceptions that it may raise: some ``when_called``, others when the inner function runs.

    Those in ``with_node`` are raised when the operator is called with a node as its second operand, not with a number.
    ``only`` names a question if the mistake can be made in this question alone.
    """

    name: str
    hint: str
    when_called: tuple[Exception, ...] = ()
    backward: tuple[Exception, ...] = ()
    with_node: tuple[Exception, ...] = ()
    only: str = ""

    def rules(self, question: str) -> tuple[Rule, ...]:
        """Return the rules of all ways in which the mistake shows."""
        called = [rule for error in self.when_called for rule in _called(question, error)]
        called += [rule for error in self.with_node for rule in _called_with_node(question, error)]
        return *called, *(rule for error in self.backward for rule in _backward(question, error))


_KINDS = (
    _Kind(
        "too_many_arguments",
        "{name} hands more to Value than it takes. In this notebook that is the number and one single tuple with "
        "the children, as in the template: children that stand side by side need brackets of their own, and the name "
        "of the operation, which other tutorials add, has no place here.",
        when_called=(TypeError("Value.__init__() takes from 2 to 3 positional arguments but 4 were given"),),
    ),
    _Kind(
        "unknown_argument",
        "{name} hands something to Value by a name that this Value does not know. Other tutorials have `_op` or "
        "`label`; here Value takes the number and the tuple of children, and nothing else.",
        when_called=(TypeError("Value.__init__() got an unexpected keyword argument '_op'"),),
    ),
    _Kind(
        "missing_argument",
        "{name} makes a Value without a number. Compute the number first, and hand it to Value as the template does.",
        when_called=(TypeError("Value.__init__() missing 1 required positional argument: 'data'"),),
    ),
    _Kind(
        "children_not_in_a_tuple",
        "{name} hands over a Value where a tuple of children belongs. In Python `(self)` is just `self`: it is the "
        "comma that makes the tuple, `(self,)`.",
        when_called=(TypeError("'Value' object is not iterable"),),
    ),
    _Kind(
        "number_not_iterable",
        "In {name} something that takes several things was given a single number. `max` compares two numbers, so it "
        "needs both; and the children of a Value are a tuple of Values.",
        when_called=(TypeError("'float' object is not iterable"),),
    ),
    _Kind(
        "tuple_as_data",
        "{name} hands a tuple to Value where the number belongs. Count the brackets: the tuple of children is the "
        "second argument, outside the expression of the number.",
        when_called=(TypeError("float() argument must be a string or a real number, not 'tuple'"),),
    ),
    _Kind(
        "value_as_number",
        "{name} computes with a Value where Python needs the plain number that it holds. Where is `.data` missing?",
        when_called=(_VALUE_AS_NUMBER,),
    ),
    _Kind(
        "value_taken_for_a_number",
        "{name} copes with a plain number on its right-hand side, but takes a Value there for a number too. What does "
        "the template do first, so that it can ask every operand for its `.data`?",
        with_node=(_VALUE_AS_NUMBER,),
        only="mul",
    ),
    _Kind(
        "value_as_exponent",
        "The exponent became a Value. It is a plain number, a constant: take it as it is, without wrapping it as the "
        "template does with the second operand.",
        when_called=(_VALUE_AS_EXPONENT,),
        only="pow",
    ),
    _Kind(
        "value_in_backward",
        "The inner function of {name} computes with a Value where a plain number belongs: gradients are numbers. Where "
        "is `.data` missing?",
        backward=(_VALUE_AS_NUMBER, _VALUE_AS_EXPONENT),
    ),
    _Kind(
        "data_of_a_number",
        "{name} asks a plain number for `.data`, which only a Value has. Which of the names in that line are Values, "
        "and which are numbers already?",
        when_called=(_ATTRIBUTES["a number has no .data"],),
    ),
    _Kind(
        "out_is_a_number",
        "In {name}, `out` is a plain number, which can remember neither children nor a `_backward`. Wrap the result in "
        "a new Value, as the template does.",
        when_called=tuple(_ATTRIBUTES[f"a number has no {name}"] for name in ("._backward", "._prev", ".grad")),
    ),
    _Kind(
        "out_is_a_tuple",
        "In {name}, `out` is a tuple: it is a comma that makes one. Is the word Value missing before the brackets, or "
        "is there a comma too many at the end of a line?",
        when_called=(_ATTRIBUTES["a tuple has no such"],),
    ),
    _Kind(
        "number_in_backward",
        "The inner function of {name} asks a plain number for `.data` or `.grad`, which only a Value has. `self.data` "
        "and `out.grad` are numbers already, and a constant has no gradient.",
        backward=(_ATTRIBUTES["a number has no .data"], _ATTRIBUTES["a number has no .grad"]),
    ),
    _Kind(
        "no_such_attribute",
        "{name} asks a Value for an attribute that it does not have. It has `data`, `grad`, `_prev` and `_backward`: "
        "is one of them misspelt?",
        when_called=(_ATTRIBUTES["a Value has no such"],),
    ),
    _Kind(
        "no_such_attribute_in_backward",
        "The inner function of {name} asks a Value for an attribute that it does not have. It has `data`, `grad`, "
        "`_prev` and `_backward`: is one of them misspelt?",
        backward=(_ATTRIBUTES["a Value has no such"],),
    ),
    _Kind(
        "unset_name",
        "In {name} a name is read before it has a value. A function that assigns to a name anywhere owns that name "
        "everywhere: put the assignment before the line that reads it, on every path.",
        when_called=(UnboundLocalError("local variable 'out' referenced before assignment"),),
    ),
    _Kind(
        "unset_name_in_backward",
        "The inner function of {name} assigns to a name, and reads it before that. By assigning, it makes the name its "
        "own, and no longer sees the one outside. Does it have to assign to that name at all? Gradients go into "
        "attributes, such as `self.grad`.",
        backward=(UnboundLocalError("local variable 'other' referenced before assignment"),),
    ),
    _Kind(
        "unknown_name",
        "{name} uses a name that nothing was given. Is it misspelt, or is it imported in no cell?",
        when_called=(NameError("name 'othr' is not defined"),),
    ),
    _Kind(
        "unknown_name_in_backward",
        "The inner function of {name} uses a name that nothing was given. It sees the names of {name} around it: is "
        "one of them misspelt, or called otherwise there?",
        backward=(NameError("name 'othr' is not defined"),),
    ),
    _Kind(
        "calls_itself",
        "{name} calls itself without end: the operator that it is to define is used inside it, on a Value. Compute "
        "with the plain numbers, `.data`.",
        when_called=(RecursionError("maximum recursion depth exceeded"),),
    ),
    _Kind(
        "backward_calls_itself",
        "The inner function of {name} calls itself without end. It only hands the gradient to the operands; going on "
        "from there is the work of backward().",
        backward=(RecursionError("maximum recursion depth exceeded"),),
    ),
    _Kind(
        "wrong_parameters",
        "A function in {name} is called with fewer or more arguments than it has parameters. Compare the line with "
        "`def {name}` with the one in the blank cell.",
        when_called=(
            TypeError("f() takes 1 positional argument but 2 were given"),
            TypeError("f() missing 1 required positional argument: 'x'"),
        ),
    ),
    _Kind(
        "backward_takes_arguments",
        "The inner function of {name} has a parameter. backward() calls it without arguments: it sees `self` and `out` "
        "by itself, as it is defined where they are.",
        backward=(TypeError("f() missing 1 required positional argument: 'out'"),),
    ),
    _Kind(
        "number_called",
        "In {name} a plain number is called as if it were a function. Is there a `*` missing before a bracket, or is "
        "something else than a function stored as `_backward`?",
        when_called=(TypeError("'float' object is not callable"),),
        backward=(TypeError("'float' object is not callable"),),
    ),
    _Kind(
        "value_called",
        "In {name} a Value is called as if it were a function. Is there a `*` missing before a bracket, or is a Value "
        "stored as `_backward`, in place of the inner function?",
        when_called=(TypeError("'Value' object is not callable"),),
        backward=(TypeError("'Value' object is not callable"),),
    ),
)

_WITHOUT_DATA = {"mul": ((0, 1), (0,), (1,))}
"""Groups of operands whose local derivatives may be Values by mistake, for questions with more than one operand."""


def errors_in_any_operator(question: str, name: str) -> Iterator[Fault]:
    """Yield the faults that raise an exception, for the operator ``name``."""
    for kind in _KINDS:
        if kind.only in ("", question):
            rules = kind.rules(question)
            if kind.name == "value_in_backward":  # once __radd__ is defined, the sum is a Value and raises nothing
                rules += tuple(_gradients_are_nodes(question, which) for which in _WITHOUT_DATA.get(question, ((0,),)))
            first, *others = rules
            hint = kind.hint.format(name=name)
            yield Fault(f"{question}.{kind.name}", first, other_rules=tuple(others), hint=hint)
