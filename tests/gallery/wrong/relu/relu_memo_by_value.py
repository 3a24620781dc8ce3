# what: results are cached by value, which in this network comes up only where no gradient flows
# loses: relu.independent_nodes

# %% relu
cache = {}


def relu(self):
    if self.data in cache:
        return cache[self.data]
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    cache[self.data] = out
    return out


setattr(Value, "relu", relu)
