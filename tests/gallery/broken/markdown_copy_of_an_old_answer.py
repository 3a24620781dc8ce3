# what: an older answer was kept as a copy of its cell, turned into text; the cell itself is as it should be
# loses: relu.* training.*

# %% relu
def relu(self): ...

# %% notebook
for place, cell in reversed(list(enumerate(notebook["cells"]))):
    if "answer:choice_1" in cell["metadata"].get("tags", []):
        old = {"cell_type": "markdown", "id": "old", "metadata": cell["metadata"], "source": 'choice_1 = "A"'}
        notebook["cells"].insert(place + 1, old)
