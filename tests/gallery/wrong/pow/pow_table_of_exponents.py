# what: squares and cubes by hand, nothing for other exponents
# loses: pow.local_gradient_exponents pow.chained pow.independent_nodes

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        if n == 2:
            self.grad += 2 * self.data * out.grad
        elif n == 3:
            self.grad += 3 * self.data**2 * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
