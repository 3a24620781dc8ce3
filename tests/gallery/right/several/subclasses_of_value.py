# what: every operator returns a subclass of Value whose `_backward` is a method
# loses: nothing

# %% mul
class Product(Value):
    def __init__(self, left, right):
        self.left, self.right = left, right
        super().__init__(left.data * right.data, (left, right))
        self._backward = self.push

    def push(self):
        self.left.grad += self.right.data * self.grad
        self.right.grad += self.left.data * self.grad


def __mul__(self, other):
    return Product(self, other if isinstance(other, Value) else Value(other))


setattr(Value, "__mul__", __mul__)

# %% pow
class Power(Value):
    def __init__(self, base, exponent):
        super().__init__(base.data**exponent, (base,))
        self.base, self.exponent = base, exponent
        self._backward = self.push

    def push(self):
        self.base.grad += self.exponent * self.base.data ** (self.exponent - 1) * self.grad


def __pow__(self, exponent):
    return Power(self, exponent)


setattr(Value, "__pow__", __pow__)

# %% relu
class Rectified(Value):
    def __init__(self, operand):
        super().__init__(max(0, operand.data), (operand,))
        self.operand = operand
        self._backward = self.push

    def push(self):
        if self.data > 0:
            self.operand.grad += self.grad


setattr(Value, "relu", lambda self: Rectified(self))
