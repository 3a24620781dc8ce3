# what: every operator makes nodes that lead nowhere, one of which would not bear being run
# loses: nothing

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    copies = [Value(self.data, (self,)), Value(other.data, (other,))]
    for copy in copies:
        copy._backward = lambda: 1 / 0
    out = Value(copies[0].data * copies[1].data, (self, other))

    def _backward():
        self.grad += copies[1].data * out.grad
        other.grad += copies[0].data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    zero = Value(0)
    larger = self if self.data > zero.data else zero
    out = Value(larger.data, (self,))
    Value(out.data, (out,))  # made after out

    def _backward():
        if larger is self:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
