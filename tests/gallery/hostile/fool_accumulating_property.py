# what: `=` where `+=` belongs, hidden by a `grad` that adds whatever is assigned
# loses: mul.accumulates
# follows: training.*=2/3 mul.square mul.shared_graph
# names: mul.overwrites

# %% mul
class Adding:
    def __get__(self, node, kind):
        return vars(node).get("_grad", 0)

    def __set__(self, node, value):
        vars(node)["_grad"] = vars(node).get("_grad", 0) + value


Value.grad = Adding()


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))

    def _backward():
        self.grad = other.data * out.grad
        other.grad = self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
