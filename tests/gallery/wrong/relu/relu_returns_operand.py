# what: the operand itself is returned where it is positive
# loses: relu.node relu.accumulates relu.independent_nodes
# follows: relu.used_twice training.*=2/3
# names: relu.returns_operand

# %% relu
def relu(self):
    return self if self.data > 0 else Value(0)


setattr(Value, "relu", relu)
