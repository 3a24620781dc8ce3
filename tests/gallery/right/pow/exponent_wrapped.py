# what: the exponent becomes a Value, as `other` does in the template, but is not recorded as a child
# loses: nothing

# %% pow
def __pow__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data**other.data, (self,))

    def _backward():
        self.grad += other.data * self.data ** (other.data - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
