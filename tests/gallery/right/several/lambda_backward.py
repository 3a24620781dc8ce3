# what: the inner functions are lambdas that call a helper, for a lambda cannot assign
# loses: nothing

# %% mul
def add_to_grad(node, amount):
    node.grad += amount


def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    out._backward = lambda: (add_to_grad(self, other.data * out.grad), add_to_grad(other, self.data * out.grad))
    return out


setattr(Value, "__mul__", __mul__)

# %% pow
def __pow__(self, n):
    out = Value(self.data**n, (self,))
    out._backward = lambda: add_to_grad(self, n * self.data ** (n - 1) * out.grad)
    return out


setattr(Value, "__pow__", __pow__)

# %% relu
def relu(self):
    out = Value(max(0.0, self.data), (self,))
    out._backward = lambda: add_to_grad(self, (self.data > 0) * out.grad)
    return out


setattr(Value, "relu", relu)
