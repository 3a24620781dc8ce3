# what: the cell of a choice was turned into text, and its letter is wrong
# loses: test_vs_train.choice_1 relu.* training.*
# says: The cell of choice_1 is no code cell any more

# %% relu
def relu(self): ...

# %% choice_1
choice_1 = "A"

# %% notebook
for cell in notebook["cells"]:
    if "answer:choice_1" in cell["metadata"].get("tags", []):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
