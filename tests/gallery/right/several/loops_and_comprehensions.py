# what: operands and slopes in lists, walked by loops and comprehensions
# loses: nothing

# %% mul
def __mul__(self, other):
    operands = [self, other if isinstance(other, Value) else Value(other)]
    data = 1.0
    for operand in operands:
        data *= operand.data
    out = Value(data, operands)

    def _backward():
        contributions = [operands[1 - k].data * out.grad for k in range(2)]
        for operand, contribution in zip(operands, contributions):
            operand.grad += contribution

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)

# %% relu
def relu(self):
    out = Value(sum(x for x in [self.data] if x > 0), [self])

    def _backward():
        for gradient in (out.grad for x in [self.data] if x > 0):
            self.grad += gradient

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
