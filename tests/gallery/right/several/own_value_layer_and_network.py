# what: a Value, a Layer and a Network of the student's own design: neurons, a method `step`, predictions that are no list
# loses: nothing

# %% mul
class Value:
    def __init__(self, data, _children=()):
        self.data = float(data)
        self.grad = 0.0
        self._prev = tuple(_children)
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
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))

        def _backward():
            self.grad += out.grad if self.data > 0 else 0.0

        out._backward = _backward
        return out

    def backward(self):
        order = []

        def visit(node, seen=set()):
            if node not in seen:
                seen.add(node)
                for child in node._prev:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()


class Neuron:
    def __init__(self, size, deviation, rectified):
        self.weights = [Value(random.gauss(0, deviation)) for _ in range(size)]
        self.bias, self.rectified = Value(random.gauss(0, deviation)), rectified

    def __call__(self, inputs):
        total = self.bias
        for weight, x in zip(self.weights, inputs, strict=True):
            total = total + weight * x
        return total.relu() if self.rectified else total


class Layer:
    def __init__(self, input_size, output_size, add_relu=True):
        self.neurons = [Neuron(input_size, 1 / max(input_size, output_size), add_relu) for _ in range(output_size)]

    def __call__(self, inputs):
        outputs = [neuron(inputs) for neuron in self.neurons]
        return outputs if len(outputs) > 1 else outputs[0]


class Network:
    def __init__(self, *layers):
        self.layers = layers

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def step(self, learning_rate):
        for layer in self.layers:
            for neuron in layer.neurons:
                for parameter in (*neuron.weights, neuron.bias):
                    parameter.data -= learning_rate * parameter.grad
                    parameter.grad = 0.0

# %% pow

# %% relu
