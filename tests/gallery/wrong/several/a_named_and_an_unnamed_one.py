# what: a known fault in pow and an unknown one in relu: only the first is named
# loses: pow.local_gradient relu.local_gradient relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes
# follows: training.*=1/3 pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.only_squares

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += 2 * self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += 3 * (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
