# what: on the way back a negative operand's data becomes 0
# loses: relu.independent_nodes

# %% relu
def relu(self):
    out = Value(max(0, self.data), (self,))

    def _backward():
        if self.data > 0:
            self.grad += out.grad
        else:
            self.data = 0.0

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
