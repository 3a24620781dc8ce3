# what: a negative operand's data is set to 0 before the new node is made
# loses: relu.node relu.used_twice relu.independent_nodes training.*
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
