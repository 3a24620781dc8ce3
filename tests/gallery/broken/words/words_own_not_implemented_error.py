# what: the power raises NotImplementedError for exponents that are no integers: its text is told, it is not called blank
# loses: pow.forward pow.forward_exponents pow.local_gradient_exponents pow.chained pow.independent_nodes training.*
# says: NotImplementedError: only whole exponents so far (line 3 of the cell that begins `def __pow__(self, exponent):`)

# %% pow
def __pow__(self, exponent):
    if not isinstance(exponent, int):
        raise NotImplementedError("only whole exponents so far")
    out = Value(self.data**exponent, (self,))

    def _backward():
        self.grad += exponent * self.data ** (exponent - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
