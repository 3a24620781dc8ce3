# what: a new node is made, but the base was changed in place before
# loses: pow.node pow.local_gradient
# follows: training.*=2/3 pow.only_child pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: pow.changes_operand

# %% pow
def __pow__(self, n):
    self.data = self.data**n
    out = Value(self.data, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
