# what: the names of the evidence are those of a loop in a cell below
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% +
for train_before, train_after in [(1, 2)]:
    pass
train_after = measure(network
