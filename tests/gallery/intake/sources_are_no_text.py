# what: cells whose source is a number, an object or a list of lists, between good ones
# loses: relu.* training.*
# says: could not be read and were skipped: 4

# %% relu
def relu(self): ...

# %% notebook
notebook["cells"][3:3] = [{"cell_type": "code", "metadata": {}, "source": source} for source in (5, {"a": 1}, [["x"]], True)]
