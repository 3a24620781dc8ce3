"""The hint for each named fault of the reference engine, in the student's terms; none gives a rule away."""

from __future__ import annotations

_OPERATOR = {"mul": "__mul__", "pow": "__pow__", "relu": "relu"}

_IN_ANY_OPERATOR = {
    "overwrites": (
        "{name} seems to replace the gradient that an operand already has. Compare with the template: what does "
        "`+=` do there that `=` would not?"
    ),
    "no_upstream": (
        "{name} seems to leave out the upstream gradient. The local gradient says how out changes with the "
        "operand; out.grad says how the loss changes with out. The chain rule needs both."
    ),
    "adds_upstream": (
        "{name} seems to add the local gradient and the upstream gradient. How does the chain rule combine two "
        "rates of change that act one after the other?"
    ),
    "called_not_attached": (
        "{name} seems to call its inner function instead of handing it over. `out._backward = _backward` stores "
        "the function for later; brackets after the name run it now, while out.grad is 0."
    ),
    "own_gradient": (
        "{name} seems to read the gradient of the operand where it needs the gradient of out. Which of the two has "
        "already been computed when _backward runs?"
    ),
    "data_as_upstream": (
        "{name} seems to multiply by out.data where the chain rule has out.grad, the upstream gradient."
    ),
    "attached_to_operand": (
        "{name} seems to hand its inner function to an operand. Whose gradient is known first, the operand's or out's, "
        "and so whose _backward must it be?"
    ),
    "no_gradient": (
        "{name} gives its operands no gradient. Either out never receives the inner function (look at the last lines "
        "of the template), or that function, when it runs later, adds nothing to an operand's grad."
    ),
    "no_children": (
        "{name} seems not to record its operands as the children of out. Look at the second argument of Value in "
        "the template."
    ),
    "in_place": (
        "{name} seems to change the operand itself and to return it. Build a new Value for the result, as the "
        "template does."
    ),
    "returns_number": (
        "{name} seems to return a plain number. A number cannot remember its operands; wrap it as the template does."
    ),
    "no_return": "{name} seems to return nothing. Look at the very last line of the template.",
}

_IN_ONE_OPERATOR = {
    "mul.swapped": (
        "Each operand seems to receive its own data as local gradient. Hold one operand fixed and move the other "
        "by a little: by how much does the product change?"
    ),
    "mul.derivative_of_add": (
        "The gradient of your product is that of a sum. Hold one operand fixed and move the other by a little: by"
        " how much does the product change?"
    ),
    "mul.uses_output": (
        "The gradient of your product seems to use the product itself. Hold one operand fixed and move the other "
        "by a little: by how much does the product change?"
    ),
    "mul.left_only": "Only the left operand seems to receive a gradient. A product depends on both of its operands.",
    "mul.right_only": "Only the right operand seems to receive a gradient. A product depends on both of its operands.",
    "mul.all_to_left": (
        "Both contributions of your product seem to go to the left operand. Which operand does each line of your "
        "_backward belong to?"
    ),
    "mul.missing_left_child": (
        "The left operand is not among the children of out, so backward() cannot reach what lies behind it."
    ),
    "mul.missing_right_child": (
        "The right operand is not among the children of out, so backward() cannot reach what lies behind it."
    ),
    "mul.copy_of_add": "__mul__ still does all that __add__ does: value and gradients are those of a sum.",
    "mul.adds": "__mul__ computes the sum of its operands. Was the template's first line copied as it was?",
    "mul.numbers_not_wrapped": (
        "__mul__ seems to need a Value on its right-hand side. The template turns a plain number into a Value "
        "before it uses .data."
    ),
    "pow.no_factor": (
        "The factor in front is missing from the gradient of your power. What happens to the exponent when x ** 3"
        " is differentiated? It appears in two places."
    ),
    "pow.exponent_not_lowered": (
        "The exponent in the gradient of your power is the old one. What happens to the exponent when x ** 3 is "
        "differentiated?"
    ),
    "pow.only_squares": (
        "The gradient of your power is right for squares only. Which part of 2 * x came from the exponent?"
    ),
    "pow.always_squares": "__pow__ squares the base whatever the exponent is. Where does the exponent come in?",
    "pow.factor_lowered_too": (
        "The factor in front of your gradient is one too small. Differentiate x ** 3 on paper: which number comes down?"
    ),
    "pow.exponent_raised": (
        "The exponent in the gradient of your power went up. It does so when x ** 3 is integrated; what happens "
        "when it is differentiated?"
    ),
    "pow.multiplies_instead": (
        "The gradient of your power multiplies by n - 1 where it should raise to a power. Is there a `*` where "
        "`**` was meant?"
    ),
    "pow.missing_brackets": (
        "Python raises to a power first, then multiplies, then subtracts. Does your gradient subtract the 1 from the "
        "exponent, or from everything before it?"
    ),
    "pow.subtracts_one": (
        "Python raises to a power before it subtracts. Does your gradient subtract the 1 from the exponent, or from "
        "the power?"
    ),
    "pow.exponent_is_child": (
        "out seems to record the exponent as a child too. The exponent is a constant: no gradient flows to it."
    ),
    "pow.multiplies": (
        "__pow__ multiplies by the exponent instead of raising to it. Is there a `*` where `**` was meant?"
    ),
    "relu.mask_inverted": (
        "relu lets the gradient through where the data is negative and stops it where it is positive. On which "
        "side does the output follow the input?"
    ),
    "relu.no_mask": (
        "relu lets every gradient through. On which side of 0 does the output not depend on the input at all?"
    ),
    "relu.uses_output": (
        "relu multiplies the gradient by its output. What is the slope of the line that relu follows for positive data?"
    ),
    "relu.mask_from_gradient": (
        "relu decides by the sign of the upstream gradient. Which number tells on which side of the kink the "
        "operand lies?"
    ),
    "relu.threshold_at_one": "Your relu has its kink at 1. Where does max(0, x) change from one line to the other?",
    "relu.absolute_value": "Your relu turns negative data into positive data; that is the absolute value.",
    "relu.sign_as_mask": (
        "relu seems to turn the gradient round where the data is negative. By how much does the output change there "
        "when the input changes by a little?"
    ),
    "relu.leaky": "Your relu lets a little of the negative side through; that is the leaky variant.",
    "relu.step": "Your relu returns 1 where the data is positive. Which number should it keep there?",
    "relu.returns_operand": (
        "relu seems to return the operand itself where it is positive. Build a new Value for the result, as the "
        "template does."
    ),
    "relu.minimum": "Your relu keeps the negative side and drops the positive one.",
}


def hint(fault: str) -> str:
    """The hint for the fault of that name; raises ``KeyError`` for a name that has none."""
    question, kind = fault.split(".")
    if fault in _IN_ONE_OPERATOR:
        return _IN_ONE_OPERATOR[fault]
    return _IN_ANY_OPERATOR[kind].format(name=_OPERATOR[question])
