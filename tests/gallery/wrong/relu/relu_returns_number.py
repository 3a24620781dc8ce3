# what: the plain number is returned
# loses: relu.*
# follows: training.*=2/3
# names: relu.returns_number

# %% relu
def relu(self):
    out = max(0, self.data)
    return out


setattr(Value, "relu", relu)
