# what: the cell of the first choice was turned into a cell of text
# loses: relu.* training.*
# says: The cell of choice_1 is no code cell any more, but a markdown cell. It is read all the same.

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    if "answer:choice_1" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
