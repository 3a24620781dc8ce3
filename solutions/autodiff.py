# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Automatic differentiation from scratch

# %%
import csv
import gc
import random
from contextlib import contextmanager
from pathlib import Path

import grader
import matplotlib.pyplot as plt
import numpy as np


# %%
@contextmanager
def needs_your_code():
    """Run the indented lines; where they meet a question that is still blank, name it and carry on below."""
    try:
        yield
    except NotImplementedError as missing:
        print(f"Not yet: {missing}")


# %% [markdown]
# ## `Value`


# %% tags=["provided"]
class Value:
    """A number that remembers which numbers it was computed from."""

    __array_ufunc__ = None  # NumPy's numbers leave every operation with a Value to Value

    def __init__(self, data, _children=()):
        self.data = float(data)
        self.grad = 0
        self._backward = lambda: None
        self._prev = set(_children)

    def __repr__(self):
        return f"Value(data={self.data:g}, grad={self.grad:g})"

    def backward(self):
        """Set `grad` of every node of the graph to the derivative of this node with respect to it."""
        users = {self: 0}  # for every node of the graph: how many other nodes use it
        found = [self]
        while found:
            for child in found.pop()._prev:
                if child not in users:
                    users[child] = 0
                    found.append(child)
                users[child] += 1

        self.grad = 1
        ready = [self]  # nodes whose gradient is complete
        while ready:
            node = ready.pop()
            node._backward()
            for child in node._prev:
                users[child] -= 1
                if users[child] == 0:
                    ready.append(child)


# %% [markdown]
# ## Addition, the worked template


# %% tags=["provided"]
def __add__(self, other):
    """Return `self + other`; `other` is a Value or a plain number."""
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data + other.data, (self, other))

    def _backward():
        self.grad += out.grad
        other.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "__add__", __add__)

# %% [markdown]
# ## Question `mul`


# %% tags=["answer:mul"]
def __mul__(self, other):
    """Return `self * other`; `other` is a Value or a plain number."""
    # BEGIN SOLUTION NO PROMPT
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("Question mul: __mul__ is still blank")
    """  # END PROMPT


setattr(Value, "__mul__", __mul__)

# %%
grader.check("mul")

# %% [markdown]
# ## Question `pow`


# %% tags=["answer:pow"]
def __pow__(self, exponent):
    """Return `self ** exponent`; `exponent` is a plain number."""
    # BEGIN SOLUTION NO PROMPT
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("Question pow: __pow__ is still blank")
    """  # END PROMPT


setattr(Value, "__pow__", __pow__)

# %%
grader.check("pow")

# %% [markdown]
# ## Question `relu`


# %% tags=["answer:relu"]
def relu(self):
    """Return `self` where it is positive, and 0 elsewhere."""
    # BEGIN SOLUTION NO PROMPT
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("Question relu: relu is still blank")
    """  # END PROMPT


setattr(Value, "relu", relu)

# %%
grader.check("relu")

# %% [markdown]
# ## The other operators


# %% tags=["provided"]
def __radd__(self, other):
    """Return `other + self`, where `other` is a plain number."""
    return self + other


def __rmul__(self, other):
    """Return `other * self`, where `other` is a plain number."""
    return self * other


def __neg__(self):
    """Return `-self`."""
    return self * -1


def __sub__(self, other):
    """Return `self - other`."""
    return self + (-other)


def __rsub__(self, other):
    """Return `other - self`, where `other` is a plain number."""
    return other + (-self)


setattr(Value, "__radd__", __radd__)
setattr(Value, "__rmul__", __rmul__)
setattr(Value, "__neg__", __neg__)
setattr(Value, "__sub__", __sub__)
setattr(Value, "__rsub__", __rsub__)

# %%
with needs_your_code():
    a, b = Value(2), Value(-3)
    f = (a * b + 10) ** 2 - a
    f.backward()
    print("f =", f.data, "  df/da =", a.grad, "  df/db =", b.grad)

# %% [markdown]
# ## `Layer` and `Network`


# %% tags=["provided"]
class Layer:
    """A fully connected layer: `output_size` weighted sums of the inputs, through a ReLU unless told otherwise."""

    def __init__(self, input_size, output_size, add_relu=True):
        standard_deviation = 1 / max(input_size, output_size)

        def initial():
            return Value(random.gauss(0, standard_deviation))

        self.weights = [[initial() for _ in range(output_size)] for _ in range(input_size)]
        self.biases = [initial() for _ in range(output_size)]
        self.add_relu = add_relu

    def __call__(self, inputs):
        inputs = [x if isinstance(x, Value) else Value(x) for x in inputs]
        outputs = []
        for j, bias in enumerate(self.biases):
            total = bias
            for weights_of_input, x in zip(self.weights, inputs, strict=True):
                total = total + weights_of_input[j] * x
            outputs.append(total.relu() if self.add_relu else total)
        return outputs


# %% tags=["provided"]
class Network:
    """Layers one after another."""

    def __init__(self, *layers):
        self.layers = layers
        self.parameters = []
        for layer in layers:
            for weights_of_input in layer.weights:
                self.parameters.extend(weights_of_input)
            self.parameters.extend(layer.biases)

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def zero_grad(self):
        """Forget the gradients of the last step."""
        for parameter in self.parameters:
            parameter.grad = 0

    def update(self, learning_rate):
        """Take one step of gradient descent."""
        for parameter in self.parameters:
            parameter.data -= learning_rate * parameter.grad


# %% [markdown]
# ## Boston housing

# %%
FEATURES = {
    "CRIM": "crimes per head of population in the town",
    "ZN": "% of residential land zoned for large lots",
    "INDUS": "% of land used by industry",
    "CHAS": "1 if the tract bounds the Charles River, else 0",
    "NOX": "nitric oxides, parts per 10 million",
    "RM": "mean number of rooms in a dwelling",
    "AGE": "% of owner-occupied units built before 1940",
    "DIS": "weighted distance to five employment centres",
    "RAD": "index of access to radial motorways",
    "TAX": "property tax per 10,000 dollars of value",
    "PTRATIO": "pupils per teacher in the town",
    "B": "1000 (Bk - 0.63)^2: see the note above",
    "LSTAT": "% of the population of lower status",
}


def find_data(name="boston_housing.csv"):
    """Return the path of the data file, looked for in `data/` here and in the folders above."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        for place in (folder / "data", folder, folder / "assignment" / "data"):
            if (place / name).is_file():
                return place / name
    raise FileNotFoundError(f"{name} is missing. Put it into the folder {here / 'data'} and run this cell again.")


def load_data():
    """Return `(x_train, y_train), (x_test, y_test)`: 404 and 102 houses, split as Keras splits them."""
    with find_data().open(newline="") as file:
        header, *rows = csv.reader(file)
    if header != [*FEATURES, "MEDV"]:
        raise ValueError(f"These are not the columns of the Boston housing data: {header}")
    houses = np.array(rows, dtype=float)
    np.random.RandomState(113).shuffle(houses)
    x, y = houses[:, :-1], houses[:, -1]
    split = int(0.8 * len(houses))
    return (x[:split], y[:split]), (x[split:], y[split:])


# %%
(x_train, y_train), (x_test, y_test) = load_data()
print(f"{len(x_train)} training houses and {len(x_test)} test houses, {x_train.shape[1]} features each")

# %% [markdown]
# ## Training


# %%
def build_network():
    """Return the network with its first, random weights: the same ones at every call."""
    random.seed(59)
    return Network(Layer(13, 10), Layer(10, 10), Layer(10, 1, add_relu=False))


# %%
def mean_squared_error(network, x, y):
    """Return the mean of the squared errors of the predictions for the houses `x` with the prices `y`."""
    total = 0
    for features, price in zip(x, y, strict=True):
        [prediction] = network(features)
        total = total + (prediction - price) ** 2
    return total * (1 / len(x))


# %%
@contextmanager
def garbage_collector_paused():
    """Pause Python's search for garbage while the indented lines run, then search once."""
    gc.disable()  # else Python walks the whole growing graph again and again: five sixths of the time
    try:
        yield
    finally:
        gc.enable()
        gc.collect()  # the graph of this epoch is garbage now: free its memory


# %%
def train_one_epoch(network, learning_rate):
    """Take one step of gradient descent; return the training loss and the test loss as plain numbers."""
    train_loss = mean_squared_error(network, x_train, y_train)
    network.zero_grad()
    train_loss.backward()
    network.update(learning_rate)
    test_loss = mean_squared_error(network, x_test, y_test)
    return train_loss.data, test_loss.data


# %%
num_epochs = 10
learning_rate = 1e-4
network = build_network()
train_losses, test_losses = [], []

with needs_your_code():
    for epoch in range(num_epochs):
        with garbage_collector_paused():
            train_loss, test_loss = train_one_epoch(network, learning_rate)
        train_losses.append(train_loss)
        test_losses.append(test_loss)
        print(f"epoch {epoch + 1:2}: training loss {train_loss:8.4f}   test loss {test_loss:8.4f}")

# %%
grader.check("training")

# %% [markdown]
# ## The two curves


# %%
def plot_losses(train_losses, test_losses):
    """Draw both losses against the iteration."""
    if not train_losses:
        raise NotImplementedError("the plot needs the losses of the training above")
    iterations = range(1, len(train_losses) + 1)
    plt.plot(iterations, train_losses, "o-", color="#0072B2", label="training loss")
    plt.plot(iterations, test_losses, "s--", color="#D55E00", label="test loss")
    plt.xlabel("iteration")
    plt.ylabel("mean squared error (thousand dollars squared)")
    plt.xticks(iterations)
    plt.legend()
    plt.show()


with needs_your_code():
    plot_losses(train_losses, test_losses)

# %% [markdown]
# ## Two questions


# %%
def measure(network):
    """Return the losses on the training houses and on the test houses, both at the network's present weights."""
    with garbage_collector_paused():
        return mean_squared_error(network, x_train, y_train).data, mean_squared_error(network, x_test, y_test).data


with needs_your_code():
    for moment, weights in [("before the first update", build_network()), ("after the last update", network)]:
        train_loss, test_loss = measure(weights)
        print(f"{moment}: training loss {train_loss:.1f}, test loss {test_loss:.1f}")

# %% tags=["answer:evidence"]
train_before = 497.7  # SOLUTION
test_before = 522.5  # SOLUTION
train_after = 93.4  # SOLUTION
test_after = 106.7  # SOLUTION

# %% tags=["answer:choice_1"]
choice_1 = "D"  # SOLUTION

# %% [markdown] tags=["answer:explain_1"]
# **Your explanation:**
#
# The training loss is measured before the update.

# %% tags=["answer:choice_2"]
choice_2 = "B"  # SOLUTION

# %% [markdown] tags=["answer:explain_2"]
# **Your explanation:**
#
# Nothing lowers the test loss directly.

# %%
grader.check("test_vs_train")

# %% [markdown]
# ## One house at a time


# %%
def show_house(i):
    """Print the features, the price and the predicted price of test house `i`."""
    for (name, meaning), number in zip(FEATURES.items(), x_test[i], strict=True):
        print(f"{name:>8} {number:9.2f}   {meaning}")
    print(f"true price {y_test[i]:.1f} thousand dollars")
    [prediction] = network(x_test[i])
    print(f"predicted  {prediction.data:.1f} thousand dollars")


with needs_your_code():
    show_house(50)
