# what: the whole notebook in one cell, magics, plots, training and all, its text as comments
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
source = "\n\n".join("".join(cell["source"]) for cell in code)
notebook["cells"] = [{**code[0], "metadata": {}, "source": source}]
