# what: results are cached on the operand, whose data changes later
# loses: relu.independent_nodes

# %% relu
def relu(self):
    if hasattr(self, 'rectified'):
        return self.rectified
    out = Value(max(0, self.data), (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    self.rectified = out
    return out


setattr(Value, "relu", relu)
