# what: match statements sort out numbers, exponents and signs
# loses: nothing

# %% mul
def __mul__(self, other):
    match other:
        case Value():
            pass
        case int() | float():
            other = Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, exponent):
    out = Value(self.data**exponent, (self,))

    def _backward():
        match exponent:
            case 0:
                slope = 0.0
            case 1:
                slope = 1.0
            case _:
                slope = exponent * self.data ** (exponent - 1)
        self.grad += slope * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    match self.data > 0:
        case True:
            data, slope = self.data, 1
        case _:
            data, slope = 0, 0
    out = Value(data, (self,))

    def _backward():
        self.grad += slope * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
