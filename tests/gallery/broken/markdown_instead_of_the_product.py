# what: the cell of the product was turned into a cell of text by a slip of the finger, its code is all there
# loses: relu.* training.*
# says: The cell of mul is no code cell any more, but a markdown cell. It is read all the same.

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    if "answer:mul" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
