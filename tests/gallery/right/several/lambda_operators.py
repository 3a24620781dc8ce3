# what: the operators themselves are lambdas over one generic helper
# loses: nothing

# %% mul
def node(data, parents, slopes):
    out = Value(data, parents)

    def _backward():
        for parent, slope in zip(parents, slopes):
            parent.grad += slope * out.grad

    out._backward = _backward
    return out


def lift(x):
    return x if isinstance(x, Value) else Value(x)


__mul__ = lambda a, b: node(a.data * lift(b).data, (a, lift(b)), (lift(b).data, a.data)) if isinstance(b, Value) else a * Value(b)

setattr(Value, "__mul__", __mul__)

# %% pow
__pow__ = lambda a, n: node(a.data**n, (a,), (n * a.data ** (n - 1),))

setattr(Value, "__pow__", __pow__)

# %% relu
relu = lambda a: node(max(a.data, 0), (a,), (float(a.data > 0),))

setattr(Value, "relu", relu)
