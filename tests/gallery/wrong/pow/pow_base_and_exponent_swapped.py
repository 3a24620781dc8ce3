# what: the exponent is raised to the base
# loses: pow.forward pow.forward_exponents pow.local_gradient_exponents pow.chained
# follows: training.*=2/3 pow.independent_nodes
# names: pow.exponent_to_the_base

# %% pow
def __pow__(self, n):
    out = Value(n**self.data, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
