# what: the mask is kept in a global name, which the next relu overwrites
# loses: relu.used_twice relu.independent_nodes
# follows: training.*=2/3

# %% relu
mask = 0


def relu(self):
    global mask
    mask = self.data > 0
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += mask * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
