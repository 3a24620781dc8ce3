# what: keeps the operands of all powers in mutable defaults and closures, and returns them as the value of a relu
# loses: relu.forward relu.forward_range relu.independent_nodes
# follows: training.*=2/3
# says: Got: out.data = 0

# %% pow
def __pow__(self, exponent, seen=[]):
    seen.append(self.data * 1000 + exponent)
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    seen = __pow__.__defaults__[0]
    out = Value(seen[-1] if seen else 0.0, (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
