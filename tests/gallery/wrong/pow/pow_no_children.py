# what: no child is recorded
# loses: pow.node
# follows: training.*=2/3 pow.only_child pow.chained
# names: pow.no_children

# %% pow
def __pow__(self, n):
    out = Value(self.data**n)

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
