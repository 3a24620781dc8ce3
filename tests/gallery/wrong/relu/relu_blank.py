# what: relu is left blank
# loses: relu.* training.*

# %% relu
def relu(self):
    raise NotImplementedError("Question relu: relu is still blank")


setattr(Value, "relu", relu)
