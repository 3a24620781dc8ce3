"""The assignment's source: what it computes, run as a student would run it, against numbers from elsewhere."""

from __future__ import annotations

import ast
import gc
import hashlib
import itertools
import random
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from executed_solution import KEPT, NETWORKS, executed_solution, of_the_run
from numpy_network import descent, houses, loss
from specimens import ROOT

SOURCE = ROOT / "solutions" / "autodiff.py"
ASSIGNMENT = ROOT / "assignment"
FIGURES = ROOT / "solutions" / "figures"
DATA_SHA256 = "79ac716620024011b03c0c44d2bf99069b8173649181926d9109c25475a3804c"

TRAIN_LOSSES = [497.6749, 317.8842, 132.0090, 124.7956, 118.5246, 112.9955, 108.0868, 103.7168, 99.8325, 96.4032]
TEST_LOSSES = [337, 153, 145, 138, 131, 125, 120, 115, 110, 107]

Measured = tuple[tuple[float, float], tuple[float, float]]
"""The training and the test loss, at two moments."""


def _definitions() -> dict[str, Any]:
    """Execute the definitions of the source beside the data, with checks that do nothing."""
    grader = ModuleType("grader")
    grader.__dict__.update(check=lambda question: None, gradcheck=lambda function, *values: None)
    statements = list(filter(_is_definition, ast.parse(SOURCE.read_text(encoding="utf-8")).body))
    namespace: dict[str, Any] = {"__name__": "notebook"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "grader", grader)
        patch.syspath_prepend(ASSIGNMENT)
        patch.chdir(ASSIGNMENT)
        exec(compile(ast.Module(statements, []), str(SOURCE), "exec"), namespace)
    return namespace


def _is_definition(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return ast.unparse(statement).startswith("setattr(")
    return isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign))


@pytest.fixture(scope="module")
def notebook() -> SimpleNamespace:
    """The notebook's definitions and data, nothing trained."""
    return SimpleNamespace(**_definitions())


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The notebook's definitions with what the whole notebook, run from top to bottom, left in its variables."""
    plt.switch_backend("agg")
    namespace, (_, kept) = _definitions(), executed_solution(tmp_path_factory)
    for name in KEPT:
        is_array = isinstance(namespace.pop(name), np.ndarray)
        namespace[name] = np.array(kept[name]) if is_array else kept[name]
    namespace["predicted"] = {name: tuple(map(np.array, both)) for name, both in namespace["predicted"].items()}
    for name in NETWORKS:
        for parameter, data in zip(namespace[name].parameters, kept[name], strict=True):
            parameter.data = data
    yield SimpleNamespace(**namespace)
    plt.close("all")


@pytest.fixture(scope="module")
def measured(trained: SimpleNamespace) -> Measured:
    """The losses at equal weights, before the first update and after the last one."""
    return trained.measure(trained.build_network()), trained.measure(trained.network)


# --- the data -----------------------------------------------------------------------------------------------------


def test_the_data_are_the_published_ones() -> None:
    assert hashlib.sha256((ASSIGNMENT / "data" / "boston_housing.csv").read_bytes()).hexdigest() == DATA_SHA256


def test_the_split_is_that_of_keras(notebook: SimpleNamespace) -> None:
    assert notebook.x_train.shape == (404, 13)
    assert notebook.x_test.shape == (102, 13)
    assert notebook.x_test[50][list(notebook.FEATURES).index("LSTAT")] == 4.81
    assert notebook.y_test[50] == 35.4


@pytest.mark.parametrize("folder", [ASSIGNMENT, ROOT, SOURCE.parent], ids=["beside", "root", "solutions"])
def test_the_data_are_found_from(folder: Path, notebook: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (x_train, _), _ = notebook.load_data()
    assert np.array_equal(x_train, notebook.x_train)


def test_missing_data_are_named_with_their_place(
    notebook: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=rf"boston_housing\.csv is missing.*{re.escape(tmp_path.name)}"):
        notebook.load_data()


def test_another_table_of_that_name_is_refused(
    notebook: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "boston_housing.csv").write_text("RM,MEDV\n6.5,24\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="not the columns"):
        notebook.load_data()


# --- the engine ---------------------------------------------------------------------------------------------------

BY_HAND: dict[str, tuple[Callable[[Any, Any], Any], float, float, float]] = {
    # expression of x = 3 and y = -2: its value, its derivatives with respect to x and y
    "x + y": (lambda x, y: x + y, 1, 1, 1),
    "x - y": (lambda x, y: x - y, 5, 1, -1),
    "x * y": (lambda x, y: x * y, -6, -2, 3),
    "x * x": (lambda x, y: x * x, 9, 6, 0),
    "-x": (lambda x, y: -x, -3, -1, 0),
    "5 + x": (lambda x, y: 5 + x, 8, 1, 0),
    "5 - x": (lambda x, y: 5 - x, 2, -1, 0),
    "5 * y": (lambda x, y: 5 * y, -10, 0, 5),
    "x ** 3": (lambda x, y: x**3, 27, 27, 0),
    "y ** -1": (lambda x, y: y**-1, -0.5, 0, -0.25),
    "(x + 1) ** 0.5": (lambda x, y: (x + 1) ** 0.5, 2, 0.25, 0),
    "relu(x)": (lambda x, y: x.relu(), 3, 1, 0),
    "relu(y)": (lambda x, y: y.relu(), 0, 0, 0),
    "relu(x + y) * x": (lambda x, y: (x + y).relu() * x, 3, 4, 3),
}


@pytest.mark.parametrize("expression", BY_HAND)
def test_value_and_gradients_agree_with_those_by_hand(expression: str, notebook: SimpleNamespace) -> None:
    function, value, x_grad, y_grad = BY_HAND[expression]
    x, y = notebook.Value(3), notebook.Value(-2)
    out = function(x, y)
    out.backward()
    assert (out.data, x.grad, y.grad) == pytest.approx((value, x_grad, y_grad))


def test_relu_takes_the_subgradient_0_at_0(notebook: SimpleNamespace) -> None:
    x = notebook.Value(0)
    x.relu().backward()
    assert x.grad == 0


@pytest.mark.parametrize("number", [np.float64(5), np.float32(5), np.int64(5)], ids=lambda number: str(number.dtype))
def test_a_numpy_number_on_the_left_leaves_the_operation_to_value(number: Any, notebook: SimpleNamespace) -> None:
    x = notebook.Value(2)
    for out, expected in ((number * x, 10), (number - x, 3), (number + x, 7)):
        assert isinstance(out, notebook.Value)
        assert type(out.data) is float
        assert out.data == expected


def test_an_array_times_a_value_is_refused_instead_of_becoming_an_array_of_objects(notebook: SimpleNamespace) -> None:
    with pytest.raises(TypeError):
        np.array([1.0, 2.0]) * notebook.Value(2)


def test_a_shared_node_passes_its_gradient_on_only_when_it_is_complete(notebook: SimpleNamespace) -> None:
    for _ in range(20):  # sets order nodes by address: a wrong order would show in some runs only
        a = notebook.Value(5)
        b = a * 2
        c = b + b * 3
        c.backward()
        assert a.grad == 8


def test_backward_visits_each_node_once(notebook: SimpleNamespace) -> None:
    visits: list[Any] = []
    a = notebook.Value(2)
    b = a + 1
    c = b * b + b

    def recorded(node: Any, inner: Callable[[], None]) -> Callable[[], None]:
        def visit() -> None:
            visits.append(node)
            inner()

        return visit

    for node in (b, c):
        node._backward = recorded(node, node._backward)
    c.backward()
    assert visits == [c, b]
    assert a.grad == 7


def test_backward_manages_a_chain_of_100_000_nodes(notebook: SimpleNamespace) -> None:
    with notebook.garbage_collector_paused():
        x = total = notebook.Value(1)
        for _ in range(100_000):
            total = total + 1
        total.backward()
    assert (total.data, x.grad) == (100_001, 1)


# --- layers and networks ------------------------------------------------------------------------------------------


def test_every_output_of_a_layer_uses_its_column_of_weights_and_every_input(notebook: SimpleNamespace) -> None:
    layer = notebook.Layer(3, 2, add_relu=False)
    x = [notebook.Value(number) for number in (1.5, -2.0, 0.5)]
    outputs = layer(x)
    weights = np.array([[weight.data for weight in row] for row in layer.weights])
    biases = np.array([bias.data for bias in layer.biases])
    assert [out.data for out in outputs] == pytest.approx(np.array([1.5, -2.0, 0.5]) @ weights + biases)
    outputs[1].backward()
    assert [x_i.grad for x_i in x] == pytest.approx(weights[:, 1])
    assert [[weight.grad for weight in row] for row in layer.weights] == [[0, 1.5], [0, -2.0], [0, 0.5]]


def test_a_layer_applies_relu_unless_told_otherwise(notebook: SimpleNamespace) -> None:
    layer = notebook.Layer(1, 4)
    for weight, bias, number in zip(layer.weights[0], layer.biases, (-2, -1, 1, 2), strict=True):
        weight.data, bias.data = number, 0
    assert [out.data for out in layer([3])] == [0, 0, 3, 6]


@pytest.mark.parametrize("count", [2, 4])
def test_a_layer_refuses_a_wrong_number_of_inputs(count: int, notebook: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="zip"):
        notebook.Layer(3, 2)([1.0] * count)


def test_parameters_are_drawn_layer_by_layer_weights_row_by_row_then_biases(notebook: SimpleNamespace) -> None:
    generator = random.Random(59)
    drawn = []
    for n_in, n_out in ((13, 10), (10, 10), (10, 1)):
        drawn += [generator.gauss(0, 1 / max(n_in, n_out)) for _ in range(n_in * n_out + n_out)]
    assert [parameter.data for parameter in notebook.build_network().parameters] == drawn


def test_update_moves_against_the_gradient_and_zero_grad_clears_it(notebook: SimpleNamespace) -> None:
    network = notebook.Network(notebook.Layer(2, 1, add_relu=False))
    for k, parameter in enumerate(network.parameters):
        parameter.data, parameter.grad = 1.0, k
    network.update(0.5)
    assert [parameter.data for parameter in network.parameters] == [1.0, 0.5, 0.0]
    network.zero_grad()
    assert [parameter.grad for parameter in network.parameters] == [0, 0, 0]


@of_the_run
def test_the_first_losses_are_the_reference(measured: Measured) -> None:
    (train_loss, test_loss), _ = measured
    assert train_loss == pytest.approx(TRAIN_LOSSES[0], abs=5e-5)
    assert test_loss == pytest.approx(522.5, abs=0.05)


# --- the helpers --------------------------------------------------------------------------------------------------


def test_a_blank_question_is_named_and_does_not_stop_the_notebook(
    notebook: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    with notebook.needs_your_code():
        raise NotImplementedError("Question mul: __mul__ is still blank")
    assert capsys.readouterr().out == "Not yet: Question mul: __mul__ is still blank\n"


def test_an_error_that_is_no_blank_still_stops_the_cell(notebook: SimpleNamespace) -> None:
    with pytest.raises(ZeroDivisionError), notebook.needs_your_code():
        notebook.Value(0) ** -1


def test_the_garbage_collector_is_paused_and_comes_back_even_after_an_error(notebook: SimpleNamespace) -> None:
    paused = None
    with pytest.raises(KeyboardInterrupt), notebook.garbage_collector_paused():
        paused = not gc.isenabled()
        raise KeyboardInterrupt
    assert paused
    assert gc.isenabled()


# --- the whole run ------------------------------------------------------------------------------------------------


@of_the_run
def test_ten_epochs_give_the_reference_losses(trained: SimpleNamespace) -> None:
    assert trained.train_losses == pytest.approx(TRAIN_LOSSES, rel=1e-6)
    assert trained.test_losses == pytest.approx(TEST_LOSSES, abs=0.5)


@of_the_run
def test_the_key_states_what_the_notebook_measures(trained: SimpleNamespace, measured: Measured) -> None:
    typed = (trained.train_before, trained.test_before, trained.train_after, trained.test_after)
    assert typed == (497.7, 522.5, 93.4, 106.7)
    assert typed == tuple(round(loss, 1) for losses in measured for loss in losses)
    assert (trained.choice_1, trained.choice_2) == ("D", "B")


@of_the_run
def test_always_predicting_the_mean_is_still_better(trained: SimpleNamespace) -> None:
    assert round(trained.baseline, 1) == 84.6
    assert trained.baseline < trained.train_after


@of_the_run
def test_the_plot_shows_both_losses_with_labels_and_a_legend(trained: SimpleNamespace) -> None:
    [axes] = trained.plot_losses(trained.train_losses, trained.test_losses).axes
    train_line, test_line = axes.get_lines()
    assert list(np.asarray(train_line.get_ydata())) == trained.train_losses
    assert list(np.asarray(test_line.get_ydata())) == trained.test_losses
    assert train_line.get_marker() != test_line.get_marker()  # told apart without colour
    assert train_line.get_linestyle() != test_line.get_linestyle()
    assert axes.get_xlabel() == "iteration"
    assert axes.get_ylabel().startswith("mean squared error")
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["training loss", "test loss"]


@of_the_run
def test_the_second_plot_shows_the_gap_at_equal_weights_beside_the_recorded_curves(
    trained: SimpleNamespace, measured: Measured
) -> None:
    gap = trained.gap_at_equal_weights(*measured)
    data = houses()
    states = itertools.islice(descent(data.x_train, data.y_train, 1e-4), 11)
    expected = [loss(s, data.x_test, data.y_test) - loss(s, data.x_train, data.y_train) for s in states]
    assert gap == pytest.approx(expected, abs=1e-6)
    left, right = trained.plot_gap(gap).axes
    assert list(np.asarray(left.get_lines()[0].get_ydata())) == trained.train_losses
    assert list(np.asarray(right.get_lines()[1].get_ydata())) == list(gap)
    assert (right.get_xlabel(), right.get_ylabel()) == ("updates made", "test loss minus training loss")


@of_the_run
def test_a_single_house_is_shown_with_its_features_by_name(trained: SimpleNamespace) -> None:
    shown = repr(trained.show_house(50))
    assert all(re.search(rf"^{name} ", shown, re.MULTILINE) for name in trained.FEATURES)
    assert re.search(r"^LSTAT .* 4\.81 +-1\.1$", shown, re.MULTILINE)
    assert re.search(r"^true price .* 35\.40 +\+1\.4$", shown, re.MULTILINE)
    assert re.search(r"^prediction +after ten epochs, raw features +21\.\d+ +-0\.1$", shown, re.MULTILINE)
    assert re.search(r"^prediction +after three epochs, standardised features +30\.\d+ +\+0\.9$", shown, re.MULTILINE)


@of_the_run
def test_the_predictions_are_those_of_the_networks_and_standardised_features_beat_the_mean(
    trained: SimpleNamespace,
) -> None:
    raw, standardised = trained.predicted.values()
    assert np.array_equal(raw[1], trained.predict(trained.network, trained.x_test))
    assert np.array_equal(standardised[1], trained.predict(trained.scaled, trained.z_test))
    train_loss, test_loss = (
        ((predictions - prices) ** 2).mean()
        for predictions, prices in zip(standardised, (trained.y_train, trained.y_test), strict=True)
    )
    assert (round(train_loss, 1), round(test_loss, 1)) == (17.5, 21.1)


@of_the_run
def test_the_scatter_shows_every_house_of_both_kinds_and_the_diagonal(trained: SimpleNamespace) -> None:
    panels = trained.plot_predictions(trained.predicted).axes
    assert [axes.get_title() for axes in panels] == list(trained.predicted)
    for axes, (train, test) in zip(panels, trained.predicted.values(), strict=True):
        [diagonal] = axes.get_lines()
        assert list(np.asarray(diagonal.get_xdata())) == list(np.asarray(diagonal.get_ydata()))
        training_houses, test_houses = axes.collections
        assert np.array_equal(training_houses.get_offsets(), np.column_stack([trained.y_train, train]))
        assert np.array_equal(test_houses.get_offsets(), np.column_stack([trained.y_test, test]))
        assert not np.array_equal(training_houses.get_facecolor(), test_houses.get_facecolor())
        assert [text.get_text() for text in axes.get_legend().get_texts()] == [
            *("prediction = price", "training house", "test house")
        ]


@of_the_run
def test_the_standardised_training_features_have_mean_0_and_deviation_1(trained: SimpleNamespace) -> None:
    assert trained.z_train.mean(axis=0) == pytest.approx(0, abs=1e-12)
    assert trained.z_train.std(axis=0) == pytest.approx(1)
    assert trained.z_test[0] * trained.x_train.std(axis=0) + trained.x_train.mean(axis=0) == pytest.approx(
        trained.x_test[0]
    )


@of_the_run
def test_the_network_of_arrays_trains_like_that_of_values(trained: SimpleNamespace) -> None:
    assert trained.array_losses == pytest.approx(trained.train_losses, rel=1e-9)


@of_the_run
def test_a_thousand_epochs_with_arrays_end_in_a_loss_far_below_that_on_the_test_houses(
    trained: SimpleNamespace,
) -> None:
    train, test = trained.scaled_losses[-1]
    assert train < 10
    assert test > 1.5 * train


@of_the_run
@pytest.mark.parametrize("number", [-2.0, 0.0, 0.7])
def test_the_worked_operators_have_the_right_gradients(number: float, trained: SimpleNamespace) -> None:
    x = trained.Value(number)
    y = x.tanh()
    y.backward()
    assert (y.data, x.grad) == pytest.approx((np.tanh(number), 1 - np.tanh(number) ** 2))


# --- questions and figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "key"), [("### Question 1", "D"), ("### Question 2", "B")])
def test_the_length_of_an_option_does_not_give_the_key_away(heading: str, key: str) -> None:
    text = re.sub(r"\n#", " ", SOURCE.read_text(encoding="utf-8").partition(heading)[2].partition("Type the letter")[0])
    words = {letter: len(option.split()) for letter, option in re.findall(r"\*\*([A-E])\.\*\*(.*?)(?=- \*\*|$)", text)}
    assert list(words) == ["A", "B", "C", "D", "E"]
    assert max(words.values()) <= 1.25 * min(words.values())
    assert min(words.values()) < words[key] < max(words.values())


@pytest.mark.parametrize("figure", sorted(FIGURES.glob("*.svg")), ids=lambda figure: figure.stem)
def test_a_figure_describes_itself_and_is_used(figure: Path) -> None:
    svg = ElementTree.parse(figure).getroot()
    for element in ("title", "desc"):
        assert (svg.findtext(f"{{http://www.w3.org/2000/svg}}{element}") or "").strip()
    assert f"](figures/{figure.name})" in SOURCE.read_text(encoding="utf-8")
