# what: _backward passes its gradient on once only
# loses: relu.independent_nodes
# names: relu.once

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))
    done = False

    def _backward():
        nonlocal done
        if self.data > 0 and not done:
            self.grad += out.grad
            done = True

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
