# what: swapped operands in mul and no factor in pow: both are named
# loses: mul.local_gradients mul.gradient_with_number pow.local_gradient
# follows: training.*=1/3 mul.local_gradients_range mul.accumulates mul.square mul.shared_graph mul.independent_nodes pow.local_gradient_exponents pow.accumulates pow.chained pow.independent_nodes
# names: mul.swapped pow.no_factor

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += self.data * out.grad
        other.grad += other.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        self.grad += self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
