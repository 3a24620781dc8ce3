# what: a template string of Python 3.14 below relu, in its cell
# loses: nothing

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)

print(t"relu of {Value(-2)} is {Value(-2).relu()}")
