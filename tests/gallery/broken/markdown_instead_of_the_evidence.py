# what: the cell of the evidence was turned into a cell of text
# loses: relu.* training.*
# says: The cell of evidence is no code cell any more

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    if "answer:evidence" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
