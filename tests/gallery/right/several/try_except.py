# what: asking forgiveness: a number is what has no data
# loses: nothing

# %% mul
def __mul__(self, other):
    try:
        factor = other.data
    except AttributeError:
        other = Value(other)
        factor = other.data
    out = Value(self.data * factor, (self, other))

    def _backward():
        self.grad += factor * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))

    def _backward():
        try:
            self.grad += n * self.data ** (n - 1) * out.grad
        except ZeroDivisionError:
            self.grad += 0

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
