# what: the provided cell of Value was deleted, with all other provided cells
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
notebook["cells"] = [cell for cell in notebook["cells"] if cell["metadata"].get("tags")]
