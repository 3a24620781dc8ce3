# what: a key of 30 MB in a cell, and one that only its escapes make a known one
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
notebook["cells"][0] = {"k" * 30_000_000: [], **notebook["cells"][0]}
