# what: a registry that is filled by calls
# loses: nothing

# %% mul
RULES = []


def register(forward, da, db):
    RULES.append((forward, da, db))


register(lambda a, b: a * b, lambda a, b: b, lambda a, b: a)


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    forward, da, db = RULES[0]
    out = Value(forward(self.data, other.data), (self, other))

    def _backward():
        self.grad += da(self.data, other.data) * out.grad
        other.grad += db(self.data, other.data) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
