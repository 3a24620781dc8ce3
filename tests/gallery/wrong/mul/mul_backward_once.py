# what: a flag lets the gradients flow once only
# loses: mul.independent_nodes
# names: mul.once

# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    done = False

    def _backward():
        nonlocal done
        if not done:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
            done = True

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
