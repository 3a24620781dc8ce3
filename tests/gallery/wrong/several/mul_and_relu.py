# what: a fault in mul and another in relu: both are named
# loses: mul.accumulates relu.local_gradient
# follows: mul.square mul.shared_graph relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=1/3
# names: mul.overwrites relu.mask_inverted

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = other.data * out.grad
        other.grad = self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data <= 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
