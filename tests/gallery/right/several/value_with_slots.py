# what: a Value of the student's own with __slots__
# loses: nothing

# %% -
class Value:
    __slots__ = ("data", "grad", "_backward", "_prev", "op")
    __array_ufunc__ = None

    def __init__(self, data, _children=(), op=""):
        self.data, self.grad, self.op = float(data), 0.0, op
        self._backward = lambda: None
        self._prev = set(_children)

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((child, False) for child in node._prev)
        self.grad = 1
        for node in reversed(order):
            node._backward()
# %% mul
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other), op="*")

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
