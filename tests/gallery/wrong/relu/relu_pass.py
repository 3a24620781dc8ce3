# what: relu holds nothing but pass
# loses: relu.* training.*

# %% relu
def relu(self):
    pass


setattr(Value, "relu", relu)
