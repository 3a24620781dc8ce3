# what: the operand itself is returned where it is positive
# loses: relu.node relu.accumulates relu.used_twice relu.independent_nodes training.*
# names: relu.returns_operand

# %% relu
def relu(self):
    return self if self.data > 0 else Value(0)


setattr(Value, "relu", relu)
