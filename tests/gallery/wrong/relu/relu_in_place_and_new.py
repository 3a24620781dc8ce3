# what: a negative operand's data is set to 0 before the new node is made
# loses: relu.node relu.independent_nodes
# follows: training.*=2/3 relu.used_twice
# names: relu.changes_operand

# %% relu
def relu(self):
    if self.data < 0:
        self.data = 0.0
    out = Value(self.data, (self,))

    def _backward():
        self.grad += (self.data > 0) * out.grad

    out._backward = _backward
    return out


setattr(Value, "relu", relu)
