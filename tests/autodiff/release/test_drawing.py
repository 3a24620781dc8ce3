"""The released drawings: graphs in words and as SVG, tables, and a training that is watched."""

from __future__ import annotations

import re
import sys
import time
import xml.etree.ElementTree as ElementTree
from types import ModuleType, SimpleNamespace
from typing import Any

import matplotlib.pyplot as plt
import pytest
from drawn import SVG, Elements, boxes, ends, lines, nodes, svg
from specimens import ROOT


@pytest.fixture
def without_igraph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)


# --- the graph in words -------------------------------------------------------------------------------------------


def test_each_node_says_how_it_was_computed_its_data_and_its_grad(drawing: ModuleType, value: Any) -> None:
    a, b, c = value(2), value(-3), value(10)
    f = (a * b + c) ** 2
    f.backward()
    shown = drawing.draw(f, a=a, b=b, c=c, f=f)
    assert lines(shown)[0] == "Graph of f: 6 nodes"
    assert nodes(shown) == [
        "a: data 2, grad -24",
        "b: data -3, grad 16",
        "v1 = a × b: data -6, grad 8",
        "c: data 10, grad 8",
        "v2 = v1 + c: data 4, grad 8",
        "f = v2 ** 2: data 16, grad 1",
    ]


def test_before_backward_every_grad_is_0(drawing: ModuleType, value: Any) -> None:
    shown = nodes(drawing.draw(value(2) * 3))
    assert all(line.endswith("grad 0") for line in shown)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("relu", "y = relu(x)"),
        ("double", "y = double(x)"),
        ("forgotten", "y: no _backward attached to a result of x"),
        ("__neg__", "y = x × -1"),
    ],
)
def test_an_operation_is_named_after_its_function(
    operator: str, expected: str, drawing: ModuleType, value: Any
) -> None:
    x = value(3)
    y = getattr(x, operator)()
    assert nodes(drawing.draw(y, x=x, y=y))[-1].startswith(expected)


@pytest.mark.parametrize("exponent", [3, -1, 0.5])
def test_the_exponent_is_the_remembered_number_that_fits(exponent: float, drawing: ModuleType, value: Any) -> None:
    x = value(4)
    assert nodes(drawing.draw(x**exponent, x=x))[-1].startswith(f"v1 = x ** {exponent}:")


def test_a_power_whose_exponent_is_not_remembered_is_called_a_power(drawing: ModuleType, value: Any) -> None:
    x = value(4)
    y = x**2
    y._backward = type(y).__pow__.__get__(x)  # remembers nothing
    assert nodes(drawing.draw(y, x=x))[-1].startswith("v1 = power of x:")


def test_an_operand_used_twice_by_one_node_is_named_twice(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    shown = drawing.draw(x * x, x=x)
    assert nodes(shown)[-1].startswith("v1 = x × x:")
    assert len(svg(drawing.draw(x * x, step=0)).findall(f"{SVG}g/{SVG}g/{SVG}path")) == 2  # there and back


def test_operands_stand_in_the_order_of_the_operation(drawing: ModuleType, value: Any) -> None:
    for _ in range(20):  # sets order nodes by address
        a, b = value(1), value(2)
        assert nodes(drawing.draw(b * a, a=a, b=b))[-1].startswith("v1 = b × a:")


def test_what_is_no_number_is_named_by_its_type(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    x.grad = value(1)
    assert lines(drawing.draw(x, x=x))[:2] == ["Graph of x: 1 node", "x: data 3, grad an object of type Value"]


@pytest.mark.parametrize("wrong", [3, None, "x", [1]], ids=repr)
def test_what_is_no_value_is_refused_by_type(wrong: object, drawing: ModuleType, value: Any) -> None:
    with pytest.raises(TypeError, match=f"takes a Value.*{type(wrong).__name__}"):
        drawing.draw(wrong)
    with pytest.raises(TypeError, match=f"takes a Value.*{type(wrong).__name__}"):
        drawing.draw(value(1), x=wrong)


@pytest.mark.parametrize("terms", [30, 50_000])
def test_of_a_large_graph_one_sentence_is_shown_at_once(terms: int, drawing: ModuleType, value: Any) -> None:
    total = value(0)
    for _ in range(terms):
        total = total + 1
    started = time.process_time()
    shown = drawing.draw(total, total=total)
    assert time.process_time() - started < 1
    assert repr(shown) == "The graph of total has more than 60 nodes: draw a smaller expression."
    assert shown._repr_html_() == f"<p>{shown}</p>"


def test_a_graph_of_60_nodes_is_still_drawn(drawing: ModuleType, value: Any) -> None:
    total = value(0).relu()
    for _ in range(29):
        total = total + 1
    assert len(boxes(svg(drawing.draw(total)))) == 60


def test_children_kept_in_a_list_are_drawn_too(drawing: ModuleType, value: Any) -> None:
    x = value(3)
    y = x * x
    y._prev = [x, x]
    assert nodes(drawing.draw(y, x=x)) == ["x: data 3, grad 0", "v1 = x × x: data 9, grad 0"]


# --- the graph as a picture ---------------------------------------------------------------------------------------


def test_the_picture_says_all_that_it_shows(drawing: ModuleType, value: Any) -> None:
    a, b = value(2), value(-3)
    shown = drawing.draw(a * b + a, step=0, a=a, b=b)
    picture = svg(shown)
    title, words = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None and words is not None
    assert picture.get("role") == "img"
    assert (picture.get("aria-labelledby") or "").split() == [title.get("id"), words.get("id")]
    assert title.text == lines(shown)[0]
    back = ["from v2 to v1: × 1", "from v2 to a: × 1", "from v1 to a: × -3", "from v1 to b: × 2"]
    assert words.text == ". ".join([*nodes(shown), *(f"Back {arrow}" for arrow in back)]) + "."
    texts = [text.text or "" for text in picture.iter(f"{SVG}text")]
    in_nodes = [part for line in nodes(shown) for part in re.split(r": (?=data)|, (?=grad)", line)]
    assert sorted(texts) == sorted([*in_nodes, *(arrow.split(": ")[1] for arrow in back), "1", "2"])  # order of visits


def test_no_two_pictures_share_an_id_or_a_group_of_choices(drawing: ModuleType, value: Any) -> None:
    pages = [Elements(drawing.draw(value(1) + 1)._repr_html_()) for _ in range(3)]
    ids = [attributes["id"] for page in pages for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids)) > 3
    assert [len({choice["name"] for choice in page.of("input")}) for page in pages] == [1, 1, 1]
    assert len({choice["name"] for page in pages for choice in page.of("input")}) == 3


def test_colours_are_those_of_the_figures(drawing: ModuleType, value: Any) -> None:
    figure = (ROOT / "solutions" / "figures" / "computation-graph.svg").read_text(encoding="utf-8")
    colours = {
        element.get(attribute)
        for element in svg(drawing.draw(value(1) * 2)).iter()
        for attribute in ("fill", "stroke")
        if (element.get(attribute) or "none") != "none"
    }
    masks = {"#000"}
    assert all(f"{colour};" in figure or f"{colour[:4]}fff" in figure for colour in colours - masks if colour)
    assert {"#0b5c94", "#b34700", "#1b1f24"} <= colours


def test_a_leaf_and_a_result_differ_in_shape(drawing: ModuleType, value: Any) -> None:
    rects = [rect for rect in svg(drawing.draw(value(1) * 2)).iter(f"{SVG}rect") if rect.get("fill-opacity")]
    assert rects[0].get("rx") == rects[1].get("rx") != rects[2].get("rx")


def test_nodes_do_not_overlap_and_lie_within_the_picture(drawing: ModuleType, value: Any) -> None:
    a, b, c = value(0.123456), value(-3.98765), value(10)
    d = (a * b + c).relu()
    picture = svg(drawing.draw((d * a + b) ** 2 + d * c + a))
    found = boxes(picture)
    width, height = float(picture.get("width") or 0), float(picture.get("height") or 0)
    assert all(left >= 0 and top >= 0 and right <= width and bottom <= height for left, top, right, bottom in found)
    for k, (left, top, right, bottom) in enumerate(found):
        for other in found[k + 1 :]:
            assert right < other[0] or other[2] < left or bottom < other[1] or other[3] < top


def test_every_arrow_runs_from_a_child_to_its_user_at_the_right_and_one_runs_back(
    drawing: ModuleType, value: Any
) -> None:
    a = value(5)
    b = a * 2
    picture = svg(drawing.draw(b + b * 3, step=0))
    right = [(right, top, bottom) for _, top, right, bottom in boxes(picture)]
    left = [(left, top, bottom) for left, top, _, bottom in boxes(picture)]
    expected = [(0, 2), (1, 2), (2, 4), (2, 5), (3, 4), (4, 5)]  # a, 2, b, 3, b * 3, the sum
    for stroke, begins, is_reached in (("#0b5c94", right, left), ("#b34700", left, right)):
        paths = picture.findall(f".//{SVG}g[@stroke='{stroke}']/{SVG}path")
        found = [(_at(begins, *ends(path)[:2]), _at(is_reached, *ends(path)[2:])) for path in paths]
        assert sorted(found) == sorted(expected if begins is right else [(user, child) for child, user in expected])


def _at(edges: list[tuple[float, float, float]], x: float, y: float) -> int:
    [found] = [k for k, (edge, top, bottom) in enumerate(edges) if abs(edge - x) < 4 and top < y < bottom]
    return found


def test_text_in_a_name_stays_text(drawing: ModuleType, value: Any) -> None:
    x = value(1)
    assert "<b>" not in drawing.draw(x, **{"<b>": x})._repr_html_()


def test_without_igraph_the_graph_is_shown_in_words_with_advice(
    drawing: ModuleType, value: Any, without_igraph: None
) -> None:
    shown = drawing.draw(value(1) + 2)
    assert "<svg" not in shown._repr_html_()
    for text in (shown._repr_html_(), repr(shown)):
        assert "v1 = 1 + 2: data 3, grad 0" in text
        assert "%pip install igraph" in text


# --- tables -------------------------------------------------------------------------------------------------------


def test_a_table_has_a_caption_headers_and_rows_named_by_their_first_cell(drawing: ModuleType) -> None:
    shown = drawing.table("Test <house>", ("feature", "value"), [("CRIM", "0.5"), ("TAX", "22")])
    table = ElementTree.fromstring(shown._repr_html_())
    assert table.findtext("caption") == "Test <house>"
    assert [(cell.get("scope"), cell.text) for cell in table.iter("th")] == [
        ("col", "feature"),
        ("col", "value"),
        ("row", "CRIM"),
        ("row", "TAX"),
    ]
    assert [cell.get("style") for cell in table.iter("td")] == ["text-align: right"] * 2
    assert repr(shown).split("\n") == ["Test <house>", "feature  value", "CRIM       0.5", "TAX         22"]


# --- a training ---------------------------------------------------------------------------------------------------


class Page:
    """Stands for the notebook's page: what each place shows now, and how often it was changed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.places: list[Any] = []
        self.changes = 0
        monkeypatch.setattr("IPython.display.display", self._display)

    def _display(self, shown: Any, display_id: bool) -> SimpleNamespace:
        assert display_id
        place = len(self.places)
        self.places.append(None)
        self._change(place, shown)
        return SimpleNamespace(update=lambda new: self._change(place, new))

    def _change(self, place: int, shown: Any) -> None:
        self.places[place] = shown
        self.changes += 1


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    return Page(monkeypatch)


def plot(train_losses: list[float], test_losses: list[float]) -> Any:
    figure, axes = plt.subplots(figsize=(2, 1))
    axes.plot(train_losses)
    return figure


@pytest.fixture
def view(drawing: ModuleType) -> Any:
    plt.switch_backend("agg")
    return drawing.TrainingView(3, plot)


def test_a_training_is_shown_in_two_places_that_each_epoch_renews(view: Any, page: Page) -> None:
    for epoch in (1, 2):
        view.show([9.0, 8.0][:epoch], [7.0, 6.5][:epoch])
    bar, curves = page.places
    assert repr(bar) == "epoch 2 of 3: training loss 8.0000, test loss 6.5000"
    values = [element.get("value") for element in ElementTree.fromstring(bar._repr_html_()).iter("progress")]
    assert values == ["2", "1"]
    image = ElementTree.fromstring(curves._repr_html_().replace('">', '"/>'))
    assert image.get("alt") == "training loss 9.0, 8.0; test loss 7.0, 6.5"
    assert not plt.get_fignums()  # else the notebook shows the figure once more


def test_the_same_losses_leave_the_same_bytes(view: Any, page: Page) -> None:
    view.show([9.0], [7.0])
    first = page.places[1]._repr_html_()
    time.sleep(1.1)  # what a picture's metadata would count in
    view.show([9.0], [7.0])
    assert page.places[1]._repr_html_() == first


def test_a_training_that_never_starts_shows_nothing(view: Any, page: Page) -> None:
    with pytest.raises(NotImplementedError):
        for _ in view.houses([1, 2, 3]):
            raise NotImplementedError
    assert page.places == []


def test_within_an_epoch_the_bar_moves_at_most_four_times_a_second(
    view: Any, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(1000 + 0.01 * tick for tick in range(10_000))  # each look at the clock is a hundredth later
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    view._updated = time.monotonic()
    assert list(view.houses(range(500))) == list(range(500))
    assert 15 <= page.changes <= 20  # in five seconds
    assert re.fullmatch(r"epoch 1 of 3: house \d+ of 500", repr(page.places[0]))


def test_looking_at_the_clock_for_every_house_costs_next_to_nothing(view: Any, page: Page) -> None:
    started = time.process_time()
    for _ in range(10):
        list(view.houses(range(506)))
    assert time.process_time() - started < 0.5  # ten epochs of training take ten seconds or more
