# what: all metadata lost, tags and identifiers with it, as some converters do
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    cell["metadata"] = {}
    cell.pop("id", None)
