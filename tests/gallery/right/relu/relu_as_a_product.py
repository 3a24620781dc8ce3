# what: relu multiplies by a mask of 0 or 1 and leaves the gradient to the product
# loses: nothing

# %% relu
def relu(self):
    return self * (1.0 if self.data > 0 else 0.0)


setattr(Value, "relu", relu)
