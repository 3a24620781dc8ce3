# what: `class Value(Value)` with the three methods above the cells of the answers, which were left blank
# loses: nothing

# %% -
class Value(Value):
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,))

        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = Value(max(0, self.data), (self,))

        def _backward():
            if self.data > 0:
                self.grad += out.grad

        out._backward = _backward
        return out

# %% mul
def __mul__(self, other):
    """Return `self * other`, where `other` is a Value or a plain number."""
    raise NotImplementedError("Question mul: __mul__ is still blank")


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, exponent):
    """Return `self ** exponent`, where `exponent` is a plain number."""
    raise NotImplementedError("Question pow: __pow__ is still blank")


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    """Return `self` where it is positive, else 0."""
    raise NotImplementedError("Question relu: relu is still blank")


setattr(Value, "relu", relu)
