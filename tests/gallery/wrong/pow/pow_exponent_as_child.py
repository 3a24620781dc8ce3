# what: the exponent is wrapped as in the template and recorded as a child
# loses: pow.only_child
# names: pow.exponent_is_child

# %% pow
def __pow__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data**other.data, (self, other))

    def _backward():
        self.grad += other.data * self.data ** (other.data - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
