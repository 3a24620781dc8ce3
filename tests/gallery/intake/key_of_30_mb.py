# what: a key of 30 MB in the metadata of an honest notebook
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
notebook["metadata"] = {"k" * 30_000_000: 1}
