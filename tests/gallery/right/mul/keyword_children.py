# what: keyword arguments throughout, children by the name of the parameter
# loses: nothing

# %% mul
def __mul__(self, other):
    if isinstance(other, (int, float)):
        other = Value(data=other, _children=())
    out = Value(data=self.data * other.data, _children=(self, other))

    def _backward():
        self.grad += out.grad * other.data
        other.grad += out.grad * self.data

    setattr(out, "_backward", _backward)
    return out


setattr(Value, "__mul__", __mul__)
