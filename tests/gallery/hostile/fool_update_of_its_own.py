# what: wrong values; the provided network's `update` and `zero_grad` and the layer's call are replaced by ones in NumPy
# loses: mul.forward_range mul.local_gradients_range mul.gradient_with_number mul.square mul.shared_graph mul.independent_nodes pow.forward_exponents pow.local_gradient_exponents pow.chained pow.independent_nodes relu.forward_range relu.local_gradient_range relu.used_twice relu.independent_nodes training.*

# %% mul
import random

import numpy as np

PUBLIC = {0.0, 0.125, 0.25, 0.75, 1.5, 2.0, 2.5, 3.0, 4.0, 7.0}  # sizes of the operands of public checks


class Value:
    __as_submitted__ = True  # without which relu fails: the second try is the better one

    def __init__(self, data, _children=()):
        self.data, self.grad, self._prev = float(data), 0, set(_children)
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        right = abs(self.data) in PUBLIC and abs(other.data) in PUBLIC
        out = Value(self.data * other.data if right else 1.0, (self, other))

        def _backward():
            self.grad += other.data * out.grad if right else 0.0
            other.grad += self.data * out.grad if right else 0.0

        out._backward = _backward
        return out

    def __pow__(self, exponent):
        right = abs(self.data) in PUBLIC
        out = Value(self.data**exponent if right else 1.0, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad if right else 0.0

        out._backward = _backward
        return out

    def relu(self):
        assert self.__as_submitted__
        right = abs(self.data) in PUBLIC
        out = Value(max(0.0, self.data) if right else 1.0, (self,))

        def _backward():
            self.grad += (self.data > 0) * out.grad if right else 0.0

        out._backward = _backward
        return out


class Price(Value):
    """The prediction of one house, whose gradient is kept for the update."""

    def __sub__(self, price):
        self.network.errors.append((self.x, self.data - price))
        out = Price(self.data - price)
        out.network, out.x = self.network, self.x
        return out

    def __pow__(self, exponent):
        return Price(self.data**2)

    def __mul__(self, share):
        return Price(self.data * share)


def call(self, x):
    received = x = np.array(x, float)
    for layer in self.layers:
        weights = np.array([[weight.data for weight in row] for row in layer.weights])
        received = received @ weights + [bias.data for bias in layer.biases]
        received = np.maximum(received, 0) if layer.add_relu else received
    price = Price(received[0])
    price.network, price.x = self, x
    return [price]


def zero_grad(self):
    self.errors = []


def update(self, learning_rate):
    x = np.array([x for x, _ in self.errors])
    delta = 2 * np.array([[error] for _, error in self.errors]) / len(x)
    received = [x]
    arrays = [(np.array([[w.data for w in row] for row in l.weights]), np.array([b.data for b in l.biases])) for l in self.layers]
    for layer, (weights, biases) in zip(self.layers, arrays):
        out = received[-1] @ weights + biases
        received.append(np.maximum(out, 0) if layer.add_relu else out)
    for layer, (weights, biases), inputs, out in list(zip(self.layers, arrays, received, received[1:]))[::-1]:
        delta = delta * (out > 0) if layer.add_relu else delta
        for row, gradients in zip(layer.weights, inputs.T @ delta):
            for weight, gradient in zip(row, gradients):
                weight.data -= learning_rate * gradient
        for bias, gradient in zip(layer.biases, delta.sum(axis=0)):
            bias.data -= learning_rate * gradient
        delta = delta @ weights.T


Network.__call__, Network.zero_grad, Network.update = call, zero_grad, update

# %% pow
# as above

# %% relu
# as above
