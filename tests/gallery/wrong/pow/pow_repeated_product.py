# what: a loop multiplies n times: right for positive whole exponents
# loses: pow.forward pow.forward_exponents pow.chained pow.independent_nodes
# follows: training.*=2/3

# %% pow
def __pow__(self, n):
    data = 1
    for _ in range(int(n)):
        data *= self.data
    out = Value(data, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
