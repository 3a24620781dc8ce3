# what: every answer cell but one was turned into text
# loses: relu.* training.*
# says: The cell of pow is no code cell any more

# %% relu
def relu(self): ...

# %% notebook
for cell in notebook["cells"]:
    if cell["cell_type"] == "code" and "answer:" in "".join(cell["metadata"].get("tags", [])):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
