# what: no upstream gradient anywhere: named for each operator
# loses: mul.local_gradients mul.gradient_with_number pow.local_gradient relu.local_gradient training.*
# follows: mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# names: mul.no_upstream pow.no_upstream relu.no_upstream

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data
        other.grad += self.data

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1)

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += self.data > 0

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
