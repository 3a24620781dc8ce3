# what: the cell of a choice is blank, and a copy of it as text holds the right letter: a code cell has the tag
# loses: test_vs_train.choice_1 relu.* training.*
# says: Still blank: choice_1

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = ...

# %% notebook
for place, cell in reversed(list(enumerate(notebook["cells"]))):
    if "answer:choice_1" in cell["metadata"].get("tags", []):
        notebook["cells"].insert(place + 1, {**cell, "cell_type": "markdown", "id": "old", "source": 'choice_1 = "D"'})
