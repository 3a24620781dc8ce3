# what: the stub stays; a helper call attaches another function
# loses: nothing

# %% relu
def relu(self):
    """Return `self` where it is positive, else 0."""
    raise NotImplementedError("Question relu: relu is still blank")


setattr(Value, "relu", relu)
# %% +
def attach(name, f):
    setattr(Value, name, f)


def my_relu(self):
    out = Value(self.data if self.data > 0 else 0.0, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


attach("relu", my_relu)
