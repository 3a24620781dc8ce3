# what: the children are collected in a list that all calls share
# loses: mul.children mul.shared_graph
# follows: training.*=2/3

# %% mul
def __mul__(self, other, children=[]):
    other = other if isinstance(other, Value) else Value(other)
    children += [self, other]
    out = Value(self.data * other.data, children)

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out


setattr(Value, "__mul__", __mul__)
