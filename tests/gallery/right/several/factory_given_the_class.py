# what: the methods are closures over a class that was passed to their factory
# loses: nothing

# %% mul
def product_for(node_class):
    def __mul__(self, other):
        other = other if isinstance(other, node_class) else node_class(other)
        out = node_class(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    return __mul__


__mul__ = product_for(Value)
setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n, node_class=Value):
    out = node_class(self.data**n, (self,))

    def _backward():
        self.grad += n * self.data ** (n - 1) * out.grad

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
