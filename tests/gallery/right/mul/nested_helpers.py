# what: a chain of small top-level functions, defined after they are used
# loses: nothing

# %% mul
def __mul__(self, other):
    return finish(new_node(self, as_value(other)), self, as_value(other)) if isinstance(other, Value) else self * as_value(other)


def as_value(x):
    return x if isinstance(x, Value) else Value(x)


def new_node(a, b):
    return Value(a.data * b.data, (a, b))


def finish(out, a, b):
    def _backward():
        accumulate(a, b.data, out)
        accumulate(b, a.data, out)

    out._backward = _backward
    return out


def accumulate(node, local, out):
    node.grad += chain(local, out.grad)


def chain(local, upstream):
    return local * upstream


setattr(Value, "__mul__", __mul__)
