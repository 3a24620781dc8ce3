# what: `_backward` is an object with __call__, of a helper class with one subclass per operator
# loses: nothing

# %% mul
class Backward:
    def __init__(self, out, *operands):
        self.out = out
        self.operands = operands

    def __call__(self):
        for operand, slope in zip(self.operands, self.slopes()):
            operand.grad += slope * self.out.grad


class ProductBackward(Backward):
    def slopes(self):
        left, right = self.operands
        return right.data, left.data


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    out._backward = ProductBackward(out, self, other)
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
class PowerBackward(Backward):
    def __init__(self, out, base, n):
        super().__init__(out, base)
        self.n = n

    def slopes(self):
        (base,) = self.operands
        return (self.n * base.data ** (self.n - 1),)


def __pow__(self, n):
    out = Value(self.data**n, (self,))
    out._backward = PowerBackward(out, self, n)
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
class ReluBackward(Backward):
    def slopes(self):
        return (1 if self.operands[0].data > 0 else 0,)


def relu(self):
    out = Value(max(0, self.data), (self,))
    out._backward = ReluBackward(out, self)
    return out


setattr(Value, "relu", relu)
