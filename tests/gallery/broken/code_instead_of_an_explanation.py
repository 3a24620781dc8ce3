# what: the cell of an explanation was turned into a code cell, and one into a raw cell
# loses: relu.* training.*
# says: explain_1: Both are measured at the same weights, and the training loss first.

# %% relu
def relu(self): ...

# %% explain_1
Both are measured at the same weights, and the training loss first.

# %% explain_2
The updates lower the training loss alone.

# %% notebook
kinds = {"answer:explain_1": "code", "answer:explain_2": "raw"}
for cell in notebook["cells"]:
    for tag in set(cell["metadata"].get("tags", [])) & set(kinds):
        cell["cell_type"] = kinds[tag]
