# what: cells that raise: in a call, in an assignment, in an import, in the cell of an answer
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
assert 1 + 1 == 3

# %% -
losses = undefined_name[0]
data = open("no such file.csv").read()

# %% mul
print(Value(2) * Value(3))
check = 1 / 0


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
raise ValueError("stop here")
