# what: null where metadata, outputs, counts and whole cells should be
# loses: relu.* training.*
# says: could not be read and were skipped: 2

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    cell |= {"metadata": None, "id": None}
    if cell["cell_type"] == "code":
        cell |= {"outputs": None, "execution_count": None}
notebook["metadata"] = None
notebook["cells"] += [None, {"cell_type": "code", "metadata": {}, "source": None}]
