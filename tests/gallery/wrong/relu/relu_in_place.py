# what: a negative operand is set to 0, and the operand returned
# loses: relu.node relu.local_gradient
# follows: relu.local_gradient_range relu.at_zero relu.accumulates relu.used_twice relu.independent_nodes training.*=2/3
# names: relu.in_place

# %% relu
def relu(self):
    self.data = max(0, self.data)
    return self


setattr(Value, "relu", relu)
