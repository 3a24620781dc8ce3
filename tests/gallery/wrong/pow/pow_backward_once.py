# what: _backward passes its gradient on once only
# loses: pow.independent_nodes
# names: pow.once

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))
    done = False

    def _backward():
        nonlocal done
        if done:
            return
        done = True
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
