# ---
# jupyter:
#   # ruff: noqa: B010, RET503 (setattr is taught here; a stub's prompt follows the last return)
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
#
# In this notebook you build the engine that trains neural networks, from single numbers up. It has two parts: a class
# `Value`, which remembers how each number was computed, and the chain rule, which works its way back through that
# record and finds out how much each number mattered. All of it takes fewer than two hundred lines of plain Python.
# With them you train a network on the prices of real houses, and watch its loss fall from about 500 to about 100.
#
# **What you write.** Three short functions, `__mul__`, `__pow__` and `relu`, modelled on addition, which is given.
# Later you copy four numbers from a table, answer two multiple-choice questions, and explain each answer in a
# sentence or two. Everything else is given: read it, run it, take it apart. The cells that are yours to fill in begin
# with `# Your code`, `# Your numbers`, `# Your letter` or **Your explanation**.
#
# **How long it takes.** About two hours. If you are in a hurry, leave the proof in section 1 folded, and stop after
# section 10: by then you have answered everything that is marked. Section 11 is the reward, though: it shows what
# your network has learnt, and how the same network learns much more.
#
# **How to work.** Run the cells from top to bottom. The notebook runs even while your parts are blank, and each later
# section tells you what it is still waiting for. A cell such as `grader.check("mul")` tests what you have so far, as
# often as you like. The next cell makes sure that the files which belong beside this notebook are there.

# %%
from pathlib import Path

FILES_URL = ""  # where your course keeps the files below, if they can be fetched

missing = []
for name in ["grader.py", "drawing.py", "data/boston_housing.csv"]:
    file = Path(name)
    if file.is_file() or Path(file.name).is_file():
        continue
    try:
        from urllib.request import urlopen

        content = urlopen(f"{FILES_URL}/{name}", timeout=60).read()
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    except (OSError, ValueError):  # no answer from there, or no address
        missing.append(name)
if missing:
    files = ", ".join(missing)
    raise FileNotFoundError(f"Put {files} into {Path.cwd()}, then run this cell again.")

# %% tags=["provided"]
import csv
import gc
import random
from contextlib import contextmanager
from pathlib import Path

# %%
import grader
import matplotlib.pyplot as plt
import numpy as np
from drawing import TrainingView, draw, picture, table
from IPython.display import display

# %% [markdown]
# A blank question raises `NotImplementedError`. The helper below catches just that error and names the question, so
# that a blank does not stop the cells after it. You will meet it as `with needs_your_code():` wherever given code
# uses what you write.


# %%
@contextmanager
def needs_your_code():
    """Run the indented lines; where they meet a blank question, name it and carry on below."""
    try:
        yield
    except NotImplementedError as missing:
        print(f"Not yet: {missing}")


# %% [markdown]
# ## 1. Why: the chain rule on a graph
#
# Training a network means changing its weights, a little at a time, so that a *loss* gets smaller. Which way must
# each weight move? The derivative of the loss with respect to the weight tells us: its sign gives the direction, and
# its size says how much the weight matters. A network has many weights, hundreds here and billions elsewhere, so we
# need *all* these derivatives for not much more than the cost of computing the loss once. That is what
# **backpropagation** does.
#
# The idea is to look at a computation as a graph. Every number is a node, and arrows lead to it from the numbers that
# it was computed from, its *children*. This is the graph of $f = (a \cdot b + c)^2$ at $a = 2$, $b = -3$, $c = 10$:
#
# ![Graph of f = (a·b + c)². Forward: a = 2 and b = -3 give d = -6; d and c = 10 give e = 4; squared, f = 16.
# Back: f has gradient 1, e has 8, d and c have 8, a has -24 and b has 16; each step back multiplies the gradient by a
# local derivative.](figures/computation-graph.svg)
#
# - **Forward** (solid arrows), each node computes its `data` from its children.
# - **Back** (dashed arrows), each node hands its gradient down to its children. We call $\partial f / \partial v$ the
#   *gradient* of the node $v$. It is 1 for $f$ itself. Every other node receives, from a node that uses it, that
#   node's gradient (the **upstream gradient**) times the derivative of that one operation (the **local derivative**,
#   written beside the arrow).
#
# Read one path of the drawing aloud: when $e$ grows by a little, its square grows $2e = 8$ times as fast; $e$ grows
# just as fast as $d$; so $f$ grows 8 times as fast as $d$. No node has to know the whole formula. Each knows only its
# own operation, and that is why the method scales.

# %% [markdown]
# ### When there are several paths
#
# A node may be used more than once. Then it influences the result along several paths, and the influences *add up*.
# This is the chain rule in several variables. Everything that follows rests on it, so here it is, with a short
# proof. Unfold it now, or come back to it later.
#
# **Claim.** Let $z = f(u, v)$, where $u = g(x)$ and $v = h(x)$ both depend on $x$. If $g$ and $h$ are differentiable
# at $x$, and $f$ is differentiable at $(u, v)$, then
#
# $$\frac{dz}{dx} = \frac{\partial f}{\partial u}\,\frac{du}{dx} + \frac{\partial f}{\partial v}\,\frac{dv}{dx}.$$
#
# <details>
# <summary><b>The proof</b></summary>
#
# Change $x$ by a small $\Delta x \neq 0$. Then $u$ changes by some $\Delta u$, $v$ by some $\Delta v$, and
# $z$ by some $\Delta z$. That $f$ is differentiable means that near $(u, v)$ it is a linear function up to an error
# which is small *even compared with the change*:
#
# $$\Delta z = \frac{\partial f}{\partial u}\,\Delta u + \frac{\partial f}{\partial v}\,\Delta v
# + \varepsilon \cdot \bigl(|\Delta u| + |\Delta v|\bigr),
# \qquad \varepsilon \to 0 \ \text{ as } \ (\Delta u, \Delta v) \to (0, 0),$$
#
# with $\varepsilon = 0$ where $\Delta u = \Delta v = 0$. Divide by $\Delta x$:
#
# $$\frac{\Delta z}{\Delta x} = \frac{\partial f}{\partial u}\,\frac{\Delta u}{\Delta x}
# + \frac{\partial f}{\partial v}\,\frac{\Delta v}{\Delta x}
# \pm \varepsilon \cdot \left(\left|\frac{\Delta u}{\Delta x}\right| + \left|\frac{\Delta v}{\Delta x}\right|\right).$$
#
# Now let $\Delta x \to 0$. The quotients $\Delta u / \Delta x$ and $\Delta v / \Delta x$ tend to $du/dx$ and $dv/dx$.
# In particular $\Delta u$ and $\Delta v$ themselves tend to 0, hence $\varepsilon \to 0$; and since the last bracket
# tends to the finite number $|du/dx| + |dv/dx|$, the last term vanishes. What remains is the claim. $\blacksquare$
#
# </details>
#
# The same argument with more terms covers any number of paths. In the words of the graph: **the gradient of a node is
# the sum, over all nodes that use it, of the user's gradient times the local derivative.** Everything below is this
# sentence, written in Python.

# %% [markdown]
# ## 2. `Value`: a number that remembers
#
# A `Value` is one node of the graph. It has
#
# - `data`, the number itself;
# - `grad`, its gradient, which is 0 until `backward` has run;
# - `_prev`, the set of its children;
# - `_backward`, a function without arguments that adds this node's contribution to the `grad` of each child. A number
#   that was not computed from others, a *leaf*, has no children, and its `_backward` does nothing.
#
# The method `backward` starts at the result, gives it the gradient 1, and calls `_backward` on every node. **The
# order matters.** In the next drawing, `b` is used by both `m` and `c`, so its gradient has two contributions, one
# from each. If `b` handed its gradient on before both had arrived, `a` would receive too little, and nothing would
# ever put it right.
#
# ![Graph of b = a·2, m = b·3, c = b + m at a = 5. Node b receives gradient 1 from c and 3 from m, together 4,
# and hands 4 · 2 = 8 on to a. Numbered visits: c, then m, then b, then a.](figures/shared-node.svg)
#
# So a node may be visited only when all its users have been. An order with this property is called a *topological
# order*. `backward` below finds one by going down first: it puts a node on a list once all its children are on it, so
# that children come before their users. Read from its end, the list is in the order we need.
#
# It is tempting to write something shorter: call `_backward` on a node, then do the same with each of its children,
# and so on downwards. An earlier version of this notebook did just that. On the graph above it gives 8 or 2 for the
# gradient of `a`, depending on which child happens to come first. It also calls itself once for each level of the
# graph, and Python stops such recursion at a depth of about a thousand; a sum of a thousand terms is already deeper
# than that. Two plain loops have no such limit.
#
# One line looks out of place: `__array_ufunc__ = None`. Our data are NumPy numbers, and in `number * value` NumPy's
# number would take charge of the operation and treat `value` as an array of unknown objects. This line is NumPy's
# documented way for a class to say: leave it to me. Python then asks `Value`, as section 5 explains.


# %% tags=["provided"]
class Value:
    """A number that remembers which numbers it was computed from."""

    __array_ufunc__ = None  # NumPy's numbers leave an operation with a Value to Value

    def __init__(self, data, _children=()):
        self.data = float(data)  # a plain float even for a NumPy number: several times faster
        self.grad = 0
        self._backward = lambda: None
        self._prev = set(_children)

    def __repr__(self):
        return f"Value(data={self.data:g}, grad={self.grad:g})"

    def backward(self):
        """Give every node its gradient: the derivative of this node with respect to it."""
        nodes = []  # every node of the graph, after all its children
        found = set()
        waiting = [(self, False)]
        while waiting:
            node, children_are_listed = waiting.pop()
            if children_are_listed:
                nodes.append(node)
            elif node not in found:
                found.add(node)
                waiting.append((node, True))  # comes up again when its children are done
                for child in node._prev:
                    waiting.append((child, False))

        self.grad = 1
        for node in reversed(nodes):  # now every node after all its users
            node._backward()


# %% [markdown]
# ## 3. Addition: the worked template
#
# Here is addition, in full. It is the template for what you write next, so read it line by line.
#
# 1. The other operand may be a plain number: it is wrapped, so that from there on everything is a `Value`.
# 2. `out` is the new node. It holds the sum, and both operands as its children.
# 3. `_backward` is defined *now*, and called *later*, when `out.grad` is known. It is a closure: it remembers `self`,
#    `other` and `out`.
# 4. It adds with `+=`. A node with several users collects one contribution from each; `=` would keep only the last.


# %% tags=["provided"]
def __add__(self, other):
    """Return `self + other`, where `other` is a Value or a plain number."""
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data + other.data, (self, other))

    def _backward():
        self.grad += out.grad
        other.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "__add__", __add__)

# %% [markdown]
# Two questions to think about before you go on:
#
# - Why does `out` have that value and those children?
# - Why are those the gradients? What are the two local derivatives of a sum, and where do they hide in the code?
#
# The last line needs explaining. A method is just a function that is stored in its class, and `setattr(Value,
# "__add__", __add__)` stores this one there, exactly as if it had been written inside `class Value`. So the class can
# grow from cell to cell. Python calls the method named `__add__` for the sign `+`. When you change a cell with such a
# line, run the cell again; Values pick up the new method at once.

# %%
x = Value(3)
y = x + x + 1  # x is used twice
y.backward()
print("y =", y.data, "  dy/dx =", x.grad)

# %% [markdown]
# `draw` shows the graph that a Value was computed from, with the names that you give it. Round nodes are leaves. As in
# the drawings above, solid arrows lead forward, and each dashed arrow leads back and carries a local derivative. `draw`
# knows no rules of calculus: it calls each `_backward` with the upstream gradient 1, looks at what arrives, and undoes
# it. The children of `v1` are a set, which holds `x` once: one arrow, along which `x` receives two contributions.
#
# The row above the graph walks through `backward`. Choose a step, and go on with the arrow keys: you see which node is
# visited, and what it adds to whom. `draw(y, step=2)` shows only the graph after the second visit.

# %%
draw(y, x=x, y=y)

# %% [markdown]
# ## 4. Your turn: `__mul__`, `__pow__` and `relu`
#
# Each of the next three cells holds a blank function and the `setattr` line that attaches it. Replace the line `raise
# NotImplementedError(...)` with your code, and follow the template: a new node with the right data and children, a
# `_backward` that adds *upstream gradient times local derivative* to each child's `grad`, and `return out`.
#
# In the next picture every result has the gradient 2. Before you compute anything, look at what arrives at its
# children: addition distributes the gradient, multiplication swaps something, and relu routes it on or not at all.
#
# ![Three small graphs, each with the gradient 2 at its result. Add: 3 + 5 = 8, and both children receive 2. Mul:
# 3 · 5 = 15, and the 3 receives 10, the 5 receives 6. Relu: of 4 it gives 4 and hands back 2; of -4 it gives 0 and
# hands back 0.](figures/gates.svg)
#
# ### Question `mul`: the product
#
# `other` may be a `Value` or a plain number. Ask yourself: if `self` grows by a little while `other` stands still,
# how much does the product grow? And the other way round?


# %% tags=["answer:mul"]
# Your code
def __mul__(self, other):
    """Return `self * other`, where `other` is a Value or a plain number."""
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
# This is a graph made by your own code, and the dashed arrows carry the local derivatives that your code gave it.
# Before `backward` all gradients are 0. What will they be after it? Work them out from the arrows, then walk through
# the steps. Or add the line `d.backward()` before the last one, run the cell again, and compare.

# %%
with needs_your_code():
    a, b, c = Value(2), Value(-3), Value(10)
    d = a * b + c
    display(draw(d, a=a, b=b, c=c, d=d))

# %% [markdown]
# ### Question `pow`: the power
#
# The exponent is a plain number, a constant: nothing is differentiated with respect to it, so it is not a child.
# It may be any number: 2 and 3, but also -1 (which gives division) or 0.5 (the square root).


# %% tags=["answer:pow"]
# Your code
def __pow__(self, exponent):
    """Return `self ** exponent`, where `exponent` is a plain number."""
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
# ### Question `relu`: the rectified linear unit
#
# $\operatorname{relu}(x) = \max(x, 0)$: a positive number passes unchanged, a negative one becomes 0. Without such a
# bend between them, two layers of a network would be no better than one, because a linear function of a linear
# function is linear.
#
# At $x = 0$ the function has a kink and no derivative. Every slope between 0 and 1 is a valid choice there (a
# *subgradient*); in this course we take **0**.


# %% tags=["answer:relu"]
# Your code
def relu(self):
    """Return `self` where it is positive, else 0."""
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
# ## 5. The rest of the operators
#
# The other operators need no gradients of their own, because they are made from those we have. A name with an `r`,
# such as `__rmul__`, is what Python tries when the number on the *left* does not know what to do: `3 * x` first asks
# the number 3, which knows nothing about `Value`, and then calls `x.__rmul__(3)`.
#
# Do not overlook the small `__neg__`. A difference of two Values is a sum with `-other`, so without it `x - y` fails
# with a `TypeError`.


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
    """Return `self - other`, where `other` is a Value or a plain number."""
    return self + (-other)


def __rsub__(self, other):
    """Return `other - self`, where `other` is a plain number."""
    return other + (-self)


setattr(Value, "__radd__", __radd__)
setattr(Value, "__rmul__", __rmul__)
setattr(Value, "__neg__", __neg__)
setattr(Value, "__sub__", __sub__)
setattr(Value, "__rsub__", __rsub__)

# %% [markdown]
# Here is the graph of the first drawing, computed by your code. Compare the gradients and the local derivatives with
# those in the drawing.

# %%
with needs_your_code():
    a, b, c = Value(2), Value(-3), Value(10)
    f = (a * b + c) ** 2
    f.backward()
    display(draw(f, a=a, b=b, c=c, f=f))

# %% [markdown]
# And this is the shared node of section 2: `b` has two users, and its gradient, 4, is the sum of what both sent. Walk
# through the steps: the second part arrives in step 2, and only in step 3 does `b` hand anything on.

# %%
with needs_your_code():
    a = Value(5)
    b = a * 2
    m = b * 3
    c = b + m
    c.backward()
    display(draw(c, a=a, b=b, m=m, c=c))

# %% [markdown]
# ### Check any gradient
#
# There is a way to check a gradient without knowing any rule of calculus. Move the input a small step $h$ to either
# side and see how the output changes:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}.$$
#
# This is a *central difference*. It is far too slow for training, at two computations for each weight, but it is a
# trustworthy witness, as long as $h$ is neither large nor tiny. A large step misses how the curve bends in between;
# with a tiny one, the two outputs agree in nearly all of their 16 digits, and what is left of the difference is
# rounding error. A good compromise is the cube root of the rounding error, about $6 \cdot 10^{-6}$.
#
# `grader.gradcheck(f, ...)` puts this beside what `backward` says, for each argument of a function of Values.
# Professionals run such a check on every operator they write. Try functions and numbers of your own, especially where
# your operators might break: negative numbers, a value used twice, a kink.

# %%
grader.gradcheck(lambda a, b: (a * b + a) ** 3 - b, 2.0, -1.5)

# %%
grader.gradcheck(lambda x: x.relu(), 0.0)

# %% [markdown]
# ## 6. `Layer` and `Network`
#
# ### One output
#
# A single unit of a network takes some inputs, multiplies each by a weight, adds everything to a bias, and passes the
# sum through a ReLU. With `Value` that is a loop. Every step makes a node, so the graph builds itself.

# %%
with needs_your_code():
    inputs = [1.0, 2.0, 3.0]
    weights, bias = [Value(0.5), Value(-1), Value(2)], Value(0.25)
    total = bias
    for weight, x in zip(weights, inputs, strict=True):
        total = total + weight * x
    output = total.relu()
    output.backward()
    print("output:", output.data)
    print("gradients of the weights:", [weight.grad for weight in weights])

# %% [markdown]
# ### A layer
#
# A layer is several such units side by side that all look at the same inputs. It needs one weight for each pair of an
# input and an output. We keep them as a table, `weights`, with **one row for each input and one column for each
# output**, so that output $j$ is
#
# $$\text{out}_j = \text{biases}[j] + \sum_i \text{weights}[i][j] \cdot x_i.$$
#
# ![A layer with three inputs and two outputs. Its weights are a table of three rows, one for each input, and two
# columns, one for each output; output 1 uses bias 1 and the whole of column 1.](figures/layer-weights.svg)
#
# Rows and columns are easily confused, and the mistake is a quiet one. Walk along the *rows* as if each were an
# output, and there is no error: Python's `zip` stops at the shorter of two lists, so three of our thirteen features
# are never read, all but one of the hidden units have no influence on the prediction, and the loss hardly moves. (With
# seed 0, it goes from 586 to 579 in ten epochs.) That is why you see `strict=True` below: with it, `zip` raises a
# `ValueError` when the lengths differ.
#
# Three more details:
#
# - Weights and biases start as random numbers around 0, so that no two units begin alike. The second argument of
#   `random.gauss` is the **standard deviation**, here `1 / max(input_size, output_size)`: the more numbers are added
#   up, the smaller each has to be.
# - Plain inputs are wrapped once for the layer, not once for each output, and each sum starts from the bias instead
#   of 0. Both save nodes, and nodes are what costs time and memory.
# - The last layer of a network has no ReLU (`add_relu=False`), because a prediction may be any number.


# %% tags=["provided"]
class Layer:
    """Each of `output_size` outputs is a bias plus a weighted sum of all `input_size` inputs."""

    def __init__(self, input_size, output_size, add_relu=True):
        standard_deviation = 1 / max(input_size, output_size)

        def start():
            return Value(random.gauss(0, standard_deviation))

        self.weights = [[start() for _ in range(output_size)] for _ in range(input_size)]
        self.biases = [start() for _ in range(output_size)]
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


# %%
random.seed(6)
layer = Layer(3, 2)
rows, columns = len(layer.weights), len(layer.weights[0])
print(f"{rows} rows of {columns} weights, and {len(layer.biases)} biases")

with needs_your_code():
    print(layer([1.0, 2.0, 3.0]))

# %% [markdown]
# ### A network
#
# A network applies its layers one after another: the outputs of one are the inputs of the next. It also gathers all
# weights and biases in one list, `parameters`, because training does two things with each of them:
#
# - `zero_grad` sets its gradient back to 0. Gradients add up by design, so those of the last step must be cleared
#   before the next.
# - `update` is one step of **gradient descent**. The gradient points to where the loss grows, so each parameter moves
#   against it, by the gradient times the *learning rate*.
#
# Calling a network gives a list, like calling a layer. Our network has a single output: a list of one Value.


# %% tags=["provided"]
class Network:
    """Layers, applied one after another."""

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
        """Set the gradient of every parameter back to 0."""
        for parameter in self.parameters:
            parameter.grad = 0

    def update(self, learning_rate):
        """Move every parameter one step against its gradient."""
        for parameter in self.parameters:
            parameter.data -= learning_rate * parameter.grad


# %% [markdown]
# ## 7. The Boston housing data
#
# Each of the 506 rows of the data stands for a census tract near Boston around 1970, which we call a house for short.
# It has 13 features and a price, the median value of the owner-occupied homes there in **thousands of dollars**. The
# data were published by Harrison and Rubinfeld (1978). We split them as Keras does: 404 houses to train on, and 102
# to test on, which training never sees.
#
# **A fault you should know about.** The feature `B` is $1000\,(Bk - 0.63)^2$, where $Bk$ is the share of Black
# residents. The formula builds in the authors' assumption that the racial make-up of a neighbourhood sets the prices
# in it, and that segregation can raise them. This is why the library scikit-learn removed the data set. We still use
# it, as an exercise only, because its numbers are the ones in the literature, so that you can compare your results
# with other people's. What to take from it: a column of numbers can carry a judgement about people. Before you fit
# anything, find out what every feature means, who chose it and why, and whom a prediction could harm. And do not
# think that deleting this one column would settle the matter, because other features are correlated with it.

# %%
FEATURES = {
    "CRIM": "crimes per head of population",
    "ZN": "% of residential land zoned for large lots",
    "INDUS": "% of land used by industry and wholesale",
    "CHAS": "1 if on the Charles River, else 0",
    "NOX": "nitric oxides, parts per 10 million",
    "RM": "average number of rooms",
    "AGE": "% of homes built before 1940",
    "DIS": "weighted distance to five employment centres",
    "RAD": "index of access to radial motorways",
    "TAX": "property tax, dollars per 10,000 of value",
    "PTRATIO": "pupils per teacher",
    "B": "1000 (Bk - 0.63)^2, see the note above",
    "LSTAT": '% of "lower status" residents, as the authors put it',
}


# %%
def find_data(name="boston_housing.csv"):
    """Return the path of the data: in the folder `data` beside the notebook, or else near by."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        for place in (folder / "data", folder, folder / "assignment" / "data"):
            if (place / name).is_file():
                return place / name
    raise FileNotFoundError(f"{name} is missing. Put it into {here / 'data'} and run this again.")


def load_data():
    """Return `(x_train, y_train), (x_test, y_test)`: 404 and 102 houses, split as Keras does."""
    with find_data().open(newline="") as file:
        header, *rows = csv.reader(file)
    if header != [*FEATURES, "MEDV"]:
        raise ValueError(f"These are not the columns of the Boston housing data: {header}")
    houses = np.array(rows, dtype=float)
    np.random.RandomState(113).shuffle(houses)  # the same shuffle every time
    x, y = houses[:, :-1], houses[:, -1]
    split = int(0.8 * len(houses))
    return (x[:split], y[:split]), (x[split:], y[split:])


# %%
(x_train, y_train), (x_test, y_test) = load_data()
print("training houses:", x_train.shape, " test houses:", x_test.shape)
print(f"prices: {y_train.min():g} to {y_train.max():g} thousand dollars, mean {y_train.mean():.1f}")

# %% [markdown]
# ## 8. Training
#
# The network has 13 inputs, two hidden layers of 10 units each, and one output, the predicted price. Its parameters
# are random at first. With most seeds of the random numbers the loss jumps up and down at our learning rate, because
# the features have very different sizes. We fix **seed 59**, with which it falls steadily, and everybody in the
# course sees the same numbers.


# %%
def build_network():
    """Return the network with its random parameters of seed 59: the same at every call."""
    random.seed(59)
    return Network(Layer(13, 10), Layer(10, 10), Layer(10, 1, add_relu=False))


# %% [markdown]
# The loss is the **mean squared error**: the average, over the houses, of the squared difference between prediction
# and price. Being a `Value`, it knows the whole graph that leads to it, over 200,000 nodes for the training houses.


# %%
def mean_squared_error(network, x, y):
    """Return the mean squared error for the houses `x` with the prices `y`, as a Value."""
    total = 0
    for house, price in zip(x, y, strict=True):
        [prediction] = network(house)
        total = total + (prediction - price) ** 2
    return total * (1 / len(y))


# %% [markdown]
# A graph of that size has one practical consequence. Python has a *garbage collector*, which now and then walks
# through the objects in memory and looks for those that are no longer in use. While our graph grows it walks through
# the graph again and again and finds nothing, and that takes five sixths of the time, as we measured. So we switch it
# off while a graph is built, and run it once when the graph is no longer needed. Ten epochs then take some ten
# seconds instead of a minute.


# %%
@contextmanager
def garbage_collector_paused():
    """Run the indented lines without the garbage collector, then collect once."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()  # also after an error
        gc.collect()  # frees the graph that the indented lines have built


# %% [markdown]
# An **epoch** is one pass over all the training houses. Compute the loss, clear the old gradients, let `backward`
# find the new ones, update the parameters: that is *full-batch gradient descent*. Then compute the loss on the test
# houses, without learning from it. (`watched` only counts the houses for the progress bar.)


# %%
def train_one_epoch(network, learning_rate, watched=iter):
    """Make one step of gradient descent; return the training and the test loss as numbers."""
    train_loss = mean_squared_error(network, watched(x_train), y_train)
    network.zero_grad()
    train_loss.backward()
    network.update(learning_rate)
    test_loss = mean_squared_error(network, watched(x_test), y_test)
    return train_loss.data, test_loss.data


# %% [markdown]
# You will want to watch. `TrainingView` shows how far the training has got, and calls the function below after each
# epoch, so that you see the curves grow.


# %%
def plot_losses(train_losses, test_losses, axes=None):
    """Plot the recorded losses against the iteration; return the figure."""
    iterations = range(1, len(train_losses) + 1)
    if axes is None:
        _, axes = plt.subplots(figsize=(7, 4), facecolor="white")  # readable on a dark page too
    axes.plot(iterations, train_losses, "o-", color="#0072B2", label="training loss")
    axes.plot(iterations, test_losses, "s--", color="#D55E00", label="test loss")
    axes.set_xlabel("iteration")
    axes.set_ylabel("mean squared error\n(thousands of dollars, squared)")
    axes.set_xlim(0.5, max(num_epochs, len(train_losses)) + 0.5)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend()
    return axes.figure


# %% [markdown]
# Ten epochs take 10 to 15 seconds on an ordinary machine. The training loss should fall from about 500 to about 100.

# %%
num_epochs = 10
learning_rate = 1e-4
network = build_network()
train_losses, test_losses = [], []
view = TrainingView(num_epochs, plot_losses)

with needs_your_code():
    for _ in range(num_epochs):
        with garbage_collector_paused():
            train_loss, test_loss = train_one_epoch(network, learning_rate, view.houses)
        train_losses.append(train_loss)
        test_losses.append(test_loss)
        view.show(train_losses, test_losses)

# %%
grader.check("training")

# %% [markdown]
# ## 9. The two curves
#
# One iteration is one epoch here, because every update uses all the training houses. These are the numbers behind the
# plot.

# %%
losses = enumerate(zip(train_losses, test_losses, strict=True), start=1)
rows = [(f"{epoch}", f"{train:.4f}", f"{test:.4f}") for epoch, (train, test) in losses]
if rows:
    display(table("The losses of each epoch", ("epoch", "training loss", "test loss"), rows))
else:
    print("Not yet: the training above has recorded no losses")

# %% [markdown]
# ## 10. Test versus train
#
# Look at the plot. At the left end the test loss lies below the training loss, and at the right end above it. Both
# facts call for an explanation. Explanations are easy to come by, so collect some evidence first.
#
# ### Evidence
#
# The cell below measures both losses at the same weights, once before the first update and once after the last. Then,
# beside the recorded curves, it plots the **gap** at equal weights, the test loss minus the training loss, from the
# random weights of the start to those after the last update. Only the two ends of that line are measured anew. Can
# you see in the code why that is enough?


# %%
def measure(network):
    """Return the training loss and the test loss at the present weights, as plain numbers."""
    with garbage_collector_paused():
        train_loss = mean_squared_error(network, x_train, y_train).data
        test_loss = mean_squared_error(network, x_test, y_test).data
    return train_loss, test_loss


def gap_at_equal_weights(before, after):
    """Return test minus training loss for 0, 1, 2, ... updates, from `measure` at both ends."""
    train = [*train_losses, after[0]]
    test = [before[1], *test_losses]
    return np.subtract(test, train)


def plot_gap(gap):
    """Plot the recorded losses and, beside them, the gap at equal weights; return the figure."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), facecolor="white")
    plot_losses(train_losses, test_losses, left)
    left.set_title("as recorded during training")
    right.axhline(0, color="black", linewidth=1)
    right.plot(gap, "D-", color="#009E73")
    right.set_title("the gap at equal weights")
    right.set_xlabel("updates made")
    right.set_ylabel("test loss minus training loss")
    right.grid(alpha=0.3)
    figure.tight_layout()
    return figure


# %%
with needs_your_code():
    before, after = measure(build_network()), measure(network)
    measured = {"before the first update": before, "after the last update": after}
    rows = [(moment, *(f"{loss:.1f}" for loss in losses)) for moment, losses in measured.items()]
    display(table("Losses at the same weights", ("weights", "training loss", "test loss"), rows))

    gap = gap_at_equal_weights(before, after)
    said = ", ".join(f"{difference:.1f}" for difference in gap)
    display(picture(plot_gap(gap), f"The gap at equal weights, for 0 updates and more: {said}"))

# %% [markdown]
# Replace the dots with the four numbers, rounded to one decimal place as the table shows them.

# %% tags=["answer:evidence"]
# Your numbers
train_before = 497.7  # SOLUTION
test_before = 522.5  # SOLUTION
train_after = 93.4  # SOLUTION
test_after = 106.7  # SOLUTION

# %% [markdown]
# ### Question 1: the left end
#
# The first recorded test loss is lower than the first recorded training loss, although the network never learns from
# the test houses. Why? Exactly one explanation agrees with your evidence, your plots and the code.
#
# - **A.** There are 102 test houses but 404 training houses, so fewer squared errors enter the test loss, and their
#   mean is lower at first.
# - **B.** The test houses happen to be easier to predict than the training houses, so with the same random weights
#   their loss is lower at first.
# - **C.** The network has memorised the training houses by the end of the first epoch, so what it has learnt makes
#   the test loss lower at first.
# - **D.** The training loss of an epoch is recorded before the weights change and the test loss after it, so the test
#   loss is lower at first.
# - **E.** ReLU passes on more of the signal for the test houses, where no gradients are computed, so with the same
#   weights their loss is lower at first.
#
# Type the letter in quotation marks in place of the dots.

# %% tags=["answer:choice_1"]
# Your letter
choice_1 = "D"  # SOLUTION

# %% [markdown]
# In one or two sentences of your own: what makes you sure? Which of your numbers support it?

# %% [markdown] tags=["answer:explain_1"]
# **Your explanation:**
#
# In every epoch `train_one_epoch` computes the training loss first, then updates, then computes the test loss, so
# each point of the test curve is one update ahead, and the first update is a large one. Measured at the same weights,
# before any update, the test loss (522.5) is above the training loss (497.7): the test houses are not easier, and
# neither their number nor ReLU works in their favour.

# %% [markdown]
# ### Question 2: the right end
#
# Over the iterations the training loss drops below the test loss and stays there. Why? Again, exactly one explanation
# agrees with your evidence, your two plots and the code.
#
# - **A.** The network has begun to overfit; the test loss has passed its lowest point and climbs again, while the
#   training loss goes on falling, so the curves cross and then move apart.
# - **B.** At equal weights the test loss is the higher one from the very start; being recorded one update later hides
#   this only as long as an update changes the loss by much.
# - **C.** The weights are fitted to the training houses and to no others; so training lowers the training loss by
#   more than it lowers the test loss, which is left behind.
# - **D.** The test loss of an epoch is recorded before the weights change and the training loss after it; while both
#   losses fall, the test curve is one update behind and so the higher one.
# - **E.** At the random weights of the start both losses are equal; every update then opens the gap between them a
#   little further, until the recorded curves no longer hide that there is one.
#
# Type the letter in quotation marks in place of the dots.

# %% tags=["answer:choice_2"]
# Your letter
choice_2 = "B"  # SOLUTION

# %% [markdown]
# In one or two sentences of your own: why do the curves cross, and why in that iteration and not before?

# %% [markdown] tags=["answer:explain_2"]
# **Your explanation:**
#
# At equal weights the test loss is the higher one all along: by 24.8 before any update (522.5 against 497.7) and by
# 13.2 after the last (106.7 against 93.4), so training has not opened the gap. The test curve is one update ahead.
# The first two updates each take about 180 off the loss, and that hides the gap; the third takes off only 7, so from
# there on the recorded curves show it.

# %%
grader.check("test_vs_train")

# %% [markdown]
# ### Ready to submit?
#
# Save the notebook and run the next cell. It shows all the questions, what is still blank, and whether the file on disk
# is what you have run.

# %%
grader.check()

# %% [markdown]
# ## 11. What the network has learnt
#
# From here on nothing is marked. If you want to change given cells and try things out, work in a copy of this
# notebook, so that your answers stay as they are.
#
# How good is a loss of about 100? Compare it with the simplest prediction of all, the same price for every house: the
# mean of the training prices.

# %%
baseline = ((y_train - y_train.mean()) ** 2).mean()
print(f"training loss of always predicting the mean, {y_train.mean():.1f}: {baseline:.1f}")

# %% [markdown]
# After ten epochs the network **has not yet beaten the mean**. Your gradients are right, so what has it learnt? A
# loss is a mean and hides a lot. In the next plot every house is a point: its price to the right, the prediction
# upwards. The closer a point is to the diagonal, the better the prediction.


# %%
def predict(network, x):
    """Return the predicted price of each of the houses `x`, as plain numbers."""
    with garbage_collector_paused():
        return np.array([network(house)[0].data for house in x])


def plot_predictions(predicted):
    """Plot prediction against price, in one panel for each network; return the figure."""
    figure = plt.figure(figsize=(5.5 * len(predicted), 5), facecolor="white")
    [panels] = figure.subplots(1, len(predicted), sharey=True, squeeze=False)
    for axes, (name, (train, test)) in zip(panels, predicted.items(), strict=True):
        axes.plot([0, 50], [0, 50], color="black", linewidth=1, label="prediction = price")
        axes.scatter(y_train, train, s=14, color="#0072B2", alpha=0.6, label="training house")
        axes.scatter(y_test, test, s=18, marker="s", color="#D55E00", alpha=0.8, label="test house")
        axes.set_title(name)
        axes.set_xlabel("price (thousands of dollars)")
        axes.set_ylabel("prediction (thousands of dollars)")
        axes.grid(alpha=0.3)
        axes.legend()
    figure.tight_layout()
    return figure


# %%
def show_predictions(predicted):
    """Show the plot, and a table of what each network predicts."""
    rows = []
    for name, (train, test) in predicted.items():
        for kind, prices, said in (("training", y_train, train), ("test", y_test, test)):
            numbers = [f"{number:.1f}" for number in (said.min(), said.mean(), said.max())]
            correlation = np.corrcoef(said, prices)[0, 1]
            rows.append((f"{name}: {kind} houses", *numbers, f"{correlation:+.2f}"))
    headers = ("predictions after", "lowest", "mean", "highest", "correlation with the price")
    alt = "Prediction against price, a point for each house; the table below has the numbers"
    display(picture(plot_predictions(predicted), alt))
    display(table("What the network predicts", headers, rows))


predicted = {}
with needs_your_code():
    predicted["ten epochs, raw features"] = predict(network, x_train), predict(network, x_test)
    show_predictions(predicted)

# %% [markdown]
# A flat cloud. For nine houses in ten, cheap or dear, the network says something between 16 and 28, and what it says
# has hardly anything to do with the price: the correlation is close to 0, and for the test houses even a little below
# it. The network has learnt **one number, the level of the prices**, and next to nothing about houses.
#
# **When** did it learn that? In the first two updates, the cliff at the left end of your curves. The random network
# says about 2 for every house; two updates later it says 21 on average, and the mean price is 22. The other eight
# change the average little. They repair what those two large steps broke: they had tilted the predictions the wrong
# way, so that cheap houses got the higher ones.
#
# **Why** no more than that? First, the features have very different sizes: `TAX` is in the hundreds and `NOX` below
# 1, so no learning rate suits all the weights. Second, look at the units of the hidden layers.


# %%
def share_at_work(network, x):
    """Return for each hidden layer, unit by unit, for what share of the houses it is not 0."""
    hidden = [[] for _ in network.layers[:-1]]
    with garbage_collector_paused():
        for numbers in x:
            for layer, outputs in zip(network.layers[:-1], hidden, strict=True):
                numbers = layer(numbers)
                outputs.append([unit.data > 0 for unit in numbers])
    return [np.mean(outputs, axis=0) for outputs in hidden]


with needs_your_code():
    for number, shares in enumerate(share_at_work(network, x_train), start=1):
        print(f"hidden layer {number}:", *(f"{share:4.0%}" for share in shares))

# %% [markdown]
# A unit that is 0 for every house sends nothing forward, and no gradient comes back through its ReLU, so its own
# weights no longer change: it is *dead*. Three units of the first layer are dead and four of the second, some from
# the random start, some since those two large steps; two more are at work for a few houses only. Nearly all the
# others are never 0. So there is hardly a bend left in this network.
#
# ### The same network on standardised features
#
# From each column subtract its mean and divide by its standard deviation, both taken from the *training* houses and
# applied to the test houses too. Then all features are of one size, and a learning rate 50 times as large works. And
# update after every 32 houses instead of all 404: each gradient is less exact, but there are 13 of them in an epoch.


# %%
def train_in_batches(network, x, y, learning_rate, size=32):
    """Go through the houses once, with a step of gradient descent after every `size` of them."""
    for start in range(0, len(y), size):
        batch = slice(start, start + size)
        with garbage_collector_paused():
            loss = mean_squared_error(network, x[batch], y[batch])
            network.zero_grad()
            loss.backward()
            network.update(learning_rate)
            del loss  # or its graph would still be in use when the collector looks


# %%
mean, deviation = x_train.mean(axis=0), x_train.std(axis=0)
z_train, z_test = (x_train - mean) / deviation, (x_test - mean) / deviation
scaled = build_network()

with needs_your_code():
    for _ in range(3):
        train_in_batches(scaled, z_train, y_train, learning_rate=0.005)
    train, test = predict(scaled, z_train), predict(scaled, z_test)
    train_loss, test_loss = ((train - y_train) ** 2).mean(), ((test - y_test) ** 2).mean()
    print(f"after three epochs: training loss {train_loss:.1f}, test loss {test_loss:.1f}")

    predicted["three epochs, standardised features"] = train, test
    show_predictions(predicted)

# %% [markdown]
# The same network, the same random start, your operators. Now the points lie along the diagonal, the correlation is
# about 0.9, and the loss is a fifth of that of the mean: this network has learnt something about houses, and it holds
# for houses that it has never seen. (The column of points at the right is no accident: whoever made the data entered
# every price above 50 as 50.)
#
# ### Look at single houses
#
# Pick a test house, any `i` from 0 to 101. The last column says how many standard deviations a number lies above (+)
# or below (-) the mean of the training houses, so that you can see at once what is special about the house.


# %%
def show_house(i):
    """Return a table: the features of test house `i`, its true price and the predictions."""

    def row(name, meaning, number, of_all):
        away = round((number - of_all.mean()) / of_all.std(), 1) + 0  # + 0: no -0.0
        return name, meaning, f"{number:.2f}", f"{away:+.1f}"

    features = zip(FEATURES.items(), x_test[i], x_train.T, strict=True)
    rows = [row(name, meaning, number, column) for (name, meaning), number, column in features]
    rows.append(row("true price", "in thousands of dollars", y_test[i], y_train))
    for name, (_, test) in predicted.items():
        rows.append(row("prediction", f"after {name}", test[i], y_train))
    return table(f"Test house {i}", ("feature", "meaning", "value", "from the mean"), rows)


show_house(50)

# %% [markdown]
# House 50 is dear. The first network saw nothing of that; the second did. Which features could it go by? Of all the
# test houses, the next one deceives the second network most. What makes it look dear? Then pick others yourself: a
# cheap one, such as 56, or the most ordinary one that you can find.

# %%
show_house(97)

# %% [markdown]
# ## 12. Where to go next
#
# ### More operators
#
# The template works for any function whose derivative you know. The derivative of $e^x$ is $e^x$ itself, which the
# node has computed already:


# %%
def exp(self):
    """Return e to the power of `self`."""
    out = Value(np.exp(self.data), (self,))

    def _backward():
        self.grad += out.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "exp", exp)

# %% [markdown]
# With it, $\tanh x = 1 - 2 / (e^{2x} + 1)$ needs no derivative of its own. `gradcheck` tells you whether it is right.


# %%
def tanh(self):
    """Return the hyperbolic tangent of `self`, made of the operators we have."""
    return 1 - 2 * ((2 * self).exp() + 1) ** -1


setattr(Value, "tanh", tanh)
grader.gradcheck(lambda x: x.tanh(), 0.7)

# %% [markdown]
# That takes seven operations. Now write `tanh` as a single one, following the template: its local derivative is
# $1 - \tanh^2 x$. Then run `gradcheck` again, and put `tanh` in the place of `relu` in a layer.
#
# ### The same network with arrays
#
# Real libraries make a node of a whole array. Below, one matrix product for each layer serves *all* the houses, and
# two more bring the gradients back. The loops over houses, units and weights have moved into compiled code.


# %%
def as_arrays(network):
    """Return the weights and the biases of each layer as a pair of arrays."""
    layers = []
    for layer in network.layers:
        weights = np.array([[weight.data for weight in row] for row in layer.weights])
        layers.append((weights, np.array([bias.data for bias in layer.biases])))
    return layers


def forward(layers, x):
    """Return what each layer receives, one row for each house, and last the predictions."""
    received = [x]
    for weights, biases in layers[:-1]:
        received.append(np.maximum(received[-1] @ weights + biases, 0))
    weights, biases = layers[-1]
    return [*received, received[-1] @ weights + biases]


def step(layers, x, y, learning_rate):
    """Make one step of gradient descent, in place, and return the loss before it."""
    *received, predictions = forward(layers, x)
    errors = predictions[:, 0] - y
    upstream = (2 * errors / len(y))[:, None]
    for (weights, biases), inputs in zip(layers[::-1], received[::-1], strict=True):
        downstream = (upstream @ weights.T) * (inputs > 0)  # where relu let the number pass
        weights -= learning_rate * inputs.T @ upstream
        biases -= learning_rate * upstream.sum(axis=0)
        upstream = downstream
    return (errors**2).mean()


# %%
layers = as_arrays(build_network())
array_losses = [step(layers, x_train, y_train, learning_rate) for _ in range(num_epochs)]
print("with arrays:", *(f"{loss:.4f}" for loss in array_losses))
print("with Values:", *(f"{loss:.4f}" for loss in train_losses))

# %% [markdown]
# The same losses. And how long does a step take?

# %%
from time import perf_counter

with needs_your_code(), garbage_collector_paused():
    started = perf_counter()
    mean_squared_error(build_network(), x_train, y_train).backward()
    with_values = perf_counter() - started

    started = perf_counter()
    for _ in range(100):
        step(layers, x_train, y_train, learning_rate)
    with_arrays = (perf_counter() - started) / 100
    print(f"{with_values:.1f} s with Values, {1000 * with_arrays:.2f} ms with arrays:", end=" ")
    print(f"{with_values / with_arrays:.0f} times as fast")

# %% [markdown]
# ### A thousand epochs
#
# At that speed a thousand epochs take about a second. So train the network with arrays, on the standardised features
# and with all the houses at once, and measure both losses at equal weights, before every update.

# %%
layers = as_arrays(build_network())
scaled_losses = []
for _ in range(1001):
    test_errors = forward(layers, z_test)[-1][:, 0] - y_test
    test_loss = (test_errors**2).mean()
    scaled_losses.append((step(layers, z_train, y_train, learning_rate=0.01), test_loss))

rows = [
    (f"{epoch}", f"{train:.1f}", f"{test:.1f}", f"{test - train:.1f}")
    for epoch, (train, test) in enumerate(scaled_losses)
    if epoch in (0, 20, 50, 200, 1000)
]
table("At equal weights", ("updates made", "training loss", "test loss", "gap"), rows)


# %%
def plot_long_run(losses):
    """Plot both losses at equal weights, and beside them the gap; return the figure."""
    train, test = np.transpose(losses)
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), facecolor="white")
    left.loglog(train, color="#0072B2", label="training loss")
    left.loglog(test, "--", color="#D55E00", label="test loss")
    left.set_ylabel("mean squared error")
    left.set_title("the losses at equal weights")
    left.legend()
    right.axhline(0, color="black", linewidth=1)
    right.semilogx(test - train, color="#009E73")
    right.set_ylabel("test loss minus training loss")
    right.set_title("the gap at equal weights")
    for axes in (left, right):
        axes.set_xlabel("updates made")
        axes.grid(alpha=0.3)
    figure.tight_layout()
    return figure


picture(plot_long_run(scaled_losses), "The losses and the gap of the table, at every update")

# %% [markdown]
# The curves tremble, and in the first hundred updates they jump, because this learning rate is on the large side. Look
# at the trend. From 20 to 200 updates, say, which of the five explanations of question 2 fits *these* curves? And does
# the test loss still fall at the end? Other things to try: `tanh` in place of `relu`, fewer units, another learning
# rate.
#
# ### What the real libraries do differently
#
# This engine is slow on purpose: every number is an object, every operation a node, so that nothing is hidden.
# PyTorch, JAX and TensorFlow do what you have done, with these differences:
#
# - **A node is a whole array.** Our layer of 13 × 10 weights makes about 280 nodes for one house. With arrays it is a
#   single matrix product for *all* houses, one node, whose `_backward` is two more matrix products.
# - **The work is done in compiled code**, on many cores or on a graphics processor, with numbers of 32 bits or fewer.
# - **Memory is freed early.** The graph is released while `backward` walks through it, and a network that
#   only predicts builds none at all (`torch.no_grad`). Our test loss builds a graph that nobody uses.
# - **Some do not build the graph as they go.** They read the program once, simplify it, and compile it together with
#   its gradient.
#
# The principle is unchanged: a topological order, and *upstream gradient times local derivative, added up*.
#
# ### Credits
#
# This notebook grew out of a Colab notebook of a university course, "Automatic differentiation from scratch", which in
# turn is based on Boaz Barak's
# ["Yet another backpropagation tutorial"](https://windowsontheory.org/2020/11/03/yet-another-backpropagation-tutorial/).
# The text, code and drawings are new. Data: D. Harrison and D. L. Rubinfeld, "Hedonic housing prices and the demand for
# clean air", *Journal of Environmental Economics and Management* 5 (1978), 81–102, by way of StatLib.
