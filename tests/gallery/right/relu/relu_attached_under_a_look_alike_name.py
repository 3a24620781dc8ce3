# what: the name under which relu is attached has a Cyrillic letter in it, the function's own has none
# loses: nothing

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "rеlu", relu)
