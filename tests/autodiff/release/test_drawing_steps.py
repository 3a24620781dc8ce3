"""The steps of ``backward`` in a drawing: what is measured and told of right, wrong and broken graphs."""

from __future__ import annotations

import base64
import math
import random
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from drawn import SVG, Elements, nodes, steps, svg

FIELDS = ("data", "grad", "_prev", "_backward")


def back(shown: Any) -> list[str]:
    """What stands on the arrows back."""
    found = re.findall(r"Back from (\w+) to (\w+): ([^.]+(?:\.\d+)?)\.", svg(shown).findtext(f"{SVG}desc") or "")
    return [f"{user} → {child} {label}" for user, child, label in found]


def wrong(value: Any, made: Callable[[Any, Any], Callable[[], None]], *operands: Any, data: float = 1.0) -> Any:
    """A node with a ``_backward`` that is made of the first operand and the node itself."""
    out = value(data, operands)
    out._backward = made(operands[0], out)
    return out


# --- right graphs -------------------------------------------------------------------------------------------------


def test_each_step_says_what_a_node_adds_to_whom(drawing: ModuleType, value: Any) -> None:
    a, b, c = value(2), value(-3), value(10)
    f = (a * b + c) ** 2
    assert steps(drawing.draw(f, a=a, b=b, c=c, f=f)) == [
        "Now: every grad is 0, as before backward.",
        "Start: f gets the grad 1, every other grad is 0.",
        "1. f (grad 1) adds 1 × 8 = 8 to v2.",
        "2. v2 (grad 8) adds 8 × 1 = 8 to v1; adds 8 × 1 = 8 to c.",
        "3. v1 (grad 8) adds 8 × -3 = -24 to a; adds 8 × 2 = 16 to b.",
        "4. The leaves have no children and add nothing: done.",
    ]


def test_a_shared_node_receives_all_its_contributions_before_it_hands_them_on(drawing: ModuleType, value: Any) -> None:
    a = value(5)
    b = a * 2
    m = b * 3
    c = b + m
    shown = steps(drawing.draw(c, a=a, b=b, m=m, c=c))
    assert shown[3] == "2. m (grad 1) adds 1 × 3 = 3 to b: 1 + 3 = 4; adds 1 × 10 = 10 to the number 3."
    assert shown[4] == "3. b (grad 4) adds 4 × 2 = 8 to a; adds 4 × 5 = 20 to the number 2."
    assert "grad 1 + 3 = 4" in [text.text for text in svg(drawing.draw(c, step=2)).iter(f"{SVG}text")]


def test_an_operand_used_twice_by_one_node_receives_both_parts_along_one_arrow(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    assert back(drawing.draw(x + x, x=x)) == ["v1 → x × 2"]
    assert back(drawing.draw(x * x, x=x)) == ["v1 → x × 6"]


def test_local_derivatives_are_those_of_central_differences(drawing: ModuleType, value: Any) -> None:
    step = 6e-6
    functions: list[tuple[Callable[[Any], Any], float]] = [
        (lambda x: x * 4, 2.5),
        (lambda x: x**3, -2.0),
        (lambda x: x**-1, 0.5),
        (lambda x: x.relu(), 2.0),
        (lambda x: x.relu(), -2.0),
        (lambda x: x.double(), 7.0),  # an operator that nobody foresaw
    ]
    for function, number in functions:
        x = value(number)
        [label] = [arrow.split("× ")[1] for arrow in back(drawing.draw(function(x), x=x)) if "→ x" in arrow]
        slope = (function(value(number + step)).data - function(value(number - step)).data) / (2 * step)
        assert float(label) == pytest.approx(slope, rel=1e-3, abs=1e-9)


def test_the_grads_at_the_end_are_those_of_backward_in_any_graph(drawing: ModuleType, value: Any) -> None:
    generator = random.Random(5)
    for _ in range(20):
        made = [value(generator.uniform(-2, 2)) for _ in range(3)]
        for _ in range(8):
            left, right = generator.choice(made), generator.choice(made)
            made.append(generator.choice([left + right, left * right, left.relu(), left**2]))
        result = made[-1]
        graph = drawing.Graph(drawing._topological(result), {})
        *_, end = drawing._states(graph)
        result.backward()
        assert end.grads == [drawing._number(node.grad) for node in graph.nodes]


def test_every_node_is_visited_after_all_its_users(drawing: ModuleType, value: Any) -> None:
    a = value(2)
    b = a * a
    shown = steps(drawing.draw((b + a) * b + a.relu(), a=a, b=b))
    order = [line.split()[1] for line in shown if re.match(r"\d+\. (?!The)", line)]
    assert sorted(order) == ["b", "v1", "v2", "v3", "v4"]
    assert order[0] == "v4"
    assert order.index("v2") < order.index("v1") < order.index("b")


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        (0, "Now: every grad is 0, as before backward."),
        (1, "Now: the grads are those of y.backward()."),
        (2, "Now: the grads are not those that y.backward() makes where all begin at 0."),
    ],
)
def test_the_grads_that_are_there_are_compared_with_those_of_backward(
    calls: int, words: str, drawing: ModuleType, value: Any
) -> None:
    x = value(3)
    y = x * 2
    for _ in range(calls):
        y.backward()
    assert steps(drawing.draw(y, y=y))[0] == words


# --- one step -----------------------------------------------------------------------------------------------------


def test_a_step_is_shown_alone_with_the_grads_after_it(drawing: ModuleType, value: Any) -> None:
    a = value(5)
    y = (a * 2).relu()
    y.backward()
    shown = [drawing.draw(y, step=k, a=a, y=y) for k in range(4)]
    assert [nodes(each)[0] for each in shown] == [f"a: data 5, grad {grad}" for grad in (0, 0, 2, 2)]
    assert [nodes(each)[2] for each in shown] == [f"v1 = a × 2: data 10, grad {grad}" for grad in (0, 1, 1, 1)]
    assert [len(steps(each)) for each in shown] == [1, 1, 1, 1]
    assert steps(shown[1]) == ["1. y (grad 1) adds 1 × 1 = 1 to v1."]
    for each in shown:
        assert not Elements(each._repr_html_()).of("input")
        assert not [one for one in svg(each).iter() if one.get("visibility")]


@pytest.mark.parametrize("step", [-1, 4, True, 1.5, "2"], ids=repr)
def test_no_such_step_is_said_in_one_sentence(step: Any, drawing: ModuleType, value: Any) -> None:
    with pytest.raises(ValueError, match=r"^step is a whole number from 0 to 3 here$"):
        drawing.draw((value(5) * 2).relu(), step=step)


def test_a_value_may_have_the_name_of_a_parameter(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    assert nodes(drawing.draw(x, value=x)) == ["value: data 3, grad 0"]


# --- wrong and unfinished graphs ----------------------------------------------------------------------------------


def test_a_wrong_derivative_is_shown_as_it_is(drawing: ModuleType, value: Any) -> None:
    def made(x: Any, out: Any) -> Callable[[], None]:
        def _backward() -> None:
            x.grad += 7 * out.grad

        return _backward

    x = value(3)
    shown = drawing.draw(wrong(value, made, x), x=x)
    assert back(shown) == ["v1 → x × 7"]
    assert steps(shown)[2] == "1. v1 (grad 1) adds 1 × 7 = 7 to x."


def test_a_gradient_that_is_replaced_is_told_with_what_is_lost(drawing: ModuleType, value: Any) -> None:
    def made(x: Any, out: Any) -> Callable[[], None]:
        def _backward() -> None:
            x.grad = 3 * out.grad

        return _backward

    x = value(2)
    m = wrong(value, made, x)
    shown = steps(drawing.draw(x + m, x=x, m=m))
    assert "2. m (grad 1) sets the grad of x to 1 × 3 = 3, and the 1 that was there is lost." in shown


def test_a_contribution_without_the_upstream_gradient_has_no_product(drawing: ModuleType, value: Any) -> None:
    def made(x: Any, out: Any) -> Callable[[], None]:
        def _backward() -> None:
            x.grad += 3

        return _backward

    x = value(2)
    shown = drawing.draw(wrong(value, made, x) * 5, x=x)
    assert "v1 → x + 3" in back(shown)
    assert "2. v1 (grad 5) adds 3 to x." in steps(shown)


def test_an_exception_ends_the_steps_and_is_quoted_in_short(drawing: ModuleType, value: Any) -> None:
    def made(x: Any, out: Any) -> Callable[[], None]:
        def _backward() -> None:
            raise ZeroDivisionError("0.0 cannot be raised\n" * 1000)

        return _backward

    x = value(0)
    shown = drawing.draw(wrong(value, made, x) + 1, x=x)
    assert back(shown)[-1] == "v1 → x ?"
    *_, last = steps(shown)
    assert last.startswith("2. v1 (grad 1): its _backward raises ZeroDivisionError: 0.0 cannot be raised 0.0")
    assert last.endswith(". There backward ends.")
    assert len(last) < 300


def test_a_backward_that_was_called_instead_of_attached_is_no_backward(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    y = x.relu()
    y._backward = None
    shown = drawing.draw(y, x=x)
    assert nodes(shown)[-1] == "v1: no _backward attached to a result of x: data 3, grad 0"
    assert "its _backward raises TypeError" in steps(shown)[-1]
    assert not svg(shown).findall(f".//{SVG}g[@stroke='#b34700']/{SVG}path")


def test_grads_that_are_no_numbers_are_named_by_their_type(drawing: ModuleType, value: Any) -> None:
    def made(x: Any, out: Any) -> Callable[[], None]:
        def _backward() -> None:
            x.grad = value(1)

        return _backward

    x = value(3)
    shown = drawing.draw(wrong(value, made, x), x=x)
    assert steps(shown)[2] == "1. v1 (grad 1) changes the grad of x from 0 to an object of type Value."


def test_an_operand_that_was_not_recorded_as_a_child_is_noticed(drawing: ModuleType, value: Any) -> None:
    a, b = value(2), value(3)
    out = a * b
    out._prev = {a}
    shown = drawing.draw(out, a=a)
    assert steps(shown)[2].endswith("It changes the grad of a Value too, which is not among its children.")
    assert b.grad == 0


@pytest.mark.parametrize("children", [None, 3, (), "ab"], ids=repr)
def test_children_that_are_no_values_are_left_out(children: Any, drawing: ModuleType, value: Any) -> None:
    x = value(3)
    x._prev = children
    assert len(nodes(drawing.draw(x, x=x))) == 1


def test_a_number_among_the_children_is_named_by_its_type(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    y = value(6, (x, 2))
    assert nodes(drawing.draw(y, x=x)) == [
        "x: data 3, grad 0",
        "v1: an object of type int among its children: data 6, grad 0",
    ]


def test_a_circle_is_told_in_one_sentence(drawing: ModuleType, value: Any) -> None:
    a = value(1)
    b = a + 1
    a._prev = {b}
    assert (
        repr(drawing.draw(b, b=b)) == "b is computed from itself, in a circle: there is no order to draw its graph in."
    )


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_not_finite_is_drawn_too(number: float, drawing: ModuleType, value: Any) -> None:
    assert svg(drawing.draw(value(number) * 2 + 1)) is not None


def test_the_largest_graph_is_drawn_soon_and_in_bounds(drawing: ModuleType, value: Any) -> None:
    x = value(1.23456789)
    total = x.relu()
    for _ in range(58):
        total = total * x
    started = time.process_time()
    shown = drawing.draw(total)
    assert time.process_time() - started < 2
    assert len(nodes(shown)) == 60
    assert len(shown._repr_html_()) < 500_000


# --- nothing is disturbed -----------------------------------------------------------------------------------------


def test_drawing_leaves_every_value_as_it_was(drawing: ModuleType, value: Any) -> None:
    a, b = value(2), value(-3)
    f = (a * b + a.relu()) ** 2
    f.backward()
    everyone = drawing._topological(f)
    before = [[getattr(node, field) for field in FIELDS] for node in everyone]
    drawing.draw(f, a=a)
    drawing.draw(f, step=2)
    after = [[getattr(node, field) for field in FIELDS] for node in everyone]
    assert all(one is two for old, new in zip(before, after, strict=True) for one, two in zip(old, new, strict=True))


def test_what_a_backward_changes_or_prints_is_undone_even_if_it_raises(
    drawing: ModuleType, value: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(x: Any, out: Any) -> Callable[[], None]:
        def _backward() -> None:
            x.data += 1
            x.grad += 1
            x._prev = {out}
            print("here")
            raise KeyError(1)

        return _backward

    x = value(3)
    children = x._prev
    drawing.draw(wrong(value, made, x), x=x)
    assert (x.data, x.grad) == (3, 0)
    assert x._prev is children
    assert capsys.readouterr().out == ""


def test_backward_after_a_drawing_gives_what_it_gives_without(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    y = x * x + x
    drawing.draw(y)
    y.backward()
    assert x.grad == 7


# --- the page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(drawing: ModuleType, value: Any) -> Any:
    a, b, c = value(2), value(-3), value(10)
    f = (a * b + c) ** 2
    f.backward()
    return drawing.draw(f, a=a, b=b, c=c, f=f)


def test_the_choices_are_a_named_group_with_a_label_and_a_description_each(shown: Any) -> None:
    page = Elements(shown._repr_html_())
    choices, texts = page.of("input"), {item["id"]: k for k, item in enumerate(page.of("li"))}
    assert [name for name, _ in page.found if name in ("fieldset", "legend")] == ["fieldset", "legend"]
    assert {choice["type"] for choice in choices} == {"radio"}
    assert [choice["id"] for choice in choices] == [label["for"] for label in page.of("label")]
    assert [texts[choice["aria-describedby"]] for choice in choices] == list(range(len(steps(shown))))
    assert [k for k, choice in enumerate(choices) if "checked" in choice] == [0]
    found = re.findall(r"<label[^>]*>([^<]*)</label>", shown._repr_html_())
    assert found == ["now", "start", "1 f", "2 v2", "3 v1", "leaves"]


def test_jupyterlab_leaves_the_keys_to_what_has_the_focus(shown: Any) -> None:
    page = Elements(shown._repr_html_())
    focused = [attributes for name, attributes in page.found if name == "input" or "tabindex" in attributes]
    assert {attributes.get("data-lm-suppress-shortcuts") for attributes in focused} == {"true"}


def test_there_is_no_script_and_nothing_is_fetched(shown: Any) -> None:
    html = shown._repr_html_()
    assert not re.search(r"<script|\son\w+=|@import|https?://(?!www\.w3\.org/2000/svg)", html)


def test_without_styles_a_still_picture_and_all_words_are_left(shown: Any) -> None:
    page = Elements(shown._repr_html_())
    for name, attributes in page.found:
        if name in ("input", "label") or attributes.get("class") == "picture":
            assert attributes["hidden"] == "hidden"  # a value, or JupyterLab's sanitiser drops it
    [still] = page.of("img")
    picture = ElementTree.fromstring(base64.b64decode(still["src"].partition("base64,")[2]))
    assert not [one for one in picture.iter() if one.get("visibility") or one.get("class") not in (None, "card")]
    assert still["alt"] == picture.findtext(f"{SVG}desc")
    assert [text for text in page.texts if re.match(r"(Now|Start|\d+\.)", text)] == steps(shown)


def test_a_state_shows_one_grad_of_each_node(shown: Any) -> None:
    grads = [text for text in svg(shown).iter(f"{SVG}text") if (text.text or "").startswith("grad ")]
    for state in range(6):
        seen = [text.text for text in grads if text.get("class") is None or f"s{state}" in (text.get("class") or "")]
        assert len(seen) == 6
    assert [text.text for text in grads if text.get("visibility") is None] == [
        f"grad {grad}" for grad in (-24, 16, 8, 8, 8, 1)
    ]


def test_the_node_of_a_step_and_its_arrows_stand_out(drawing: ModuleType, value: Any) -> None:
    a, b = value(2), value(3)
    bold = [one for one in svg(drawing.draw(a * b, step=1)).iter() if one.get("stroke-width") == "4"]
    assert sorted(one.tag.removeprefix(SVG) for one in bold) == ["path", "path", "rect"]


def test_the_source_that_students_get_knows_no_rule_of_an_operator(drawing: ModuleType) -> None:
    source = Path(str(drawing.__file__)).read_text(encoding="utf-8")
    assert not re.search(r"other\.data|\.data\s*>\s*0|exponent\s*-\s*1|max\(0,", source)
