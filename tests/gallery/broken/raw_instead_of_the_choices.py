# what: both choices were turned into raw cells
# loses: relu.* training.*
# says: The cell of choice_2 is no code cell any more, but a raw cell.

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    if {"answer:choice_1", "answer:choice_2"} & set(cell["metadata"].get("tags", [])):
        cell["cell_type"] = "raw"
        del cell["outputs"], cell["execution_count"]
