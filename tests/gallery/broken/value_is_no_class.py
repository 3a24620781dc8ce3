# what: the name Value is taken for a number, after the operators were attached and before
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% -
Value = 17.5

# %% +
del Value
