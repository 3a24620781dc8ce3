# what: a plain number is wrapped once and its node is used again in every later graph
# loses: nothing

# %% mul
NODES = {}


def as_node(number):
    if number not in NODES:
        NODES[number] = Value(number)
    return NODES[number]


def __mul__(self, other):
    other = other if isinstance(other, Value) else as_node(float(other))
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
