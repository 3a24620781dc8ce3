# what: `(self)` is no tuple
# loses: pow.*
# follows: training.*=2/3
# names: pow.children_not_in_a_tuple

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
