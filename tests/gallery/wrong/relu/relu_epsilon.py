# what: the mask asks for more than a hundred-millionth
# loses: relu.local_gradient_range

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 1e-8:
            self.grad += out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
