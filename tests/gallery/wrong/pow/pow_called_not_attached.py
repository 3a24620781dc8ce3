# what: the inner function is called, its None is attached
# loses: pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=2/3
# names: pow.called_not_attached

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward()
    return out


setattr(Value, "__pow__", __pow__)
