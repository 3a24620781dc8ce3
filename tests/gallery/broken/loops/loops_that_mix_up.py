# what: the table has the product and the power in the wrong order
# loses: mul.* pow.forward pow.forward_exponents pow.only_child pow.local_gradient pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# follows: training.*=1/3

# %% mul
def times(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out

# %% pow
def power(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


for name, f in zip(["__mul__", "__pow__"], [power, times]):
    setattr(Value, name, f)
