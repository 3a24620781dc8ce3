# what: assignment expressions in conditions and arguments
# loses: nothing

# %% mul
def __mul__(self, other):
    if not isinstance(node := other, Value):
        node = Value(other)
    (out := Value(self.data * node.data, (self, node)))._backward = lambda: backward_of_product(self, node, out)
    return out


def backward_of_product(a, b, out):
    a.grad += b.data * (g := out.grad)
    b.grad += a.data * g


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    out = Value(x if (x := self.data) > 0 else 0, (self,))

    def _backward():
        if (positive := self.data > 0) and positive:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
