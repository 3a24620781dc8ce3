# what: a module-level constant is completed by an augmented assignment
# loses: nothing

# %% relu
SLOPES = ()
SLOPES += (0.0,)
SLOPES += (1.0,)


def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += SLOPES[self.data > 0] * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
